import type { Input, Output } from '../../../contract/action.ts'
import { may } from '../../../contract/permissions.ts'
import type { TicketTask, ticketTasks } from '../../../contract/ticket-tasks.ts'
import { demandOwner, endSteps, giveStep } from '../../commitments/public.ts'
import type { Actor, Ctx } from '../../platform/ctx.ts'
import { notFound, refuse, stale } from '../../platform/errors.ts'
import { shownRefusals } from '../../platform/refusals.ts'
import { lockedTicket, standing } from '../changing.ts'
import { type TaskStanding, whyNotFinish, whyNotGive, whyNotSkip, whyNotSpend } from '../rules/task-stages.ts'
import { whyNotWork } from '../rules/ticket-states.ts'
import { anyTicket, ticketByKey } from '../tickets-store.ts'
import { afterTask, ownerOf, planTasks, tellOwners } from './run-tasks.ts'
import { heldTask, openTasksPage, saveTask, type StoredTask, tasksOf } from './tasks-store.ts'

const who = (actor: Actor, task: StoredTask): TaskStanding => ({
  mine:
    (task.assignee_id !== null && task.assignee_id === actor.person) ||
    (task.team_id !== null && actor.teams.includes(task.team_id)),
  inside: task.inside && may(actor.role, 'tickets.work'),
})

export const shownTask = (actor: Actor, task: StoredTask): TicketTask => ({
  id: task.id,
  version: task.version,
  ticket: {
    id: task.ticket_id,
    reference: task.reference,
    // whoever has a task of it knows what it is for, and nothing else of a ticket they do not see
    title: task.ticket_seen ? task.ticket_title : '',
    requester: task.requester_id === null ? null : { id: task.requester_id, name: task.requester_name ?? '' },
  },
  stage: task.stage,
  title: task.title,
  description: task.description,
  team: task.team_id === null ? null : { id: task.team_id, name: task.team_name ?? '' },
  assignee: task.assignee_id === null ? null : { id: task.assignee_id, name: task.assignee_name ?? '' },
  state: task.state,
  held: task.held,
  hours: task.target_seconds === null ? null : task.target_seconds / 3600,
  dueAt: task.state === 'open' ? task.due_at : null,
  late: task.state === 'open' && task.late,
  note: task.note,
  spentSeconds: task.spent_seconds,
  endedAt: task.ended_at,
  endedBy: task.ended_by_name,
  refusals: shownRefusals({
    give: whyNotGive(task, who(actor, task)),
    finish: whyNotFinish(task, who(actor, task)),
    skip: whyNotSkip(task, who(actor, task)),
    spend: may(actor.role, 'tickets.work') ? whyNotSpend(task, who(actor, task)) : { code: 'time.for-it' },
  }),
})

async function held(ctx: Ctx, input: { id: string; version?: number | undefined }): Promise<StoredTask> {
  const found = await heldTask(ctx.tx, ctx.actor, input.id)
  if (found === undefined) throw notFound('task')
  if (input.version !== undefined && input.version !== found.version) throw stale(shownTask(ctx.actor, found), input)
  return found
}
/** A task that the actor may spend time on, its ticket held. */
export async function taskToWork(ctx: Ctx, id: string): Promise<StoredTask> {
  const task = await held(ctx, { id })
  refuse(whyNotSpend(task, who(ctx.actor, task)))
  return task
}
const reread = async (ctx: Ctx, before: StoredTask): Promise<TicketTask> =>
  shownTask(ctx.actor, (await heldTask(ctx.tx, ctx.actor, before.id)) ?? before)
const several = async (ctx: Ctx, ticket: string) => ({
  items: (await tasksOf(ctx.tx, ctx.actor, ticket)).map((task) => shownTask(ctx.actor, task)),
})

export async function listTasks(
  ctx: Ctx,
  input: Input<typeof ticketTasks.list>,
): Promise<Output<typeof ticketTasks.list>> {
  const ticket = await ticketByKey(ctx.tx, ctx.actor, input.id)
  if (ticket === undefined) throw notFound('ticket')
  return several(ctx, ticket.id)
}

export async function listMyTasks(
  ctx: Ctx,
  input: Input<typeof ticketTasks.mine>,
): Promise<Output<typeof ticketTasks.mine>> {
  const { rows, next } = await openTasksPage(ctx.tx, ctx.actor, input.whose, input.limit, input.after)
  return { items: rows.map((task) => shownTask(ctx.actor, task)), next }
}

export async function addTask(ctx: Ctx, input: Input<typeof ticketTasks.add>): Promise<Output<typeof ticketTasks.add>> {
  const ticket = await lockedTicket(ctx, { id: input.id })
  refuse(whyNotWork(ticket, standing(ctx, ticket)))
  const owner = input.owner === undefined ? undefined : await demandOwner(ctx, input.owner)
  ctx.record({ type: 'ticket.task-added', subject: { kind: 'ticket', id: ticket.id }, after: { title: input.title } })
  await planTasks(
    ctx,
    ticket,
    [
      {
        stage: input.stage,
        title: input.title,
        description: input.description,
        team: owner?.kind === 'team' ? owner.id : null,
        assignee: owner?.kind === 'person' ? owner.id : null,
        seconds: input.hours === null ? null : Math.round(input.hours * 3600),
      },
    ],
    { source: 'hand', held: false },
  )
  return several(ctx, ticket.id)
}

export async function giveTask(
  ctx: Ctx,
  input: Input<typeof ticketTasks.give>,
): Promise<Output<typeof ticketTasks.give>> {
  const task = await held(ctx, input)
  refuse(whyNotGive(task, who(ctx.actor, task)))
  const owner = await demandOwner(ctx, input.owner === 'me' ? undefined : input.owner)
  // a team's task that a person takes stays the team's: the others see who has it
  const columns = owner.kind === 'person' ? { assignee_id: owner.id } : { assignee_id: null, team_id: owner.id }
  if (task.assignee_id === columns.assignee_id && (owner.kind === 'person' || task.team_id === owner.id)) {
    ctx.unchanged()
    return shownTask(ctx.actor, task)
  }
  await saveTask(ctx.tx, task.id, columns)
  const event = ctx.record({
    type: 'ticket.task-given',
    subject: { kind: 'ticket', id: task.ticket_id },
    after: { title: task.title, to: owner.name },
  })
  const ticket = (await anyTicket(ctx.tx, task.ticket_id))!
  await giveStep(ctx, task.commitment_id, ownerOf({ ...task, ...columns }, ticket))
  if (task.state === 'open') await tellOwners(ctx, [{ ...task, ...columns }], event)
  return reread(ctx, task)
}

export async function finishTask(
  ctx: Ctx,
  input: Input<typeof ticketTasks.finish>,
): Promise<Output<typeof ticketTasks.finish>> {
  const task = await held(ctx, input)
  refuse(whyNotFinish(task, who(ctx.actor, task)))
  return end(ctx, task, 'done', input.note)
}

export async function skipTask(
  ctx: Ctx,
  input: Input<typeof ticketTasks.skip>,
): Promise<Output<typeof ticketTasks.skip>> {
  const task = await held(ctx, input)
  refuse(whyNotSkip(task, who(ctx.actor, task)))
  return end(ctx, task, 'skipped', input.reason)
}

async function end(ctx: Ctx, task: StoredTask, state: 'done' | 'skipped', note: string): Promise<TicketTask> {
  await saveTask(ctx.tx, task.id, {
    state,
    note,
    held: false,
    ended_at: ctx.now,
    ended_by_name: ctx.actor.name,
    ...(state === 'done' && task.assignee_id === null && ctx.actor.person !== null
      ? { assignee_id: ctx.actor.person }
      : {}),
  })
  const event = ctx.record({
    type: state === 'done' ? 'ticket.task-done' : 'ticket.task-skipped',
    subject: { kind: 'ticket', id: task.ticket_id },
    after: { title: task.title, ...(note === '' ? {} : { note }) },
  })
  await endSteps(ctx, [task.commitment_id], state === 'done' ? 'stop' : 'cancel', event)
  await afterTask(ctx, (await anyTicket(ctx.tx, task.ticket_id))!, event)
  return reread(ctx, task)
}
