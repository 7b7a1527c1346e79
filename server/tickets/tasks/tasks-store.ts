import type { RawBuilder } from 'kysely'
import type { TicketTask } from '../../../contract/ticket-tasks.ts'
import type { Actor } from '../../platform/ctx.ts'
import { cursorOf, type Db, readCursor, sql } from '../../platform/db.ts'
import { Problem } from '../../platform/errors.ts'
import { visibleTime } from '../time/visible-time.ts'
import { insideTicket, visibleTicket } from '../visibility.ts'

export interface TaskColumns {
  team_id: string | null
  assignee_id: string | null
  state: TicketTask['state']
  held: boolean
  commitment_id: string | null
  note: string
  opened_at: string | null
  ended_at: string | null
  ended_by_name: string | null
}
export interface StoredTask extends TaskColumns {
  id: string
  version: number
  organisation_id: string
  ticket_id: string
  stage: number
  position: number
  title: string
  description: string
  target_seconds: number | null
  source: string
  reference: string
  ticket_title: string
  /** Into which its ticket was merged. */
  merged_into: string | null
  requester_id: string | null
  requester_name: string | null
  team_name: string | null
  assignee_name: string | null
  due_at: string | null
  late: boolean
  inside: boolean
  /** Of the time entered on it, what the reader sees. */
  spent_seconds: number
  /** The reader sees the ticket, not only the task. */
  ticket_seen: boolean
}

const own = (actor: Actor) =>
  sql<boolean>`(task.assignee_id = ${actor.person}::uuid or task.team_id = any(${actor.teams}::uuid[]))`

/** Who sees a task, as a condition over `ticket_tasks task`: whoever sees its ticket, and whose task it is. */
export const visibleTask = (actor: Actor): RawBuilder<boolean> => sql<boolean>`
  (task.organisation_id = ${actor.organisation} and (${own(actor)} or exists (select 1 from tickets t where t.id = task.ticket_id and ${visibleTicket(actor)})))`

/** Over `ticket_tasks task`: works on the ticket. */
export const insideTask = (actor: Actor): RawBuilder<boolean> =>
  sql<boolean>`exists (select 1 from tickets t where t.id = task.ticket_id and ${visibleTicket(actor)} and ${insideTicket(actor)})`

const whole = (actor: Actor) => sql`
  select task.*, tk.reference, tk.title as ticket_title, tk.merged_into, tk.requester_id, r.name as requester_name, g.name as team_name, p.name as assignee_name,
    (select coalesce(sum(e.seconds), 0)::bigint from ticket_time_entries e join tickets t on t.id = e.ticket_id where e.task_id = task.id and ${visibleTime(actor)}) as spent_seconds,
    m.due_at, coalesce(m.late, false) as late, ${insideTask(actor)} as inside,
    exists (select 1 from tickets t where t.id = task.ticket_id and ${visibleTicket(actor)}) as ticket_seen
  from ticket_tasks task join tickets tk on tk.id = task.ticket_id left join persons r on r.id = tk.requester_id left join teams g on g.id = task.team_id
    left join persons p on p.id = task.assignee_id left join commitments m on m.id = task.commitment_id`

/** The tasks of a ticket in their order; `lock` holds them. */
export async function tasksOf(db: Db, actor: Actor, ticket: string, lock = false): Promise<StoredTask[]> {
  if (lock) await sql`select 1 from ticket_tasks where ticket_id = ${ticket} order by id for update`.execute(db)
  return (
    await sql<StoredTask>`${whole(actor)} where task.ticket_id = ${ticket} order by task.stage, task.position, task.id`.execute(
      db,
    )
  ).rows
}

/** One task the actor sees, its ticket held with it, so that two who finish the last two tasks do so one after another. */
export async function heldTask(db: Db, actor: Actor, id: string): Promise<StoredTask | undefined> {
  await sql`select 1 from tickets t where t.id = (select ticket_id from ticket_tasks where id = ${id}) for no key update`.execute(
    db,
  )
  return (await sql<StoredTask>`${whole(actor)} where task.id = ${id} and ${visibleTask(actor)}`.execute(db)).rows[0]
}

/** Over `ticket_tasks task`: nobody was named, so it is whose the ticket is: its assignee's, and with `teams` of the teams of its queue. */
const ofTheTicket = (actor: Actor, whose: 'mine' | 'teams') => sql<boolean>`
  (task.assignee_id is null and task.team_id is null and exists (select 1 from tickets t where t.id = task.ticket_id and ${visibleTicket(actor)}
    and (t.assignee_id = ${actor.person}::uuid ${whose === 'mine' ? sql`` : sql`or t.queue_id in (select queue_id from queue_teams where team_id = any(${actor.teams}::uuid[]))`})))`

export async function openTasksPage(
  db: Db,
  actor: Actor,
  whose: 'mine' | 'teams',
  limit: number,
  after: string | undefined,
): Promise<{ rows: StoredTask[]; next: string | null }> {
  const from = readCursor(after, 2)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const { rows } = await sql<StoredTask>`
    ${whole(actor)} where task.organisation_id = ${actor.organisation} and task.state = 'open'
      and (${whose === 'mine' ? sql`task.assignee_id = ${actor.person}::uuid` : own(actor)} or ${ofTheTicket(actor, whose)})
      ${from === null ? sql`` : sql`and (task.opened_at, task.id) > (${from[0]}::timestamptz, ${from[1]}::uuid)`}
    order by task.opened_at, task.id limit ${limit + 1}`.execute(db)
  const last = rows[limit - 1]
  return {
    rows: rows.slice(0, limit),
    next: rows.length > limit && last !== undefined ? cursorOf([last.opened_at, last.id]) : null,
  }
}

export interface NewTask {
  id: string
  stage: number
  position: number
  title: string
  description: string
  team: string | null
  assignee: string | null
  held: boolean
  seconds: number | null
}

export async function insertTasks(
  db: Db,
  ticket: { id: string; organisation_id: string },
  by: { name: string; source: string },
  list: readonly NewTask[],
): Promise<void> {
  if (list.length === 0) return
  await sql`
    insert into ticket_tasks (id, organisation_id, ticket_id, stage, position, title, description, team_id, assignee_id, held, target_seconds, source, made_by_name)
    select g.id, ${ticket.organisation_id}, ${ticket.id}, g.stage, g.position, g.title, g.description, g.team, g.assignee, g.held, g.seconds, ${by.source}, ${by.name}
    from jsonb_to_recordset(${JSON.stringify(list)}::jsonb) as g(id uuid, stage int, position int, title text, description text, team uuid, assignee uuid, held boolean, seconds int)`.execute(
    db,
  )
}

export async function saveTask(db: Db, id: string, columns: Partial<TaskColumns>): Promise<void> {
  await db
    .updateTable('ticket_tasks')
    .set({ ...columns, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .execute()
}
