import { type Db, sql } from '../platform/db.ts'
import { cut } from '../platform/rules/storable-text.ts'

/** Message-IDs are kept up to this length; real ones are far shorter. */
const mostCharacters = 1000

/** A reply to this message belongs to the ticket. */
export async function rememberThread(
  db: Db,
  organisation: string,
  ticket: string,
  messageId: string | null,
  outgoing = false,
): Promise<void> {
  if (messageId === null || messageId.length > mostCharacters) return
  await sql`insert into threaded_mails (organisation_id, message_id, ticket_id, outgoing) values (${organisation}, ${messageId}, ${ticket}, ${outgoing}) on conflict do nothing`.execute(
    db,
  )
}

/** Through which mailbox a ticket is answered, and to which address of whoever asked. */
export async function rememberTicket(
  db: Db,
  organisation: string,
  given: { ticket: string; mailbox: string; incoming: string; address: string },
): Promise<void> {
  await sql`insert into mailed_tickets (ticket_id, organisation_id, mailbox_id, incoming_id, from_address)
    values (${given.ticket}, ${organisation}, ${given.mailbox}, ${given.incoming}, ${given.address}) on conflict (ticket_id) do nothing`.execute(
    db,
  )
}

/** Where the conversation of a ticket that is done goes on. */
export async function rememberFollowUp(
  db: Db,
  organisation: string,
  given: { ticket: string; mailbox: string; address: string; followUp: string },
): Promise<void> {
  await sql`insert into mailed_tickets (ticket_id, organisation_id, mailbox_id, from_address, follow_up_id)
    values (${given.ticket}, ${organisation}, ${given.mailbox}, ${given.address}, ${given.followUp})
    on conflict (ticket_id) do update set follow_up_id = excluded.follow_up_id`.execute(db)
}

/** People who are not known here take part from now on. */
export async function addParticipants(
  db: Db,
  ticket: string,
  people: readonly { name: string; address: string }[],
): Promise<void> {
  if (people.length === 0) return
  await sql`insert into outside_participants (ticket_id, address, name)
    select ${ticket}, lower(g.address), g.name from unnest(${people.map((one) => one.address)}::text[], ${people.map((one) => cut(one.name, 200))}::text[]) as g(address, name)
    on conflict do nothing`.execute(db)
}

/** Active persons of the organisation by any of their addresses. */
export async function personsByAddresses(
  db: Db,
  organisation: string,
  addresses: readonly string[],
): Promise<Map<string, { id: string; name: string }>> {
  const { rows } = await sql<{ address: string; id: string; name: string }>`
    select e.email as address, p.id, p.name from person_emails e join persons p on p.id = e.person_id
    where e.email = any(${addresses}::text[]) and p.organisation_id = ${organisation} and p.active`.execute(db)
  return new Map(rows.map(({ address, id, name }) => [address, { id, name }]))
}

export async function outsideParticipants(db: Db, ticket: string): Promise<{ name: string; address: string }[]> {
  const { rows } = await sql<{ name: string; address: string }>`
    select name, address from outside_participants where ticket_id = ${ticket} order by address`.execute(db)
  return rows
}

/** Answers whether the address took part. */
export const removeParticipant = async (db: Db, ticket: string, address: string): Promise<boolean> =>
  (
    await sql`delete from outside_participants where ticket_id = ${ticket} and address = ${address} returning 1`.execute(
      db,
    )
  ).rows.length > 0
