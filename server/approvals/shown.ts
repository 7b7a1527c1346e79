import type { Approval, ApprovalRow } from '../../contract/approvals.ts'
import { may } from '../../contract/permissions.ts'
import { sentence } from '../platform/catalogue.ts'
import type { Actor, Ctx } from '../platform/ctx.ts'
import { shownRefusals } from '../platform/refusals.ts'
import type { SeenApproval } from './approvals-store.ts'
import { type DecideFacts, whyNotDecide, whyNotWithdraw } from './rules/why-not-decide.ts'
import { whyNotGive } from './rules/why-not-give.ts'
import { decisionsOf, seatsOf, stagesOf } from './stages-store.ts'

export const decideFacts = (actor: Actor, a: SeenApproval): DecideFacts => ({
  state: a.state,
  isOwn: a.requester_id !== null && a.requester_id === actor.person,
  seatsOpen: a.open_for.filter((one) => one.id !== a.requester_id).length,
  hasAnswered: a.spoken,
})

/** What a seat is called: a person or team by name, a role or the manager in words. */
export const labelOf = (label: string): string => {
  const [kind, what] = label.split(':')
  return kind === 'role' || kind === 'manager' ? sentence(`approvals.seat.${kind}`, { what: what ?? '' }) : label
}

export function shownApprovalRow(actor: Actor, a: SeenApproval, reference: string): ApprovalRow {
  const isOwn = a.requester_id === actor.person || a.asked_by === actor.id
  return {
    id: a.id,
    reference: a.reference,
    version: a.version,
    title: a.title,
    purpose: a.purpose,
    subject: { kind: a.subject_kind, id: a.subject_id, reference },
    requester: a.requester_id === null ? null : { id: a.requester_id, name: a.requester_name ?? '' },
    askedBy: a.asked_by_name,
    amount: a.amount_minor === null ? null : { minor: a.amount_minor, currency: a.currency! },
    state: a.state,
    stage: a.stage_name,
    createdAt: a.created_at,
    endedAt: a.ended_at,
    mine: a.said !== null ? (a.said ? 'approved' : 'refused') : a.asked ? 'asked' : null,
    forOthers: a.open_for.filter((one) => one.id !== actor.person && one.id !== a.requester_id),
    dueAt: a.due_at === null ? null : new Date(a.due_at).toISOString(),
    refusals: shownRefusals({
      decide: whyNotDecide(decideFacts(actor, a)),
      withdraw: whyNotWithdraw(a.state, { isOwn, inside: a.inside }),
      give: whyNotGive(a.state, { gives: may(actor.role, 'people.write'), inside: a.inside }),
    }),
  }
}

/** Whole approvals, any number with a fixed number of statements. `references`: what their records are called. */
export async function shownApprovals(
  ctx: Ctx,
  list: readonly SeenApproval[],
  references: ReadonlyMap<string, { reference: string }>,
): Promise<Approval[]> {
  const ids = list.map((a) => a.id)
  const stages = Map.groupBy(await stagesOf(ctx.tx, ids), (one) => one.approval_id)
  const seats = Map.groupBy(await seatsOf(ctx.tx, ids), (one) => `${one.approval_id} ${one.position}`)
  const decisions = Map.groupBy(await decisionsOf(ctx.tx, ids), (one) => `${one.approval_id} ${one.position}`)
  return list.map((a) => ({
    ...shownApprovalRow(ctx.actor, a, references.get(a.subject_id)?.reference ?? ''),
    facts: a.facts,
    expiresAt: a.expires_at,
    endedBy: a.ended_by_name,
    reason: a.reason,
    stages: (stages.get(a.id) ?? []).map((stage) => ({
      name: stage.name,
      need: stage.need,
      count: stage.count,
      state: stage.state,
      seats: (seats.get(`${a.id} ${stage.position}`) ?? []).map((seat) => ({
        id: seat.id,
        label: labelOf(seat.label),
        candidates: seat.candidates.map((c) => ({
          person: { id: c.person_id, name: c.name },
          instead: c.instead_why === null ? null : { of: c.instead_of ?? '', why: c.instead_why },
        })),
        dueAt: seat.due_at,
        late: seat.late,
      })),
      decisions: (decisions.get(`${a.id} ${stage.position}`) ?? []).map((one) => ({
        person: { id: one.person_id, name: one.person_name },
        by: one.decided_by === one.person_id ? null : { id: one.decided_by, name: one.decided_by_name },
        approve: one.approve,
        comment: one.comment,
        at: one.at,
      })),
    })),
  }))
}
