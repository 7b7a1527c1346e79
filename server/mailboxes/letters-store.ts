import { type Db, sql } from '../platform/db.ts'

/** A person or an address that takes part in the conversation of a ticket by mail. */
export interface Correspondent {
  person: string | null
  name: string
  address: string
}

export interface MailedTicket {
  ticket: string
  organisation_id: string
  reference: string
  title: string
  confidential: boolean
  source: string
  due_at: string
  mailbox_id: string | null
  from_address: string | null
  requester_id: string | null
  requester_account: boolean
}

/** A ticket as its letters need it; `mailbox_id` null where it did not come by mail. */
export async function mailedTicket(db: Db, ticket: string): Promise<MailedTicket | undefined> {
  const { rows } = await sql<MailedTicket>`
    select t.id as ticket, t.organisation_id, t.reference, t.title, t.confidential, t.source, t.due_at, mt.mailbox_id, mt.from_address, t.requester_id,
      (exists (select 1 from accounts a where a.person_id = t.requester_id and a.disabled_at is null)) as requester_account
    from tickets t left join mailed_tickets mt on mt.ticket_id = t.id where t.id = ${ticket}`.execute(db)
  return rows[0]
}

/** Whether replies of a ticket go out as mails: it came by mail, or whoever asked has no account to read them in. */
export const isAnsweredByMail = (ticket: MailedTicket): boolean =>
  ticket.mailbox_id !== null || (ticket.requester_id !== null && !ticket.requester_account)

/**
 * Who hears of a public reply by mail: the requester, where they wrote from, and who takes part. Watchers who work on tickets have the app; nobody
 * else sees a confidential ticket by following.
 */
export async function correspondentsOf(db: Db, ticket: MailedTicket): Promise<Correspondent[]> {
  const { rows } = await sql<Correspondent>`
    select p.id as person, p.name, coalesce(
        (select e.email from person_emails e where e.person_id = p.id and e.email = ${ticket.from_address}),
        (select e.email from person_emails e where e.person_id = p.id order by e.position limit 1)) as address
    from persons p where p.active and (p.id = ${ticket.requester_id}::uuid or exists (
      select 1 from ticket_watchers w where w.ticket_id = ${ticket.ticket} and w.person_id = p.id
        and not exists (select 1 from accounts a where a.person_id = p.id and a.disabled_at is null and a.role <> 'requester')))
    union all
    select null, o.name, o.address from outside_participants o where o.ticket_id = ${ticket.ticket} and not ${ticket.confidential}::boolean`.execute(
    db,
  )
  return rows.filter((one) => one.address !== null)
}

/** The note that a letter carries. */
export interface LetterNote {
  id: string
  body: string
  public: boolean
  author_id: string | null
  author_name: string
  /** The message it came as. */
  incoming: string | null
}

export const letterNote = async (db: Db, note: string): Promise<LetterNote | undefined> =>
  (
    await sql<LetterNote>`select id, body, public, author_id, author_name, mail->>'id' as incoming from notes where id = ${note}`.execute(
      db,
    )
  ).rows[0]

/**
 * Message-IDs of the conversation, oldest first, as whoever is written to at `address` has it: what came in, and our letters to them. Those of letters
 * to others stay between us and them: whoever knows one can claim that it came back.
 */
export async function conversationOf(
  db: Db,
  organisation: string,
  ticket: string,
  address: string,
  most: number,
): Promise<string[]> {
  const { rows } = await sql<{ message_id: string }>`
    select message_id from (
      select m.message_id, m.received_at as at from incoming_mails m join threaded_mails th on th.message_id = m.message_id and th.ticket_id = m.ticket_id and th.organisation_id = m.organisation_id
        where m.ticket_id = ${ticket} and m.state = 'taken'
      union all select o.message_id, o.created_at from mails o join threaded_mails th on th.message_id = o.message_id and th.organisation_id = ${organisation}
        where th.ticket_id = ${ticket} and th.outgoing and o.to_address = ${address.toLowerCase()}) x order by at desc limit ${most}`.execute(
    db,
  )
  return rows.map((row) => row.message_id).toReversed()
}

/** Whom a message that came in reached already: its author and those it was addressed to; lower case. */
export async function reachedBy(db: Db, incoming: string): Promise<string[]> {
  const { rows } = await sql<{ from_address: string | null; addressed: string[] }>`
    select from_address, addressed from incoming_mails where id = ${incoming}`.execute(db)
  return rows.flatMap((row) => [...(row.from_address === null ? [] : [row.from_address]), ...row.addressed])
}

export const messageIdOf = async (db: Db, incoming: string): Promise<string | null> =>
  (
    await sql<{
      message_id: string | null
    }>`select message_id from incoming_mails where id = ${incoming}`.execute(db)
  ).rows[0]?.message_id ?? null

/** The ticket of a letter of ours, and where it went; null where the mail is none. */
export async function letterOfMail(db: Db, mail: string): Promise<{ ticket: string; address: string } | null> {
  const { rows } = await sql<{ ticket: string; address: string }>`
    select content->>'ticket' as ticket, coalesce(address, to_address, '') as address from mails where id = ${mail} and content ? 'ticket'`.execute(
    db,
  )
  return rows[0] ?? null
}

export interface SentFile {
  id: string
  name: string
  type: string
  size: number
  sha256: Buffer
  inline: boolean
}

export const filesOfNote = async (db: Db, note: string): Promise<SentFile[]> =>
  (
    await sql<SentFile>`select id, name, type, size, sha256, inline from files where note_id = ${note} order by created_at, id`.execute(
      db,
    )
  ).rows

/** Machine answers that went to an address lately. */
export async function answersLately(
  db: Db,
  organisation: string,
  address: string,
): Promise<{ own: number; all: number }> {
  const { rows } = await sql<{ own: number; all: number }>`
    select (select count(*) from (select 1 from mails where organisation_id = ${organisation} and to_address = ${address} and kind in ('ticket-acknowledgement', 'mail-refusal')
        and created_at > now() - interval '1 hour' limit 1000) x) as own,
      (select count(*) from (select 1 from mails where organisation_id = ${organisation} and kind in ('ticket-acknowledgement', 'mail-refusal')
        and created_at > now() - interval '10 minutes' limit 100000) x) as "all"`.execute(db)
  return rows[0]!
}
