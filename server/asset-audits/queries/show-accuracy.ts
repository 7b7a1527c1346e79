import type { Input, Output } from '../../../contract/action.ts'
import type { assetAudits } from '../../../contract/asset-audits.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { accuracyByMonth, accuracyByPlace } from '../accuracy-store.ts'
import { accuracyOf, type Tally } from '../rules/accuracy.ts'

const mostPlaces = 200

const shown = (tally: Tally) => ({
  found: tally.found,
  missing: tally.missing,
  elsewhere: tally.elsewhere,
  new: tally.fresh,
  share: accuracyOf(tally),
})

/** How true the register was found to be; the figures were kept when each audit or campaign closed. */
export async function showAccuracy(
  ctx: Ctx,
  input: Input<typeof assetAudits.accuracy>,
): Promise<Output<typeof assetAudits.accuracy>> {
  const { organisation } = ctx.actor
  const months = await accuracyByMonth(ctx.tx, organisation, input)
  const places = await accuracyByPlace(ctx.tx, organisation, input, mostPlaces)
  return {
    months: months.map(({ month, kind, closed, ...tally }) => ({ month, kind, closed, ...shown(tally) })),
    places: places.map((p) => ({
      location: p.location_id === null ? null : { id: p.location_id, name: p.location_name ?? '' },
      ...shown(p),
    })),
  }
}
