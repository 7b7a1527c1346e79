import { type Db, sql } from '../platform/db.ts'
import type { MailedTicket } from './letters-store.ts'
import { mailboxById, type StoredMailbox } from './mailboxes-store.ts'

/** The mailbox a ticket is answered from: the one it came through, else one of its queue, else any; undefined where there is none. */
export async function answeringMailbox(db: Db, ticket: MailedTicket): Promise<StoredMailbox | undefined> {
  const { rows } = await sql<{ id: string }>`
    select b.id from mailboxes b join tickets t on t.id = ${ticket.ticket}
    where b.organisation_id = ${ticket.organisation_id} and (b.active or b.id = ${ticket.mailbox_id}::uuid)
    order by b.id is not distinct from ${ticket.mailbox_id}::uuid desc, b.queue_id = t.queue_id desc, b.confidential, b.id limit 1`.execute(
    db,
  )
  return rows[0] === undefined ? undefined : mailboxById(db, ticket.organisation_id, rows[0].id)
}
