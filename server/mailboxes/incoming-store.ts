import { compareInstants } from '../../contract/instants.ts'
import { type Db, sql } from '../platform/db.ts'
import type { Refusal } from '../platform/errors.ts'

/** A message as it came, before anything is known of it. */
export interface NewIncoming {
  id: string
  organisation: string
  mailbox: string
  imap: { folder: string; uidValidity: number; uid: number } | null
  sha256: Buffer
  size: number
  /** Null where it lies among the files. */
  body: Buffer | null
  recipients: readonly string[]
  /** ISO instant. */
  receivedAt: string
}

/**
 * Writes a message; one that is there already is answered instead. Its content says which it is: a number in a mailbox that holds something else by
 * now, as after a restore of the mail server, keeps nothing out.
 */
export async function insertIncoming(db: Db, mail: NewIncoming): Promise<{ id: string; fresh: boolean }> {
  const { imap } = mail
  const { rows } = await sql<{ id: string }>`
    insert into incoming_mails (id, organisation_id, mailbox_id, folder, uid_validity, uid, sha256, size, body, recipients, received_at, state, next_at)
    values (${mail.id}, ${mail.organisation}, ${mail.mailbox}, ${imap?.folder ?? null}, ${imap?.uidValidity ?? null}, ${imap?.uid ?? null}, ${mail.sha256}, ${mail.size},
      ${mail.body}, ${mail.recipients}::text[], ${mail.receivedAt}, 'received', now())
    on conflict do nothing returning id`.execute(db)
  if (rows[0] !== undefined) return { id: rows[0].id, fresh: true }
  const { rows: there } = await sql<{ id: string }>`
    select id from incoming_mails where mailbox_id = ${mail.mailbox} and sha256 = ${mail.sha256}`.execute(db)
  if (there[0] !== undefined) return { id: there[0].id, fresh: false }
  return insertIncoming(db, { ...mail, imap: null })
}

/** What the intake works on. */
export interface TakenIncoming {
  id: string
  organisation_id: string
  mailbox_id: string
  sha256: Buffer
  size: number
  body: Buffer | null
  recipients: string[]
  received_at: string
  attempts: number
  decided: Decided | null
}

/** What a person decided about a message that was kept apart. */
export interface Decided {
  /** `anew`: limits do not hold; `open`: it becomes a ticket; `link`: it belongs to `ticket`; `aside`: nothing becomes of it; `answer`: and the sender is told so. */
  what: 'anew' | 'open' | 'link' | 'answer' | 'aside'
  ticket?: string
  by: string
  byName: string
}

/**
 * Takes messages whose moment has come, oldest first, without those in `but`. That they are begun is counted and committed first, so that what ends
 * the process is not begun for ever; `begun` takes those that were begun before and never finished. Only whoever holds the lock of the intake takes; there is no lease to wait for after a crash.
 */
export async function takeIncoming(
  db: Db,
  given: { limit: number; from: number; below: number; begun: boolean; but: readonly string[] },
): Promise<TakenIncoming[]> {
  const { rows } = await sql<TakenIncoming>`
    with due as materialized (
      select id from incoming_mails where state = 'received' and next_at <= now() and size >= ${given.from} and size < ${given.below} and (attempts > 0) = ${given.begun}::boolean
        and not id = any(${given.but}::uuid[])
      order by next_at, id limit ${given.limit} for update skip locked)
    update incoming_mails m set attempts = attempts + 1 from due where m.id = due.id
    returning m.id, m.organisation_id, m.mailbox_id, m.sha256, m.size, m.body, m.recipients, m.received_at, m.attempts, m.decided`.execute(
    db,
  )
  return rows.toSorted((a, b) => compareInstants(a.received_at, b.received_at) || (a.id < b.id ? -1 : 1))
}

/** Whether it still waits to be taken in, held for this transaction: another node may have been faster. */
export const isStillReceived = async (db: Db, id: string): Promise<boolean> =>
  (await sql`select 1 from incoming_mails where id = ${id} and state = 'received' for update`.execute(db)).rows.length >
  0

export interface Settled {
  state: 'taken' | 'parked' | 'quarantined' | 'refused' | 'ignored'
  did: string | null
  steps: readonly Refusal[]
  ticket: string | null
  note: string | null
}

export interface ReadColumns {
  message_id: string | null
  from_name: string | null
  from_address: string | null
  person_id: string | null
  subject: string | null
  kind: string | null
  fingerprint: Buffer | null
  addressed: string[]
}

export async function settleIncoming(db: Db, id: string, settled: Settled, read: Partial<ReadColumns>): Promise<void> {
  await db
    .updateTable('incoming_mails')
    .set({
      state: settled.state,
      did: settled.did,
      steps: JSON.stringify(settled.steps),
      ticket_id: settled.ticket,
      note_id: settled.note,
      next_at: null,
      done_at: sql`now()`,
      ...read,
    })
    .where('id', '=', id)
    .execute()
}

/** Another attempt after a pause. */
export async function postponeIncoming(db: Db, id: string, seconds: number, steps: readonly Refusal[]): Promise<void> {
  await sql`update incoming_mails set next_at = now() + make_interval(secs => ${seconds}::int), steps = ${JSON.stringify(steps)}::jsonb where id = ${id} and state = 'received'`.execute(
    db,
  )
}

/** Back into the intake, as a person decided; answers which: one that was taken in or decided about meanwhile is not. */
export async function decideIncoming(db: Db, ids: readonly string[], decided: Decided): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update incoming_mails set state = 'received', next_at = now(), attempts = 0, done_at = null, decided = ${JSON.stringify(decided)}::jsonb
    where id = any(${ids}::uuid[]) and state not in ('taken', 'received') returning id`.execute(db)
  return rows.map((row) => row.id)
}
