import { z } from 'zod'
import {
  basedOn,
  command,
  edited,
  givenDate,
  id,
  instant,
  listOf,
  page,
  plainDate,
  query,
  queryBoolean,
  ref,
  refusals,
} from './action.ts'
import { ticketKey, timeSent } from './tickets.ts'

/** Where the work was done; it is what bills set different prices for. */
export const workKinds = ['remote', 'on_site', 'travel'] as const
export const workKind = z.enum(workKinds)
export type WorkKind = (typeof workKinds)[number]

const billedTo = z
  .string()
  .trim()
  .max(120)
  .refine((text) => !/\p{Cc}/u.test(text), 'must be one line without control characters')
  .meta({ description: 'Cost centre, department or organisation that pays' })
const given = {
  duration: timeSent.shape.duration,
  day: givenDate.optional().meta({ description: 'The day it was done on, for whoever did it; today without' }),
  kind: workKind.default('remote'),
  words: z.string().trim().max(2000).default(''),
  billable: timeSent.shape.billable,
  billedTo: billedTo.optional().meta({
    description:
      "Without, of what is billable: the cost centre of the ticket's requester, else the department, else the organisation",
  }),
}
const person = id.optional().meta({ description: 'Who did it; whoever enters it without' })

export const timeEntry = z.object({
  id,
  version: z.int(),
  /** Null for whoever sees the entry as their own, but not the ticket, or not any more. */
  ticket: z.object({ id, reference: z.string(), title: z.string(), queue: ref }).nullable(),
  task: z.object({ id, title: z.string() }).nullable(),
  person: ref,
  day: plainDate,
  seconds: z.int(),
  kind: workKind,
  words: z.string(),
  billable: z.boolean(),
  billedTo: z.string(),
  enteredBy: z.string(),
  enteredAt: instant,
  refusals,
})
export type TimeEntry = z.output<typeof timeEntry>

export const timeSum = z.object({ seconds: z.int(), billableSeconds: z.int(), entries: z.int() })
export type TimeSum = z.output<typeof timeSum>

export const timeGroupings = ['person', 'billed_to', 'queue'] as const
const asked = {
  from: givenDate,
  to: givenDate,
  person: z.union([id, z.literal('me')]).optional(),
  queue: id.optional(),
  billedTo: z.string().max(120).optional(),
  billable: queryBoolean.optional(),
}

export const timeRow = timeSum.extend({
  /** `2026-05` */
  month: z.string(),
  /** Id of the person or queue, null for what is billed to. */
  id: id.nullable(),
  name: z.string(),
})
export type TimeRow = z.output<typeof timeRow>

export const timeEntries = {
  ofTicket: query({
    name: 'time-entries.of-ticket',
    path: '/tickets/{id}/time',
    permission: 'tickets.read',
    summary:
      'Time entered on a ticket, its tasks and what was merged into it, latest day first, and the sum of all of it. Not for requesters.',
    input: z.object({ id: ticketKey, ...page }),
    output: listOf(timeEntry).extend({
      sum: timeSum,
      /** Whom time on it is billed to unless something else is said. */
      billedTo: z.string(),
      /** The reader may enter time of others too: of teams they lead, or of everybody. */
      others: z.boolean(),
      refusals,
    }),
  }),
  list: query({
    name: 'time-entries.list',
    path: '/time-entries',
    permission: 'reports.read',
    summary:
      'Time entries of a span of days, latest day first: of tickets the reader works in or oversees, and their own.',
    input: z.object({ ...asked, ...page }),
    output: listOf(timeEntry),
  }),
  report: query({
    name: 'time-entries.report',
    path: '/reports/time',
    permission: 'reports.read',
    summary:
      'Time by month, and in it by person, by whom it is billed to, or by queue; of the entries the reader sees.',
    input: z.object({ by: z.enum(timeGroupings).default('person'), ...asked, ...page }),
    output: listOf(timeRow).extend({
      sum: timeSum.nullable().meta({ description: 'Of all rows, with the first page' }),
    }),
  }),
  add: command({
    name: 'time-entries.add',
    method: 'POST',
    path: '/tickets/{id}/time',
    permission: 'tickets.work',
    summary: 'Enter time spent on a ticket, open or over; leads and coordinators also for others.',
    input: z.object({ id: ticketKey, person, ...given }),
    output: timeEntry,
  }),
  addToTask: command({
    name: 'time-entries.add-to-task',
    method: 'POST',
    path: '/tasks/{id}/time',
    permission: 'tickets.work',
    summary: 'Enter time spent on a task; it counts for its ticket too.',
    input: z.object({ id, person, ...given }),
    output: timeEntry,
  }),
  edit: command({
    name: 'time-entries.edit',
    method: 'PATCH',
    path: '/time-entries/{id}',
    permission: 'tickets.work',
    summary: 'Correct an entry: one’s own, or as lead of whoever did the work, or coordinator.',
    input: edited(given).extend({ id, version: basedOn }),
    output: timeEntry,
  }),
  withdraw: command({
    name: 'time-entries.withdraw',
    method: 'POST',
    path: '/time-entries/{id}/withdrawal',
    permission: 'tickets.work',
    summary: 'Take an entry back: it counts no more, and the history of the ticket keeps it.',
    input: z.object({ id, version: basedOn }),
    output: z.object({ withdrawn: z.boolean() }),
  }),
}
