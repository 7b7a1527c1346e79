import type { Input, Output } from '../../contract/action.ts'
import type { Approval, approvals } from '../../contract/approvals.ts'
import { sentence } from '../platform/catalogue.ts'
import type { Ctx } from '../platform/ctx.ts'
import { moneyText } from '../platform/money-words.ts'
import { notFound } from '../platform/errors.ts'
import type { Subjects } from '../platform/subjects.ts'
import { approvalSeen, decidedPage, type SeenApproval, waitingPage } from './approvals-store.ts'
import { shownApprovalRow, shownApprovals } from './shown.ts'

const namesOf = (ctx: Ctx, subjects: Subjects, list: readonly SeenApproval[]) =>
  subjects.describe(
    ctx.tx,
    list.map((a) => ({ kind: a.subject_kind, id: a.subject_id })),
  )

/** An approval as the reader sees it now; undefined where they do not see it. */
async function seenWhole(ctx: Ctx, subjects: Subjects, id: string): Promise<Approval | undefined> {
  const rows = await approvalSeen(ctx.tx, subjects, ctx.actor, { id })
  return (await shownApprovals(ctx, rows, await namesOf(ctx, subjects, rows)))[0]
}

/** After a change by somebody who sees it. */
export const reread = async (ctx: Ctx, subjects: Subjects, id: string): Promise<Approval> =>
  (await seenWhole(ctx, subjects, id))!

export const listMyApprovals =
  (subjects: Subjects) =>
  async (ctx: Ctx, input: Input<typeof approvals.mine>): Promise<Output<typeof approvals.mine>> => {
    const pageOf = input.view === 'waiting' ? waitingPage : decidedPage
    const { rows, next } = await pageOf(ctx.tx, subjects, ctx.actor, input.limit, input.after)
    const names = await namesOf(ctx, subjects, rows)
    return { items: rows.map((a) => shownApprovalRow(ctx.actor, a, names.get(a.subject_id)?.reference ?? '')), next }
  }

export const listApprovalsOf =
  (subjects: Subjects) =>
  async (ctx: Ctx, input: Input<typeof approvals.of>): Promise<Output<typeof approvals.of>> => {
    const rows = await approvalSeen(ctx.tx, subjects, ctx.actor, { subject: input.subject })
    return { items: await shownApprovals(ctx, rows, await namesOf(ctx, subjects, rows)) }
  }

export const showApproval =
  (subjects: Subjects) =>
  async (ctx: Ctx, input: Input<typeof approvals.show>): Promise<Output<typeof approvals.show>> => {
    const shown = await seenWhole(ctx, subjects, input.id)
    if (shown === undefined) throw notFound('approval')
    return shown
  }

/** What there is to know before deciding, for a page that asks nothing else: what it is, for whom, what it costs. */
export const approvalFacts =
  (subjects: Subjects) =>
  async (ctx: Ctx, subject: { kind: string; id: string }): Promise<{ label: string; text: string }[]> => {
    if (subject.kind !== 'approval') return []
    const [a] = await approvalSeen(ctx.tx, subjects, ctx.actor, { id: subject.id })
    if (a === undefined) return []
    return [
      { label: sentence('approvals.fact.title'), text: a.title },
      { label: sentence('approvals.fact.requester'), text: a.requester_name ?? a.asked_by_name },
      ...(a.amount_minor === null
        ? []
        : [
            {
              label: sentence('approvals.fact.amount'),
              text: moneyText({ minor: a.amount_minor, currency: a.currency! }),
            },
          ]),
      ...a.facts,
    ]
  }
