import type { BulkChange, BulkEdit, BulkFilter, BulkVerdict } from '../../../contract/ticket-bulk-edits.ts'
import type { TicketState } from '../../../contract/tickets.ts'
import { may } from '../../../contract/permissions.ts'
import type { Actor } from '../../platform/ctx.ts'
import { cursorOf, type Db, readCursor, sql } from '../../platform/db.ts'
import { Problem } from '../../platform/errors.ts'
import { insideTicket, visibleTicket } from '../visibility.ts'

export interface StoredBulk {
  id: string
  organisation_id: string
  person_id: string
  cause: string
  filter: BulkFilter | null
  change: BulkChange
  status: BulkEdit['status']
  total: number
  settled: number
  counts: Partial<Record<BulkVerdict, number>>
  error: string | null
  created_at: string
  started_at: string | null
  finished_at: string | null
}

export interface Chosen {
  id: string
  version?: number | undefined
}

export async function insertBulk(
  db: Db,
  edit: Pick<StoredBulk, 'id' | 'organisation_id' | 'person_id' | 'cause' | 'filter' | 'change'>,
  chosen: readonly Chosen[],
): Promise<void> {
  await sql`insert into ticket_bulk_edits (id, organisation_id, person_id, cause, filter, change, total)
    values (${edit.id}, ${edit.organisation_id}, ${edit.person_id}, ${edit.cause}, ${edit.filter === null ? null : JSON.stringify(edit.filter)}, ${JSON.stringify(edit.change)}, ${chosen.length})`.execute(
    db,
  )
  await sql`insert into ticket_bulk_rows (edit_id, position, ticket_id, version)
    select ${edit.id}, g.position, g.id, g.version
    from unnest(${chosen.map((one) => one.id)}::uuid[], ${chosen.map((one) => one.version ?? null)}::int[]) with ordinality as g(id, version, position)`.execute(
    db,
  )
}

/** One of a person's own; `lock` holds it until the transaction ends. */
export async function bulkById(
  db: Db,
  person: string | null,
  id: string,
  lock = false,
): Promise<StoredBulk | undefined> {
  return (
    await sql<StoredBulk>`select * from ticket_bulk_edits where id = ${id} and person_id = ${person}::uuid ${lock ? sql`for update` : sql``}`.execute(
      db,
    )
  ).rows[0]
}

export async function bulkPage(db: Db, person: string | null, limit: number, after: string | undefined) {
  const from = readCursor(after, 2)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const { rows } = await sql<StoredBulk>`
    select * from ticket_bulk_edits where person_id = ${person}::uuid
      ${from === null ? sql`` : sql`and (created_at, id) < (${from[0]}::timestamptz, ${from[1]}::uuid)`}
    order by created_at desc, id desc limit ${limit + 1}`.execute(db)
  const last = rows[limit - 1]
  return {
    rows: rows.slice(0, limit),
    next: rows.length > limit && last !== undefined ? cursorOf([last.created_at, last.id]) : null,
  }
}

/** The edit of a person that is to be worked on: the oldest that is not over. */
export const nextBulk = async (db: Db, person: string): Promise<{ id: string } | undefined> =>
  (
    await sql<{ id: string }>`
      select id from ticket_bulk_edits where person_id = ${person} and status in ('waiting', 'running') order by created_at, id limit 1`.execute(
      db,
    )
  ).rows[0]

export const unfinishedBulk = async (db: Db, person: string): Promise<number> =>
  (
    await sql<{
      n: number
    }>`select count(*) as n from ticket_bulk_edits where person_id = ${person} and status in ('waiting', 'running')`.execute(
      db,
    )
  ).rows[0]!.n

export interface BulkRowToDo {
  position: number
  ticket_id: string
  version: number | null
}

export const rowsToDo = async (db: Db, edit: StoredBulk, most: number): Promise<BulkRowToDo[]> =>
  (
    await sql<BulkRowToDo>`select position, ticket_id, version from ticket_bulk_rows
      where edit_id = ${edit.id} and position > ${edit.settled} order by position limit ${most}`.execute(db)
  ).rows

export interface Settled {
  position: number
  verdict: BulkVerdict
  code?: string
  params?: Record<string, unknown>
}

/** Writes what became of rows, and how far the edit is with them. */
export async function settleRows(db: Db, edit: StoredBulk, settled: readonly Settled[], now: string): Promise<void> {
  await sql`update ticket_bulk_rows r set verdict = g.verdict, code = g.code, params = g.params
    from jsonb_to_recordset(${JSON.stringify(settled)}::jsonb) as g(position int, verdict text, code text, params jsonb)
    where r.edit_id = ${edit.id} and r.position = g.position`.execute(db)
  const counts = { ...edit.counts }
  for (const { verdict } of settled) counts[verdict] = (counts[verdict] ?? 0) + 1
  await sql`update ticket_bulk_edits set settled = ${Math.max(edit.settled, ...settled.map((one) => one.position))}, counts = ${JSON.stringify(counts)},
    status = 'running', started_at = coalesce(started_at, ${now}) where id = ${edit.id}`.execute(db)
}

export const endBulk = (db: Db, id: string, status: BulkEdit['status'], now: string, error: string | null = null) =>
  sql`update ticket_bulk_edits set status = ${status}, finished_at = ${now}, error = ${error} where id = ${id}`.execute(
    db,
  )

export interface SettledRow {
  position: number
  ticket_id: string | null
  reference: string | null
  title: string | null
  verdict: BulkVerdict | null
  code: string | null
  params: Record<string, unknown> | null
}

/** Rows in their order from beyond a position on; tickets that the reader no longer sees without their names. */
export const bulkRows = async (
  db: Db,
  actor: Actor,
  edit: string,
  asked: { verdict: BulkVerdict | undefined; beyond: number; most: number },
): Promise<SettledRow[]> =>
  (
    await sql<SettledRow>`
      select r.position, t.id as ticket_id, t.reference, t.title, r.verdict, r.code, r.params
      from ticket_bulk_rows r left join tickets t on t.id = r.ticket_id and ${visibleTicket(actor)}
      where r.edit_id = ${edit} and r.position > ${asked.beyond} ${asked.verdict === undefined ? sql`` : sql`and r.verdict = ${asked.verdict}`}
      order by r.position limit ${asked.most}`.execute(db)
  ).rows

/** What the rules ask of tickets that the actor sees: how each stands and what the actor is to it. */
export async function factsOf(db: Db, actor: Actor, ids: readonly string[]) {
  const { rows } = await sql<{
    id: string
    state: TicketState
    merged_into: string | null
    inside: boolean
    requester: boolean
  }>`
    select t.id, t.state, t.merged_into, ${insideTicket(actor)} as inside, (t.requester_id is not distinct from ${actor.id}::uuid or t.opened_by is not distinct from ${actor.id}::uuid) as requester
    from tickets t where t.id = any(${ids}::uuid[]) and ${visibleTicket(actor)}`.execute(db)
  const works = may(actor.role, 'tickets.work')
  return rows.map(({ inside, ...row }) => ({ ...row, inside: inside && works }))
}

/** The bulk edit an event came of; null where it came of none. */
export const bulkOfCause = async (db: Db, cause: string | null): Promise<string | null> =>
  cause === null
    ? null
    : ((await sql<{ id: string }>`select id from ticket_bulk_edits where cause = ${cause}`.execute(db)).rows[0]?.id ??
      null)
