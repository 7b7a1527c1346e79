import { z } from 'zod'
import {
  basedOn,
  command,
  html,
  id,
  instant,
  line,
  listOf,
  page,
  plainDate,
  query,
  queryBoolean,
  ref,
  refusals,
} from './action.ts'
import { aboutGiven } from './commitments.ts'

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** People who take turns. Of several layers the later one wins where both have somebody. */
export const layer = z.object({
  name: line(60),
  members: z.array(id).min(1).max(50),
  /** A turn lasts so many days or weeks; it changes hands at a local time. */
  turn: z.object({ unit: z.enum(['days', 'weeks']), count: z.int().min(1).max(60) }),
  startsOn: plainDate,
  handoverAt: clockTime,
  /** Only on these days between these local times; a span that ends at or before its start runs over midnight. Empty: always. */
  hours: z
    .array(z.object({ days: z.array(z.enum(weekdays)).min(1), from: clockTime, to: clockTime }))
    .max(20)
    .default([]),
})
export type Layer = z.output<typeof layer>

/** One step of an escalation path: so many minutes after the page, if nobody has taken it, these are told. */
export const pathStep = z.object({
  afterMinutes: z
    .int()
    .min(0)
    .max(7 * 24 * 60),
  tell: z.enum(['on_call', 'next_on_call', 'team', 'lead', 'coordinators']),
})
export type PathStep = z.output<typeof pathStep>

/** Who is on call from when to when; nobody where `person` is null. */
export const shift = z.object({
  from: instant,
  to: instant,
  person: ref.nullable(),
  /** The override that put the person there. */
  override: id.nullable(),
})
export type Shift = z.output<typeof shift>

export const schedule = z.object({
  id,
  version: z.int(),
  name: z.string(),
  team: ref,
  zone: z.string(),
  layers: z.array(layer.extend({ people: z.array(ref) })),
  path: z.array(pathStep),
  active: z.boolean(),
  now: shift.nullable(),
  next: shift.nullable(),
  refusals,
})
export type Schedule = z.output<typeof schedule>

export const override = z.object({
  id,
  person: ref,
  from: instant,
  to: instant,
  reason: z.string(),
  madeBy: z.string(),
})

/** Somebody was called, and who took it. */
export const onCallPage = z.object({
  id,
  schedule: ref,
  subject: z.object({ kind: z.string(), id, reference: z.string(), title: z.string() }).nullable(),
  state: z.enum(['open', 'taken']),
  at: instant,
  told: z.array(z.object({ at: instant, step: z.int(), people: z.array(z.string()) })),
  takenBy: z.string().nullable(),
  takenAt: instant.nullable(),
  /** When the next ones are told if nobody takes it; null once the path is over. */
  nextAt: instant.nullable(),
  refusals,
})
export type OnCallPage = z.output<typeof onCallPage>

export const handoverNote = z.object({
  id,
  by: z.string(),
  at: instant,
  body: z.string(),
  readBy: z.string().nullable(),
  readAt: instant.nullable(),
})

const saved = {
  name: line(100),
  zone: z.string().max(60),
  layers: z.array(layer).min(1).max(8),
  path: z.array(pathStep).min(1).max(10),
}

export const onCall = {
  list: query({
    name: 'on-call.list',
    path: '/on-call',
    permission: 'on-call.read',
    summary: 'On-call schedules, with who is on call now.',
    input: z.object({ active: queryBoolean.optional() }),
    output: z.object({ items: z.array(schedule) }),
  }),
  show: query({
    name: 'on-call.show',
    path: '/on-call/{id}',
    permission: 'on-call.read',
    summary: 'One schedule.',
    input: z.object({ id }),
    output: schedule,
  }),
  create: command({
    name: 'on-call.create',
    method: 'POST',
    path: '/on-call',
    permission: 'on-call.write',
    summary: 'Let people of a team take turns in being called.',
    input: z.object({ team: id, ...saved }),
    output: schedule,
  }),
  edit: command({
    name: 'on-call.edit',
    method: 'PATCH',
    path: '/on-call/{id}',
    permission: 'on-call.write',
    summary: 'Change a schedule.',
    input: z.object({
      id,
      version: basedOn,
      name: saved.name.optional(),
      zone: saved.zone.optional(),
      layers: saved.layers.optional(),
      path: saved.path.optional(),
      active: z.boolean().optional(),
    }),
    output: schedule,
  }),
  shifts: query({
    name: 'on-call.shifts',
    path: '/on-call/{id}/shifts',
    permission: 'on-call.read',
    summary: 'Who is on call when, at most 100 days at a time.',
    input: z.object({ id, from: instant, to: instant }),
    output: z.object({ items: z.array(shift), overrides: z.array(override) }),
  }),
  addOverride: command({
    name: 'on-call.add-override',
    method: 'POST',
    path: '/on-call/{id}/overrides',
    permission: 'on-call.read',
    summary: 'Somebody stands in for a while. Members of the team may do that among themselves.',
    input: z.object({ id, person: id, from: instant, to: instant, reason: z.string().trim().max(300).default('') }),
    output: schedule,
  }),
  removeOverride: command({
    name: 'on-call.remove-override',
    method: 'DELETE',
    path: '/on-call/{id}/overrides/{override}',
    permission: 'on-call.read',
    summary: 'Take an override back.',
    input: z.object({ id, override: id }),
    output: schedule,
  }),
  notes: query({
    name: 'on-call.notes',
    path: '/on-call/{id}/notes',
    permission: 'on-call.read',
    summary: 'What one shift wrote to the next, newest first.',
    input: z.object({ id, ...page }),
    output: listOf(handoverNote),
  }),
  writeNote: command({
    name: 'on-call.write-note',
    method: 'POST',
    path: '/on-call/{id}/notes',
    permission: 'on-call.read',
    summary: 'Hand a shift over in words; whoever is on call next is told.',
    input: z.object({ id, body: html }),
    output: handoverNote,
  }),
  readNote: command({
    name: 'on-call.read-note',
    method: 'POST',
    path: '/on-call/{id}/notes/{note}/reading',
    permission: 'on-call.read',
    summary: 'Say that a hand-over note was read.',
    input: z.object({ id, note: id }),
    output: handoverNote,
  }),
}

export const onCallPages = {
  list: query({
    name: 'on-call-pages.list',
    path: '/on-call-pages',
    permission: 'on-call.read',
    summary: 'Calls of the schedules the reader may see, newest first.',
    input: z.object({ open: queryBoolean.optional(), ...page }),
    output: listOf(onCallPage),
  }),
  call: command({
    name: 'on-call-pages.call',
    method: 'POST',
    path: '/on-call-pages',
    permission: 'on-call.read',
    summary: 'Call whoever is on call, about a record.',
    input: z.object({
      schedule: id,
      about: aboutGiven,
      words: z.string().trim().max(300).default(''),
    }),
    output: onCallPage,
  }),
  take: command({
    name: 'on-call-pages.take',
    method: 'POST',
    path: '/on-call-pages/{id}/taking',
    permission: 'on-call.read',
    summary: 'Say that one has it: nobody further is told.',
    input: z.object({ id }),
    output: onCallPage,
  }),
}
