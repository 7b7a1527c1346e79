import type { Input, Output } from '../../../contract/action.ts'
import type { assets } from '../../../contract/assets.ts'
import { type CustomValues, fieldsOf, type StoredField } from '../../fields/public.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { notFound, refuse, stale } from '../../platform/errors.ts'
import { type AssetColumns, assetsById, type StoredAsset } from '../assets-store.ts'
import { changeAssets, lockedAsset } from '../changing.ts'
import { columnsOf, demandLocation, kindOf } from '../given-columns.ts'
import { whyNotEdit } from '../rules/life-cycle.ts'
import { shownAsset } from '../shown-asset.ts'
import { demandFree } from './register-asset.ts'

type Given = Omit<Input<typeof assets.edit>, 'id' | 'version'>

async function edited(
  ctx: Ctx,
  customValues: CustomValues,
  fields: readonly StoredField[],
  before: StoredAsset,
  given: Given,
): Promise<Partial<AssetColumns>> {
  refuse(whyNotEdit(before.state))
  const { fields: values, ...rest } = given
  const columns = columnsOf(rest)
  const kind =
    rest.model === undefined && rest.category === undefined
      ? { model_id: before.model_id, category_id: before.category_id }
      : await kindOf(ctx, rest, before)
  if (rest.location !== before.location_id) await demandLocation(ctx, rest.location)
  if (columns.tag !== undefined || columns.serial_key != null) await demandFree(ctx, [{ id: before.id, ...columns }])
  const own =
    values === undefined
      ? {}
      : await customValues.changed(
          ctx.tx,
          before.organisation_id,
          { kind: 'asset', id: before.id, set: kind.category_id, values: before, isNew: false },
          fields,
          values,
        )
  return { ...columns, ...kind, ...own }
}

export const editAsset =
  (customValues: CustomValues) =>
  async (ctx: Ctx, input: Input<typeof assets.edit>): Promise<Output<typeof assets.edit>> => {
    const { id, version, ...given } = input
    const before = await lockedAsset(ctx, id)
    if (version !== undefined && version !== before.version)
      throw stale(await shownAsset(ctx, customValues, before), input)
    const fields = given.fields === undefined ? [] : await fieldsOf(ctx.tx, before.organisation_id, 'asset')
    const columns = await edited(ctx, customValues, fields, before, given)
    const [after] = await changeAssets(ctx, [{ before, columns }], { type: 'asset.changed' })
    if (after === undefined) ctx.unchanged()
    return shownAsset(ctx, customValues, after ?? before)
  }

/** The same change for all of a selection, or for none of it: the first asset that refuses stops it. */
export const editManyAssets =
  (customValues: CustomValues) =>
  async (ctx: Ctx, input: Input<typeof assets.editMany>): Promise<Output<typeof assets.editMany>> => {
    const { organisation } = ctx.actor
    const ids = [...new Set(input.assets)]
    const held = await assetsById(ctx.tx, organisation, ids, true)
    if (held.length < ids.length) throw notFound('asset')
    const fields = input.change.fields === undefined ? [] : await fieldsOf(ctx.tx, organisation, 'asset')
    const list = []
    for (const before of held)
      list.push({ before, columns: await edited(ctx, customValues, fields, before, input.change) })
    const changed = await changeAssets(ctx, list, { type: 'asset.changed' })
    if (changed.length === 0) ctx.unchanged()
    return { changed: changed.length, unchanged: ids.length - changed.length }
  }
