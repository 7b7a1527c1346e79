import { z } from 'zod'
import { basedOn, command, id, instant, listOf, page, query, queryBoolean, ref, refusals } from './action.ts'

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
  notify: z.array(z.enum(['owner', 'assignee', 'team', 'lead', 'coordinators', 'requester', 'watchers'])).default([]),
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

export const commitment = z.object({
  id,
  version: z.int(),
  kind: z.string(),
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
  /** Plain sentences in order: service level and why, calendar, each worked span, each pause, each move, the result. */
  sentences: z.array(z.string()),
  strip: z.array(stretch),
  asOf: instant,
})
export type Explanation = z.output<typeof explanation>

export const commitments = {
  list: query({
    name: 'commitments.list',
    path: '/commitments',
    permission: 'commitments.read',
    summary: 'Open commitments the reader may see, earliest due first.',
    input: z.object({
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
    summary: 'One commitment.',
    input: z.object({ id }),
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
    input: z.object({ id, owner: z.object({ kind: z.enum(['person', 'team']), id }), version: basedOn }),
    output: commitment,
  }),
}
