import type { Sentence } from '../sentences.ts'
import { damagedCells, oneLine } from './cell-words.ts'
import type { PlannedSubject, SourceRow, SubjectRows, Verdict } from './source.ts'
import { cut } from '../rules/storable-text.ts'

/** The cells of one row as they are read, with what is to be said of them. */
export class Cells {
  readonly warnings: Sentence[] = []
  readonly #cells: SourceRow['cells']

  constructor(cells: SourceRow['cells']) {
    this.#cells = cells
  }

  warn(code: string, params: Record<string, unknown> = {}): void {
    this.warnings.push({ code: `imports.warning.${code}`, params })
  }

  /**
   * Says that the file still says what it said the last time, and that somebody has written another value since. `column`: of the register, whose
   * field is called alike (`purchased_on`: purchasedOn) or as `names` says.
   */
  kept(column: string, text: string, names: Readonly<Record<string, string>> = {}): void {
    const alike = column.replace(/_id$/, '').replace(/_(\w)/g, (_all, letter: string) => letter.toUpperCase())
    this.warn('kept', { column: names[column] ?? alike, value: cut(text, 100) })
  }

  /** What the cell holds; empty where there is no such column. */
  text(field: string): string {
    return this.#cells[field] ?? ''
  }

  /** Whether the file has a column for any of the fields. */
  has(...fields: string[]): boolean {
    return fields.some((field) => field in this.#cells)
  }

  /** One line of so many characters; what is longer is cut, and said. */
  line(field: string, most: number): string {
    const { line, isCut } = oneLine(this.text(field), most)
    if (isCut) this.warn('cut', { column: field, most })
    return line
  }

  /** Text of several lines. */
  lines(field: string, most: number): string {
    const text = this.text(field)
    if (text.length > most) this.warn('cut', { column: field, most })
    return cut(text, most)
  }

  /** Says which of the columns a spreadsheet has damaged. */
  checkNumbers(fields: readonly string[]): void {
    this.warnings.push(...damagedCells(this.#cells, fields))
  }
}

/** The kind under which a warning is counted. */
export const kindOfWarning = (message: Sentence): string => message.code.replace(/^imports\.warning\./, '')

/** What becomes of a subject of one row, as the framework counts it. */
export function plannedRow<Plan>(
  subject: SubjectRows,
  verdict: Verdict,
  messages: readonly Sentence[],
  plan: Plan,
): PlannedSubject<Plan> {
  const { key, rows } = subject
  return {
    key,
    verdict: verdict === 'rejected' ? null : verdict,
    rows: rows.map(({ row }) => ({ row, key, verdict, messages })),
    warnings: verdict === 'rejected' ? [] : messages.map(kindOfWarning),
    tally: {},
    plan,
  }
}
