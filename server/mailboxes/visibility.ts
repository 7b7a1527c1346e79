import type { RawBuilder } from 'kysely'
import { may } from '../../contract/permissions.ts'
import type { Actor } from '../platform/ctx.ts'
import { sql } from '../platform/db.ts'
import { insideTicket, queuesSeen, visibleTicket } from '../tickets/public.ts'

/**
 * Condition over `incoming_mails incoming join mailboxes box`: who sees a message that came in. What belongs to a ticket, or might, is seen by whoever works
 * on that ticket for IT; what belongs to none by whoever keeps the mail, and where all that a mailbox opens is confidential by those of them alone
 * who see confidential tickets of its queue.
 */
export function visibleIncoming(actor: Actor): RawBuilder<boolean> {
  if (!may(actor.role, 'tickets.work')) return sql<boolean>`false`
  const trusted = sql<boolean>`box.queue_id in ${queuesSeen(actor).confidential}`
  const loose = may(actor.role, 'mail.manage')
    ? sql<boolean>`(not box.confidential or ${trusted})`
    : sql<boolean>`false`
  return sql<boolean>`(incoming.organisation_id = ${actor.organisation} and case when incoming.ticket_id is null then ${loose}
    else exists (select 1 from tickets t where t.id = incoming.ticket_id and ${visibleTicket(actor)} and ${insideTicket(actor)}) end)`
}
