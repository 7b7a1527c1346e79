import type { Mailbox, MailboxConnection, MailLimits, MailTemplates } from '../../contract/mailboxes.ts'
import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem, type Refusal } from '../platform/errors.ts'

/** What is set for a mailbox; `secrets` is sealed. */
export interface MailboxColumns {
  name: string
  kind: Mailbox['kind']
  active: boolean
  queue_id: string
  confidential: boolean
  unknown_senders: Mailbox['unknownSenders']
  outsiders: Mailbox['outsiders']
  closed_tickets: Mailbox['closedTickets']
  acknowledge: boolean
  tagged_replies: boolean
  most_bytes: number
  authserv_id: string | null
  limits: MailLimits
  templates: MailTemplates
  connection: MailboxConnection | null
  secrets: Buffer | null
}

export interface StoredMailbox extends MailboxColumns {
  id: string
  version: number
  organisation_id: string
  addresses: string[]
  queue_name: string
  key_prefix: string | null
  problem: Refusal | null
  problem_at: string | null
  checked_at: string | null
  last_mail_at: string | null
}

const whole = sql`
  select b.*, q.name as queue_name, b.problem->>'at' as problem_at,
    array(select address from mailbox_addresses a where a.mailbox_id = b.id order by a.position) as addresses,
    (select received_at from incoming_mails m where m.mailbox_id = b.id order by m.id desc limit 1) as last_mail_at
  from mailboxes b join queues q on q.id = b.queue_id`

export async function mailboxPage(db: Db, organisation: string, limit: number, after: string | undefined) {
  const from = readCursor(after, 2)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const { rows } = await sql<StoredMailbox>`
    ${whole} where b.organisation_id = ${organisation} ${from === null ? sql`` : sql`and (lower(b.name), b.id) > (lower(${from[0]}), ${from[1]}::uuid)`}
    order by lower(b.name), b.id limit ${limit + 1}`.execute(db)
  const last = rows[limit - 1]
  return {
    rows: rows.slice(0, limit),
    next: rows.length > limit && last !== undefined ? cursorOf([last.name, last.id]) : null,
  }
}

export async function mailboxById(
  db: Db,
  organisation: string,
  id: string,
  lock = false,
): Promise<StoredMailbox | undefined> {
  if (lock) await sql`select 1 from mailboxes where id = ${id} for update`.execute(db)
  return (await sql<StoredMailbox>`${whole} where b.id = ${id} and b.organisation_id = ${organisation}`.execute(db))
    .rows[0]
}

/** Mailboxes for the intake, every one of the organisation: which addresses are ours is asked of all. */
export const allMailboxes = async (db: Db, organisation: string): Promise<StoredMailbox[]> =>
  (await sql<StoredMailbox>`${whole} where b.organisation_id = ${organisation} order by b.id`.execute(db)).rows

/** The mailbox whose address this is, with or without what follows a plus. */
export async function mailboxOfAddress(
  db: Db,
  organisation: string,
  addresses: readonly string[],
): Promise<StoredMailbox | undefined> {
  const asked = addresses.flatMap((one) => {
    const address = one.trim().toLowerCase()
    return [address, address.replace(/\+[^@]*@/, '@')]
  })
  const { rows } = await sql<StoredMailbox>`
    select w.* from unnest(${asked}::text[]) with ordinality as g(address, place)
      join mailbox_addresses m on m.address = g.address and m.organisation_id = ${organisation} join (${whole}) w on w.id = m.mailbox_id
    where w.active order by g.place limit 1`.execute(db)
  return rows[0]
}

export const mailboxOfKey = async (db: Db, hash: Buffer): Promise<StoredMailbox | undefined> =>
  (await sql<StoredMailbox>`${whole} where b.key_hash = ${hash} and b.active`.execute(db)).rows[0]

const given = (c: MailboxColumns) => ({
  ...c,
  limits: JSON.stringify(c.limits),
  templates: JSON.stringify(c.templates),
  connection: c.connection === null ? null : JSON.stringify(c.connection),
})

export async function insertMailbox(db: Db, id: string, organisation: string, columns: MailboxColumns): Promise<void> {
  await db
    .insertInto('mailboxes')
    .values({ id, organisation_id: organisation, ...given(columns) })
    .execute()
}

export async function updateMailbox(db: Db, id: string, columns: MailboxColumns): Promise<void> {
  await db
    .updateTable('mailboxes')
    .set({ ...given(columns), version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .execute()
}

/** Replaces the addresses of a mailbox, the first being the one it writes from. Answers one that another mailbox has. */
export async function setAddresses(
  db: Db,
  organisation: string,
  id: string,
  addresses: readonly string[],
): Promise<string | null> {
  const { rows } = await sql<{ address: string }>`
    select address from mailbox_addresses where organisation_id = ${organisation} and address = any(${addresses}::text[]) and mailbox_id <> ${id} limit 1`.execute(
    db,
  )
  if (rows[0] !== undefined) return rows[0].address
  await sql`delete from mailbox_addresses where mailbox_id = ${id}`.execute(db)
  await sql`insert into mailbox_addresses (organisation_id, address, mailbox_id, position)
    select ${organisation}, g.address, ${id}, min(g.place) from unnest(${addresses}::text[]) with ordinality as g(address, place) group by g.address`.execute(
    db,
  )
  return null
}

export async function setKey(db: Db, id: string, key: { hash: Buffer; prefix: string }): Promise<void> {
  await sql`update mailboxes set key_hash = ${key.hash}, key_prefix = ${key.prefix} where id = ${id}`.execute(db)
}

/** Notes how fetching went; `problem` null: it works. ISO instant. */
export async function noteChecked(db: Db, id: string, at: string, problem: Refusal | null): Promise<void> {
  const said = problem === null ? null : JSON.stringify({ ...problem, at })
  await sql`update mailboxes set checked_at = ${at}, problem = ${said}::jsonb where id = ${id}`.execute(db)
}
