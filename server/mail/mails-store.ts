import { type Db, sql } from '../platform/db.ts'
import type { Refusal } from '../platform/errors.ts'
import { newId } from '../platform/identifiers.ts'

export interface MailDraft {
  organisation: string
  /** Null for somebody who is not known here: then `to` says where it goes. */
  person: string | null
  /** Where it goes, where that is not the address of the account. */
  to?: { name: string; address: string }
  /** Given with `messageId` (angle brackets included) by whoever puts something into it. */
  id?: string
  messageId?: string
  /** Names the composer. */
  kind: string
  content: Record<string, unknown>
  /** A cause mails a person once, however often it is reported. */
  cause: string
  /** ISO instant of the first attempt. */
  sendAt: string
  /** Key of the sentence that says why it does not go at once. */
  waits: string | null
}

export interface MailProblem extends Refusal {
  what: string
  at: string
}

/** What the sender works on. */
export interface TakenMail {
  id: string
  organisation_id: string
  person_id: string | null
  to_name: string | null
  to_address: string | null
  kind: string
  content: Record<string, unknown>
  message_id: string
  attempts: number
  tried_since: string
}

/** Writes mails to be sent; repeats of a cause are dropped. Answers the ids of those that are new. `domain` is that of the Message-ID. */
export async function insertMails(db: Db, domain: string, drafts: readonly MailDraft[]): Promise<string[]> {
  if (drafts.length === 0) return []
  const rows = drafts.map((d) => {
    const id = d.id ?? newId()
    return {
      id,
      organisation_id: d.organisation,
      person_id: d.person,
      to_name: d.to?.name ?? null,
      to_address: d.to?.address ?? null,
      kind: d.kind,
      content: d.content,
      cause: d.cause,
      message_id: d.messageId ?? `<${id}@${domain}>`,
      waits: d.waits,
      next_at: d.sendAt,
    }
  })
  const { rows: written } = await sql<{ id: string }>`
    insert into mails (id, organisation_id, person_id, to_name, to_address, kind, content, cause, message_id, state, waits, next_at, tried_since)
    select id, organisation_id, person_id, to_name, to_address, kind, content, cause, message_id, 'queued', waits, next_at, next_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(id uuid, organisation_id uuid, person_id uuid, to_name text, to_address text, kind text, content jsonb, cause text, message_id text, waits text, next_at timestamptz)
    on conflict do nothing returning id`.execute(db)
  return written.map((row) => row.id)
}

/** Lets a mail that still waits go at another moment. */
export async function moveMail(db: Db, id: string, sendAt: string): Promise<void> {
  await sql`update mails set next_at = ${sendAt}::timestamptz where id = ${id} and state = 'queued' and attempts = 0`.execute(
    db,
  )
}

/**
 * Takes mails whose moment has come, on any number of nodes: each is leased to one. A mail whose node died is taken again when its lease
 * has run out, under the same Message-ID.
 */
export async function takeMails(db: Db, now: string, limit: number, leaseSeconds: number): Promise<TakenMail[]> {
  const { rows } = await sql<TakenMail>`
    with due as materialized (
      select id from mails where state in ('queued', 'sending') and next_at <= ${now}::timestamptz order by next_at limit ${limit} for update skip locked)
    update mails m set state = 'sending', attempts = attempts + 1, next_at = ${now}::timestamptz + make_interval(secs => ${leaseSeconds}::int)
    from due where m.id = due.id
    returning m.id, m.organisation_id, m.person_id, m.to_name, m.to_address, m.kind, m.content, m.message_id, m.attempts, m.tried_since`.execute(
    db,
  )
  return rows
}

/** The moment of the next mail, ISO; null while there is none. One look at an index. */
export async function nextMailAt(db: Db): Promise<string | null> {
  const { rows } = await sql<{
    at: string | null
  }>`select min(next_at) as at from mails where state in ('queued', 'sending')`.execute(db)
  return rows[0]!.at
}

/** Settles a taken mail for good, unless somebody settled it meanwhile. Answers whether it did. */
export async function settleMail(
  db: Db,
  mail: Pick<TakenMail, 'id'>,
  state: 'sent' | 'skipped' | 'failed',
  now: string,
  found: { address: string | null; problem: MailProblem | null },
): Promise<boolean> {
  const { rows } = await sql`
    update mails set state = ${state}, next_at = null, done_at = ${now}::timestamptz, waits = null, address = coalesce(${found.address}, address),
      problem = ${found.problem === null ? null : JSON.stringify(found.problem)}::jsonb
    where id = ${mail.id} and state in ('sending', 'queued') returning 1`.execute(db)
  return rows.length > 0
}

export async function postponeMail(
  db: Db,
  mail: Pick<TakenMail, 'id' | 'attempts'>,
  nextAt: string,
  address: string,
  problem: MailProblem,
): Promise<void> {
  await sql`
    update mails set state = 'queued', next_at = ${nextAt}::timestamptz, waits = null, address = ${address}, problem = ${JSON.stringify(problem)}::jsonb
    where id = ${mail.id} and state = 'sending' and attempts = ${mail.attempts}`.execute(db)
}

/** The server is back: whatever waited for it goes now. */
export async function releaseWaiting(db: Db, now: string): Promise<void> {
  await sql`update mails set next_at = ${now}::timestamptz where state = 'queued' and next_at > ${now}::timestamptz and problem->>'what' = 'server'`.execute(
    db,
  )
}

/** Forgets what was settled long ago, some at a time. Answers how many. */
export async function forgetMails(db: Db, before: string, limit: number): Promise<number> {
  const { rows } =
    await sql`delete from mails where id in (select id from mails where done_at < ${before}::timestamptz limit ${limit} for update skip locked) returning 1`.execute(
      db,
    )
  return rows.length
}
