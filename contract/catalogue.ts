import { z } from 'zod'
import { approvalDefinition, approval } from './approvals.ts'
import { basedOn, command, id, instant, line, listOf, page, query, queryBoolean, ref, refusals } from './action.ts'
import { fieldKey, fieldTypes } from './fields.ts'
import { ticketTask } from './ticket-tasks.ts'
import { ticketKey, ticketState } from './tickets.ts'

/** What can be asked in the form of a service: what custom fields know, an amount, a device one has, files. */
export const formFieldTypes = [...fieldTypes, 'money', 'device', 'file'] as const
export const formFieldType = z.enum(formFieldTypes)
export type FormFieldType = z.output<typeof formFieldType>

const minor = z.int().min(0).max(1e12).meta({ description: 'Minor units of the currency of the service' })
/** One-off and monthly cost. */
export const cost = z.object({ oneOff: minor.default(0), monthly: minor.default(0) })
export type Cost = z.output<typeof cost>

export const formField = z.object({
  key: fieldKey,
  label: line(120),
  help: z.string().trim().max(300).default(''),
  type: formFieldType,
  required: z.boolean().default(false),
  choices: z.array(line(120)).max(50).default([]),
  /** What a choice adds to the cost; of a yes-or-no field the choice `yes`. */
  prices: z
    .array(z.object({ choice: line(120), cost }))
    .max(50)
    .default([]),
  /** Of an amount: to which cost what is entered adds, and so is judged by approvals; null: to none. */
  adds: z.enum(['oneOff', 'monthly']).nullable().default(null),
  /** Asked only where each of these fields has one of these answers; of a yes-or-no field `yes` or `no`. */
  showWhen: z
    .array(z.object({ field: fieldKey, is: z.array(line(120)).min(1).max(50) }))
    .max(5)
    .default([]),
})
export type FormField = z.output<typeof formField>

export const serviceTask = z.object({
  title: line(200),
  description: z.string().trim().max(2000).default(''),
  stage: z.int().min(1).max(50).default(1).meta({ description: 'One stage after another, tasks of one side by side' }),
  owner: z
    .object({ kind: z.enum(['person', 'team', 'queue']), id })
    .nullable()
    .default(null)
    .meta({ description: 'Without one: whoever has the ticket' }),
  hours: z.number().min(0.25).max(2000).nullable().default(8).meta({ description: 'Working hours it may take' }),
})
export type ServiceTask = z.output<typeof serviceTask>

/** Everything that makes a service. */
export const serviceDefinition = z.object({
  name: line(120),
  summary: z.string().trim().max(300).default(''),
  description: z.string().trim().max(5000).default(''),
  fields: z.array(formField).max(60).default([]),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .nullable()
    .default(null),
  price: cost.default({ oneOff: 0, monthly: 0 }),
  /** Months of a monthly cost that count into the amount to be approved. */
  months: z.int().min(1).max(60).default(12),
  /** Who may order it: everybody where all are empty, else whoever is of one of these. */
  visibleTo: z
    .object({
      departments: z.array(line(200)).max(100).default([]),
      sites: z.array(line(200)).max(100).default([]),
      teams: z.array(id).max(100).default([]),
    })
    .default({ departments: [], sites: [], teams: [] }),
  queue: id.nullable().default(null),
  category: id.nullable().default(null).meta({ description: 'Category of its tickets' }),
  approval: approvalDefinition.nullable().default(null),
  tasks: z.array(serviceTask).max(50).default([]),
  /** Working days in which it is usually there. */
  deliveryDays: z.int().min(1).max(250).nullable().default(null),
})
export type ServiceDefinition = z.output<typeof serviceDefinition>

export const answer = z.union([z.string().max(20_000), z.number(), z.boolean(), z.array(id).max(20)]).nullable()
/** Answers by key. What is not asked is dropped. */
export const answers = z.record(fieldKey, answer)
export type Answers = z.output<typeof answers>
/** Sums of many amounts, each of which has its limit. */
const costShown = z.object({ oneOff: z.int(), monthly: z.int(), currency: z.string().nullable() })

/** What a form comes to, as far as it is filled in. */
export const formState = z.object({
  /** Keys of the fields that are asked. */
  asked: z.array(z.string()),
  cost: costShown,
  /** What is wrong or missing, by key. */
  wrong: z.array(z.object({ key: z.string(), message: z.string() })),
})
export type FormState = z.output<typeof formState>

export const catalogueCategory = z.object({
  id,
  version: z.int(),
  name: z.string(),
  position: z.int(),
  active: z.boolean(),
})
export type CatalogueCategory = z.output<typeof catalogueCategory>
export const serviceRow = z.object({
  id,
  name: z.string(),
  summary: z.string(),
  category: ref,
  cost: costShown,
  deliveryDays: z.int().nullable(),
  needsApproval: z.boolean(),
  /** The reader began to fill it in. */
  hasDraft: z.boolean(),
})
export type ServiceRow = z.output<typeof serviceRow>
export const serviceForm = serviceRow.extend({
  revision: z.int(),
  description: z.string(),
  fields: z.array(formField),
  answers,
  state: formState,
})
export type ServiceForm = z.output<typeof serviceForm>

export const managedRow = z.object({
  id,
  version: z.int(),
  name: z.string(),
  category: ref,
  position: z.int(),
  revision: z.int().nullable(),
  changed: z.boolean(),
  orders: z.int(),
  refusals,
})
export type ManagedRow = z.output<typeof managedRow>
export const managedService = managedRow.extend({
  definition: serviceDefinition,
  /** Why it cannot be published, in words. */
  problems: z.array(z.string()),
  publishedAt: instant.nullable(),
  publishedBy: z.string().nullable(),
})
export type ManagedService = z.output<typeof managedService>

export const orderState = z.enum(['waiting', 'fulfilling', 'done', 'refused', 'expired', 'withdrawn'])
export const order = z.object({
  ticket: z.object({ id, reference: z.string(), title: z.string(), state: ticketState }),
  version: z.int(),
  service: ref,
  revision: z.int(),
  facts: z.array(z.object({ key: z.string(), label: z.string(), text: z.string() })),
  fields: z.array(formField),
  answers,
  cost: costShown,
  state: orderState,
  orderedAt: instant,
  expectedAt: instant.nullable(),
  approvals: z.array(approval),
  tasks: z.array(ticketTask),
  refusals,
})
export type Order = z.output<typeof order>

const byId = z.object({ id })

export const catalogue = {
  list: query({
    name: 'catalogue.list',
    path: '/catalogue',
    permission: 'tickets.open',
    summary: 'Services the reader can order, by category.',
    input: z.object({ q: z.string().max(200).optional() }),
    output: z.object({ items: z.array(serviceRow) }),
  }),
  show: query({
    name: 'catalogue.show',
    path: '/catalogue/{id}',
    permission: 'tickets.open',
    summary: 'One service with its form, and what the reader has filled in so far.',
    input: byId,
    output: serviceForm,
  }),
  people: query({
    name: 'catalogue.people',
    path: '/catalogue/people',
    permission: 'tickets.open',
    summary: 'Colleagues by a part of their name, to be named in a form.',
    input: z.object({ q: z.string().trim().min(2).max(100) }),
    output: z.object({ items: z.array(ref.extend({ detail: z.string() })) }),
  }),
  saveDraft: command({
    name: 'order-drafts.save',
    method: 'PUT',
    path: '/catalogue/{id}/draft',
    permission: 'tickets.open',
    summary: 'Keep what the reader has filled in so far; answers what is asked then, and what it costs.',
    input: z.object({ id, answers }),
    output: formState,
  }),
  discardDraft: command({
    name: 'order-drafts.discard',
    method: 'DELETE',
    path: '/catalogue/{id}/draft',
    permission: 'tickets.open',
    summary: 'Forget what was filled in.',
    input: byId,
    output: z.object({ discarded: z.boolean() }),
  }),
  order: command({
    name: 'orders.place',
    method: 'POST',
    path: '/catalogue/{id}/orders',
    permission: 'tickets.open',
    summary: 'Order a service: a ticket with the answers, approvals asked for, tasks planned.',
    input: z.object({
      id,
      answers: answers.default({}),
      requester: id.optional().meta({ description: 'For whom; only IT orders for others' }),
    }),
    output: order,
  }),
  showOrder: query({
    name: 'orders.show',
    path: '/orders/{id}',
    permission: 'tickets.read',
    summary: 'What was ordered with a ticket, and how far it is.',
    input: z.object({ id: ticketKey }),
    output: order,
  }),
  changeOrder: command({
    name: 'orders.change',
    method: 'PATCH',
    path: '/orders/{id}',
    permission: 'tickets.open',
    summary: 'Change the answers of an order of which nothing is done yet; what was approved must be approved anew.',
    input: z.object({ id: ticketKey, answers, version: basedOn }),
    output: order,
  }),
  withdrawOrder: command({
    name: 'orders.withdraw',
    method: 'POST',
    path: '/orders/{id}/withdrawal',
    permission: 'tickets.open',
    summary: 'Withdraw an order: its approvals and tasks end, its ticket is closed.',
    input: z.object({ id: ticketKey, reason: z.string().trim().max(500).default('') }),
    output: order,
  }),
}

const placed = { category: id, position: z.int().min(0).max(10_000) }
export const catalogueSetup = {
  list: query({
    name: 'catalogue-setup.list',
    path: '/catalogue-setup',
    permission: 'tickets.configure',
    summary: 'All services, published or not.',
    input: z.object({ category: id.optional(), ...page }),
    output: listOf(managedRow),
  }),
  show: query({
    name: 'catalogue-setup.show',
    path: '/catalogue-setup/{id}',
    permission: 'tickets.configure',
    summary: 'A service as it is worked on.',
    input: byId,
    output: managedService,
  }),
  create: command({
    name: 'catalogue-setup.create',
    method: 'POST',
    path: '/catalogue-setup',
    permission: 'tickets.configure',
    summary: 'Begin a service. Nobody can order it before it is published.',
    input: z.object({ category: id, definition: serviceDefinition }),
    output: managedService,
  }),
  save: command({
    name: 'catalogue-setup.save',
    method: 'PUT',
    path: '/catalogue-setup/{id}',
    permission: 'tickets.configure',
    summary: 'Change a service as it is worked on; what is published stays until it is published again.',
    input: z.object({
      id,
      version: basedOn,
      definition: serviceDefinition.optional(),
      category: placed.category.optional(),
      position: placed.position.optional(),
    }),
    output: managedService,
  }),
  try: command({
    name: 'catalogue-setup.try',
    method: 'POST',
    path: '/catalogue-setup/{id}/trial',
    permission: 'tickets.configure',
    summary: 'What the form as it is worked on comes to with these answers.',
    stateless: true,
    input: z.object({ id, answers }),
    output: formState,
  }),
  publish: command({
    name: 'catalogue-setup.publish',
    method: 'POST',
    path: '/catalogue-setup/{id}/publication',
    permission: 'tickets.configure',
    summary: 'Let people order the service as it is; orders made before keep what they were made with.',
    input: z.object({ id, version: basedOn }),
    output: managedService,
  }),
  retire: command({
    name: 'catalogue-setup.retire',
    method: 'DELETE',
    path: '/catalogue-setup/{id}/publication',
    permission: 'tickets.configure',
    summary: 'Let nobody order it any more; orders that are open go on.',
    input: byId,
    output: managedService,
  }),
  categories: query({
    name: 'catalogue-categories.list',
    path: '/catalogue-categories',
    permission: 'tickets.configure',
    summary: 'Categories of services in their order.',
    input: z.object({ active: queryBoolean.optional() }),
    output: z.object({ items: z.array(catalogueCategory) }),
  }),
  createCategory: command({
    name: 'catalogue-categories.create',
    method: 'POST',
    path: '/catalogue-categories',
    permission: 'tickets.configure',
    summary: 'A new category.',
    input: z.object({ name: line(120), position: placed.position.default(0) }),
    output: catalogueCategory,
  }),
  editCategory: command({
    name: 'catalogue-categories.edit',
    method: 'PATCH',
    path: '/catalogue-categories/{id}',
    permission: 'tickets.configure',
    summary: 'Rename, move or close a category.',
    input: z.object({
      id,
      version: basedOn,
      name: line(120).optional(),
      position: placed.position.optional(),
      active: z.boolean().optional(),
    }),
    output: catalogueCategory,
  }),
}
