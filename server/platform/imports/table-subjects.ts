import { hash } from 'node:crypto'
import { appendFile, mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sentence } from '../sentences.ts'
import { addEvidence, type DateEvidence } from './date-evidence.ts'
import type { ImportSource, RowVerdict, SourceRow, SubjectRows } from './source.ts'
import { readTable } from './read-table.ts'
import type { CellNote } from './table-row.ts'
import type { Sniffed } from './sniff.ts'
import { cut, storable } from '../rules/storable-text.ts'

export interface Table {
  path: string
  sniffed: Sniffed
  /** Field of each column. */
  columns: readonly (string | null)[]
  source: Pick<ImportSource, 'keyField' | 'naming' | 'single' | 'gathers'>
  dateFields: readonly string[]
  /** What the file calls the column of each field. */
  headerOf: ReadonlyMap<string, string>
  /** A directory that may be made and is removed again, for files whose rows are not grouped. */
  spool: string
}

/** What one reading of the file tells before anything is done. */
export interface TableOutline {
  rows: number
  subjects: number
  /** Rows of one subject follow each other throughout. */
  grouped: boolean
  dates: DateEvidence
  /** Words by which rows can name each other. */
  gathered: ReadonlySet<string>
  /** Rows that claim what an earlier row has, with what is to be said of it. */
  doubled: ReadonlyMap<number, Sentence>
}

export interface Portion {
  subjects: SubjectRows[]
  rejected: RowVerdict[]
}

/** More rows than this about one subject are not believed. */
const mostRows = 20_000
/** Characters of one portion: attachments inside of cells must not fill the memory. */
const mostCharacters = 24 * 1024 ** 2
const partitionBytes = 16 * 1024 ** 2

/** Notes on cells that fill a field, by its name. */
const notesOf = (table: Table, notes: readonly CellNote[], cells: readonly string[]): Sentence[] =>
  notes.flatMap(({ column, code }) => {
    const field = table.columns[column] ?? null
    return field === null
      ? []
      : [{ code: `imports.warning.${code}`, params: { column: field, value: cells[column] ?? '' } }]
  })

const longestLabel = 60

/** Every readable row as fields, every other with its verdict. */
async function* rowsOf(
  table: Table,
  doubled?: ReadonlyMap<number, Sentence>,
): AsyncGenerator<(SourceRow | RowVerdict)[]> {
  const { keyField } = table.source
  let isHeader = true
  for await (const batch of readTable(table.path, table.sniffed)) {
    const rows: (SourceRow | RowVerdict)[] = []
    for (const { row, cells, problem, notes } of batch) {
      if (isHeader) {
        isHeader = false
        continue
      }
      const found: Record<string, string> = {}
      if (problem === null)
        for (const [i, field] of table.columns.entries())
          if (field !== null) found[field] = storable(cells[i] ?? '').trim()
      const key = keyField === null ? labelOf(table, found, row) : (found[keyField] ?? '')
      const wrong =
        problem ??
        (key === '' || key.length > longestLabel
          ? { code: 'imports.key-missing', params: { column: keyField } }
          : doubled?.get(row))
      if (wrong == null)
        rows.push({ row, cells: found, ...(notes === undefined ? {} : { notes: notesOf(table, notes, cells) }) })
      else rows.push({ row, key: cut(key, longestLabel), verdict: 'rejected', messages: [wrong] })
    }
    yield rows
  }
}

/** What a row is called in its verdict where it is a record of its own. */
const labelOf = (table: Table, cells: SourceRow['cells'], row: number): string =>
  cut(table.source.naming?.(cells).label ?? '', longestLabel) || String(row)

const isRejected = (row: SourceRow | RowVerdict): row is RowVerdict => 'verdict' in row

/** Reads the file once: how many rows and subjects, whether they come grouped, how it writes dates, what it says twice. */
export async function outlineOf(table: Table): Promise<TableOutline> {
  const { keyField } = table.source
  const keys = new Set<string>()
  const claimed = new Map<string, number>()
  const outline = {
    rows: 0,
    subjects: 0,
    grouped: true,
    dates: {},
    gathered: new Set<string>(),
    doubled: new Map<number, Sentence>(),
  }
  let last = ''
  for await (const batch of rowsOf(table)) {
    for (const row of batch) {
      outline.rows += 1
      if (isRejected(row)) continue
      for (const field of table.dateFields) addEvidence(outline.dates, row.row, row.cells[field] ?? '')
      for (const word of table.source.gathers?.(row.cells) ?? []) if (word !== '') outline.gathered.add(word)
      const again = claim(claimed, table.source, row)
      if (again !== undefined) outline.doubled.set(row.row, again)
      if (keyField === null) {
        if (again === undefined) outline.subjects += 1
        continue
      }
      const key = row.cells[keyField]!
      if (key === last) continue
      last = key
      if (keys.has(key)) outline.grouped = false
      else keys.add(key)
    }
  }
  if (keyField !== null) outline.subjects = keys.size
  return outline
}

/** What an earlier row has already of what one row alone may have; otherwise the row has it from now on. */
function claim(
  claimed: Map<string, number>,
  { single = [], naming }: Table['source'],
  { row, cells }: SourceRow,
): Sentence | undefined {
  const identity = naming?.(cells).identity ?? null
  const same = identity === null ? undefined : claimed.get(`row ${identity}`)
  if (same !== undefined) return { code: 'imports.row-again', params: { row: same } }
  if (identity !== null) claimed.set(`row ${identity}`, row)
  const mine = single.flatMap(({ field, compared }) => {
    const value = compared(cells)
    return value === null ? [] : [{ field, value, key: `${field} ${value}` }]
  })
  const taken = mine.find(({ key }) => claimed.has(key))
  if (taken === undefined) for (const { key } of mine) claimed.set(key, row)
  else
    return {
      code: 'imports.row-doubled',
      params: { column: taken.field, value: cut(cells[taken.field] || taken.value, 100), row: claimed.get(taken.key) },
    }
  return undefined
}

/**
 * The subjects of a file with all their rows, in portions, in an order that is the same at every reading. Where rows come
 * grouped they are passed on as they come; otherwise they are first sorted by key into files of bounded size.
 */
export async function* subjectsOf(
  table: Table,
  outline: TableOutline,
  portion: { subjects: number; rows: number },
): AsyncGenerator<Portion> {
  let now: Portion = { subjects: [], rejected: [] }
  let rows = 0
  let characters = 0
  const full = () =>
    characters >= mostCharacters ||
    now.subjects.length >= portion.subjects ||
    rows + now.rejected.length >= portion.rows
  const pieces =
    table.source.keyField === null
      ? single(table, outline)
      : outline.grouped
        ? streamed(table, table.source.keyField)
        : spooled(table, table.source.keyField)
  for await (const piece of pieces) {
    if ('key' in piece && 'rows' in piece) {
      now.subjects.push(piece)
      rows += piece.rows.length
      characters += sizeOf(piece.rows)
    } else now.rejected.push(piece)
    if (full()) {
      yield now
      now = { subjects: [], rejected: [] }
      rows = 0
      characters = 0
    }
  }
  if (now.subjects.length + now.rejected.length > 0) yield now
}

/** Only what is long counts: many rows share one text of their record. */
const sizeOf = (rows: readonly SourceRow[]): number => {
  const long = new Set(rows.flatMap(({ cells }) => Object.values(cells).filter((cell) => cell.length > 10_000)))
  return [...long].reduce((sum, cell) => sum + cell.length, 0)
}

/** Each row a subject of its own. Rows that say the same and have no name are told apart by how often they were met. */
async function* single(table: Table, outline: TableOutline): AsyncGenerator<SubjectRows | RowVerdict> {
  const met = new Map<string, number>()
  for await (const batch of rowsOf(table, outline.doubled))
    for (const row of batch) {
      if (isRejected(row)) {
        yield row
        continue
      }
      let { identity } = table.source.naming?.(row.cells) ?? { identity: null }
      if (identity === null) {
        const digest = hash(
          'sha1',
          JSON.stringify(Object.entries(row.cells).sort(([a], [b]) => (a < b ? -1 : 1))),
          'hex',
        )
        const times = (met.get(digest) ?? 0) + 1
        met.set(digest, times)
        identity = `row:${digest}:${times}`
      }
      yield { key: labelOf(table, row.cells, row.row), identity, rows: [row] }
    }
}

async function* streamed(table: Table, keyField: string): AsyncGenerator<SubjectRows | RowVerdict> {
  let key: string | null = null
  let rows: SourceRow[] = []
  for await (const batch of rowsOf(table))
    for (const row of batch) {
      if (isRejected(row)) {
        yield row
        continue
      }
      const mine = row.cells[keyField]!
      if (mine !== key) {
        if (key !== null) yield { key, identity: key, rows }
        key = mine
        rows = []
      }
      if (rows.length < mostRows) rows.push(row)
      else yield tooMany({ key: mine, row: row.row })
    }
  if (key !== null) yield { key, identity: key, rows }
}

async function* spooled(table: Table, keyField: string): AsyncGenerator<SubjectRows | RowVerdict> {
  const partitions = Math.max(1, Math.ceil(table.sniffed.bytes / partitionBytes))
  const waiting = Array.from({ length: partitions }, () => [] as string[])
  const counts = new Map<string, number>()
  const fileOf = (partition: number) => join(table.spool, `${partition}.jsonl`)
  const flush = async (partition: number) => {
    await appendFile(fileOf(partition), waiting[partition]!.splice(0).join(''))
  }
  await rm(table.spool, { recursive: true, force: true })
  await mkdir(table.spool, { recursive: true, mode: 0o700 })
  try {
    for await (const batch of rowsOf(table))
      for (const row of batch) {
        if (isRejected(row)) {
          yield row
          continue
        }
        const key = row.cells[keyField]!
        const count = (counts.get(key) ?? 0) + 1
        counts.set(key, count)
        if (count > mostRows) {
          yield tooMany({ key, row: row.row })
          continue
        }
        const partition = hashOf(key) % partitions
        if (waiting[partition]!.push(`${JSON.stringify(row)}\n`) >= 500) await flush(partition)
      }
    for (let partition = 0; partition < partitions; partition++) {
      await flush(partition)
      const byKey = new Map<string, SourceRow[]>()
      for (const line of (await readFile(fileOf(partition), 'utf8')).split('\n')) {
        if (line === '') continue
        const row = JSON.parse(line) as SourceRow
        const key = row.cells[keyField]!
        const rows = byKey.get(key)
        if (rows === undefined) byKey.set(key, [row])
        else rows.push(row)
      }
      await rm(fileOf(partition), { force: true })
      for (const [key, rows] of byKey) yield { key, identity: key, rows }
    }
  } finally {
    await rm(table.spool, { recursive: true, force: true })
  }
}

/** A subject without end must not fill the memory. */
const tooMany = (where: { key: string; row: number }): RowVerdict => ({
  ...where,
  verdict: 'rejected',
  messages: [{ code: 'imports.too-many-rows', params: { most: mostRows } }],
})

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
