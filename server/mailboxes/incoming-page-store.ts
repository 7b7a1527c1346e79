import type { IncomingState } from '../../contract/incoming-mails.ts'
import type { Actor } from '../platform/ctx.ts'
import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem, type Refusal } from '../platform/errors.ts'
import { visibleIncoming } from './visibility.ts'

/** A message as the pages show it. */
export interface StoredIncoming {
  id: string
  mailbox_id: string
  mailbox_name: string
  state: IncomingState
  from_name: string | null
  from_address: string | null
  subject: string | null
  received_at: string
  size: number
  attempts: number
  steps: Refusal[]
  ticket_id: string | null
  reference: string | null
  title: string | null
  did: string | null
  sha256: Buffer
  body: Buffer | null
  recipients: string[]
  done_at: string | null
}

const joined = sql`from incoming_mails incoming join mailboxes box on box.id = incoming.mailbox_id left join tickets about on about.id = incoming.ticket_id`
const columns = sql`incoming.id, incoming.mailbox_id, box.name as mailbox_name, incoming.state, incoming.from_name, incoming.from_address, incoming.subject, incoming.received_at,
  incoming.size, incoming.attempts, incoming.steps, incoming.ticket_id, about.reference, about.title, incoming.did, incoming.sha256, incoming.recipients, incoming.done_at`

export async function incomingPage(
  db: Db,
  actor: Actor,
  filter: { state: IncomingState | undefined; mailbox: string | undefined },
  limit: number,
  after: string | undefined,
) {
  const from = readCursor(after, 1)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const { rows } = await sql<StoredIncoming>`
    select ${columns}, null as body ${joined} where ${visibleIncoming(actor)}
      ${filter.state === undefined ? sql`` : sql`and incoming.state = ${filter.state}`}
      ${filter.mailbox === undefined ? sql`` : sql`and incoming.mailbox_id = ${filter.mailbox}`}
      ${from === null ? sql`` : sql`and incoming.id < ${from[0]}::uuid`}
    order by incoming.id desc limit ${limit + 1}`.execute(db)
  return { rows: rows.slice(0, limit), next: rows.length > limit ? cursorOf([rows[limit - 1]!.id]) : null }
}

/** One message the actor sees; `lock` holds it until the transaction ends. */
export async function incomingById(
  db: Db,
  actor: Actor,
  id: string,
  lock = false,
): Promise<StoredIncoming | undefined> {
  if (lock) await sql`select 1 from incoming_mails where id = ${id} for update`.execute(db)
  return (
    await sql<StoredIncoming>`select ${columns}, incoming.body ${joined} where incoming.id = ${id} and ${visibleIncoming(actor)}`.execute(
      db,
    )
  ).rows[0]
}

export async function incomingCounts(
  db: Db,
  actor: Actor,
): Promise<{ received: number; parked: number; quarantined: number }> {
  const counted = (state: string) =>
    sql`(select count(*) from (select 1 ${joined} where incoming.state = ${state} and ${visibleIncoming(actor)} limit 1000) x)`
  const { rows } = await sql<{ received: number; parked: number; quarantined: number }>`
    select ${counted('received')} as received, ${counted('parked')} as parked, ${counted('quarantined')} as quarantined`.execute(
    db,
  )
  return rows[0]!
}

/** Messages in a state that the actor sees, oldest first; of `ids` alone where they are given. */
export async function idsIn(
  db: Db,
  actor: Actor,
  state: string,
  ids: readonly string[] | undefined,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select incoming.id ${joined} where incoming.state = ${state} and ${visibleIncoming(actor)} ${ids === undefined ? sql`` : sql`and incoming.id = any(${ids}::uuid[])`}
    order by incoming.id limit ${limit}`.execute(db)
  return rows.map((row) => row.id)
}
