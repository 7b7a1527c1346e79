import { z } from 'zod'
import { basedOn, command, id, instant, line, query, ref, refusals } from './action.ts'
import { ladderStep } from './commitments.ts'
import { ticketKind, ticketState } from './tickets.ts'

/** Every condition that is given must hold; an empty list of conditions takes every ticket. */
export const conditions = z.object({
  kinds: z.array(ticketKind).optional(),
  priorities: z.array(z.int().min(1).max(5)).optional(),
  queues: z.array(id).optional(),
  /** A category stands for its whole branch. */
  categories: z.array(id).optional(),
  organisations: z.array(id).optional(),
})
export type Conditions = z.output<typeof conditions>

export const targetKind = z.enum(['first_response', 'next_update', 'resolution', 'vendor'])
/** A target has its own length, its own pausing states and its own ladder. */
export const target = z
  .object({
    kind: targetKind,
    /** Working seconds, or working days; exactly one of the two. */
    seconds: z.int().min(60).max(315_360_000).optional(),
    workingDays: z.int().min(0).max(2000).optional(),
    /** With working days: due at closing time. */
    endOfDay: z.boolean().optional(),
    pauseIn: z.array(ticketState).default([]),
    /** Reopening starts a new generation instead of going on (K9). */
    resetOnReopen: z.boolean().default(false),
    ladder: z.array(ladderStep).max(20).default([]),
  })
  .refine((t) => (t.seconds === undefined) !== (t.workingDays === undefined), 'give either seconds or working days')
export type Target = z.output<typeof target>

const definition = {
  name: line(120),
  calendar: id,
  conditions,
  targets: z.array(target).min(1).max(8),
}

export const serviceLevel = z.object({
  id,
  version: z.int(),
  name: z.string(),
  position: z.int(),
  active: z.boolean(),
  calendar: ref,
  conditions,
  targets: z.array(target),
  /** Number of the version in force. */
  revision: z.int(),
  revisedAt: instant,
  openClocks: z.int(),
  refusals,
})
export type ServiceLevel = z.output<typeof serviceLevel>

export const serviceLevels = {
  list: query({
    name: 'service-levels.list',
    path: '/service-levels',
    permission: 'service-levels.read',
    summary: 'Service levels in the order they are tried.',
    input: z.object({}),
    output: z.object({ items: z.array(serviceLevel) }),
  }),
  show: query({
    name: 'service-levels.show',
    path: '/service-levels/{id}',
    permission: 'service-levels.read',
    summary: 'One service level.',
    input: z.object({ id }),
    output: serviceLevel,
  }),
  create: command({
    name: 'service-levels.create',
    method: 'POST',
    path: '/service-levels',
    permission: 'service-levels.write',
    summary: 'Add a service level, last in order.',
    input: z.object(definition),
    output: serviceLevel,
  }),
  edit: command({
    name: 'service-levels.edit',
    method: 'PATCH',
    path: '/service-levels/{id}',
    permission: 'service-levels.write',
    summary: 'Change a service level: a new version; open clocks move and say why.',
    input: z.object(definition).partial().extend({ id, active: z.boolean().optional(), version: basedOn }),
    output: serviceLevel,
  }),
  reorder: command({
    name: 'service-levels.reorder',
    method: 'PUT',
    path: '/service-levels/order',
    permission: 'service-levels.write',
    summary: 'Set the order in which service levels are tried.',
    input: z.object({ ids: z.array(id).max(500) }),
    output: z.object({ items: z.array(serviceLevel) }),
  }),
}
