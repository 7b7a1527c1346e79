import { z } from 'zod'
import { basedOn, command, edited, id, instant, line, listOf, page, query, refusals } from './action.ts'

/** What a rule hears: a ticket was opened, somebody wrote on it, or nothing happened on it for a while. */
export const ruleEvents = ['opened', 'replied', 'waits'] as const
export const ruleEvent = z.enum(ruleEvents)
export type RuleEvent = z.output<typeof ruleEvent>

/** What of a ticket a condition looks at; its values are ids for those of `idFields`. */
export const conditionFields = [
  'channel',
  'title',
  'text',
  'sender',
  'requester',
  'department',
  'kind',
  'priority',
  'queue',
  'category',
  'state',
  'assignee',
] as const
export const conditionField = z.enum(conditionFields)
export type ConditionField = z.output<typeof conditionField>

/** Holds where the field is any of the values; `not`: where it is none of them. */
export const ruleCondition = z.object({
  field: conditionField,
  not: z.boolean().default(false),
  any: z.array(z.string().trim().min(1).max(200)).min(1).max(50),
})
export type RuleCondition = z.output<typeof ruleCondition>

export const effectKinds = [
  'queue',
  'category',
  'kind',
  'impact',
  'urgency',
  'assignee',
  'watcher',
  'state',
  'note',
  'reply',
  'resolve',
  'task',
] as const
export const effectKind = z.enum(effectKinds)
export type EffectKind = z.output<typeof effectKind>

/** How a rule looks for an assignee by itself, among those who serve the queue and are not away. */
export const assignWays = ['least-loaded', 'in-turn'] as const
export type AssignWay = (typeof assignWays)[number]
export const isAssignWay = (value: string): value is AssignWay => assignWays.some((way) => way === value)
/** Only whoever a rule looks for can be asked for skills; a person by name is chosen already. */
export const mayNeedSkills = (role: 'do' | 'macro', { do: what, value }: { do: EffectKind; value: string }): boolean =>
  role === 'do' && what === 'assignee' && isAssignWay(value)

/**
 * `skills`: of whoever is given it by load or in turn, beside those that the category of the ticket needs. `assignee`: a person's id, `nobody`, or
 * one of {@link assignWays}.
 */
export const ruleEffect = z.object({
  do: effectKind,
  value: z.string().trim().min(1).max(5000),
  skills: z.array(id).max(10).optional(),
})
export type RuleEffect = z.output<typeof ruleEffect>

const given = {
  name: line(120),
  event: ruleEvent,
  waitsSeconds: z
    .int()
    .min(3600)
    .max(366 * 86_400)
    .nullable()
    .default(null),
  conditions: z.array(ruleCondition).max(20).default([]),
  effects: z.array(ruleEffect).min(1).max(20),
  stops: z.boolean().default(false),
}

export const ticketRule = z.object({
  id,
  version: z.int(),
  position: z.int(),
  active: z.boolean(),
  ...given,
  /** The rule as a sentence. */
  sentence: z.string(),
  /** Names of the ids in it. */
  names: z.record(z.string(), z.string()),
  fired: z.int(),
  lastFiredAt: instant.nullable(),
  refusals,
})
export type TicketRule = z.output<typeof ticketRule>

export const firing = z.object({
  id,
  rule: z.object({ id: id.nullable(), name: z.string() }),
  ticket: z.object({ id, reference: z.string(), title: z.string() }),
  at: instant,
  /** Why it fired, and what it did, in words. */
  because: z.array(z.string()),
  did: z.array(z.string()),
  undone: z.object({ at: instant, by: z.string() }).nullable(),
  refusals,
})
export type Firing = z.output<typeof firing>

const byId = z.object({ id })

export const ticketRules = {
  list: query({
    name: 'ticket-rules.list',
    path: '/ticket-rules',
    permission: 'tickets.configure',
    summary: 'Rules for tickets in the order in which they are asked.',
    input: z.object({}),
    output: z.object({ items: z.array(ticketRule) }),
  }),
  show: query({
    name: 'ticket-rules.show',
    path: '/ticket-rules/{id}',
    permission: 'tickets.configure',
    summary: 'One rule.',
    input: byId,
    output: ticketRule,
  }),
  create: command({
    name: 'ticket-rules.create',
    method: 'POST',
    path: '/ticket-rules',
    permission: 'tickets.configure',
    summary: 'Add a rule at the end. It rests until it is switched on.',
    input: z.object(given),
    output: ticketRule,
  }),
  edit: command({
    name: 'ticket-rules.edit',
    method: 'PATCH',
    path: '/ticket-rules/{id}',
    permission: 'tickets.configure',
    summary: 'Change a rule, switch it on, or let it rest.',
    input: edited({ ...given, active: z.boolean() }).extend({ id, version: basedOn }),
    output: ticketRule,
  }),
  move: command({
    name: 'ticket-rules.move',
    method: 'PUT',
    path: '/ticket-rules/{id}/position',
    permission: 'tickets.configure',
    summary: 'Ask a rule earlier or later; 1 is the first.',
    input: z.object({ id, position: z.int().min(1).max(10_000) }),
    output: z.object({ items: z.array(ticketRule) }),
  }),
  remove: command({
    name: 'ticket-rules.remove',
    method: 'DELETE',
    path: '/ticket-rules/{id}',
    permission: 'tickets.configure',
    summary: 'Remove a rule; what it did stays on record.',
    input: byId,
    output: z.object({ removed: z.boolean() }),
  }),
  /** Nothing is done with any ticket. */
  tryOut: command({
    name: 'ticket-rules.try',
    method: 'POST',
    path: '/ticket-rule-trials',
    permission: 'tickets.configure',
    summary: 'Which of the newest tickets that the reader sees a rule would have matched, as they stand now.',
    stateless: true,
    input: z.object({
      conditions: given.conditions,
      /** Of these, whom an assignment by load or in turn would find is tried too. */
      effects: z.array(ruleEffect).max(20).default([]),
      /** Whose turns count; a rule that is not kept yet has none. */
      rule: id.optional(),
      newest: z.int().min(1).max(50_000).default(10_000),
    }),
    output: z.object({
      matched: z.int(),
      of: z.int(),
      /** Of those that matched, for how many nobody would be found today. */
      nobody: z.int(),
      items: z.array(
        z.object({
          id,
          reference: z.string(),
          title: z.string(),
          openedAt: instant,
          because: z.array(z.string()),
          /** Whom it would be given to and why, or why nobody; null where the rule does not choose. */
          assigned: z.string().nullable(),
        }),
      ),
    }),
  }),
  firings: query({
    name: 'ticket-rules.firings',
    path: '/ticket-rules/{id}/firings',
    permission: 'tickets.configure',
    summary: 'What a rule did, newest first, with tickets that the reader sees.',
    input: z.object({ id, ...page }),
    output: listOf(firing),
  }),
  ofTicket: query({
    name: 'ticket-rules.of-ticket',
    path: '/tickets/{id}/rule-firings',
    permission: 'tickets.work',
    summary: 'Which rules did something with a ticket, and why.',
    input: z.object({ id: z.string().min(1).max(60) }),
    output: z.object({ items: z.array(firing) }),
  }),
  undo: command({
    name: 'ticket-rules.undo',
    method: 'POST',
    path: '/rule-firings/{id}/undo',
    permission: 'tickets.work',
    summary: 'Put back what a rule changed on a ticket, where nobody changed it since.',
    input: byId,
    output: firing,
  }),
}
