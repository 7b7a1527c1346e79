import { z } from 'zod'
import { basedOn, command, id, instant, line, listOf, page, query, refusals } from './action.ts'

/** Whose eyes a webhook looks with: what a person of this role, in no team, would see. */
export const webhookRole = z.enum(['technician', 'coordinator', 'manager', 'auditor', 'administrator'])
/** `ticket.resolved`, `ticket.*` or `*`. */
export const eventPattern = z
  .string()
  .trim()
  .max(80)
  .regex(/^(\*|[a-z][a-z-]*\.(\*|[a-z][a-z.-]*))$/, 'must be a type of event, one such as ticket.* or *')

export const webhook = z.object({
  id,
  version: z.int(),
  name: z.string(),
  url: z.string(),
  types: z.array(z.string()),
  role: webhookRole,
  active: z.boolean(),
  /** Deliveries that wait, and that were given up within a week. */
  waiting: z.int(),
  givenUp: z.int(),
  lastDeliveredAt: instant.nullable(),
  rotatedUntil: instant.nullable(),
  createdAt: instant,
  refusals,
})
export type Webhook = z.output<typeof webhook>

export const delivery = z.object({
  id,
  event: z.object({ id, type: z.string(), at: instant }),
  /** `unseen`: the event is about a record that the webhook's role may not see. */
  state: z.enum(['waiting', 'delivered', 'unseen', 'given_up']),
  attempts: z.int(),
  nextAt: instant.nullable(),
  status: z.int().nullable(),
  /** The beginning of what was answered. */
  excerpt: z.string().nullable(),
  error: z.string().nullable(),
  createdAt: instant,
  doneAt: instant.nullable(),
})
export type Delivery = z.output<typeof delivery>

const given = {
  name: line(120),
  url: z.string().trim().max(2000),
  types: z.array(eventPattern).min(1).max(50),
  role: webhookRole,
}
const withSecret = z.object({ webhook, secret: z.string().meta({ description: 'Shown once; begins with whsec_' }) })

/** Signed as Standard Webhooks says: HMAC-SHA256 over `id.timestamp.body`. */
export const webhooks = {
  list: query({
    name: 'webhooks.list',
    path: '/webhooks',
    permission: 'webhooks.manage',
    summary: 'Addresses that are told of events.',
    input: z.object({ ...page }),
    output: listOf(webhook),
  }),
  show: query({
    name: 'webhooks.show',
    path: '/webhooks/{id}',
    permission: 'webhooks.manage',
    summary: 'One webhook.',
    input: z.object({ id }),
    output: webhook,
  }),
  eventTypes: query({
    name: 'webhooks.event-types',
    path: '/webhook-event-types',
    permission: 'webhooks.manage',
    summary: 'Types of events there are, with what they mean.',
    input: z.object({}),
    output: z.object({ items: z.array(z.string()) }),
  }),
  create: command({
    name: 'webhooks.create',
    method: 'POST',
    path: '/webhooks',
    permission: 'webhooks.manage',
    summary: 'Tell an address of events; answers the signing secret, once.',
    input: z.object(given),
    output: withSecret,
    answersSecret: true,
  }),
  edit: command({
    name: 'webhooks.edit',
    method: 'PATCH',
    path: '/webhooks/{id}',
    permission: 'webhooks.manage',
    summary: 'Change a webhook, or rest it.',
    input: z
      .object({ id, version: basedOn, ...given, active: z.boolean() })
      .partial()
      .required({ id: true }),
    output: webhook,
  }),
  rotate: command({
    name: 'webhooks.rotate',
    method: 'POST',
    path: '/webhooks/{id}/rotate',
    permission: 'webhooks.manage',
    summary: 'Make a new signing secret; the old one signs too for a day.',
    input: z.object({ id }),
    output: withSecret,
    answersSecret: true,
  }),
  remove: command({
    name: 'webhooks.remove',
    method: 'DELETE',
    path: '/webhooks/{id}',
    permission: 'webhooks.manage',
    summary: 'Remove a webhook and what is known of its deliveries.',
    input: z.object({ id }),
    output: z.object({ removed: z.boolean() }),
  }),
  test: command({
    name: 'webhooks.test',
    method: 'POST',
    path: '/webhooks/{id}/test',
    permission: 'webhooks.manage',
    summary: 'Send an event of its own to a webhook, to see whether it arrives.',
    input: z.object({ id }),
    output: z.object({ event: id }),
  }),
  deliveries: query({
    name: 'webhooks.deliveries',
    path: '/webhooks/{id}/deliveries',
    permission: 'webhooks.manage',
    summary: 'What was sent to a webhook, newest first.',
    input: z.object({ id, state: delivery.shape.state.optional(), ...page }),
    output: listOf(delivery),
  }),
  repeat: command({
    name: 'webhooks.repeat',
    method: 'POST',
    path: '/webhook-deliveries/{id}/repeat',
    permission: 'webhooks.manage',
    summary: 'Send a delivery again, under the same id.',
    input: z.object({ id }),
    output: delivery,
  }),
}
