import { type Judged, judgeClock, type LedgerClock, type LedgerEvent } from './judge-clock.ts'

/**
 * What follows for a clock from further events, judged at `now` (epoch seconds). An act and its preview both ask here, so that what was
 * previewed is what happens. A machine whose clock runs behind puts no event before those that are known.
 */
export function judgeMoved(
  clock: LedgerClock,
  events: readonly LedgerEvent[],
  now: number,
): { events: LedgerEvent[]; judged: Judged } {
  const last = clock.events.reduce((latest, e) => Math.max(latest, e.at), Number.NEGATIVE_INFINITY)
  const added = events.map((e) => (e.at < last ? { ...e, at: last } : e))
  return {
    events: added,
    judged: asNoticedNow(judgeClock({ ...clock, events: [...clock.events, ...added] }, now), now),
  }
}

/** K10: a breach was observed when somebody looked; what was superseded before anybody saw it keeps the moment of the rules. */
export function asNoticedNow(judged: Judged, now: number): Judged {
  if (judged.breaches.found.length === 0) return judged
  const found = judged.breaches.found.map((b) =>
    b.supersededAt === null ? { ...b, observedAt: Math.max(b.observedAt, now) } : b,
  )
  return { ...judged, breaches: { ...judged.breaches, found } }
}
