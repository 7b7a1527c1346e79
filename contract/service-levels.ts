import { z } from 'zod'
import { basedOn, command, id, instant, line, query, ref, refusals } from './action.ts'
import { calendarHours } from './calendars.ts'
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

/** Kinds whose conditions are known: a target of such a kind needs none of its own. */
export const presetKinds = ['first_response', 'next_update', 'resolution', 'vendor'] as const
/** A preset, or the name of a target of one's own. The name is what it is known by: another name is another target. */
export const targetKind = z
  .string()
  .trim()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N} _’'()-]{0,58}$/u,
    'Write a name in letters, digits, spaces and hyphens, up to 59 characters',
  )

/** What a condition listens for. */
export const momentKinds = [
  'opened',
  'answered',
  'requester-replied',
  'noted',
  'assigned',
  'priority-changed',
  'state-entered',
  'state-left',
  'queue-entered',
  'queue-left',
  'vendor-handed',
  'vendor-back',
  'resolved',
  'reopened',
  'closed',
] as const
/**
 * Something that happens to a ticket. States, queues and teams name what is entered or left; anywhere else, as priorities always, they say in
 * what standing the ticket must be. A team stands for the queues it serves.
 */
export const clockMoment = z.object({
  on: z.enum(momentKinds),
  states: z.array(ticketState).min(1).optional(),
  queues: z.array(id).min(1).max(200).optional(),
  teams: z.array(id).min(1).max(200).optional(),
  priorities: z.array(z.int().min(1).max(5)).min(1).optional(),
})
export type ClockMoment = z.output<typeof clockMoment>

const moments = z.array(clockMoment).max(20).default([])
/** One moment of a list is enough. */
export const clockConditions = z.object({
  start: moments,
  pause: moments,
  resume: moments,
  stop: moments,
  cancel: moments,
  reset: moments,
})
export type ClockConditions = z.output<typeof clockConditions>

/** A target has its own length, its own pausing states and its own ladder. */
export const target = z
  .object({
    kind: targetKind,
    /** Whose promise it is: the organisation’s to its customers, or a team’s to the others (an operational level). Vendors’ are of the kind `vendor`. */
    party: z.enum(['customer', 'team']).optional(),
    /** When its clock starts, stops and the rest; a preset kind has its own. */
    when: clockConditions.optional(),
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
  targets: z.array(target).min(1).max(60),
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

/** What becomes of an open clock. `moved`: due at another moment, or another length of time left while it is paused. */
export const clockVerdict = z.enum(['late', 'no-longer-late', 'cancelled', 'moved'])
export const previewedClock = z.object({
  commitment: id,
  kind: z.string(),
  subject: z.object({ kind: z.string(), id, reference: z.string(), title: z.string() }),
  phase: z.enum(['running', 'paused']),
  verdict: clockVerdict,
  dueAt: instant.nullable(),
  newDueAt: instant.nullable(),
  /** Working seconds left, of a clock that is paused. */
  remainingSeconds: z.int().nullable(),
  newRemainingSeconds: z.int().nullable(),
  /** A breach that no longer holds is superseded, one that is found is written; never is one deleted (K14 to K17). */
  superseded: z.boolean(),
  written: z.boolean(),
})
export type PreviewedClock = z.output<typeof previewedClock>

/** Counts are of all clocks of the organisation; `items` names only those on records the reader sees, `hidden` counts the others that move. */
export const preview = z.object({
  asOf: instant,
  /** Open clocks that are counted anew. */
  open: z.int(),
  moved: z.int(),
  becomeLate: z.int(),
  noLongerLate: z.int(),
  cancelled: z.int(),
  superseded: z.int(),
  written: z.int(),
  hidden: z.int(),
  /** Late ones first, then those that move most. */
  items: z.array(previewedClock),
  /** More move than are named. */
  capped: z.boolean(),
})
export type Preview = z.output<typeof preview>

/** Clocks on their way to new terms. */
export const clockMove = z.object({
  id,
  serviceLevel: ref.nullable(),
  zone: z.string().nullable(),
  reason: z.enum(['level-edited', 'level-off', 'calendar-edited', 'zone-rules']),
  /** Null until they are counted. */
  total: z.int().nullable(),
  done: z.int(),
  startedAt: instant,
  finishedAt: instant.nullable(),
})
export type ClockMove = z.output<typeof clockMove>

/** A ticket of the past that would have fallen under a service level, and the level it falls under as the order now is. */
export const triedTicket = z.object({
  id,
  reference: z.string(),
  title: z.string(),
  openedAt: instant,
  now: ref.nullable(),
})

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
  preview: command({
    name: 'service-levels.preview',
    method: 'POST',
    path: '/service-levels/preview',
    permission: 'service-levels.write',
    summary:
      'What an edit of a service level (`id` and what changes), or of the `hours` of a calendar, would do to open clocks. Stores nothing.',
    input: z
      .object(definition)
      .partial()
      .extend({
        id: id.optional(),
        active: z.boolean().optional(),
        hours: calendarHours.extend({ calendar: id }).optional(),
        limit: z.int().min(1).max(500).default(100),
      }),
    output: preview,
    stateless: true,
  }),
  tried: command({
    name: 'service-levels.tried',
    method: 'POST',
    path: '/service-levels/tried',
    permission: 'service-levels.write',
    summary:
      'Which tickets of the past would have fallen under conditions at a place in the order, judged by what they are now. Counts and names what the reader sees. Stores nothing.',
    input: z.object({
      /** The level that is tried; without one, a new one. */
      id: id.optional(),
      conditions: conditions.optional(),
      /** Its place among the active levels, 1 the first; without one its present place, or the last. */
      position: z.int().min(1).max(500).optional(),
      /** Tickets opened since; without one the last thirty days. */
      since: instant.optional(),
      limit: z.int().min(1).max(500).default(100),
    }),
    output: z.object({
      since: instant,
      /** Tickets that were looked at, those that would have fallen under it, and from which level these come. */
      looked: z.int(),
      taken: z.int(),
      from: z.array(z.object({ level: ref.nullable(), tickets: z.int() })),
      /** Latest first. */
      items: z.array(triedTicket),
    }),
    stateless: true,
  }),
  moves: query({
    name: 'service-levels.moves',
    path: '/service-levels/moves',
    permission: 'service-levels.read',
    summary: 'Open clocks on their way to new terms, newest first, and how far they have come.',
    input: z.object({ level: id.optional(), calendar: id.optional() }),
    output: z.object({ items: z.array(clockMove) }),
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
