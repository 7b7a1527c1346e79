import type { Input, Output } from '../../../contract/action.ts'
import type { assets } from '../../../contract/assets.ts'
import type { CustomValues } from '../../fields/public.ts'
import { type Ctx, todayOf } from '../../platform/ctx.ts'
import { invalid, refuse, stale } from '../../platform/errors.ts'
import { lockedAsset, moveAsset } from '../changing.ts'
import { insertDisposal } from '../disposals-store.ts'
import { gainOnDisposal } from '../rules/depreciation.ts'
import { whyNotCertify } from '../rules/sanitisation.ts'
import { shownAsset } from '../shown-asset.ts'
import { writtenOff } from '../written-off.ts'

/** The end of a retired asset: its media accounted for, what it brought in and what it was still worth, as one record that stays. */
export const disposeAsset =
  (customValues: CustomValues) =>
  async (ctx: Ctx, input: Input<typeof assets.dispose>): Promise<Output<typeof assets.dispose>> => {
    const before = await lockedAsset(ctx, input.id)
    if (input.version !== undefined && input.version !== before.version)
      throw stale(await shownAsset(ctx, customValues, before), input)
    refuse(whyNotCertify(input.media, input.noMedia))
    if (input.on > todayOf(ctx)) throw invalid('on', 'disposals.in-future')
    const book = writtenOff(before, input.on)?.book ?? null
    const foreign = [input.proceeds, input.cost].some((one) => one !== null && one.currency !== book?.currency)
    const after = await moveAsset(ctx, before, 'disposed', {
      reason: input.reason,
      given: { disposed_on: input.on },
      certified: true,
    })
    const { method, recipient, on, proceeds, cost, media, noMedia } = input
    const certificate = await insertDisposal(ctx.tx, before.organisation_id, before.id, {
      method,
      recipient,
      on,
      proceeds,
      cost,
      book,
      media,
      noMedia,
      by: ctx.actor.name,
      gainMinor: book === null || foreign ? null : gainOnDisposal(book.minor, proceeds?.minor ?? 0, cost?.minor ?? 0),
    })
    ctx.record({
      type: 'asset.disposed',
      subject: { kind: 'asset', id: before.id },
      after: { certificate, method, recipient, on, media: media.length },
    })
    return shownAsset(ctx, customValues, after)
  }
