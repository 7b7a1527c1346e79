import { setImmediate } from 'node:timers/promises'
import { ImportProblem } from './import-problem.ts'
import type { CellNote, TableRow } from './table-row.ts'
import { openWorkbook, sheetNamed, type Workbook } from './workbook.ts'
import { attributeOf, xmlTags, xmlText } from './xml-tags.ts'
import { zipParts } from './zip-parts.ts'

const mostColumns = 16_384
const mostRows = 1_048_576
const batchRows = 500

/** The rows of one sheet of a workbook, as those of a table of text: headers first, without empty rows. */
export async function* readSheet(path: string, sheet: string | null): AsyncGenerator<TableRow[]> {
  const book = await openWorkbook(path)
  if (book === null) throw new ImportProblem('imports.not-a-table')
  const { part } = sheetNamed(book, sheet)
  const xml = (await zipParts(path, (name) => name === part))?.get(part)
  if (xml === undefined) throw new ImportProblem('imports.workbook-broken')
  let width = 0
  let batch: TableRow[] = []
  let read = 0
  for (const row of rowsIn(xml.toString('utf8'), book)) {
    // a large sheet takes seconds, in which others are to be answered
    if (++read % batchRows === 0) await setImmediate()
    if (row.cells.every((cell) => cell.trim() === '')) continue
    if (width === 0) width = row.cells.length
    batch.push(asWide(row, width))
    if (batch.length < batchRows) continue
    yield batch
    batch = []
  }
  if (width === 0) throw new ImportProblem('imports.file-empty')
  yield batch
}

/** A sheet leaves empty cells out; what stands beyond the headers belongs to none of them. */
function asWide(row: TableRow, width: number): TableRow {
  const cells = row.cells.slice(0, width)
  const found = row.cells.findLastIndex((cell) => cell.trim() !== '') + 1
  if (found > width) return { ...row, problem: { code: 'imports.cells-differ', params: { found, expected: width } } }
  return { ...row, cells: [...cells, ...Array<string>(width - cells.length).fill('')] }
}

function* rowsIn(xml: string, book: Workbook): Generator<TableRow> {
  let last = 0
  let row: TableRow | null = null
  let cell: Cell | null = null
  for (const tag of xmlTags(xml)) {
    const { name, isEnd, isEmpty, attributes } = tag
    if (name === 'row' && !isEnd) {
      const said = Number(attributeOf(attributes, 'r') ?? 0)
      last = said > last && said <= mostRows ? said : last + 1
      row = { row: last, cells: [], problem: null }
      cell = null
    }
    if (row === null) continue
    if (name === 'c' && !isEnd) cell = cellOf(attributes, row.cells.length)
    else if (cell !== null) readInto(cell, tag)
    if (name === 'c' && (isEnd || isEmpty) && cell !== null) {
      put(row, cell, book)
      cell = null
    }
    if (name === 'row' && (isEnd || isEmpty)) {
      yield row
      row = null
    }
  }
}

interface Cell {
  column: number
  type: string
  style: number
  value: string | null
  text: string
  isFormula: boolean
  isPronounced: boolean
}

function cellOf(attributes: string, next: number): Cell {
  const letters = /^[A-Z]{1,3}/.exec(attributeOf(attributes, 'r') ?? '')?.[0] ?? ''
  let column = 0
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64
  return {
    column: column >= 1 && column <= mostColumns ? column - 1 : Math.min(next, mostColumns - 1),
    type: attributeOf(attributes, 't') ?? 'n',
    style: Number(attributeOf(attributes, 's') ?? 0),
    value: null,
    text: '',
    isFormula: false,
    isPronounced: false,
  }
}

function readInto(
  cell: Cell,
  { name, isEnd, isEmpty, before }: { name: string; isEnd: boolean; isEmpty: boolean; before: string },
): void {
  if (name === 'f') cell.isFormula = true
  else if (name === 'v' && isEnd) cell.value = xmlText(before)
  else if (name === 'rPh') cell.isPronounced = !isEnd && !isEmpty
  else if (name === 't' && isEnd && !cell.isPronounced) cell.text += xmlText(before)
}

function put(row: TableRow, cell: Cell, book: Workbook): void {
  const cells = row.cells as string[]
  while (cells.length <= cell.column) cells.push('')
  const value = valueOf(cell, book)
  cells[cell.column] = value
  const note = noteOn(cell, value)
  if (note !== null) row.notes = [...(row.notes ?? []), { column: cell.column, code: note }]
}

function noteOn(cell: Cell, value: string): CellNote['code'] | null {
  if (cell.type === 'e' || (cell.isFormula && value === '')) return 'formula-empty'
  if (cell.isFormula) return 'formula'
  // a spreadsheet keeps fifteen digits of a number
  return cell.type === 'n' && /^\d{16,}$/.test(value) ? 'number-damaged' : null
}

function valueOf({ type, value, text, style }: Cell, book: Workbook): string {
  if (type === 'inlineStr') return text
  if (value === null || type === 'e') return ''
  if (type === 's') return book.strings[Number(value)] ?? ''
  if (type === 'b') return value.trim() === '1' ? 'true' : 'false'
  if (type === 'n') return book.dateStyles[style] === true ? dateOf(value, book.from1904) : numberOf(value)
  return value
}

/** Digits as they stand. What binary fractions add behind the fifteenth digit is no part of the number. */
function numberOf(value: string): string {
  const text = value.trim()
  return /^-?\d+\.\d+$/.test(text) && text.replace(/\D/g, '').length > 15
    ? String(Number(Number(text).toPrecision(15)))
    : text
}

/** A day, or a moment where it has a time, as ISO text: days since the last of 1899, of which a spreadsheet believes that 1900 had a 29 February. */
function dateOf(value: string, from1904: boolean): string {
  const serial = Number(value)
  if (!Number.isFinite(serial) || serial < 0 || serial > 2_958_466) return value
  const days = from1904 ? serial + 1462 : serial < 60 ? serial + 1 : serial
  const at = new Date(Math.round((days - 25_569) * 86_400) * 1000)
  const iso = at.toISOString()
  if (serial < 1 && !from1904) return iso.slice(11, 16)
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 19)
}
