import type { Input, Output } from '../../contract/action.ts'
import type { custodies } from '../../contract/custody.ts'
import { type Ctx, todayOf } from '../platform/ctx.ts'
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

/** What the reader has and had; nothing for whoever is no person. */
export async function listMyThings(
  ctx: Ctx,
  _input: Input<typeof custodies.mine>,
): Promise<Output<typeof custodies.mine>> {
  if (ctx.actor.person === null) return { items: [] }
  const { rows } = await custodyPage(ctx.tx, ctx.actor, { holder: ctx.actor.person, today: todayOf(ctx) }, mostOwn)
  return { items: rows.map((c) => shownCustody(ctx, c)) }
}
