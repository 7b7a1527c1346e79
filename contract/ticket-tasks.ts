import { z } from 'zod'
import { basedOn, command, id, instant, line, listOf, page, query, ref, refusals } from './action.ts'
import { ownerGiven } from './commitments.ts'
import { ticketKey } from './tickets.ts'

export const taskState = z.enum(['ahead', 'open', 'done', 'skipped'])
/** One task of a ticket. Stages are done one after another, the tasks of one stage side by side. */
export const ticketTask = z.object({
  id,
  version: z.int(),
  ticket: z.object({ id, reference: z.string(), title: z.string(), requester: ref.nullable() }),
  stage: z.int(),
  title: z.string(),
  description: z.string(),
  team: ref.nullable(),
  assignee: ref.nullable(),
  state: taskState,
  /** Waits for an approval. */
  held: z.boolean(),
  /** Working hours it may take from the moment it opens. */
  hours: z.number().nullable(),
  dueAt: instant.nullable(),
  late: z.boolean(),
  note: z.string(),
  /** Time entered on it, of the entries the reader sees; requesters see none. */
  spentSeconds: z.int(),
  endedAt: instant.nullable(),
  endedBy: z.string().nullable(),
  refusals,
})
export type TicketTask = z.output<typeof ticketTask>
const several = z.object({ items: z.array(ticketTask) })
const hours = z.number().min(0.25).max(2000)

export const ticketTasks = {
  list: query({
    name: 'ticket-tasks.list',
    path: '/tickets/{id}/tasks',
    permission: 'tickets.read',
    summary: 'The tasks of a ticket in their order.',
    input: z.object({ id: ticketKey }),
    output: several,
  }),
  mine: query({
    name: 'ticket-tasks.mine',
    path: '/me/tasks',
    permission: 'signed-in',
    summary: "Open tasks of the reader and of the reader's teams, oldest first.",
    input: z.object({ whose: z.enum(['mine', 'teams']).default('teams'), ...page }),
    output: listOf(ticketTask),
  }),
  add: command({
    name: 'ticket-tasks.add',
    method: 'POST',
    path: '/tickets/{id}/tasks',
    permission: 'tickets.work',
    summary: 'Add a task to a ticket one works on.',
    input: z.object({
      id: ticketKey,
      title: line(200),
      description: z.string().trim().max(2000).default(''),
      stage: z.int().min(1).max(50).default(1),
      owner: ownerGiven.optional().meta({ description: 'Whoever has the ticket, else the team of its queue' }),
      hours: hours.nullable().default(null),
    }),
    output: several,
  }),
  give: command({
    name: 'ticket-tasks.give',
    method: 'PUT',
    path: '/tasks/{id}/owner',
    permission: 'signed-in',
    summary: 'Give a task to a person or team, or take it.',
    input: z.object({ id, owner: z.union([ownerGiven, z.literal('me')]), version: basedOn }),
    output: ticketTask,
  }),
  finish: command({
    name: 'ticket-tasks.finish',
    method: 'POST',
    path: '/tasks/{id}/completion',
    permission: 'signed-in',
    summary: 'A task is done; when it was the last of its stage, the next stage opens.',
    input: z.object({ id, note: z.string().trim().max(2000).default(''), version: basedOn }),
    output: ticketTask,
  }),
  skip: command({
    name: 'ticket-tasks.skip',
    method: 'POST',
    path: '/tasks/{id}/omission',
    permission: 'tickets.work',
    summary: 'Leave a task out, with a reason.',
    input: z.object({ id, reason: z.string().trim().min(3).max(500), version: basedOn }),
    output: ticketTask,
  }),
}
