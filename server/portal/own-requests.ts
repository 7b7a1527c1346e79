import { isAfter } from '../../contract/instants.ts'
import type { OwnRequest } from '../../contract/portal.ts'
import type { TicketState } from '../../contract/tickets.ts'
import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'
import { likeOf } from '../platform/like-of.ts'

interface Row {
  id: string
  reference: string
  title: string
  kind: 'incident' | 'request'
  state: TicketState
  created_at: string
  last_activity_at: string
  due_at: string | null
  expected_at: string | null
  order_state: string | null
  approval_stage: string | null
  approval_who: string[] | null
  tasks_of: number
  tasks_done: number
  tasks_now: string[] | null
  score: number | null
}

/** Which of a person's own requests; without any of these all of them. */
export interface Wanted {
  open?: boolean | undefined
  state?: TicketState
  ids?: readonly string[]
  /** Resolved not longer ago, ISO instant. */
  resolvedSince?: string
  /** Only those that were not rated. */
  unrated?: true
}

/**
 * The requests of a person (asked for by or for them), newest first, with how far each is: one statement, of which the page is found by the index of
 * requesters before anything is looked up.
 */
export async function ownRequests(
  db: Db,
  person: string,
  wanted: Wanted,
  limit: number,
  after?: string,
): Promise<{ items: OwnRequest[]; next: string | null }> {
  const from = readCursor(after, 2)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const { rows } = await sql<Row>`
    with found as materialized (
      select t.id, t.created_at from tickets t where t.requester_id = ${person}
        ${wanted.open === undefined ? sql`` : sql`and t.open = ${wanted.open}`}
        ${wanted.state === undefined ? sql`` : sql`and t.state = ${wanted.state}`}
        ${wanted.ids === undefined ? sql`` : sql`and t.id = any(${wanted.ids}::uuid[])`}
        ${wanted.resolvedSince === undefined ? sql`` : sql`and t.resolved_at >= ${wanted.resolvedSince}::timestamptz`}
        ${wanted.unrated === undefined ? sql`` : sql`and not exists (select 1 from ticket_ratings x where x.ticket_id = t.id)`}
        ${from === null ? sql`` : sql`and (t.created_at, t.id) < (${from[0]}::timestamptz, ${from[1]}::uuid)`}
      order by t.created_at desc, t.id desc limit ${limit + 1})
    select t.id, t.reference, t.title, t.kind, t.state, t.created_at, t.last_activity_at,
      case when t.open and t.due_at < '9999-01-01' then t.due_at end as due_at, o.expected_at, o.state as order_state, a.stage as approval_stage, a.who as approval_who,
      coalesce(k.total, 0) as tasks_of, coalesce(k.done, 0) as tasks_done, k.now as tasks_now, r.score
    from found f join tickets t on t.id = f.id left join catalogue_orders o on o.ticket_id = t.id left join ticket_ratings r on r.ticket_id = t.id
      left join lateral (
        select s.name as stage, array(select distinct p.name from approval_candidates c join approval_seats e on e.id = c.seat_id and e.position = s.position join persons p on p.id = c.person_id
          where c.approval_id = ap.id and c.open order by p.name limit 5) as who
        from approvals ap join approval_stages s on s.approval_id = ap.id and s.position = ap.stage where ap.id = o.approval_id and ap.state = 'waiting') a on true
      left join lateral (
        select count(*) as total, count(*) filter (where x.state in ('done', 'skipped')) as done, array_agg(x.title order by x.position) filter (where x.state = 'open') as now
        from ticket_tasks x where x.ticket_id = t.id and o.ticket_id is not null) k on true
    order by f.created_at desc, f.id desc`.execute(db)
  const now = new Date().toISOString()
  const last = rows[limit - 1]
  return {
    items: rows.slice(0, limit).map((row): OwnRequest => {
      const isOpen = row.state !== 'resolved' && row.state !== 'closed'
      const dueAt = isOpen ? (row.expected_at ?? row.due_at) : null
      return {
        id: row.id,
        reference: row.reference,
        title: row.title,
        kind: row.kind,
        state: row.state,
        createdAt: row.created_at,
        lastActivityAt: row.last_activity_at,
        dueAt,
        late: dueAt !== null && isAfter(now, dueAt),
        approval: row.approval_stage === null ? null : { stage: row.approval_stage, who: row.approval_who ?? [] },
        tasks: row.tasks_of === 0 ? null : { done: row.tasks_done, of: row.tasks_of, now: row.tasks_now ?? [] },
        refused: row.order_state === 'refused',
        rating: row.score,
      }
    }),
    next: rows.length > limit && last !== undefined ? cursorOf([last.created_at, last.id]) : null,
  }
}

export async function openChecks(db: Db, person: string): Promise<{ terms: number; checks: number }> {
  const { rows } = await sql<{ terms: number; checks: number }>`
    select (select count(*) from custodies c where c.holder_kind = 'person' and c.holder_id = ${person} and c.ended_at is null and c.acceptance = 'waiting') as terms,
      (select count(*) from attestation_people k join attestations t on t.id = k.attestation_id where k.person_id = ${person} and t.state = 'running' and k.done_at is null) as checks`.execute(
    db,
  )
  return rows[0]!
}

/** Devices a person has whose tag, name or model contains the words. */
export async function ownDevices(
  db: Db,
  person: string,
  q: string,
): Promise<{ id: string; tag: string; name: string }[]> {
  const like = likeOf(q)
  return (
    await sql<{ id: string; tag: string; name: string }>`
      select a.id, a.tag, case when a.name <> '' then a.name else coalesce(m.name, '') end as name from assets a left join asset_models m on m.id = a.model_id
      where a.holder_kind = 'person' and a.holder_id = ${person} and (lower(a.tag) like ${like} or lower(a.name) like ${like} or lower(coalesce(m.name, '')) like ${like}) order by a.tag limit 10`.execute(
      db,
    )
  ).rows
}
