import type { Input, Output } from '../../../contract/action.ts'
import type { OnCallPage, onCallPages } from '../../../contract/on-call.ts'
import { may } from '../../../contract/permissions.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { invalid, notFound, refuse } from '../../platform/errors.ts'
import { newId } from '../../platform/identifiers.ts'
import { shownRefusals } from '../../platform/refusals.ts'
import type { Subjects } from '../../platform/subjects.ts'
import { startPage, stepOn } from '../calling.ts'
import { countPages, pageById, pagesPage, saveTaking, type StoredPage } from '../pages-store.ts'
import { whyNotTake } from '../rules/why-not-on-call.ts'
import { known } from './save-schedule.ts'

const standing = ({ actor }: Ctx, p: StoredPage) => ({
  member: actor.teams.includes(p.team_id),
  told: (p.told ?? []).some((step) => step.people.some((person) => person.id === actor.person)),
  mayWrite: may(actor.role, 'on-call.write'),
})

async function shownPages(ctx: Ctx, subjects: Subjects, rows: readonly StoredPage[]): Promise<OnCallPage[]> {
  const named = await subjects.describe(
    ctx.tx,
    rows.map((p) => ({ kind: p.subject_kind, id: p.subject_id })),
  )
  return rows.map((p) => ({
    id: p.id,
    schedule: { id: p.schedule_id, name: p.schedule_name },
    subject: { kind: p.subject_kind, id: p.subject_id, ...(named.get(p.subject_id) ?? { reference: '', title: '' }) },
    state: p.state,
    at: p.created_at,
    told: (p.told ?? []).map((step) => ({
      at: new Date(step.at).toISOString(),
      step: step.step,
      people: step.people.map((person) => person.name),
    })),
    takenBy: p.taken_by_name,
    takenAt: p.taken_at,
    nextAt: p.next_at,
    refusals: shownRefusals({ take: whyNotTake(p, standing(ctx, p)) }),
  }))
}

export const listPages =
  (subjects: Subjects) =>
  async (ctx: Ctx, input: Input<typeof onCallPages.list>): Promise<Output<typeof onCallPages.list>> => {
    const { rows, next } = await pagesPage(ctx.tx, subjects, ctx.actor, {
      open: input.open,
      limit: input.limit,
      after: input.after,
    })
    const items = await shownPages(ctx, subjects, rows)
    return input.count === undefined
      ? { items, next }
      : { items, next, total: await countPages(ctx.tx, subjects, ctx.actor, input.open) }
  }

const reread = async (ctx: Ctx, subjects: Subjects, id: string) =>
  (await shownPages(ctx, subjects, [(await pageById(ctx.tx, subjects, ctx.actor, id))!]))[0]!

/** Calls by hand, about a record one sees. */
export const callByHand =
  (subjects: Subjects) =>
  async (ctx: Ctx, input: Input<typeof onCallPages.call>): Promise<Output<typeof onCallPages.call>> => {
    const schedule = await known(ctx, input.schedule)
    if (!schedule.active) throw invalid('schedule', 'on-call.off')
    const seen = await subjects.visibleIds(ctx.tx, ctx.actor, input.about.kind, [input.about.id])
    if (!seen.has(input.about.id)) throw notFound(input.about.kind)
    refuse(await subjects.whyNotAsk(ctx.tx, input.about))
    const id = (await startPage(ctx, schedule, { subject: input.about, cause: `hand:${newId()}`, words: input.words }))!
    await stepOn(ctx, subjects, id)
    return reread(ctx, subjects, id)
  }

/** Whoever takes a call ends its path. */
export const takePage =
  (subjects: Subjects) =>
  async (ctx: Ctx, input: Input<typeof onCallPages.take>): Promise<Output<typeof onCallPages.take>> => {
    const page = await pageById(ctx.tx, subjects, ctx.actor, input.id, true)
    if (page === undefined) throw notFound('call')
    refuse(whyNotTake(page, standing(ctx, page)))
    await saveTaking(ctx.tx, page.id, { id: ctx.actor.id, name: ctx.actor.name }, ctx.now)
    ctx.record({
      type: 'on-call.taken',
      subject: { kind: page.subject_kind, id: page.subject_id },
      after: { page: page.id },
    })
    return reread(ctx, subjects, page.id)
  }
