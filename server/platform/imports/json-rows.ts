import { ImportProblem } from './import-problem.ts'
import type { TableRow } from './table-row.ts'
import { unpacked } from './unpacked.ts'

/** What is sniffed of JSON: one document, or one object a line. */
export const jsonEncoding = 'json'

/** One document is held in memory as a whole; what is larger comes one object a line. */
const mostDocument = 64 * 1024 ** 2
/** A line longer than this is not believed. */
const mostLine = 256 * 1024 ** 2
const mostColumns = 400
const deepest = 6

type Cells = Map<string, string>
type Item = { list: string; cells: Cells }

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

const textOf = (value: unknown): string =>
  value === null || value === undefined
    ? ''
    : typeof value === 'string'
      ? value
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value)

/** `{a: {b: 1}}` as `a.b`. Lists of objects go to `items` where they are wanted, everything else that is no text becomes one. */
function flatten(
  value: Record<string, unknown>,
  path: string,
  cells: Cells,
  items: Item[] | null,
  depth: number,
): void {
  for (const [key, one] of Object.entries(value)) {
    const name = path === '' ? key : `${path}.${key}`
    if (isObject(one) && depth < deepest) flatten(one, name, cells, items, depth + 1)
    else if (Array.isArray(one) && items !== null && one.length > 0 && one.every(isObject))
      for (const item of one) {
        const own: Cells = new Map()
        flatten(item, 'entry', own, null, depth + 1)
        items.push({ list: name, cells: own })
      }
    else if (Array.isArray(one) && !one.some((x) => x !== null && typeof x === 'object'))
      cells.set(name, one.map(textOf).join(', '))
    else cells.set(name, textOf(one))
  }
}

/**
 * The rows of one object: itself, then one for each item of its lists, which repeats what the object says. The columns of
 * items are `entry.…`, and `entry.list` says which list they stood in.
 */
function rowsOfObject(value: Record<string, unknown>): Cells[] {
  const cells: Cells = new Map()
  const items: Item[] = []
  flatten(value, '', cells, items, 0)
  return [cells, ...items.map((item) => new Map([...cells, ['entry.list', item.list], ...item.cells]))]
}

/** The objects of a file: of its lines, of its one list, or of the list that its one object holds. Null: a line that is none. */
async function* objectsOf(path: string): AsyncGenerator<Record<string, unknown> | null> {
  const decoder = new TextDecoder('utf-8')
  let rest = ''
  let isLines: boolean | null = null
  for await (const chunk of unpacked(path)) {
    rest += decoder.decode(chunk, { stream: true })
    if (isLines === null) {
      const firstEnd = rest.indexOf('\n')
      if (firstEnd < 0 && rest.length < mostLine) continue
      isLines = isObject(parsed(rest.slice(0, firstEnd).replace(/^\ufeff/, '')))
    }
    if (!isLines) {
      if (rest.length > mostDocument)
        throw new ImportProblem('imports.json-too-large', { megabytes: mostDocument / 1024 ** 2 })
      continue
    }
    const lines = rest.split('\n')
    rest = lines.pop()!
    for (const line of lines) if (line.trim() !== '') yield objectOf(line)
    if (rest.length > mostLine) throw new ImportProblem('imports.json-too-large', { megabytes: mostLine / 1024 ** 2 })
  }
  rest += decoder.decode()
  if (isLines === true) {
    if (rest.trim() !== '') yield objectOf(rest)
    return
  }
  const whole = parsed(rest.replace(/^\ufeff/, ''))
  if (whole === undefined) throw new ImportProblem('imports.json-broken')
  const list = Array.isArray(whole) ? (whole as unknown[]) : (wrapped(whole) ?? [whole])
  for (const one of list) yield isObject(one) ? one : null
}

/** `{"tickets": [...]}`: an object around the list, as many products answer; null where it is a record itself. */
function wrapped(whole: unknown): unknown[] | null {
  if (!isObject(whole)) return null
  for (const name of ['tickets', 'issues', 'items', 'results', 'records', 'data', 'value'])
    if (Array.isArray(whole[name])) return whole[name] as unknown[]
  return null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
const objectOf = (line: string): Record<string, unknown> | null => {
  const value = parsed(line.replace(/^\ufeff/, ''))
  return isObject(value) ? value : null
}

/** The rows of a JSON file as those of a table: headers are the names of all its columns, in the order in which they are met. */
export async function* readJson(path: string, { bytes }: { bytes: number }): AsyncGenerator<TableRow[]> {
  if (bytes === 0) throw new ImportProblem('imports.file-empty')
  const columns = new Set<string>()
  for await (const object of objectsOf(path))
    if (object !== null)
      for (const cells of rowsOfObject(object))
        for (const name of cells.keys()) if (columns.size < mostColumns) columns.add(name)
  if (columns.size === 0) throw new ImportProblem('imports.json-broken')
  const headers = [...columns]
  yield [{ row: 1, cells: headers, problem: null }]
  let row = 1
  for await (const object of objectsOf(path)) {
    if (object === null) {
      row += 1
      yield [{ row, cells: [], problem: { code: 'imports.json-line', params: {} } }]
      continue
    }
    yield rowsOfObject(object).map((cells) => ({
      row: (row += 1),
      cells: headers.map((name) => cells.get(name) ?? ''),
      problem: null,
    }))
  }
}
