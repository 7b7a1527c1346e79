import { ImportProblem } from './import-problem.ts'
import { jsonEncoding, readJson } from './json-rows.ts'
import { RecordReader } from './record-reader.ts'
import { readSheet } from './sheet-rows.ts'
import { type Sniffed, workbookEncoding } from './sniff.ts'
import type { TableRow } from './table-row.ts'
import { unpacked } from './unpacked.ts'

/** The rows of a table file in batches, headers first, without empty rows. Memory does not grow with the file. */
export async function* readTable(path: string, sniffed: Sniffed): AsyncGenerator<TableRow[]> {
  if (sniffed.encoding === workbookEncoding) return yield* readSheet(path, sniffed.sheet)
  if (sniffed.encoding === jsonEncoding) return yield* readJson(path, sniffed)
  const decoder = new TextDecoder(sniffed.encoding)
  const reader = new RecordReader(sniffed.delimiter, sniffed.lineEnds)
  let row = 0
  let width = 0
  const numbered = (cells: string[] | null): TableRow | null => {
    row += 1
    if (cells === null) return { row, cells: [], problem: { code: 'imports.quote-open', params: {} } }
    if (width === 0) width = cells.length
    while (cells.length > width && cells.at(-1)!.trim() === '') cells.pop()
    // a spreadsheet leaves rows behind that hold nothing
    if (cells.every((cell) => cell.trim() === '') && row > 1) return null
    const torn = cells.length !== width
    return {
      row,
      cells,
      problem: torn ? { code: 'imports.cells-differ', params: { found: cells.length, expected: width } } : null,
    }
  }
  const numberedAll = (records: readonly { cells: string[] | null }[]) =>
    records.map((record) => numbered(record.cells)).filter((r) => r !== null)
  for await (const chunk of unpacked(path)) yield numberedAll(reader.push(decoder.decode(chunk, { stream: true })))
  yield numberedAll([...reader.push(decoder.decode()), ...reader.end()])
  if (row === 0) throw new ImportProblem('imports.file-empty')
}

/** The headers: the first row that is not empty. */
export async function readHeaders(path: string, sniffed: Sniffed): Promise<readonly string[]> {
  for await (const rows of readTable(path, sniffed)) {
    if (rows[0]?.problem != null) throw new ImportProblem('imports.headers-unreadable')
    if (rows[0] !== undefined) return rows[0].cells
  }
  throw new ImportProblem('imports.file-empty')
}
