import type { Input, Output } from '../../../contract/action.ts'
import type { assets } from '../../../contract/assets.ts'
import type { CustomValues } from '../../fields/public.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { stale } from '../../platform/errors.ts'
import { lockedAsset, moveAsset } from '../changing.ts'
import { demandLocation } from '../given-columns.ts'
import { shownAsset } from '../shown-asset.ts'

/** Moves an asset on in its life cycle, and with it to another place where one is named. */
export const changeState =
  (customValues: CustomValues) =>
  async (ctx: Ctx, input: Input<typeof assets.changeState>): Promise<Output<typeof assets.changeState>> => {
    const before = await lockedAsset(ctx, input.id)
    if (input.version !== undefined && input.version !== before.version)
      throw stale(await shownAsset(ctx, customValues, before), input)
    if (input.location !== before.location_id) await demandLocation(ctx, input.location)
    const after = await moveAsset(ctx, before, input.state, {
      reason: input.reason,
      given: input.location === undefined ? {} : { location_id: input.location },
    })
    return shownAsset(ctx, customValues, after)
  }
