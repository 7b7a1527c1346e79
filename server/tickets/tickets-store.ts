import type { Ticket, TicketState } from '../../contract/tickets.ts'
import type { MailOrigin } from '../notes/public.ts'
import type { Actor } from '../platform/ctx.ts'
import type { RawBuilder } from 'kysely'
import { type Db, sql } from '../platform/db.ts'
import { isId } from '../platform/identifiers.ts'
import { searchTexts } from './search-text.ts'
import { insideTicket, visibleTicket } from './visibility.ts'

/** While open without a running clock: after every real moment, before the resolved ones (infinity). */
export const noClock = '9999-12-31T00:00:00Z'

/** Columns that a person's act can change. */
export interface TicketColumns {
  kind: 'incident' | 'request'
  title: string
  description: string
  state: TicketState
  impact: number
  urgency: number
  priority: number
  queue_id: string
  assignee_id: string | null
  requester_id: string | null
  category_id: string | null
  vendor_id: string | null
  confidential: boolean
  resolution: string | null
  waiting_since: string | null
  resolved_at: string | null
  closed_at: string | null
  reopen_count: number
  /** The ticket in which this one goes on. */
  merged_into: string | null
  /** The ticket of which this one is a part. */
  parent_id: string | null
}

export interface StoredTicket extends TicketColumns {
  id: string
  version: number
  organisation_id: string
  reference: string
  source: Ticket['source']
  opened_by: string | null
  opened_by_name: string
  due_at: string
  last_activity_at: string
  last_note_id: string | null
  service_level_id: string | null
  created_at: string
  updated_at: string
  open: boolean
  queue_name: string
  queue_teams: string[]
  assignee_name: string | null
  /** False where nobody has it, or who has it left. */
  assignee_active: boolean
  requester_name: string | null
  category_name: string | null
  category_path: string[]
  vendor_name: string | null
  vendor_calendar_id: string | null
  /** The actor works on it for IT and sees internal notes. */
  inside: boolean
}

/** Over `tickets t`: the one of an id or a reference, however written. */
export const byKey = (key: string) => (isId(key) ? sql`t.id = ${key}` : sql`t.reference = ${key.toUpperCase()}`)

/** The category and those above it, as ids. */
export async function branchOf(db: Db, category: string | null): Promise<string[]> {
  if (category === null) return []
  return (await sql<{ path: string[] }>`select ${branchAbove(sql`${category}::uuid`)} as path`.execute(db)).rows[0]!
    .path
}

/** The category and those above it, as an array of ids. */
export const branchAbove = (category: ReturnType<typeof sql>) => sql`array(
  with recursive up(id, parent_id) as (select id, parent_id from categories where id = ${category} union all select p.id, p.parent_id from categories p join up on p.id = up.parent_id) select id from up)`

/** A ticket with the names around it, over rows of `tickets` as `t`; `inside` is a condition. */
const whole = (inside: RawBuilder<boolean>, rows = sql`tickets`) => sql`
  select t.*, q.name as queue_name, array(select team_id from queue_teams qt where qt.queue_id = t.queue_id) as queue_teams,
    a.name as assignee_name, coalesce(a.active, false) as assignee_active, r.name as requester_name, c.name as category_name, v.name as vendor_name, v.calendar_id as vendor_calendar_id,
    ${branchAbove(sql`t.category_id`)} as category_path, ${inside} as inside
  from ${rows} t join queues q on q.id = t.queue_id left join persons a on a.id = t.assignee_id left join persons r on r.id = t.requester_id
    left join categories c on c.id = t.category_id left join vendors v on v.id = t.vendor_id`

/** One ticket by id or reference if the actor sees it; `lock` holds it until the transaction ends. */
export async function ticketByKey(db: Db, actor: Actor, key: string, lock = false): Promise<StoredTicket | undefined> {
  if (lock) await sql`select 1 from tickets t where ${byKey(key)} for no key update`.execute(db)
  const { rows } =
    await sql<StoredTicket>`${whole(insideTicket(actor))} where ${byKey(key)} and ${visibleTicket(actor)}`.execute(db)
  return rows[0]
}

/** One ticket, held, for what Linchpin does by itself: nobody is shown it. */
export async function anyTicket(db: Db, id: string): Promise<StoredTicket | undefined> {
  await sql`select 1 from tickets t where t.id = ${id} for no key update`.execute(db)
  return (await sql<StoredTicket>`${whole(sql<boolean>`false`)} where t.id = ${id}`.execute(db)).rows[0]
}

/** Puts back the moment of the last activity: what was done by itself is none. */
export const keepActivity = (db: Db, id: string, at: string) =>
  sql`update tickets set last_activity_at = ${at}::timestamptz where id = ${id}`.execute(db)

export interface NewTicket extends Omit<TicketColumns, 'merged_into' | 'parent_id'> {
  id: string
  organisation_id: string
  source: Ticket['source']
  opened_by: string | null
  opened_by_name: string
  at: string
  /** Earliest due moment of its clocks; null without one. */
  due: string | null
  service_level_id: string | null
}

/** Inserts a ticket with its search text under the next reference of its kind, in one statement. Answers it as the actor sees it. */
export async function insertTicket(db: Db, actor: Actor, t: NewTicket): Promise<StoredTicket> {
  const number =
    t.kind === 'incident' ? sql`'INC-' || nextval('incident_number')` : sql`'REQ-' || nextval('request_number')`
  const { rows } = await sql<StoredTicket>`
    with made as (
      insert into tickets (id, organisation_id, reference, kind, title, description, state, impact, urgency, priority, queue_id, assignee_id, requester_id, category_id, confidential,
        source, opened_by, opened_by_name, service_level_id, due_at, last_activity_at, created_at, updated_at)
      values (${t.id}, ${t.organisation_id}, ${number}, ${t.kind}, ${t.title}, ${t.description}, ${t.state}, ${t.impact}, ${t.urgency}, ${t.priority}, ${t.queue_id}, ${t.assignee_id},
        ${t.requester_id}, ${t.category_id}, ${t.confidential}, ${t.source}, ${t.opened_by}, ${t.opened_by_name}, ${t.service_level_id}, ${t.due ?? noClock}, ${t.at}, ${t.at}, ${t.at}) returning *
    ), searched as (insert into ticket_texts (ticket_id, words) ${searchTexts(sql`made`)})
    ${whole(insideTicket(actor), sql`made`)}`.execute(db)
  return rows[0]!
}

/** Saves changed columns as a new version. `at` is the act's moment; it also counts as activity. */
export async function saveTicket(db: Db, id: string, columns: Partial<TicketColumns>, at: string): Promise<void> {
  await db
    .updateTable('tickets')
    .set({ ...columns, version: sql`version + 1`, updated_at: at, last_activity_at: at })
    .where('id', '=', id)
    .execute()
}

/** Keeps the copy of the earliest due moment; neither version nor `updated_at` move. */
export async function saveDue(db: Db, moved: readonly { id: string; dueAt: string | null }[]): Promise<void> {
  if (moved.length === 0) return
  await sql`
    update tickets t set due_at = case when t.open then coalesce(g.due, ${noClock}::timestamptz) else 'infinity' end
    from unnest(${moved.map((m) => m.id)}::uuid[], ${moved.map((m) => m.dueAt)}::timestamptz[]) as g(id, due)
    where t.id = g.id and t.due_at is distinct from case when t.open then coalesce(g.due, ${noClock}::timestamptz) else 'infinity' end`.execute(
    db,
  )
}

export async function setServiceLevel(db: Db, id: string, serviceLevel: string | null): Promise<void> {
  await sql`update tickets set service_level_id = ${serviceLevel} where id = ${id} and service_level_id is distinct from ${serviceLevel}::uuid`.execute(
    db,
  )
}

/** A note was added: the ticket moved, and the row shows its last words. */
export async function noteAdded(db: Db, id: string, note: { id: string; public: boolean }, at: string): Promise<void> {
  await sql`update tickets set last_note_id = ${note.id}, last_public_note_id = case when ${note.public} then ${note.id}::uuid else last_public_note_id end,
    last_activity_at = ${at}, updated_at = ${at}, version = version + 1 where id = ${id}`.execute(db)
}

export async function watchersOf(db: Db, ticket: string): Promise<{ id: string; name: string }[]> {
  return (
    await sql<{
      id: string
      name: string
    }>`select p.id, p.name from ticket_watchers w join persons p on p.id = w.person_id where w.ticket_id = ${ticket} order by p.name`.execute(
      db,
    )
  ).rows
}
export async function addWatcher(db: Db, ticket: string, person: string): Promise<boolean> {
  return (
    (
      await sql`insert into ticket_watchers (ticket_id, person_id) values (${ticket}, ${person}) on conflict do nothing returning 1`.execute(
        db,
      )
    ).rows.length > 0
  )
}
export async function removeWatcher(db: Db, ticket: string, person: string): Promise<boolean> {
  return (
    (
      await sql`delete from ticket_watchers where ticket_id = ${ticket} and person_id = ${person} returning 1`.execute(
        db,
      )
    ).rows.length > 0
  )
}

/** The mail a ticket came as. */
export const originOf = async (
  db: Db,
  ticket: string,
): Promise<{ mail: MailOrigin; folded: string | null } | undefined> =>
  (
    await sql<{
      mail: MailOrigin
      folded: string | null
    }>`select mail, folded from ticket_origins where ticket_id = ${ticket}`.execute(db)
  ).rows[0]

export async function saveOrigin(db: Db, ticket: string, mail: MailOrigin, folded: string | null): Promise<void> {
  await sql`insert into ticket_origins (ticket_id, mail, folded) values (${ticket}, ${JSON.stringify(mail)}::jsonb, ${folded})`.execute(
    db,
  )
}

/** What the source of an imported ticket said about it. */
export async function importedFacts(db: Db, ticket: string): Promise<Record<string, string> | null> {
  return (
    (
      await sql<{
        facts: Record<string, string>
      }>`select facts from ticket_sources where ticket_id = ${ticket}`.execute(db)
    ).rows[0]?.facts ?? null
  )
}
