import { judgeClock, type LedgerEvent } from '../../commitments/rules/judge-clock.ts'
import type { Terms } from '../../commitments/rules/terms.ts'

/**
 * Whether a clock would have missed its due moment under other terms: its own starts, pauses, stops and resets, but none of the changes its terms
 * went through. Judged at its end, or at `now` (epoch seconds) while it is open. Null where the calendar cannot reach the target.
 */
export function missedAsIf(events: readonly LedgerEvent[], terms: Terms, now: number): boolean | null {
  const [start, ...rest] = events.filter((event) => event.kind !== 'retarget')
  if (start === undefined) return null
  const then = [{ ...start, terms }, ...rest.map((event) => ({ ...event, terms: null }))]
  const isOver = rest.at(-1)?.kind === 'stop' || rest.at(-1)?.kind === 'cancel'
  const judged = judgeClock(
    { events: then, importedAt: null, breaches: [], recorded: [] },
    isOver ? rest.at(-1)!.at : now,
  )
  return judged.refused === null ? judged.breaches.valid.length > 0 : null
}
