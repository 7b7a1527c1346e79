import { z } from 'zod'
import { basedOn, command, id, line, query, queryBoolean, type Ref, ref, refusals } from './action.ts'
import { priority } from './tickets.ts'

export const queue = z.object({
  id,
  version: z.int(),
  name: z.string(),
  description: z.string(),
  teams: z.array(ref),
  isDefault: z.boolean(),
  active: z.boolean(),
  /** Open tickets the reader may see, counted up to 1,000. */
  open: z.int(),
  openCapped: z.boolean(),
  refusals,
})
export type Queue = z.output<typeof queue>
const queueFields = {
  name: line(120),
  description: z.string().trim().max(500),
  teams: z.array(id).max(50),
  isDefault: z.boolean(),
  active: z.boolean(),
}

export const category: z.ZodType<Category> = z.object({
  id,
  version: z.int(),
  name: z.string(),
  parent: id.nullable(),
  path: z.string(),
  active: z.boolean(),
  /** What its tickets need of whoever is given them by a rule, those of categories below it too. */
  skills: z.array(ref),
})
export interface Category {
  id: string
  version: number
  name: string
  parent: string | null
  path: string
  active: boolean
  skills: Ref[]
}

export const queues = {
  list: query({
    name: 'queues.list',
    path: '/queues',
    permission: 'tickets.read',
    summary: 'Queues with the teams that serve them.',
    input: z.object({ active: queryBoolean.optional() }),
    output: z.object({ items: z.array(queue) }),
  }),
  create: command({
    name: 'queues.create',
    method: 'POST',
    path: '/queues',
    permission: 'tickets.configure',
    summary: 'Create a queue.',
    input: z.object(queueFields).partial().extend({ name: queueFields.name }),
    output: queue,
  }),
  edit: command({
    name: 'queues.edit',
    method: 'PATCH',
    path: '/queues/{id}',
    permission: 'tickets.configure',
    summary: 'Change a queue.',
    input: z.object(queueFields).partial().extend({ id, version: basedOn }),
    output: queue,
  }),
  /** Who can be given tickets of a queue, with what they already carry. */
  assignees: query({
    name: 'queues.assignees',
    path: '/queues/{id}/assignees',
    permission: 'tickets.work',
    summary:
      'Members of the teams that serve the queue, with their load; of a category those first who have the skills it needs.',
    input: z.object({ id, category: id.optional() }),
    output: z.object({
      /** Skills that tickets of the category need. */
      needs: z.array(ref),
      /** `skilled`: has all of them. */
      items: z.array(ref.extend({ open: z.int(), late: z.int(), skilled: z.boolean() })),
    }),
  }),
}

export const categories = {
  list: query({
    name: 'categories.list',
    path: '/categories',
    permission: 'tickets.read',
    summary: 'The category tree, parents before children.',
    input: z.object({}),
    output: z.object({ items: z.array(category) }),
  }),
  create: command({
    name: 'categories.create',
    method: 'POST',
    path: '/categories',
    permission: 'tickets.configure',
    summary: 'Add a category.',
    input: z.object({ name: line(120), parent: id.nullable().default(null), skills: z.array(id).max(10).default([]) }),
    output: category,
  }),
  edit: command({
    name: 'categories.edit',
    method: 'PATCH',
    path: '/categories/{id}',
    permission: 'tickets.configure',
    summary: 'Rename, move or retire a category.',
    input: z.object({
      id,
      name: line(120).optional(),
      parent: id.nullable().optional(),
      skills: z.array(id).max(10).optional(),
      active: z.boolean().optional(),
      version: basedOn,
    }),
    output: category,
  }),
}

/** `matrix[impact - 1][urgency - 1]` is the priority. */
export const ticketSettings = z.object({
  version: z.int(),
  matrix: z.array(z.array(priority).length(3)).length(3),
  /** Calendar days after resolving in which a ticket may be reopened. */
  reopenDays: z.int().min(0).max(365),
})
export const ticketSetup = {
  show: query({
    name: 'ticket-settings.show',
    path: '/ticket-settings',
    permission: 'tickets.read',
    summary: 'Priority matrix and reopen window.',
    input: z.object({}),
    output: ticketSettings,
  }),
  edit: command({
    name: 'ticket-settings.edit',
    method: 'PATCH',
    path: '/ticket-settings',
    permission: 'tickets.configure',
    summary: 'Change the priority matrix or the reopen window.',
    input: ticketSettings.omit({ version: true }).partial().extend({ version: basedOn }),
    output: ticketSettings,
  }),
}
