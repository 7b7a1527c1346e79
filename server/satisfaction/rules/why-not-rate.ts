import { isAfter } from '../../../contract/instants.ts'
import type { Refusal } from '../../platform/errors.ts'

/** Days after it was resolved in which a ticket is rated, and the mark changed. */
export const daysToRate = 14
/** Marks up to here ask for a follow-up. */
export const badUpTo = 2

/** The last moment (ISO instant) at which a ticket resolved then is rated; null while it is not resolved. */
export const rateUntil = (resolvedAt: string | null): string | null =>
  resolvedAt === null ? null : new Date(Date.parse(resolvedAt) + daysToRate * 86_400_000).toISOString()

/** Null where it may be rated: by its requester, resolved, not too long ago. `now`: ISO instant. */
export function whyNotRate(
  ticket: { state: string; resolvedAt: string | null },
  who: { isRequester: boolean },
  now: string,
): Refusal | null {
  if (!who.isRequester) return { code: 'ratings.not-yours' }
  const until = rateUntil(ticket.resolvedAt)
  if ((ticket.state !== 'resolved' && ticket.state !== 'closed') || until === null)
    return { code: 'ratings.not-resolved' }
  return !isAfter(now, until) ? null : { code: 'ratings.too-late', params: { days: daysToRate } }
}
