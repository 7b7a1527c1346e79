import { endSteps, startSteps } from '../../commitments/public.ts'
import { insertNotices } from '../../notifications/public.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { sentence } from '../../platform/catalogue.ts'
import { sql } from '../../platform/db.ts'
import { newId } from '../../platform/identifiers.ts'
import { allDone, tasksToOpen } from '../rules/task-stages.ts'
import { insertTasks, type NewTask, saveTask, type StoredTask, tasksOf } from './tasks-store.ts'

export interface TaskPlanned extends Omit<NewTask, 'id' | 'position' | 'held'> {}
type TicketOfTasks = { id: string; organisation_id: string; assignee_id: string | null; queue_teams: readonly string[] }

/** Writes the tasks of a ticket. `held`: until `releaseTasks` they wait, whatever stage they stand in. Opens those whose turn it is. */
export async function planTasks(
  ctx: Ctx,
  ticket: TicketOfTasks,
  list: readonly TaskPlanned[],
  { source, held }: { source: 'catalogue' | 'hand'; held: boolean },
): Promise<void> {
  const before = (await tasksOf(ctx.tx, ctx.actor, ticket.id)).length
  await insertTasks(
    ctx.tx,
    ticket,
    { name: ctx.actor.name, source },
    list.map((task, i) => ({ ...task, id: newId(), position: before + i, held })),
  )
  await openDue(ctx, ticket)
}

/** What the tasks waited for has happened: they begin. */
export async function releaseTasks(ctx: Ctx, ticket: TicketOfTasks): Promise<void> {
  await sql`update ticket_tasks set held = false, version = version + 1 where ticket_id = ${ticket.id} and held`.execute(
    ctx.tx,
  )
  await openDue(ctx, ticket)
}

/** They wait again: what was open closes, what was done stays done. */
export async function holdTasks(ctx: Ctx, ticket: { id: string }, cause: string): Promise<void> {
  const left = (await tasksOf(ctx.tx, ctx.actor, ticket.id, true)).filter(
    (t) => t.state === 'open' || t.state === 'ahead',
  )
  await endSteps(
    ctx,
    left.map((task) => task.commitment_id),
    'cancel',
    cause,
  )
  for (const task of left)
    await saveTask(ctx.tx, task.id, { held: true, state: 'ahead', commitment_id: null, opened_at: null })
}

/** The ticket is over: nobody needs to do what is left of it. */
export async function dropTasks(ctx: Ctx, ticket: { id: string }, reason: string, cause: string): Promise<void> {
  const left = (await tasksOf(ctx.tx, ctx.actor, ticket.id, true)).filter(
    (t) => t.state === 'open' || t.state === 'ahead',
  )
  await endSteps(
    ctx,
    left.map((task) => task.commitment_id),
    'cancel',
    cause,
  )
  for (const task of left)
    await saveTask(ctx.tx, task.id, {
      state: 'skipped',
      held: false,
      note: reason,
      ended_at: ctx.now,
      ended_by_name: ctx.actor.name,
    })
}

/** Opens the tasks whose turn it is: each with a clock of its own, its people told. Without an owner it is whose the ticket is. */
export async function openDue(ctx: Ctx, ticket: TicketOfTasks): Promise<void> {
  const all = await tasksOf(ctx.tx, ctx.actor, ticket.id, true)
  const due = new Set(tasksToOpen(all))
  const tasks = all.filter((task) => due.has(task.id))
  if (tasks.length === 0) return
  const event = ctx.record({
    type: 'ticket.tasks-opened',
    subject: { kind: 'ticket', id: ticket.id },
    after: { tasks: tasks.length, titles: tasks.map((task) => task.title).join(', ') },
  })
  const timed = tasks.filter((task) => task.target_seconds !== null)
  const clocks = await startSteps(
    ctx,
    ticket.organisation_id,
    timed.map((task) => ({
      subject: { kind: 'ticket_task', id: task.id },
      kind: 'ticket_task',
      title: sentence('tasks.moment', { reference: task.reference, title: task.title }),
      owner: ownerOf(task, ticket),
      target: { seconds: task.target_seconds! },
    })),
    event,
  )
  for (const task of tasks)
    await saveTask(ctx.tx, task.id, {
      state: 'open',
      opened_at: ctx.now,
      commitment_id: clocks[timed.indexOf(task)]?.id ?? null,
    })
  await tellOwners(ctx, tasks, event)
}

export const ownerOf = (
  task: Pick<StoredTask, 'assignee_id' | 'team_id'>,
  ticket: Pick<TicketOfTasks, 'assignee_id' | 'queue_teams'>,
) =>
  task.assignee_id !== null
    ? { person: task.assignee_id, teams: [] }
    : task.team_id !== null
      ? { person: null, teams: [task.team_id] }
      : { person: ticket.assignee_id, teams: [...ticket.queue_teams] }

/** A person hears of a task that is theirs now; of a team, everybody who can sign in. */
export async function tellOwners(ctx: Ctx, tasks: readonly StoredTask[], event: string): Promise<void> {
  const { rows } = await sql<{ task: string; person: string }>`
    select g.task, g.person from jsonb_to_recordset(${JSON.stringify(tasks.flatMap((t) => (t.assignee_id === null ? [] : [{ task: t.id, person: t.assignee_id }])))}::jsonb) as g(task uuid, person uuid)
    union select g.task, m.person_id from jsonb_to_recordset(${JSON.stringify(tasks.flatMap((t) => (t.assignee_id !== null || t.team_id === null ? [] : [{ task: t.id, team: t.team_id }])))}::jsonb) as g(task uuid, team uuid)
      join team_members m on m.team_id = g.team join accounts a on a.person_id = m.person_id and a.disabled_at is null`.execute(
    ctx.tx,
  )
  const byId = new Map(tasks.map((task) => [task.id, task]))
  await insertNotices(
    ctx.tx,
    rows
      .filter((row) => row.person !== ctx.actor.person)
      .map((row) => ({
        person: row.person,
        kind: 'ticket-task.opened',
        code: 'tasks.notice.opened',
        params: { title: byId.get(row.task)!.title, reference: byId.get(row.task)!.reference },
        subject: { kind: 'ticket_task', id: row.task },
        cause: `task:${row.task}:${event}`,
        at: ctx.now,
      })),
  )
}

/** After a task ended: the next stage, or the word that all are done. */
export async function afterTask(ctx: Ctx, ticket: TicketOfTasks, cause: string): Promise<void> {
  await openDue(ctx, ticket)
  const all = await tasksOf(ctx.tx, ctx.actor, ticket.id)
  if (allDone(all))
    ctx.record({
      type: 'ticket.tasks-done',
      subject: { kind: 'ticket', id: ticket.id },
      after: { tasks: all.length, source: all.some((task) => task.source === 'catalogue') ? 'catalogue' : 'hand' },
      cause,
    })
}
