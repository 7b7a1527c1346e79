import type { Input, Output } from '../../../contract/action.ts'
import type { approvals } from '../../../contract/approvals.ts'
import type { Actor, Ctx } from '../../platform/ctx.ts'
import type { Db } from '../../platform/db.ts'
import { invalid, notFound, refuse } from '../../platform/errors.ts'
import { sentence } from '../../platform/catalogue.ts'
import type { Subjects } from '../../platform/subjects.ts'
import { approvalSeen, heldApproval, type SeenApproval } from '../approvals-store.ts'
import { judgeStage } from '../judge-stage.ts'
import { reread } from '../queries.ts'
import { spokenFor } from '../rules/spoken-for.ts'
import { whyNotDecide, whyNotSay, whyNotWithdraw } from '../rules/why-not-decide.ts'
import { endApproval } from '../run-stages.ts'
import { decideFacts } from '../shown.ts'
import { insertDecisions, stagesOf } from '../stages-store.ts'

async function held(ctx: Ctx, subjects: Subjects, id: string): Promise<SeenApproval> {
  await heldApproval(ctx.tx, id)
  const [found] = await approvalSeen(ctx.tx, subjects, ctx.actor, { id })
  if (found === undefined) throw notFound('approval')
  return found
}

/** Whether a link may offer the reader to decide: they are asked now. */
export const mayDecide =
  (subjects: Subjects) =>
  async (db: Db, reader: Actor, subject: { kind: string; id: string }): Promise<boolean> => {
    if (subject.kind !== 'approval') return false
    const [found] = await approvalSeen(db, subjects, reader, { id: subject.id })
    return found !== undefined && whyNotDecide(decideFacts(reader, found)) === null
  }

/** Takes a decision down, in the stage that waits. When the stage comes to something, the next one begins or the approval ends. */
export const decide =
  (subjects: Subjects) =>
  async (ctx: Ctx, input: Input<typeof approvals.decide>): Promise<Output<typeof approvals.decide>> => {
    const a = await held(ctx, subjects, input.id)
    refuse(whyNotDecide(decideFacts(ctx.actor, a)))
    const unsaid = whyNotSay(input.approve, input.comment)
    if (unsaid !== null) throw invalid('comment', unsaid.code)
    const reader = ctx.actor.person!
    const stage = (await stagesOf(ctx.tx, [a.id])).find((one) => one.position === a.stage)!
    const persons = spokenFor(
      stage.need,
      reader,
      a.open_for.map((one) => one.id).filter((one) => one !== a.requester_id),
      a.spoken,
    )
    if (persons.length === 0) refuse({ code: 'approvals.decided-already' })
    await insertDecisions(
      ctx.tx,
      a.id,
      a.stage,
      persons.map((person) => ({ person, by: reader, approve: input.approve, comment: input.comment, at: ctx.now })),
    )
    const others = a.open_for.filter((one) => one.id !== reader && persons.includes(one.id)).map((one) => one.name)
    const cause = ctx.record({
      type: 'approval.decided',
      subject: { kind: a.subject_kind, id: a.subject_id },
      after: {
        approval: a.id,
        reference: a.reference,
        stage: stage.name,
        approve: input.approve,
        ...(others.length === 0 ? {} : { for: others.join(', ') }),
        ...(input.comment === '' ? {} : { comment: input.comment }),
      },
    })
    const reason = input.approve ? sentence('approvals.nobody-left') : input.comment
    await judgeStage(ctx, (await heldApproval(ctx.tx, a.id))!, cause, reason)
    return reread(ctx, subjects, a.id)
  }

export const withdraw =
  (subjects: Subjects) =>
  async (ctx: Ctx, input: Input<typeof approvals.withdraw>): Promise<Output<typeof approvals.withdraw>> => {
    const a = await held(ctx, subjects, input.id)
    const isOwn = a.requester_id === ctx.actor.person || a.asked_by === ctx.actor.id
    refuse(whyNotWithdraw(a.state, { isOwn, inside: a.inside }))
    await endApproval(ctx, (await heldApproval(ctx.tx, a.id))!, 'withdrawn', input.reason)
    return reread(ctx, subjects, a.id)
  }
