import { sentence } from '../../platform/catalogue.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { carryOutItems } from '../carry-out-items.ts'
import { changeTicket } from '../changing.ts'
import { anyTicket } from '../tickets-store.ts'
import { dropTasks } from '../tasks/run-tasks.ts'
import { writeNote } from './add-note.ts'

/** Resolves a ticket because everything it needed is done; whoever works on it need not be asked. Nothing where it is over. `resolution` is HTML. */
export async function resolveByItself(ctx: Ctx, id: string, resolution: string): Promise<boolean> {
  const ticket = await anyTicket(ctx.tx, id)
  if (ticket === undefined || !ticket.open) return false
  await carryOutItems(ctx, ticket)
  await changeTicket(
    ctx,
    ticket,
    { state: 'resolved', resolution, resolved_at: ctx.now, waiting_since: null },
    {
      type: 'ticket.resolved',
      happening: { kind: 'resolved' },
      afterSaving: async () =>
        void (await writeNote(ctx, ticket, { public: true, body: resolution, attachments: [], quiet: true })),
    },
  )
  return true
}

/** Ends a ticket that comes to nothing, and tells why: it was refused, or withdrawn. What it planned with devices is not carried out. */
export async function closeByItself(ctx: Ctx, id: string, reason: string): Promise<boolean> {
  const ticket = await anyTicket(ctx.tx, id)
  if (ticket === undefined || !ticket.open) return false
  await writeNote(ctx, ticket, { public: true, body: reason, attachments: [], quiet: true })
  await changeTicket(
    ctx,
    ticket,
    { state: 'resolved', resolution: reason, resolved_at: ctx.now, waiting_since: null },
    {
      type: 'ticket.resolved',
      happening: { kind: 'resolved' },
      afterSaving: (event) => dropTasks(ctx, ticket, sentence('tasks.ticket-over'), event),
    },
  )
  const resolved = (await anyTicket(ctx.tx, id))!
  await changeTicket(
    ctx,
    resolved,
    { state: 'closed', closed_at: ctx.now },
    { type: 'ticket.closed', happening: { kind: 'closed' } },
  )
  return true
}
