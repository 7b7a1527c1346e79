import type { Input, Output } from '../../../contract/action.ts'
import type { assetCosts } from '../../../contract/ticket-items.ts'
import { assetByKey } from '../../assets/public.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { notFound } from '../../platform/errors.ts'
import { workOn } from '../items-store.ts'

/** The price of an asset and what tickets did to it, each currency by itself: nothing is converted. */
export async function showAssetCosts(
  ctx: Ctx,
  input: Input<typeof assetCosts.show>,
): Promise<Output<typeof assetCosts.show>> {
  const asset = await assetByKey(ctx.tx, ctx.actor, input.id)
  if (asset === undefined) throw notFound('asset')
  const work = await workOn(ctx.tx, ctx.actor, asset.id)
  const sums = new Map<string, { price: number; work: number }>()
  if (asset.cost_minor !== null) sums.set(asset.currency!, { price: asset.cost_minor, work: 0 })
  for (const { currency, minor } of work) {
    if (currency === null) continue
    const sum = sums.get(currency) ?? { price: 0, work: 0 }
    sums.set(currency, { ...sum, work: sum.work + minor })
  }
  return {
    tickets: work.reduce((n, row) => n + row.tickets, 0),
    open: work.reduce((n, row) => n + row.open, 0),
    totals: [...sums].map(([currency, sum]) => ({
      price: { minor: sum.price, currency },
      work: { minor: sum.work, currency },
      total: { minor: sum.price + sum.work, currency },
    })),
  }
}
