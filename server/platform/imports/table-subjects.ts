import { appendFile, mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { RowVerdict, SourceRow, SubjectRows } from './source.ts'
import { readTable } from './read-table.ts'
import type { Sniffed } from './sniff.ts'

export interface Table {
  path: string
  sniffed: Sniffed
  /** Field of each column. */
  columns: readonly (string | null)[]
  keyField: string
  /** A directory that may be made and is removed again, for files whose rows are not grouped. */
  spool: string
}

/** What one reading of the file tells before anything is done. */
export interface TableOutline {
  rows: number
  subjects: number
  /** Rows of one subject follow each other throughout. */
  grouped: boolean
}

export interface Portion {
  subjects: SubjectRows[]
  rejected: RowVerdict[]
}

/** More rows than this about one subject are not believed. */
const mostRows = 20_000
const partitionBytes = 16 * 1024 ** 2

/** Every readable row as fields, every other with its verdict. */
async function* rowsOf(table: Table): AsyncGenerator<(SourceRow | RowVerdict)[]> {
  let isHeader = true
  for await (const batch of readTable(table.path, table.sniffed)) {
    const rows: (SourceRow | RowVerdict)[] = []
    for (const { row, cells, problem } of batch) {
      if (isHeader) {
        isHeader = false
        continue
      }
      const found: Record<string, string> = {}
      if (problem === null)
        for (const [i, field] of table.columns.entries()) if (field !== null) found[field] = cells[i]!.trim()
      const key = found[table.keyField] ?? ''
      if (problem !== null) rows.push({ row, key, verdict: 'rejected', messages: [problem] })
      else if (key === '' || key.length > 60)
        rows.push({
          row,
          key: key.slice(0, 60),
          verdict: 'rejected',
          messages: [{ code: 'imports.key-missing', params: { column: table.keyField } }],
        })
      else rows.push({ row, cells: found })
    }
    yield rows
  }
}

const isRejected = (row: SourceRow | RowVerdict): row is RowVerdict => 'verdict' in row

/** Reads the file once: how many rows and subjects, and whether they come grouped. */
export async function outlineOf(table: Table): Promise<TableOutline> {
  const keys = new Set<string>()
  let rows = 0
  let last = ''
  let grouped = true
  for await (const batch of rowsOf(table)) {
    for (const row of batch) {
      rows += 1
      if (isRejected(row)) continue
      const key = row.cells[table.keyField]!
      if (key === last) continue
      last = key
      if (keys.has(key)) grouped = false
      else keys.add(key)
    }
  }
  return { rows, subjects: keys.size, grouped }
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
  const full = () => now.subjects.length >= portion.subjects || rows + now.rejected.length >= portion.rows
  const pieces = outline.grouped ? streamed(table) : spooled(table)
  for await (const piece of pieces) {
    if ('key' in piece && 'rows' in piece) {
      now.subjects.push(piece)
      rows += piece.rows.length
    } else now.rejected.push(piece)
    if (full()) {
      yield now
      now = { subjects: [], rejected: [] }
      rows = 0
    }
  }
  if (now.subjects.length + now.rejected.length > 0) yield now
}

async function* streamed(table: Table): AsyncGenerator<SubjectRows | RowVerdict> {
  let key: string | null = null
  let rows: SourceRow[] = []
  for await (const batch of rowsOf(table))
    for (const row of batch) {
      if (isRejected(row)) {
        yield row
        continue
      }
      const mine = row.cells[table.keyField]!
      if (mine !== key) {
        if (key !== null) yield { key, rows }
        key = mine
        rows = []
      }
      if (rows.length < mostRows) rows.push(row)
      else yield tooMany({ key: mine, row: row.row })
    }
  if (key !== null) yield { key, rows }
}

async function* spooled(table: Table): AsyncGenerator<SubjectRows | RowVerdict> {
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
        const key = row.cells[table.keyField]!
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
        const key = row.cells[table.keyField]!
        const rows = byKey.get(key)
        if (rows === undefined) byKey.set(key, [row])
        else rows.push(row)
      }
      await rm(fileOf(partition), { force: true })
      for (const [key, rows] of byKey) yield { key, rows }
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
