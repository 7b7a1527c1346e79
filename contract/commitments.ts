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
  query,
  queryBoolean,
  ref,
  refusals,
} from './action.ts'

export const commitmentPhase = z.enum(['running', 'paused', 'stopped', 'waived', 'cancelled'])
export const owner = z.object({
  kind: z.enum(['person', 'team']),
  id,
  name: z.string(),
  /** Named because nobody else was. */ fallback: z.boolean(),
})

/** Who hears of a ladder step, and what it does besides. */
export const ladderStep = z.object({
  /** Stable name within its ladder. */
  step: z.string().min(1).max(60),
  /** When: exactly one of the three (clock-semantics K20). Percent of the target; seconds of working time or of clock time after (negative: before) the due moment. */
  percent: z.number().min(0).max(1000).optional(),
  workingSeconds: z.int().optional(),
  clockSeconds: z.int().optional(),
  notify: z
    .array(z.enum(['owner', 'assignee', 'team', 'lead', 'coordinators', 'requester', 'watchers', 'on_call']))
    .default([]),
  /** Raise the priority of the subject by one. */
  raisePriority: z.boolean().default(false),
})
export type LadderStep = z.output<typeof ladderStep>

export const breach = z.object({
  generation: z.int(),
  deadline: instant,
  observedAt: instant,
  supersededAt: instant.nullable(),
})

/** What a commitment is that a person made: to be reminded, to follow up, to get done, to review, to test. */
export const byHandKind = z.enum(['reminder', 'follow_up', 'task', 'review', 'test'])
export type ByHandKind = z.output<typeof byHandKind>

/** What a person wrote of a commitment that no service level promised. */
export const byHand = z.object({
  reference: z.string(),
  title: z.string(),
  note: z.string(),
  allDay: z.boolean(),
  zone: z.string(),
  private: z.boolean(),
  needsEvidence: z.boolean(),
  evidence: z.string().nullable(),
  completedBy: z.string().nullable(),
  madeBy: z.string(),
  series: id.nullable(),
})

export const commitment = z.object({
  id,
  version: z.int(),
  kind: z.string(),
  byHand: byHand.nullable(),
  stoppedAt: instant.nullable(),
  snoozed: z.object({ until: instant, reason: z.string(), by: z.string() }).nullable(),
  subject: z.object({ kind: z.string(), id, reference: z.string(), title: z.string() }),
  owner,
  party: z.enum(['customer', 'team', 'vendor']),
  phase: commitmentPhase,
  dueAt: instant.nullable(),
  remainingSeconds: z.int().nullable(),
  late: z.boolean(),
  breaches: z.array(breach),
  waived: z.object({ by: z.string(), at: instant, reason: z.string() }).nullable(),
  serviceLevel: ref.nullable(),
  refusals,
})
export type Commitment = z.output<typeof commitment>

/** A stretch of a clock for the picture of it: worked, paused (with its cause) or closed hours. Seconds are working seconds. */
export const stretch = z.object({
  kind: z.enum(['worked', 'paused', 'closed', 'ahead', 'late']),
  from: instant,
  to: instant,
  seconds: z.int(),
  cause: z.string().nullable(),
})

export const explanation = z.object({
  commitment: id,
  dueAt: instant.nullable(),
  zone: z.string(),
  /** Version of the time-zone data it was counted with (C18). */
  zoneData: z.string(),
  /** Plain sentences in order: service level and why, calendar, each worked span, each pause, each move, the result. */
  sentences: z.array(z.string()),
  strip: z.array(stretch),
  asOf: instant,
})
export type Explanation = z.output<typeof explanation>

export const ownerGiven = z.object({ kind: z.enum(['person', 'team']), id })
/** A date, due at its end unless a time is said; in the zone of the reader unless one is named. */
export const dueGiven = z.object({
  on: givenDate,
  time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .optional(),
  zone: z.string().max(60).optional(),
})
/** Kinds of records that one can promise something about, or call somebody for. */
export const aboutKinds = ['ticket', 'vendor', 'person', 'asset'] as const
export const aboutGiven = z.object({ kind: z.enum(aboutKinds), id })
/** What one says of a commitment made by hand, and of a series of them. */
export const saidByHand = {
  title: line(200),
  note: html.default(''),
  kind: byHandKind.default('task'),
  about: aboutGiven.optional().meta({ description: 'The record it belongs to; without one it stands for itself' }),
  owner: ownerGiven.optional().meta({ description: 'Whoever makes it, unless named' }),
  warnSeconds: z
    .int()
    .min(0)
    .max(90 * 86_400)
    .optional()
    .meta({ description: 'How long before the due moment its owner is told' }),
  needsEvidence: z.boolean().default(false).meta({ description: 'It is only done with words that show so' }),
}

export const commitments = {
  list: query({
    name: 'commitments.list',
    path: '/commitments',
    permission: 'commitments.read',
    summary: 'Open commitments the reader may see, earliest due first.',
    input: z.object({
      by_hand: queryBoolean
        .optional()
        .meta({ description: 'Only those made by hand, or only those promised by a service level' }),
      snoozed: queryBoolean.optional().meta({ description: 'Only those put aside at the moment, or only the others' }),
      owner: z.string().max(60).optional().meta({ description: 'Id of a person or team, or `me`' }),
      due_before: instant.optional(),
      late: queryBoolean.optional(),
      subject: id.optional(),
      ...page,
    }),
    output: listOf(commitment),
  }),
  show: query({
    name: 'commitments.show',
    path: '/commitments/{id}',
    permission: 'commitments.read',
    summary: 'One commitment, by id or reference.',
    input: z.object({ id: z.string().max(60) }),
    output: commitment,
  }),
  explain: query({
    name: 'commitments.explain',
    path: '/commitments/{id}/explanation',
    permission: 'tickets.read',
    summary: 'Why a commitment is due when it is, step by step.',
    input: z.object({ id }),
    output: explanation,
  }),
  waive: command({
    name: 'commitments.waive',
    method: 'POST',
    path: '/commitments/{id}/waiver',
    permission: 'commitments.write',
    summary: 'Release a commitment, saying who and why. Breaches stay.',
    input: z.object({ id, reason: z.string().trim().min(3).max(500), version: basedOn }),
    output: commitment,
  }),
  handOver: command({
    name: 'commitments.hand-over',
    method: 'PUT',
    path: '/commitments/{id}/owner',
    permission: 'commitments.write',
    summary: 'Give a commitment another owner.',
    input: z.object({ id, owner: ownerGiven, version: basedOn }),
    output: commitment,
  }),
  make: command({
    name: 'commitments.make',
    method: 'POST',
    path: '/commitments',
    permission: 'commitments.make',
    summary: 'Make a commitment by hand: something that must happen by a moment, with an owner.',
    input: z.object({ ...saidByHand, due: dueGiven, private: z.boolean().default(false) }),
    output: commitment,
  }),
  complete: command({
    name: 'commitments.complete',
    method: 'POST',
    path: '/commitments/{id}/completion',
    permission: 'commitments.make',
    summary: 'Say that a commitment made by hand is done, and what shows it.',
    input: z.object({
      id,
      evidence: z.string().trim().max(4000).default(''),
      attachments: z.array(id).max(20).default([]),
      version: basedOn,
    }),
    output: commitment,
  }),
  move: command({
    name: 'commitments.move',
    method: 'PUT',
    path: '/commitments/{id}/due',
    permission: 'commitments.make',
    summary: 'Move the due moment of a commitment made by hand, saying why. The move stays on record.',
    input: z.object({ id, due: dueGiven, reason: z.string().trim().min(3).max(500), version: basedOn }),
    output: commitment,
  }),
  snooze: command({
    name: 'commitments.snooze',
    method: 'PUT',
    path: '/commitments/{id}/snooze',
    permission: 'commitments.make',
    summary: 'Put a commitment aside until a moment, saying why; null ends it. Its clock goes on.',
    input: z.object({
      id,
      until: instant.nullable(),
      reason: z.string().trim().max(500).default(''),
      version: basedOn,
    }),
    output: commitment,
  }),
}
