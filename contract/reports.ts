import { z } from 'zod'
import { command, id, instant, listOf, page, query, ref } from './action.ts'
import { target } from './service-levels.ts'

export const groupings = ['level', 'team', 'technician', 'category', 'vendor', 'week'] as const
export const grouping = z.enum(groupings)
export type Grouping = (typeof groupings)[number]

const period = {
  /** Weeks from the one of this date to the one of that, both included. Weeks begin on Monday, UTC. */
  from: z.iso.date(),
  to: z.iso.date(),
  kind: z
    .string()
    .max(60)
    .optional()
    .meta({ description: 'Only promises of this kind: `resolution`, or the name of a target' }),
  level: id
    .optional()
    .meta({ description: 'Only promises of this service level; not together with another grouping than week' }),
}

/** Working time until it was done: half and nine tenths of them took no longer. At most 2 % from the truth. Seconds. */
export const times = z.object({ count: z.int(), median: z.int(), p90: z.int() })
export const promiseRow = z.object({
  /** The record it is about, null for promises without one, and for weeks. */
  id: id.nullable(),
  name: z.string().nullable(),
  week: z.iso.date().nullable(),
  kept: z.int(),
  missed: z.int(),
  firstResponse: times.nullable(),
  resolution: times.nullable(),
})
export type PromiseRow = z.output<typeof promiseRow>

export const promiseReport = z.object({
  by: grouping,
  from: z.iso.date(),
  to: z.iso.date(),
  rows: z.array(promiseRow),
  total: promiseRow,
  /** Records that changed and are not yet counted. */
  pending: z.int(),
  asOf: instant,
})
export type PromiseReport = z.output<typeof promiseReport>

export const promiseItem = z.object({
  commitment: id,
  kind: z.string(),
  missed: z.boolean(),
  /** When it was kept, or its due moment when that was missed. */
  at: instant,
  workedSeconds: z.int().nullable(),
  ticket: z.object({ id, reference: z.string(), title: z.string() }),
  queue: ref,
  assignee: ref.nullable(),
  serviceLevel: ref,
})
export type PromiseItem = z.output<typeof promiseItem>

export const asIfRun = z.object({
  id,
  serviceLevel: ref,
  /** Null for a planned version. */
  revision: z.int().nullable(),
  from: z.iso.date(),
  to: z.iso.date(),
  by: z.string(),
  startedAt: instant,
  finishedAt: instant.nullable(),
  failed: z.string().nullable(),
  total: z.int().nullable(),
  done: z.int(),
  before: z.object({ kept: z.int(), missed: z.int() }),
  after: z.object({ kept: z.int(), missed: z.int() }),
})
export type AsIfRun = z.output<typeof asIfRun>

export const reports = {
  promises: query({
    name: 'reports.promises',
    path: '/reports/promises',
    permission: 'reports.read',
    summary:
      'Promises kept and missed, by service level, team, technician, category, vendor or week. Merged, cancelled and waived ones do not count.',
    input: z.object({ by: grouping.default('level'), ...period }),
    output: promiseReport,
  }),
  tickets: query({
    name: 'reports.tickets',
    path: '/reports/promises/tickets',
    permission: 'reports.read',
    summary: 'The very promises behind a figure, latest first.',
    input: z.object({
      by: grouping.optional(),
      value: z.string().max(60).optional().meta({ description: 'Id of the row, `none`, or the date of a week' }),
      outcome: z.enum(['kept', 'missed']).optional(),
      ...period,
      ...page,
    }),
    output: listOf(promiseItem),
  }),
  asIf: command({
    name: 'reports.as-if',
    method: 'POST',
    path: '/reports/as-if',
    permission: 'tickets.all',
    summary:
      'Judge the promises of a period as if another version of their service level had been in force, in the background. Confidential tickets are left out.',
    input: z.object({
      level: id,
      from: z.iso.date(),
      to: z.iso.date(),
      revision: z.int().min(1).optional(),
      calendar: id.optional(),
      targets: z.array(target).min(1).max(60).optional(),
    }),
    output: asIfRun,
  }),
  asIfRuns: query({
    name: 'reports.as-if-runs',
    path: '/reports/as-if',
    permission: 'tickets.all',
    summary: 'What was judged as if, newest first, and how far it has come.',
    input: z.object({ level: id.optional() }),
    output: z.object({ items: z.array(asIfRun) }),
  }),
  asIfTickets: query({
    name: 'reports.as-if-tickets',
    path: '/reports/as-if/{id}/tickets',
    permission: 'tickets.all',
    summary: 'The promises that would have gone otherwise, as far as the reader sees their tickets.',
    input: z.object({ id }),
    output: z.object({ items: z.array(promiseItem), capped: z.boolean() }),
  }),
}
