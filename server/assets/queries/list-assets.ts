import type { Input, Output } from '../../../contract/action.ts'
import type { assets } from '../../../contract/assets.ts'
import { type CustomValues, fieldsOf } from '../../fields/public.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { notFound } from '../../platform/errors.ts'
import { historyPage } from '../../platform/history.ts'
import { assetPage, countAssets } from '../assets-list.ts'
import { assetByKey } from '../assets-store.ts'
import { shownAsset, shownRow } from '../shown-asset.ts'

const countCap = 1000

export async function listAssets(ctx: Ctx, input: Input<typeof assets.list>): Promise<Output<typeof assets.list>> {
  const fields = input.field === undefined ? [] : await fieldsOf(ctx.tx, ctx.actor.organisation, 'asset')
  const { rows, next, found } = await assetPage(ctx.tx, ctx.actor, input, fields)
  const items = rows.map((row) => shownRow(ctx.actor, row))
  if (input.count === undefined) return { items, next }
  const cap = input.count === 'capped' ? countCap : null
  const total = cap !== null && found !== null ? found : await countAssets(ctx.tx, ctx.actor, input, fields, cap)
  return { items, next, total: cap === null ? total : Math.min(total, cap), totalCapped: cap !== null && total > cap }
}

export const showAsset =
  (customValues: CustomValues) =>
  async (ctx: Ctx, input: Input<typeof assets.show>): Promise<Output<typeof assets.show>> => {
    const found = await assetByKey(ctx.tx, ctx.actor, input.id)
    if (found === undefined) throw notFound('asset')
    return shownAsset(ctx, customValues, found)
  }

export async function showHistory(
  ctx: Ctx,
  input: Input<typeof assets.history>,
): Promise<Output<typeof assets.history>> {
  const found = await assetByKey(ctx.tx, ctx.actor, input.id)
  if (found === undefined) throw notFound('asset')
  return historyPage(ctx.tx, found.id, ctx.actor.zone, input.limit, input.after)
}
