import type { LedgerEvent } from '../../commitments/rules/judge-clock.ts'
import type { Terms } from '../../commitments/rules/terms.ts'

/** Why open clocks move (W8, W9; C18 for the rules of a zone). */
export type MoveReason = 'level-edited' | 'level-off' | 'calendar-edited' | 'zone-rules'

/** Where the open clocks of a level are to go: what is in force, or what is planned. */
export interface Course {
  /** Terms of the targets in force on the level's own calendar; none where it is switched off. */
  readonly own: readonly Terms[]
  readonly reason: MoveReason
  readonly cause: string
  /** For a vendor's clock: the target on the present version of the calendar that clock runs on (W7). */
  readonly vendor: (own: Terms, clock: Terms) => Terms
}

/** What an open clock hears when its level or its calendar changes: new terms, or its end where nothing is promised any more. */
export function eventOn(course: Course, clock: { kind: string; terms: Terms }, at: number): LedgerEvent {
  const { cause, reason } = course
  const own = course.own.find((t) => t.kind === clock.kind)
  if (own === undefined)
    return { at, kind: 'cancel', cause, reason: reason === 'level-off' ? 'level-off' : 'target-removed', terms: null }
  const terms = clock.kind === 'vendor' ? course.vendor(own, clock.terms) : own
  return { at, kind: 'retarget', cause, reason, terms }
}
