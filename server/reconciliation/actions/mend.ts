import type { Input, Output } from '../../../contract/action.ts'
import type { differences, Remedy } from '../../../contract/reconciliation.ts'
import type { CustomValues } from '../../fields/public.ts'
import { sentence } from '../../platform/catalogue.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { notFound, refuse, stale } from '../../platform/errors.ts'
import { compareSubjects } from '../compare.ts'
import { closeMended, differencesByIds, forgetUndo, type StoredDifference } from '../differences-store.ts'
import type { Subject } from '../due-store.ts'
import { moveCounts } from '../kinds-store.ts'
import { oneAtATime } from '../one-at-a-time.ts'
import { keepPromises } from '../promises.ts'
import { carryOut, takeBack } from '../remedies.ts'
import { whyNotMend, whyNotUndo } from '../rules/why-not-mend.ts'
import { storedSettings, wholeKinds } from '../settings.ts'
import { remediesFor, shownDifference } from '../shown-difference.ts'

export async function heldDifference(ctx: Ctx, id: string): Promise<StoredDifference> {
  const [found] = await differencesByIds(ctx.tx, ctx.actor, [id], true)
  if (found === undefined) throw notFound('difference')
  return found
}

export const subjectOf = (f: StoredDifference): Subject => ({
  kind: f.asset_id === null ? 'device' : 'asset',
  id: f.subject_id,
})
export const whatIs = (f: StoredDifference): string =>
  [f.asset_tag, f.asset_name].filter(Boolean).join(' ') || f.device_name || f.subject_id

/**
 * Carries a remedy out and closes the difference as mended by whoever did it; then the subject is compared again, so that what the remedy changed
 * elsewhere shows at once. `byRule`: the event says that a rule did it.
 */
export async function mendDifference(
  ctx: Ctx,
  customValues: CustomValues,
  f: StoredDifference,
  wanted: Remedy | undefined,
  { note = '', byRule = false }: { note?: string; byRule?: boolean } = {},
): Promise<void> {
  const fits = remediesFor(f)
  refuse(whyNotMend(f, fits, wanted))
  const remedy = wanted ?? fits[0]!
  const cause = ctx.record({
    type: byRule ? 'difference.mended-by-rule' : 'difference.mended',
    subject: f.asset_id === null ? { kind: 'device', id: f.subject_id } : { kind: 'asset', id: f.asset_id },
    after: { kind: f.kind, remedy, difference: f.id, ...(note === '' ? {} : { note }) },
  })
  const reason = note === '' ? sentence('reconciliation.reason', { kind: f.kind }) : note
  const undo = await carryOut(ctx, customValues, f, remedy, { note: reason, cause })
  await closeMended(ctx.tx, f.id, { at: ctx.now, by: ctx.actor.name, undo })
  const moves = new Map([[f.kind, { open: f.state === 'open' ? -1 : 0, left: f.state === 'left' ? -1 : 0 }]])
  const stored = await storedSettings(ctx.tx, ctx.actor.organisation)
  await keepPromises(ctx, await moveCounts(ctx.tx, ctx.actor.organisation, moves), wholeKinds(stored), stored.owner)
}

export const mend =
  (customValues: CustomValues) =>
  async (ctx: Ctx, input: Input<typeof differences.mend>): Promise<Output<typeof differences.mend>> => {
    await oneAtATime(ctx)
    const f = await heldDifference(ctx, input.id)
    if (input.version !== undefined && input.version !== f.version) throw stale(shownDifference(ctx, f), {})
    await mendDifference(ctx, customValues, f, input.remedy, { note: input.note })
    await compareSubjects(ctx, [subjectOf(f)])
    return shownDifference(ctx, (await differencesByIds(ctx.tx, ctx.actor, [f.id]))[0]!)
  }

/** Each by itself: one that cannot be mended is answered with the reason, and the others are mended. */
export const mendMany =
  (customValues: CustomValues) =>
  async (ctx: Ctx, input: Input<typeof differences.mendMany>): Promise<Output<typeof differences.mendMany>> => {
    await oneAtATime(ctx)
    const held = await differencesByIds(ctx.tx, ctx.actor, [...new Set(input.ids)], true)
    if (held.length < new Set(input.ids).size) throw notFound('difference')
    const refused: Output<typeof differences.mendMany>['refused'] = []
    const done: StoredDifference[] = []
    for (const f of held) {
      const failed = await ctx.attempt(() => mendDifference(ctx, customValues, f, input.remedy))
      if (failed === null) done.push(f)
      else refused.push({ id: f.id, what: whatIs(f), why: sentence(failed.code, failed.params) })
    }
    if (done.length === 0) ctx.unchanged()
    else await compareSubjects(ctx, done.map(subjectOf))
    return { mended: done.length, refused }
  }

export async function undo(ctx: Ctx, input: Input<typeof differences.undo>): Promise<Output<typeof differences.undo>> {
  await oneAtATime(ctx)
  const f = await heldDifference(ctx, input.id)
  refuse(whyNotUndo(f.undo !== null))
  await takeBack(ctx, f.undo!, sentence('reconciliation.undone', { kind: f.kind }))
  await forgetUndo(ctx.tx, f.id)
  ctx.record({
    type: 'difference.undone',
    subject: f.asset_id === null ? { kind: 'device', id: f.subject_id } : { kind: 'asset', id: f.asset_id },
    after: { kind: f.kind, remedy: f.undo!.remedy, difference: f.id },
  })
  await compareSubjects(ctx, [subjectOf(f)])
  return shownDifference(ctx, (await differencesByIds(ctx.tx, ctx.actor, [f.id]))[0]!)
}
