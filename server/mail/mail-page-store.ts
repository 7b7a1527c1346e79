import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'
import type { MailState } from '../../contract/mail.ts'
import type { MailProblem } from './mails-store.ts'

export interface StoredMail {
  id: string
  person_id: string | null
  person_name: string | null
  to_name: string | null
  to_address: string | null
  address: string | null
  kind: string
  state: MailState
  waits: string | null
  next_at: string | null
  attempts: number
  problem: MailProblem | null
  created_at: string
  done_at: string | null
  bounced_at: string | null
}

const whole = sql`
  select m.id, m.person_id, p.name as person_name, m.to_name, m.to_address, m.address, m.kind, m.state, m.waits, m.next_at, m.attempts, m.problem, m.created_at, m.done_at, m.bounced_at
  from mails m left join persons p on p.id = m.person_id`

export async function mailById(
  db: Db,
  organisation: string,
  id: string,
  lock = false,
): Promise<StoredMail | undefined> {
  if (lock) await sql`select 1 from mails where id = ${id} for update`.execute(db)
  return (await sql<StoredMail>`${whole} where m.id = ${id} and m.organisation_id = ${organisation}`.execute(db))
    .rows[0]
}

export async function mailPage(
  db: Db,
  organisation: string,
  filter: { state: string | undefined; person: string | undefined },
  limit: number,
  after: string | undefined,
): Promise<{ rows: StoredMail[]; next: string | null }> {
  const from = readCursor(after, 1)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const { rows } = await sql<StoredMail>`
    ${whole} where m.organisation_id = ${organisation}
      ${filter.state === undefined ? sql`` : filter.state === 'open' ? sql`and m.state in ('queued', 'sending')` : sql`and m.state = ${filter.state}`}
      ${filter.person === undefined ? sql`` : sql`and m.person_id = ${filter.person}`}
      ${from === null ? sql`` : sql`and m.id < ${from[0]}::uuid`}
    order by m.id desc limit ${limit + 1}`.execute(db)
  return { rows: rows.slice(0, limit), next: rows.length > limit ? cursorOf([rows[limit - 1]!.id]) : null }
}

/** How many there are, each counted up to 1,000, and the latest problem that concerns the server itself. */
export async function mailCounts(
  db: Db,
  organisation: string,
  dayBegan: string,
): Promise<{ queued: number; failed: number; sent: number; bouncing: number; trouble: MailProblem | null }> {
  const counted = (where: ReturnType<typeof sql>) =>
    sql`(select count(*) from (select 1 from mails where ${where} limit 1000) x)`
  const { rows } = await sql<{
    queued: number
    failed: number
    sent: number
    bouncing: number
    trouble: MailProblem | null
  }>`select
    ${counted(sql`organisation_id = ${organisation} and state in ('queued', 'sending')`)} as queued,
    ${counted(sql`organisation_id = ${organisation} and state = 'failed'`)} as failed,
    ${counted(sql`organisation_id = ${organisation} and state = 'sent' and done_at >= ${dayBegan}::timestamptz`)} as sent,
    (select count(*) from (select 1 from bouncing_addresses where organisation_id = ${organisation} limit 1000) x) as bouncing,
    (select problem from mails where organisation_id = ${organisation} and state = 'queued' and problem->>'what' = 'server' order by problem->>'at' desc limit 1) as trouble`.execute(
    db,
  )
  return rows[0]!
}

/** Puts a mail back into the queue, to be tried for as long as a new one. */
export async function queueAgain(db: Db, id: string, now: string): Promise<void> {
  await sql`update mails set state = 'queued', next_at = ${now}::timestamptz, tried_since = ${now}::timestamptz, waits = null, done_at = null, bounced_at = null where id = ${id}`.execute(
    db,
  )
}

export async function withdrawMail(db: Db, id: string, now: string): Promise<void> {
  await sql`update mails set state = 'withdrawn', next_at = null, done_at = ${now}::timestamptz where id = ${id}`.execute(
    db,
  )
}

export async function bouncingPage(
  db: Db,
  organisation: string,
  person: string | undefined,
  limit: number,
  after: string | undefined,
) {
  const from = readCursor(after, 1)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const { rows } = await sql<{
    address: string
    person_id: string | null
    person_name: string | null
    since: string
    status: string | null
    words: string
  }>`
    select b.address, b.person_id, p.name as person_name, b.since, b.status, b.words from bouncing_addresses b left join persons p on p.id = b.person_id
    where b.organisation_id = ${organisation} ${person === undefined ? sql`` : sql`and b.person_id = ${person}`} ${from === null ? sql`` : sql`and b.address > ${from[0]}`} order by b.address limit ${limit + 1}`.execute(
    db,
  )
  return { rows: rows.slice(0, limit), next: rows.length > limit ? cursorOf([rows[limit - 1]!.address]) : null }
}
