import type { Input, Output } from '../../../contract/action.ts'
import type { approvals } from '../../../contract/approvals.ts'
import { insertNotices } from '../../notifications/public.ts'
import { personById } from '../../people/public.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { invalid, notFound, refuse } from '../../platform/errors.ts'
import type { Subjects } from '../../platform/subjects.ts'
import { approvalSeen, heldApproval } from '../approvals-store.ts'
import { busyBeside, moveSeat } from '../move-seat.ts'
import { canDecide } from '../people-around.ts'
import { reread } from '../queries.ts'
import { whyNotGive, whyNotTake } from '../rules/why-not-give.ts'
import { tellAsked } from '../run-stages.ts'
import { labelOf } from '../shown.ts'
import { seatsOf } from '../stages-store.ts'

/** Asks somebody else in place of those who are asked in a seat: for whoever looks after people and works on the record, with a reason, and never oneself. */
export const giveSeat =
  (subjects: Subjects) =>
  async (ctx: Ctx, input: Input<typeof approvals.give>): Promise<Output<typeof approvals.give>> => {
    const a = await heldApproval(ctx.tx, input.id)
    const [seen] = await approvalSeen(ctx.tx, subjects, ctx.actor, { id: input.id })
    if (a === undefined || seen === undefined) throw notFound('approval')
    refuse(whyNotGive(a.state, { gives: true, inside: seen.inside }))
    const seat = (await seatsOf(ctx.tx, [a.id])).find((one) => one.id === input.seat && one.position === a.stage)
    if (seat === undefined) throw notFound('seat')
    const to = await personById(ctx.tx, ctx.actor.organisation, input.person)
    if (to === undefined || !(await canDecide(ctx.tx, to.id))) throw invalid('person', 'approvals.approver-unknown')
    const open = seat.candidates.filter((c) => c.open)
    refuse(
      whyNotTake(to.id, {
        requester: a.requester_id,
        by: ctx.actor.person,
        open: open.map((c) => c.person_id),
        busy: await busyBeside(ctx, a, seat),
      }),
    )
    const insteadOf = open.length === 1 ? open[0]!.name : labelOf(seat.label)
    const cause = ctx.record({
      type: 'approval.moved',
      subject: { kind: a.subject_kind, id: a.subject_id },
      before: { person_name: insteadOf },
      after: { approval: a.id, reference: a.reference, person: to.id, person_name: to.name, reason: input.reason },
    })
    await moveSeat(ctx, a, seat, { to: to.id, insteadOf, why: 'moved' }, cause)
    await tellAsked(ctx, a, [to.id], cause)
    await insertNotices(
      ctx.tx,
      open
        .filter((c) => c.person_id !== ctx.actor.person)
        .map((c) => ({
          person: c.person_id,
          kind: 'approval.ended',
          code: 'approvals.notice.moved',
          params: { by: ctx.actor.name, to: to.name, title: a.title },
          // they may see it no longer; what it is called they know
          subject: null,
          cause: `event:${cause}`,
          at: ctx.now,
        })),
    )
    return reread(ctx, subjects, a.id)
  }
