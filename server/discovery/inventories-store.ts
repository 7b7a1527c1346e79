import { type Db, sql } from '../platform/db.ts'
import { newId } from '../platform/identifiers.ts'

export interface Violation {
  path: string
  message: string
}
export interface Changed {
  sections: string[]
  added: number
  gone: number
}

/** A report as it came. `body` is packed with zlib. */
export interface Received {
  organisation: string
  key: string | null
  requestId: string | null
  receivedAt: string
  contentType: string
  body: Buffer
  size: number
  address: string | null
  client: string | null
}

export type Outcome =
  | { outcome: 'waiting' }
  | { outcome: 'unreadable' | 'failed'; error: { code: string; params?: Record<string, unknown> } }
  | {
      outcome: 'first' | 'changed'
      agent: string
      task: string
      partial: boolean
      changed: Changed
      violations: Violation[]
      violationCount: number
    }

/** `bodyOf`: another inventory that holds the same body, which is not kept again. */
export async function insertInventory(
  db: Db,
  received: Received,
  to: Outcome,
  bodyOf: string | null = null,
): Promise<string> {
  const id = newId()
  const taken = 'agent' in to ? to : null
  await sql`
    insert into inventories (id, organisation_id, agent_id, key_id, request_id, received_at, taken_at, content_type, body, body_of, size, address, client, task, partial,
      outcome, changed, violations, violation_count, error)
    values (${id}, ${received.organisation}, ${taken?.agent ?? null}, ${received.key}, ${received.requestId}, ${received.receivedAt}, ${to.outcome === 'waiting' ? null : sql`now()`},
      ${received.contentType}, ${bodyOf === null ? received.body : Buffer.alloc(0)}, ${bodyOf}, ${received.size}, ${received.address}, ${received.client}, ${taken?.task ?? null}, ${taken?.partial ?? false},
      ${to.outcome}, ${taken === null ? null : JSON.stringify(taken.changed)}::jsonb, ${JSON.stringify(taken?.violations ?? [])}::jsonb, ${taken?.violationCount ?? 0},
      ${'error' in to ? JSON.stringify(to.error) : null}::jsonb)`.execute(db)
  return id
}

/** What became of a report that was kept first and read later. */
export async function finishInventory(db: Db, id: string, to: Outcome | { outcome: 'unchanged' }): Promise<void> {
  if (to.outcome === 'unchanged') {
    await sql`delete from inventories where id = ${id}`.execute(db)
    return
  }
  const taken = 'agent' in to ? to : null
  await sql`
    update inventories set taken_at = now(), outcome = ${to.outcome}, agent_id = ${taken?.agent ?? null}, task = ${taken?.task ?? null}, partial = ${taken?.partial ?? false},
      changed = ${taken === null ? null : JSON.stringify(taken.changed)}::jsonb, violations = ${JSON.stringify(taken?.violations ?? [])}::jsonb,
      violation_count = ${taken?.violationCount ?? 0}, error = ${'error' in to ? JSON.stringify(to.error) : null}::jsonb
    where id = ${id}`.execute(db)
}

/** Keeps what became of a report with one of its devices: with the first where it was stored before, with the others naming that one. */
export async function keepInventory(
  db: Db,
  received: Received,
  to: Outcome,
  { kept, holder }: { kept: string | null; holder: string | null },
): Promise<string> {
  if (holder !== null || kept === null) return insertInventory(db, received, to, holder)
  await finishInventory(db, kept, to)
  return kept
}

/** Keeps the latest of an agent, and those whose body others name. */
export async function forgetOlder(db: Db, agent: string, keep: number): Promise<void> {
  await sql`
    delete from inventories i where agent_id = ${agent} and not exists (select 1 from inventories o where o.body_of = i.id) and id <= (
      select id from inventories where agent_id = ${agent} order by id desc offset ${keep} limit 1)`.execute(db)
}

const unreadableKept = 100
/** Keeps the latest of those that could not be read or taken in. */
export async function forgetUnreadable(db: Db, organisation: string): Promise<void> {
  await sql`
    delete from inventories where organisation_id = ${organisation} and agent_id is null and outcome in ('unreadable', 'failed') and id <= (
      select id from inventories where organisation_id = ${organisation} and agent_id is null and outcome in ('unreadable', 'failed') order by id desc offset ${unreadableKept} limit 1)`.execute(
    db,
  )
}

export interface Kept extends Received {
  id: string
  outcome: string
}

/** A report that waits to be read; undefined where it has been. */
export async function keptInventory(db: Db, id: string): Promise<Kept | undefined> {
  const { rows } = await sql<Kept>`
    select id, organisation_id as organisation, key_id as key, request_id as "requestId", received_at as "receivedAt", content_type as "contentType", body, size, address, client, outcome
    from inventories where id = ${id} and outcome in ('waiting', 'failed')`.execute(db)
  return rows[0]
}

/** Whether the report an agent asks about still waits; undefined where there is none, or where it is done and gone. */
export async function stateOfRequest(db: Db, organisation: string, requestId: string): Promise<string | undefined> {
  const { rows } = await sql<{ outcome: string }>`
    select outcome from inventories where organisation_id = ${organisation} and request_id = ${requestId} order by id desc limit 1`.execute(
    db,
  )
  return rows[0]?.outcome
}
