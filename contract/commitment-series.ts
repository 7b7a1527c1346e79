import { z } from 'zod'
import {
  basedOn,
  command,
  givenDate,
  html,
  id,
  instant,
  line,
  listOf,
  page,
  plainDate,
  query,
  queryBoolean,
  refusals,
} from './action.ts'
import { byHandKind, ownerGiven, saidByHand } from './commitments.ts'

/** A commitment that comes again by a rule of RFC 5545. */
export const series = z.object({
  id,
  version: z.int(),
  title: z.string(),
  note: z.string(),
  kind: byHandKind,
  rule: z.string(),
  startsOn: plainDate,
  dueTime: z.string().nullable(),
  zone: z.string(),
  about: z.object({ kind: z.string(), id, reference: z.string(), title: z.string() }).nullable(),
  owner: z.object({ kind: z.enum(['person', 'team']), id, name: z.string() }),
  warnSeconds: z.int().nullable(),
  needsEvidence: z.boolean(),
  leadDays: z.int(),
  active: z.boolean(),
  /** The date of the next occurrence that is not yet a commitment; null once the rule is used up. */
  nextOn: plainDate.nullable(),
  /** How its occurrences went so far. */
  kept: z.int(),
  missed: z.int(),
  open: z.int(),
  refusals,
})
export type Series = z.output<typeof series>

const recurrence = {
  rule: z
    .string()
    .trim()
    .min(6)
    .max(400)
    .meta({ description: 'Recurrence rule (RFC 5545, 3.3.10), such as FREQ=MONTHLY;BYDAY=1MO' }),
  startsOn: givenDate,
  dueTime: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .nullable()
    .default(null),
  zone: z.string().max(60).optional(),
  leadDays: z
    .int()
    .min(0)
    .max(366)
    .default(14)
    .meta({ description: 'Days before the due date at which an occurrence becomes a commitment' }),
}

export const commitmentSeries = {
  list: query({
    name: 'commitment-series.list',
    path: '/commitment-series',
    permission: 'commitments.read',
    summary: 'Commitments that come again, by title.',
    input: z.object({ active: queryBoolean.optional(), ...page }),
    output: listOf(series),
  }),
  show: query({
    name: 'commitment-series.show',
    path: '/commitment-series/{id}',
    permission: 'commitments.read',
    summary: 'One series.',
    input: z.object({ id }),
    output: series,
  }),
  preview: command({
    name: 'commitment-series.preview',
    method: 'POST',
    path: '/commitment-series/preview',
    permission: 'commitments.make',
    summary: 'The next occurrences of a rule. Nothing is stored.',
    stateless: true,
    input: z.object({ ...recurrence, limit: z.int().min(1).max(50).default(6) }),
    output: z.object({ occurrences: z.array(instant) }),
  }),
  create: command({
    name: 'commitment-series.create',
    method: 'POST',
    path: '/commitment-series',
    permission: 'commitments.make',
    summary: 'Promise something again and again: a monthly restore test, a quarterly review.',
    input: z.object({ ...saidByHand, ...recurrence }),
    output: series,
  }),
  edit: command({
    name: 'commitment-series.edit',
    method: 'PATCH',
    path: '/commitment-series/{id}',
    permission: 'commitments.make',
    summary: 'Change a series; occurrences that are commitments already stay as they are.',
    input: z.object({
      id,
      version: basedOn,
      title: line(200).optional(),
      note: html.optional(),
      owner: ownerGiven.optional(),
      warnSeconds: z.int().min(0).nullable().optional(),
      needsEvidence: z.boolean().optional(),
      leadDays: z.int().min(0).max(366).optional(),
      rule: recurrence.rule.optional(),
      active: z.boolean().optional(),
    }),
    output: series,
  }),
}
