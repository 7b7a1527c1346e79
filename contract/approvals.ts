import { z } from 'zod'
import { command, id, instant, line, listOf, page, query, ref, refusals } from './action.ts'
import { aboutGiven } from './commitments.ts'
import { money } from './money.ts'
import { roles } from './permissions.ts'

/** Who is asked: a person, any one of a team or of a role, the requester's manager (level 1), that one's manager (2), and so on. */
export const approver = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), id }),
  z.object({ kind: z.literal('team'), id }),
  z.object({ kind: z.literal('role'), role: z.enum(roles) }),
  z.object({ kind: z.literal('manager'), level: z.int().min(1).max(3).default(1) }),
])
export type Approver = z.output<typeof approver>

export const stageNeeds = ['one', 'all', 'count'] as const
export const approvalStage = z.object({
  name: line(80),
  need: z
    .enum(stageNeeds)
    .default('all')
    .meta({ description: '`one`: any one person; `count`: any so many; `all`: each, of a team or role any one' }),
  count: z.int().min(1).max(20).default(1).meta({ description: 'For `count`' }),
  approvers: z.array(approver).min(1).max(20),
  above: money.nullable().default(null).meta({
    description: 'Only where the amount is higher, or in another currency; without one always',
  }),
})
export type ApprovalStage = z.output<typeof approvalStage>

/** What must be approved by whom: stages in order. */
export const approvalDefinition = z.object({
  stages: z.array(approvalStage).min(1).max(10),
  expiresAfterDays: z.int().min(1).max(365).nullable().default(null),
  /** Working hours in which each of those who are asked should answer. */
  answerWithinHours: z.int().min(1).max(400).default(16),
})
export type ApprovalDefinition = z.output<typeof approvalDefinition>

export const approvalState = z.enum(['waiting', 'approved', 'refused', 'withdrawn', 'expired', 'void'])
export type ApprovalState = z.output<typeof approvalState>

const decision = z.object({
  person: ref,
  /** The delegate who spoke for them while they were away. */
  by: ref.nullable(),
  approve: z.boolean(),
  comment: z.string(),
  at: instant,
})
const seat = z.object({
  id,
  label: z.string(),
  /** Those who can answer; one of them is enough. `instead`: whose place they took, and why. */
  candidates: z.array(
    z.object({
      person: ref,
      instead: z.object({ of: z.string(), why: z.enum(['own_request', 'left', 'moved']) }).nullable(),
    }),
  ),
  dueAt: instant.nullable(),
  late: z.boolean(),
})
export const stageShown = z.object({
  name: z.string(),
  need: z.enum(stageNeeds),
  count: z.int(),
  state: z.enum(['ahead', 'waiting', 'approved', 'refused', 'ended']),
  seats: z.array(seat),
  decisions: z.array(decision),
})

export const approvalRow = z.object({
  id,
  reference: z.string(),
  version: z.int(),
  title: z.string(),
  purpose: z.enum(['order', 'asked']),
  subject: z.object({ kind: z.string(), id, reference: z.string() }),
  requester: ref.nullable(),
  askedBy: z.string(),
  amount: money.nullable(),
  state: approvalState,
  /** Name of the stage that waits. */
  stage: z.string().nullable(),
  createdAt: instant,
  endedAt: instant.nullable(),
  /** What the reader said, where they were asked. */
  mine: z.enum(['asked', 'approved', 'refused']).nullable(),
  /** For whom the reader can answer beside themselves: those who are away and named them. */
  forOthers: z.array(ref),
  dueAt: instant.nullable(),
  refusals,
})
export type ApprovalRow = z.output<typeof approvalRow>

export const approval = approvalRow.extend({
  facts: z.array(z.object({ label: z.string(), text: z.string() })),
  stages: z.array(stageShown),
  expiresAt: instant.nullable(),
  endedBy: z.string().nullable(),
  reason: z.string(),
})
export type Approval = z.output<typeof approval>

export const approvals = {
  mine: query({
    name: 'my-approvals.list',
    path: '/me/approvals',
    permission: 'signed-in',
    summary: 'What waits for the decision of the reader, oldest first; or what they decided, newest first.',
    input: z.object({ view: z.enum(['waiting', 'decided']).default('waiting'), ...page }),
    output: listOf(approvalRow),
  }),
  of: query({
    name: 'approvals.of',
    path: '/approvals',
    permission: 'signed-in',
    summary: 'The approvals of a record, newest first.',
    input: z.object({ subject: id }),
    output: z.object({ items: z.array(approval) }),
  }),
  show: query({
    name: 'approvals.show',
    path: '/approvals/{id}',
    permission: 'signed-in',
    summary: 'One approval with its stages and what was said.',
    input: z.object({ id }),
    output: approval,
  }),
  ask: command({
    name: 'approvals.ask',
    method: 'POST',
    path: '/approvals',
    permission: 'commitments.make',
    summary: 'Ask for an approval of a record one works on.',
    input: z.object({
      about: aboutGiven,
      title: line(200),
      words: z.string().trim().max(2000).default(''),
      amount: money.nullable().default(null),
      definition: approvalDefinition,
    }),
    output: approval,
  }),
  decide: command({
    name: 'approvals.decide',
    method: 'POST',
    path: '/approvals/{id}/decision',
    permission: 'signed-in',
    summary: 'Approve or refuse, once; for oneself and for those who are away and named the reader.',
    input: z.object({
      id,
      approve: z.boolean(),
      comment: z.string().trim().max(2000).default('').meta({ description: 'Needed to refuse' }),
    }),
    output: approval,
  }),
  give: command({
    name: 'approvals.give',
    method: 'PUT',
    path: '/approvals/{id}/seats/{seat}/person',
    permission: 'people.write',
    summary:
      'Ask somebody else in place of those who are still asked in a seat of the stage that waits; never oneself.',
    input: z.object({ id, seat: id, person: id, reason: line(500) }),
    output: approval,
  }),
  withdraw: command({
    name: 'approvals.withdraw',
    method: 'POST',
    path: '/approvals/{id}/withdrawal',
    permission: 'signed-in',
    summary: 'Take back that an approval is asked for: whoever asked, and who works on the record.',
    input: z.object({ id, reason: z.string().trim().max(500).default('') }),
    output: approval,
  }),
}
