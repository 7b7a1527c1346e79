/** What an audit found and missed, of the whole or of one place. */
export interface Tally {
  readonly found: number
  readonly missing: number
  readonly elsewhere: number
  readonly fresh: number
}

/**
 * How true the register is: found as recorded ÷ (expected + found elsewhere + new), where expected is found and missing. Between 0 and 1; null where
 * nothing was looked at. What an audit leaves out counts nowhere.
 */
export function accuracyOf({ found, missing, elsewhere, fresh }: Tally): number | null {
  const all = found + missing + elsewhere + fresh
  return all === 0 ? null : found / all
}

/**
 * The day of the next audit: so many months after the last, a month that is too short on its last day. Without a number a day that is still to come
 * stays, and one that is over is seen to. Days as `yyyy-mm-dd`.
 */
export function nextAudit(
  today: string,
  months: { audit: number | null; category: number | null },
  known: string | null,
): string | null {
  const wait = months.audit ?? months.category
  if (wait !== null) return Temporal.PlainDate.from(today).add({ months: wait }).toString()
  return known !== null && known > today ? known : null
}
