import type { Ctx } from '../../platform/ctx.ts'
import { assetsById } from '../assets-store.ts'
import { changeAssets } from '../changing.ts'
import { assetsOf, type StoredCategory, type StoredModel } from '../models-store.ts'
import { keepAssetMoments } from '../moments.ts'

/** Assets that are changed in one go. */
const slice = 1000

async function slices(
  ctx: Ctx,
  ids: readonly string[],
  each: (some: Awaited<ReturnType<typeof assetsById>>) => Promise<void>,
) {
  for (let i = 0; i < ids.length; i += slice)
    await each(await assetsById(ctx.tx, ctx.actor.organisation, ids.slice(i, i + slice), true))
}

/** Assets follow their model into another category, and in when their life ends. */
export async function followModel(ctx: Ctx, before: StoredModel, after: StoredModel, cause: string): Promise<void> {
  const moved = before.category_id !== after.category_id
  const aged = before.life_months !== after.life_months || before.end_of_life_on !== after.end_of_life_on
  if (!moved && !aged) return
  await slices(ctx, await assetsOf(ctx.tx, { model: after.id }), async (assets) => {
    if (moved)
      await changeAssets(
        ctx,
        assets.map((asset) => ({ before: asset, columns: { category_id: after.category_id } })),
        { type: 'asset.changed', cause },
      )
    else await keepAssetMoments(ctx, assets, new Map(assets.map((a) => [a.id, cause])))
  })
}

/** Assets follow their category in when their life ends. */
export async function followCategory(
  ctx: Ctx,
  before: StoredCategory,
  after: StoredCategory,
  cause: string,
): Promise<void> {
  if (before.life_months === after.life_months) return
  await slices(ctx, await assetsOf(ctx.tx, { category: after.id }), (assets) =>
    keepAssetMoments(ctx, assets, new Map(assets.map((a) => [a.id, cause]))),
  )
}
