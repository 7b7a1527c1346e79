import type { Input, Output } from '../../../contract/action.ts'
import {
  type DifferenceKind,
  type KindSettings,
  type reconciliationSettings,
} from '../../../contract/reconciliation.ts'
import { categoryNames } from '../../assets/public.ts'
import { personById } from '../../people/public.ts'
import { type Ctx, todayOf } from '../../platform/ctx.ts'
import { invalid, refuse, stale } from '../../platform/errors.ts'
import { changes } from '../../platform/events.ts'
import { queueRound } from '../due-store.ts'
import { kindsOf } from '../kinds-store.ts'
import { keepPromises } from '../promises.ts'
import { mayActAlone, remediesOf } from '../rules/kinds.ts'
import { whyNotAlone } from '../rules/why-not-mend.ts'
import { saveStoredSettings, shownSettings, storedSettings, wholeKinds } from '../settings.ts'

/** Saves what is looked for and what is done by itself; then all is compared anew, in portions. */
export async function saveSettings(
  ctx: Ctx,
  input: Input<typeof reconciliationSettings.save>,
): Promise<Output<typeof reconciliationSettings.save>> {
  const { organisation } = ctx.actor
  const { version, ...before } = await storedSettings(ctx.tx, organisation, true)
  if (input.version !== undefined && input.version !== version)
    throw stale(await shownSettings(ctx.tx, organisation), input)
  if (input.owner != null && (await personById(ctx.tx, organisation, input.owner))?.active !== true)
    throw invalid('owner', 'reconciliation.owner-unknown')
  if (input.categories !== undefined) {
    const known = new Set((await categoryNames(ctx.tx, organisation)).map((one) => one.id))
    if (input.categories.some((one) => !known.has(one.category))) throw invalid('categories', 'assets.category-unknown')
  }
  for (const [kind, given] of Object.entries(input.kinds ?? {}))
    if (given.act != null)
      refuse(
        whyNotAlone(kind as DifferenceKind, given.act, {
          fits: remediesOf[kind as DifferenceKind],
          alone: mayActAlone,
        }),
      )
  const kinds: typeof before.kinds = { ...before.kinds }
  for (const [kind, given] of Object.entries(input.kinds ?? {}))
    kinds[kind as DifferenceKind] = {
      ...kinds[kind as DifferenceKind],
      ...(Object.fromEntries(
        Object.entries(given).filter(([, value]) => value !== undefined),
      ) as Partial<KindSettings>),
    }
  const after = {
    owner: input.owner === undefined ? before.owner : input.owner,
    kinds,
    categories: input.categories ?? before.categories,
  }
  const change = changes(before, after)
  if (Object.keys(change.after).length === 0) {
    ctx.unchanged()
    return shownSettings(ctx.tx, organisation)
  }
  await saveStoredSettings(ctx.tx, organisation, { ...after, version })
  ctx.record({
    type: 'reconciliation.settings-changed',
    subject: { kind: 'organisation', id: organisation },
    ...change,
  })
  await keepPromises(
    ctx,
    (await kindsOf(ctx.tx, organisation)).map((one) => ({ ...one, oldest_before: one.oldest_at })),
    wholeKinds(after),
    after.owner,
    true,
  )
  await queueRound(ctx.tx, organisation, todayOf(ctx), true)
  return shownSettings(ctx.tx, organisation)
}
