import type { Input, Output } from '../../../contract/action.ts'
import type { assets } from '../../../contract/assets.ts'
import type { CustomValues } from '../../fields/public.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { notFound } from '../../platform/errors.ts'
import { lockedAsset } from '../changing.ts'

/** Reads one encrypted value. Who read it stands in the log; what it is does not. */
export const revealField =
  (customValues: CustomValues) =>
  async (ctx: Ctx, input: Input<typeof assets.reveal>): Promise<Output<typeof assets.reveal>> => {
    const found = await lockedAsset(ctx, input.id)
    const value = customValues.opened(found.id, input.field, found)
    if (value === undefined) throw notFound('value')
    ctx.record({ type: 'asset.field-read', subject: { kind: 'asset', id: found.id }, after: { field: input.field } })
    return { value }
  }
