import {
  applyClockEvents,
  earliestDue,
  loadClocks,
  lockClocksOf,
  type StoredClock,
  strikeEvents,
} from '../commitments/public.ts'
import { type Ctx, nowSeconds } from '../platform/ctx.ts'
import { promised } from './changing.ts'
import { saveDue, type StoredTicket } from './tickets-store.ts'

/** The clocks of service levels of a ticket, locked; what people made by hand is theirs and goes on. */
async function promisedClocks(ctx: Ctx, ticket: string): Promise<StoredClock[]> {
  return (await loadClocks(ctx.tx, { subjects: [ticket] })).filter((c) => c.terms.source.kind === 'service_level')
}

/** Cancels what still runs or rests of a ticket that goes on elsewhere: nothing of it falls due any more. `cause`: the event of the log. */
export async function cancelMerged(ctx: Ctx, ticket: StoredTicket, cause: string): Promise<void> {
  await lockClocksOf(ctx.tx, [ticket.id])
  const live = (await promisedClocks(ctx, ticket.id)).filter((c) => c.phase === 'running' || c.phase === 'paused')
  const event = { at: nowSeconds(ctx), kind: 'cancel' as const, cause, reason: 'merged', terms: null }
  await applyClockEvents(
    ctx,
    live.map((clock) => ({ clock, events: [event] })),
  )
  await saveDue(ctx.tx, [{ id: ticket.id, dueAt: null }])
}

/**
 * What the merge had cancelled goes on as though it never had been: the cancelling is struck out of the ledger. The time in between counts, for the
 * requester waited through it; what fell due meanwhile is found now.
 */
export async function resumeMerged(ctx: Ctx, ticket: StoredTicket, cause: string): Promise<void> {
  await lockClocksOf(ctx.tx, [ticket.id])
  const ended = new Set((await promisedClocks(ctx, ticket.id)).flatMap((c) => (c.phase === 'cancelled' ? [c.id] : [])))
  await strikeEvents(ctx.tx, ticket.id, cause)
  const { owner } = promised(ticket)
  const back = (await promisedClocks(ctx, ticket.id)).filter(
    (c) => ended.has(c.id) && c.events.at(-1)?.kind !== 'cancel',
  )
  await applyClockEvents(
    ctx,
    back.map((clock) => ({ clock, events: [], owner })),
  )
  await saveDue(ctx.tx, await earliestDue(ctx.tx, [ticket.id]))
}
