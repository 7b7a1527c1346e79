import { type DateOrder, evidenceOf } from './dates.ts'
import { ImportProblem } from './import-problem.ts'
import { cut } from '../rules/storable-text.ts'

/** The first row and text that spoke for each order of dates, over a whole file. */
export type DateEvidence = Partial<Record<'dmy' | 'mdy' | 'either', { row: number; value: string }>>

export function addEvidence(evidence: DateEvidence, row: number, value: string): void {
  if (value === '') return
  const found = evidenceOf(value)
  if (found !== null) evidence[found] ??= { row, value: cut(value, 40) }
}

/** The order in which a file writes dates: as it was said, or as one of its dates settles it. Throws where nobody can know. */
export function orderOf(evidence: DateEvidence, given: DateOrder | null): DateOrder {
  if (given !== null) return given
  const { dmy, mdy, either } = evidence
  if (dmy !== undefined && mdy !== undefined)
    throw new ImportProblem('imports.date-order-mixed', {
      one: dmy.value,
      oneRow: dmy.row,
      other: mdy.value,
      otherRow: mdy.row,
    })
  if (dmy !== undefined) return 'dmy'
  if (mdy !== undefined) return 'mdy'
  if (either !== undefined) throw new ImportProblem('imports.date-order-unknown', { ...either })
  return 'ymd'
}
