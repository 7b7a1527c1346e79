import { type CustomValues, fieldsOf } from '../../fields/public.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { keepImported } from '../../platform/imports/imported-values.ts'
import { registerAssets } from '../actions/register-asset.ts'
import { nextTags, type StoredAsset } from '../assets-store.ts'
import { type AssetChange, changeAssets, comingInto } from '../changing.ts'
import { stages } from '../rules/life-cycle.ts'
import type { AssetPlan } from './plan-change.ts'

export const assetsSource = 'assets'

export interface AssetImportParts {
  customValues: CustomValues
  /** Hears of assets that came into the register, in the same transaction. */
  registered: (ctx: Ctx, assets: readonly StoredAsset[]) => Promise<void>
}

/** Writes new and changed assets with a fixed number of statements, and keeps what their rows said. */
export async function writeAssets(
  ctx: Ctx,
  { customValues, registered }: AssetImportParts,
  plans: readonly AssetPlan[],
  tagsOfFile: ReadonlySet<string>,
): Promise<void> {
  const news = plans.filter((plan) => plan.made !== null)
  const tags = await freeTags(ctx, news.filter((plan) => plan.made!.given.tag === undefined).length, tagsOfFile)
  const made = await registerAssets(
    ctx,
    customValues,
    news.map(({ made: one }) =>
      one!.given.tag === undefined ? { ...one!, given: { ...one!.given, tag: tags.pop()! } } : one!,
    ),
  )
  await change(ctx, customValues, plans)
  await keepImported(ctx.tx, ctx.actor.organisation, assetsSource, [
    ...news.map(({ identity, said }, i) => ({ id: made[i]!.id, identity, said })),
    ...plans.flatMap(({ before, identity, said }) => (before === null ? [] : [{ id: before.id, identity, said }])),
  ])
  if (made.length > 0) await registered(ctx, made)
}

/** Tags for assets without one, none of which a row of the file bears. */
async function freeTags(ctx: Ctx, count: number, taken: ReadonlySet<string>): Promise<string[]> {
  const tags: string[] = []
  while (tags.length < count)
    tags.push(...(await nextTags(ctx.tx, ctx.actor.organisation, count - tags.length)).filter((tag) => !taken.has(tag)))
  return tags.reverse()
}

async function change(ctx: Ctx, customValues: CustomValues, plans: readonly AssetPlan[]): Promise<void> {
  const { organisation } = ctx.actor
  const fields = plans.some((plan) => Object.keys(plan.values).length > 0)
    ? await fieldsOf(ctx.tx, organisation, 'asset')
    : []
  const lists: Record<'asset.changed' | 'asset.state-changed', AssetChange[]> = {
    'asset.changed': [],
    'asset.state-changed': [],
  }
  for (const { before, columns, to, values } of plans) {
    if (before === null) continue
    const set = columns.category_id ?? before.category_id
    const own =
      Object.keys(values).length === 0 || plans.length === 0
        ? {}
        : await customValues.changed(
            ctx.tx,
            organisation,
            { kind: 'asset', id: before.id, set, values: before, isNew: false },
            fields,
            values,
          )
    const held = columns.holder_id === undefined ? {} : { held_since: ctx.now, due_back_on: null }
    const all = { ...columns, ...own, ...held }
    if (Object.keys(all).length === 0 && to === null) continue
    const isReleased = to !== null && stages[to].holder === 'released'
    if (to === null) lists['asset.changed'].push({ before, columns: all })
    else {
      const { holder_kind: _kind, holder_id: _id, held_since: _since, ...rest } = all
      lists['asset.state-changed'].push({
        before,
        columns: comingInto(ctx, { ...before, ...all }, to, isReleased ? rest : all),
      })
    }
  }
  for (const type of ['asset.changed', 'asset.state-changed'] as const)
    if (lists[type].length > 0) await changeAssets(ctx, lists[type], { type })
}
