import type { Judged } from '../../commitments/rules/judge-clock.ts'

/** What becomes of one open clock. Instants and durations in seconds. */
export interface Outcome {
  readonly verdict: 'late' | 'no-longer-late' | 'cancelled' | 'moved'
  readonly due: number | null
  readonly newDue: number | null
  readonly left: number | null
  readonly newLeft: number | null
  readonly superseded: boolean
  readonly written: boolean
}

/** Compares a clock as it stands with what an event would make of it; null where nothing a reader could see changes. */
export function outcomeOf(before: Judged, after: Judged): Outcome | null {
  const facts = {
    due: before.due,
    newDue: after.due,
    left: before.remaining,
    newLeft: after.remaining,
    superseded: after.breaches.superseded.length > before.breaches.superseded.length,
    written: valid(after) > valid(before),
  }
  if (after.phase === 'cancelled') return { verdict: 'cancelled', ...facts }
  if (after.late && !before.late) return { verdict: 'late', ...facts }
  if (!after.late && before.late) return { verdict: 'no-longer-late', ...facts }
  const stays = before.due === after.due && before.remaining === after.remaining && !facts.superseded && !facts.written
  return stays ? null : { verdict: 'moved', ...facts }
}

const valid = (judged: Judged): number => judged.breaches.found.filter((b) => b.supersededAt === null).length

const order = ['late', 'no-longer-late', 'cancelled', 'moved']

/** Those that need a look come first: late ones, then those that move most. */
export function byWeight(a: Outcome, b: Outcome): number {
  return order.indexOf(a.verdict) - order.indexOf(b.verdict) || shift(b) - shift(a)
}

const shift = (o: Outcome): number =>
  o.due !== null && o.newDue !== null
    ? Math.abs(o.newDue - o.due)
    : o.left !== null && o.newLeft !== null
      ? Math.abs(o.newLeft - o.left)
      : 0
