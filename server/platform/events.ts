import { createHash } from 'node:crypto'
import type { Actor, EventDraft } from './ctx.ts'
import { type Db, sql } from './db.ts'
import { newId } from './identifiers.ts'

/** An event as it is stored and handed to reactions. */
export interface RecordedEvent {
  id: string
  type: string
  at: string
  organisation: string | null
  actor: { kind: Actor['kind']; id: string; name: string }
  subject: { kind: string; id: string }
  cause: string | null
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
}

/** Keys in order at every depth, so that equal payloads have equal text. */
export function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const entries = Object.entries(value as Record<string, unknown>).filter(([, v]) => v !== undefined)
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`)
    .join(',')}}`
}

export const digestOf = (before: unknown, after: unknown): Buffer =>
  createHash('sha256')
    .update(canonical([before ?? null, after ?? null]))
    .digest()

/** The fields in which two states of a record differ, ready for an event. Empty objects where nothing does. */
export function changes<T extends object>(
  before: T,
  after: T,
): { before: Record<string, unknown>; after: Record<string, unknown> } {
  const was: Record<string, unknown> = {}
  const is: Record<string, unknown> = {}
  const old = before as Record<string, unknown>
  for (const [field, value] of Object.entries(after as Record<string, unknown>)) {
    if (canonical(old[field]) === canonical(value)) continue
    was[field] = old[field]
    is[field] = value
  }
  return { before: was, after: is }
}

export const completeEvent = (draft: EventDraft, actor: Actor, now: string): RecordedEvent => ({
  id: draft.id ?? newId(),
  type: draft.type,
  at: draft.at ?? now,
  organisation: actor.organisation,
  actor: draft.actor ?? { kind: actor.kind, id: actor.id, name: actor.name },
  subject: draft.subject,
  cause: draft.cause ?? null,
  before: draft.before ?? null,
  after: draft.after ?? null,
})

/**
 * Writes events, their payloads and their place in the outbox with one statement.
 * `silent` leaves out the outbox: imported history is nothing that anybody reacts to.
 */
export async function writeEvents(
  tx: Db,
  events: readonly RecordedEvent[],
  requestId: string | null,
  silent = false,
): Promise<void> {
  if (events.length === 0) return
  const rows = events.map((e) => ({
    id: e.id,
    type: e.type,
    at: e.at,
    organisation_id: e.organisation,
    actor_kind: e.actor.kind,
    actor_id: e.actor.id,
    actor_name: e.actor.name,
    subject_kind: e.subject.kind,
    subject_id: e.subject.id,
    cause: e.cause,
    digest: digestOf(e.before, e.after).toString('hex'),
    before: e.before,
    after: e.after,
  }))
  const outbox = silent ? sql`` : sql`, sent as (insert into outbox select id from given)`
  await sql`
    with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(id uuid, type text, at timestamptz, organisation_id uuid, actor_kind text,
        actor_id uuid, actor_name text, subject_kind text, subject_id uuid, cause uuid, digest text, before jsonb, after jsonb)
    ), logged as (
      insert into events (id, type, at, organisation_id, actor_kind, actor_id, actor_name, subject_kind, subject_id, cause, request_id, digest)
      select id, type, at, organisation_id, actor_kind, actor_id, actor_name, subject_kind, subject_id, cause, ${requestId}, decode(digest, 'hex') from given
    )${outbox}
    insert into event_payloads (event_id, before, after) select id, before, after from given`.execute(tx)
}

/** Events by id, in order of id, for reactions. */
export async function eventsById(db: Db, ids: readonly string[]): Promise<RecordedEvent[]> {
  const { rows } = await sql<Record<string, never>>`
    select e.id, e.type, e.at, e.organisation_id, e.actor_kind, e.actor_id, e.actor_name, e.subject_kind, e.subject_id, e.cause, p.before, p.after
    from events e left join event_payloads p on p.event_id = e.id where e.id = any(${ids}) order by e.id`.execute(db)
  return rows.map((r) => ({
    id: r['id']!,
    type: r['type']!,
    at: r['at']!,
    organisation: r['organisation_id']!,
    actor: { kind: r['actor_kind']!, id: r['actor_id']!, name: r['actor_name']! },
    subject: { kind: r['subject_kind']!, id: r['subject_id']! },
    cause: r['cause']!,
    before: r['before']!,
    after: r['after']!,
  }))
}
