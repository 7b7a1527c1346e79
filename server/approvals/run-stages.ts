import type { ApprovalDefinition, ApprovalState } from '../../contract/approvals.ts'
import type { Money } from '../../contract/money.ts'
import { endSteps, startSteps } from '../commitments/public.ts'
import { insertNotices } from '../notifications/public.ts'
import { sentence } from '../platform/catalogue.ts'
import type { Ctx } from '../platform/ctx.ts'
import { Problem } from '../platform/errors.ts'
import { newId } from '../platform/identifiers.ts'
import { heldApproval, insertApproval, saveApproval, type StoredApproval, liveOf } from './approvals-store.ts'
import { seatsFor } from './people-around.ts'
import { isNeeded } from './rules/stage-outcome.ts'
import { endStages, insertSeats, insertStages, saveStage, seatsOf, stagesOf } from './stages-store.ts'

export const expireTask = 'approvals.expire'

export interface ApprovalToStart {
  subject: { kind: string; id: string }
  purpose: 'order' | 'asked'
  title: string
  facts: { label: string; text: string }[]
  amount: Money | null
  /** Whose request it is. */
  requester: string | null
  definition: ApprovalDefinition
}

const organisationOf = (ctx: Ctx): string => ctx.actor.organisation

/**
 * Asks for an approval: the stages that the amount makes necessary, the first of them now. Answers its id; null where no stage is necessary. 409 where
 * there is nobody at all who could decide.
 */
export async function startApproval(ctx: Ctx, a: ApprovalToStart): Promise<string | null> {
  const needed = a.definition.stages.flatMap((stage, position) =>
    isNeeded(stage.above, a.amount) ? [{ ...stage, position }] : [],
  )
  const [first] = needed
  if (first === undefined) return null
  for (const stage of needed)
    if ((await seatsFor(ctx.tx, organisationOf(ctx), a.requester, stage)).some((seat) => seat.candidates.length === 0))
      throw new Problem(409, 'approvals.nobody-decides', { stage: stage.name })
  const id = newId()
  const { expiresAfterDays } = a.definition
  const expiresAt =
    expiresAfterDays === null ? null : new Date(Date.parse(ctx.now) + expiresAfterDays * 86_400_000).toISOString()
  const reference = await insertApproval(ctx.tx, {
    id,
    organisation_id: organisationOf(ctx),
    subject_kind: a.subject.kind,
    subject_id: a.subject.id,
    purpose: a.purpose,
    title: a.title,
    facts: a.facts,
    amount_minor: a.amount?.minor ?? null,
    currency: a.amount?.currency ?? null,
    requester_id: a.requester,
    asked_by: ctx.actor.id,
    asked_by_name: ctx.actor.name,
    definition: a.definition,
    expires_at: expiresAt,
    created_at: ctx.now,
  })
  await insertStages(ctx.tx, id, needed)
  const cause = ctx.record({
    type: 'approval.asked',
    subject: a.subject,
    after: { approval: id, reference, title: a.title, stages: needed.length },
  })
  if (expiresAt !== null) ctx.addJob(expireTask, { approval: id }, { key: `${expireTask} ${id}`, runAt: expiresAt })
  await openStage(ctx, (await heldApproval(ctx.tx, id))!, first.position, cause)
  return id
}

/** Asks those who sit in a stage: each seat a promise, each of its people told. */
export async function openStage(ctx: Ctx, a: StoredApproval, position: number, cause: string): Promise<void> {
  const seats = await seatsFor(ctx.tx, a.organisation_id, a.requester_id, a.definition.stages[position]!, {
    askedBy: a.asked_by,
  })
  const title = sentence('approvals.moment', { reference: a.reference, title: a.title })
  const clocks = await startSteps(
    ctx,
    a.organisation_id,
    seats.map((seat) => ({
      subject: { kind: 'approval', id: a.id },
      kind: 'approval',
      title,
      owner:
        seat.team === null || seat.candidates.length === 1
          ? { person: seat.candidates[0]?.person ?? null, teams: [] }
          : { person: null, teams: [seat.team] },
      target: { seconds: a.definition.answerWithinHours * 3600 },
    })),
    cause,
  )
  await insertSeats(
    ctx.tx,
    a.id,
    position,
    seats.map((seat, i) => ({ ...seat, id: newId(), commitment: clocks[i]?.id ?? null })),
  )
  await saveStage(ctx.tx, a.id, position, 'waiting', ctx.now)
  await saveApproval(ctx.tx, a.id, { stage: position })
  await tellAsked(ctx, a, [...new Set(seats.flatMap((seat) => seat.candidates.map((c) => c.person)))], cause)
}

export const tellAsked = (ctx: Ctx, a: StoredApproval, persons: readonly string[], cause: string) =>
  insertNotices(
    ctx.tx,
    persons.map((person) => ({
      person,
      kind: 'approval.asked',
      code: 'approvals.notice.asked',
      params: { by: a.requester_name ?? a.asked_by_name, title: a.title, approval: a.id },
      subject: { kind: 'approval', id: a.id },
      cause: `approval:${a.id}:${cause}`,
      at: ctx.now,
    })),
  )

/** The next stage, or the end: everything that had to be approved is. */
export async function stageApproved(ctx: Ctx, a: StoredApproval, cause: string): Promise<void> {
  const next = (await stagesOf(ctx.tx, [a.id])).find((stage) => stage.state === 'ahead')
  if (next === undefined) await endApproval(ctx, a, 'approved', '')
  else await openStage(ctx, a, next.position, cause)
}

/** Ends an approval: whoever was still asked is asked no longer, and whose request it is hears of it. */
export async function endApproval(
  ctx: Ctx,
  a: StoredApproval,
  state: Exclude<ApprovalState, 'waiting'>,
  reason: string,
): Promise<void> {
  await saveApproval(ctx.tx, a.id, { state, ended_at: ctx.now, ended_by_name: ctx.actor.name, reason })
  const cause = ctx.record({
    type: `approval.${state}`,
    subject: { kind: a.subject_kind, id: a.subject_id },
    before: { state: a.state },
    after: {
      approval: a.id,
      reference: a.reference,
      title: a.title,
      purpose: a.purpose,
      ...(reason === '' ? {} : { reason }),
    },
  })
  await endSteps(
    ctx,
    (await seatsOf(ctx.tx, [a.id])).map((seat) => seat.commitment_id),
    'cancel',
    cause,
  )
  await endStages(ctx.tx, a.id, ctx.now)
  if (state === 'void') return
  const told = new Set([a.requester_id, ...(a.purpose === 'asked' ? [a.asked_by] : [])])
  told.delete(null)
  told.delete(ctx.actor.person)
  await insertNotices(
    ctx.tx,
    [...told].map((person) => ({
      person: person!,
      kind: 'approval.ended',
      code: `approvals.notice.${state}`,
      params: { by: ctx.actor.name, title: a.title, ...(reason === '' ? { why: 'none' } : { why: reason }) },
      subject: { kind: 'approval', id: a.id },
      cause: `event:${cause}`,
      at: ctx.now,
    })),
  )
}

/** The record changed in what was approved (answers, cost): what was said holds no longer. Answers how many approvals that voids. */
export async function voidApprovals(ctx: Ctx, subject: { kind: string; id: string }, reason: string): Promise<number> {
  const open = (await liveOf(ctx.tx, subject.id)).filter(
    (a) => a.subject_kind === subject.kind && a.purpose === 'order',
  )
  for (const a of open) await endApproval(ctx, a, 'void', reason)
  return open.length
}

/** The record ended by itself (its requester withdrew it, IT closed it): nobody needs to decide any more. */
export async function withdrawApprovals(
  ctx: Ctx,
  subject: { kind: string; id: string },
  reason: string,
): Promise<void> {
  for (const a of await liveOf(ctx.tx, subject.id))
    if (a.subject_kind === subject.kind && a.state === 'waiting') await endApproval(ctx, a, 'withdrawn', reason)
}
