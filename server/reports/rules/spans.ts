/** Weeks of a span; promise_span_of() in the database cuts time in the same places. */
export const weeksOfSpan = 8
const dayMs = 86_400_000
const dayOf = (date: string): number => Date.parse(date) / dayMs
const dateOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10)

/** Days from `from` up to, but not with, `to`; ISO dates. */
export interface Days {
  from: string
  to: string
}

/**
 * How a period is put together from spans whose sums hold: those that lie wholly in it, and the days around and between them. `from` and `to`:
 * Mondays, both weeks included; `spans`: first Mondays.
 */
export function coverOf(
  period: { from: string; to: string },
  spans: readonly string[],
): { spans: string[]; rest: Days[] } {
  const end = dayOf(period.to) + 7
  const inside = spans
    .filter((span) => dayOf(span) >= dayOf(period.from) && dayOf(span) + 7 * weeksOfSpan <= end)
    .toSorted()
  const rest: Days[] = []
  let at = dayOf(period.from)
  for (const span of inside) {
    if (dayOf(span) > at) rest.push({ from: dateOf(at), to: span })
    at = dayOf(span) + 7 * weeksOfSpan
  }
  if (at < end) rest.push({ from: dateOf(at), to: dateOf(end) })
  return { spans: inside, rest }
}
