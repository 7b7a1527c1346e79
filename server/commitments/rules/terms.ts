import type { LadderStep } from '../../../contract/commitments.ts'
import type { ClockConditions } from '../../../contract/service-levels.ts'
import type { Calendar } from '../../calendars/rules/compile-calendar.ts'
import type { Target } from '../../calendars/rules/pauses.ts'

/** What was promised, in one immutable version: length, calendar, ladder, and the states in which the clock rests. */
export interface Terms {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly party: 'customer' | 'team' | 'vendor'
  readonly target: Target
  readonly calendar: Calendar
  readonly calendarVersion: string
  readonly ladder: readonly LadderStep[]
  /** The record that set the terms, and its version. */
  readonly source: { readonly kind: string; readonly id: string; readonly revision: number }
  readonly pauseIn: readonly string[]
  readonly resetOnReopen: boolean
  /** When its clock starts, stops and the rest; null: as its kind always does. */
  readonly when: ClockConditions | null
}
