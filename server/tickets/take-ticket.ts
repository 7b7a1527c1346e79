import type { Actor, Ctx } from '../platform/ctx.ts'
import { may } from '../../contract/permissions.ts'
import type { Db } from '../platform/db.ts'
import { assignTicket } from './actions/move-ticket.ts'
import { whyNotWork } from './rules/ticket-states.ts'
import { ticketByKey } from './tickets-store.ts'

/** Whether a link may offer the reader to take the ticket: it is open, somebody else's or nobody's, and theirs to work. */
export async function mayTakeTicket(db: Db, reader: Actor, subject: { kind: string; id: string }): Promise<boolean> {
  if (subject.kind !== 'ticket' || reader.person === null || !may(reader.role, 'tickets.work')) return false
  const found = await ticketByKey(db, reader, subject.id)
  return (
    found !== undefined &&
    found.open &&
    found.assignee_id !== reader.person &&
    whyNotWork(found, { inside: found.inside, requester: false }) === null
  )
}

export async function takeTicket(ctx: Ctx, subject: { kind: string; id: string }): Promise<void> {
  await assignTicket(ctx, { id: subject.id, assignee: 'me' })
}
