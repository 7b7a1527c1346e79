import type { Input, Output } from '../../contract/action.ts'
import type { custodies } from '../../contract/custody.ts'
import { assetByKey, assetsById } from '../assets/public.ts'
import { type Ctx, todayOf } from '../platform/ctx.ts'
import { notFound } from '../platform/errors.ts'
import { countCustodies, custodyPage } from './custody-store.ts'
import { shownCustody } from './shown-custody.ts'

const most = 10_000
/** As many as a person's page shows. */
const mostOwn = 500

export async function listCustodies(
  ctx: Ctx,
  input: Input<typeof custodies.list>,
): Promise<Output<typeof custodies.list>> {
  const filter = { ...input, today: todayOf(ctx) }
  const { rows, next } = await custodyPage(ctx.tx, ctx.actor, filter, input.limit, input.after)
  const items = rows.map((c) => shownCustody(ctx, c))
  if (input.count === undefined) return { items, next }
  const bound = input.count === 'capped' ? 1001 : most
  const total = await countCustodies(ctx.tx, ctx.actor, filter, bound)
  return { items, next, total: Math.min(total, bound - 1), totalCapped: total >= bound }
}

/** One thing the reader has, or that is with something the reader has; 404 for all others, whatever else the reader may see. */
export async function showMyThing(
  ctx: Ctx,
  input: Input<typeof custodies.showMine>,
): Promise<Output<typeof custodies.showMine>> {
  const asset = await assetByKey(ctx.tx, ctx.actor, input.asset)
  const { person } = ctx.actor
  if (asset === undefined || person === null) throw notFound('thing')
  const isOwn = asset.holder_kind === 'person' && asset.holder_id === person
  const [around] =
    asset.holder_kind === 'asset' ? await assetsById(ctx.tx, ctx.actor.organisation, [asset.holder_id!]) : []
  const isWithOwn = around?.holder_kind === 'person' && around.holder_id === person
  if (!isOwn && !isWithOwn) throw notFound('thing')
  const filter = { asset: asset.id, holder: person, open: true, today: todayOf(ctx) }
  const [held] = isOwn ? (await custodyPage(ctx.tx, ctx.actor, filter, 1)).rows : []
  return {
    id: asset.id,
    tag: asset.tag,
    name: asset.name,
    serial: asset.serial,
    category: asset.category_name,
    model: [asset.manufacturer_name, asset.model_name].filter((word) => word !== null).join(' ') || null,
    state: asset.state,
    partOf: isWithOwn ? { tag: around.tag, name: around.name || (around.model_name ?? '') } : null,
    inWarranty: asset.warranty_until === null ? null : asset.warranty_until >= todayOf(ctx),
    custody: held === undefined ? null : shownCustody(ctx, held),
  }
}

/** What the reader has and had; nothing for whoever is no person. */
export async function listMyThings(
  ctx: Ctx,
  _input: Input<typeof custodies.mine>,
): Promise<Output<typeof custodies.mine>> {
  if (ctx.actor.person === null) return { items: [] }
  const { rows } = await custodyPage(ctx.tx, ctx.actor, { holder: ctx.actor.person, today: todayOf(ctx) }, mostOwn)
  return { items: rows.map((c) => shownCustody(ctx, c)) }
}
