import type { Input, Output } from '../../../contract/action.ts'
import type { commitments } from '../../../contract/commitments.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { invalid, notFound } from '../../platform/errors.ts'
import { isId } from '../../platform/identifiers.ts'
import type { Subjects } from '../../platform/subjects.ts'
import { commitmentById, commitmentPage, countCommitments } from '../commitments-store.ts'
import { shownCommitments } from './shown-commitment.ts'

const cap = 1000

export const listCommitments =
  (subjects: Subjects) =>
  async (ctx: Ctx, input: Input<typeof commitments.list>): Promise<Output<typeof commitments.list>> => {
    const { owner } = input
    if (owner !== undefined && owner !== 'me' && !isId(owner)) throw invalid('owner', 'commitments.owner-unknown')
    const mine = [...(ctx.actor.person === null ? [] : [ctx.actor.person]), ...ctx.actor.teams]
    const filter = {
      owners: owner === undefined ? null : owner === 'me' ? mine : [owner],
      dueBefore: input.due_before,
      late: input.late,
      subject: input.subject,
      byHand: input.by_hand,
      snoozed: input.snoozed,
      now: ctx.now,
    }
    const { rows, next } = await commitmentPage(ctx.tx, subjects, ctx.actor, filter, input.limit, input.after)
    const items = await shownCommitments(ctx, subjects, rows)
    if (input.count === undefined) return { items, next }
    const most = input.count === 'exact' ? null : cap
    const total = await countCommitments(ctx.tx, subjects, ctx.actor, filter, most)
    return { items, next, total, ...(total === most ? { totalCapped: true } : {}) }
  }

export const showCommitment =
  (subjects: Subjects) =>
  async (ctx: Ctx, input: Input<typeof commitments.show>): Promise<Output<typeof commitments.show>> => {
    const row = await commitmentById(ctx.tx, subjects, ctx.actor, input.id)
    if (row === undefined) throw notFound('commitment')
    return (await shownCommitments(ctx, subjects, [row]))[0]!
  }
