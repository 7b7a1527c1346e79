import type { Input, Output } from '../../../contract/action.ts'
import type { assets, AssetState } from '../../../contract/assets.ts'
import type { ValuesGiven } from '../../../contract/fields.ts'
import { type CustomValues, fieldsOf, noValues } from '../../fields/public.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { Problem, refuse } from '../../platform/errors.ts'
import { newId } from '../../platform/identifiers.ts'
import { type AssetColumns, assetsById, insertAssets, nextTags, type StoredAsset, whoHas } from '../assets-store.ts'
import { comingInto } from '../changing.ts'
import { type AssetGiven, columnsOf, demandLocation, kindOf } from '../given-columns.ts'
import { keepAssetMoments } from '../moments.ts'
import { stages } from '../rules/life-cycle.ts'
import { shownAsset } from '../shown-asset.ts'

/** An asset about to be registered. `holder` and `since` are for what is already out: imports, agents. */
export interface NewAsset {
  given: AssetGiven
  fields?: ValuesGiven
  state: AssetState
  holder?: Pick<AssetColumns, 'holder_kind' | 'holder_id'>
}

const empty: Omit<AssetColumns, 'tag' | 'category_id' | 'state' | 'state_since'> = {
  ...noValues,
  serial: null,
  serial_key: null,
  name: '',
  model_id: null,
  location_id: null,
  pool_id: null,
  holder_kind: null,
  holder_id: null,
  held_since: null,
  due_back_on: null,
  vendor_id: null,
  order_number: null,
  purchased_on: null,
  received_on: null,
  in_service_on: null,
  retired_on: null,
  disposed_on: null,
  cost_minor: null,
  currency: null,
  warranty_until: null,
  warranty_vendor_id: null,
  support_terms: null,
  lease_until: null,
  end_of_life_on: null,
  next_audit_on: null,
  note: '',
}

/** 409 with the asset that has the tag or the serial number already. */
export async function demandFree(
  ctx: Ctx,
  id: string,
  columns: { tag?: string | undefined; serial?: string | null | undefined; serial_key?: string | null | undefined },
): Promise<void> {
  const has = await whoHas(ctx.tx, ctx.actor.organisation, {
    tag: columns.tag ?? null,
    serialKey: columns.serial_key ?? null,
    but: id,
  })
  if (has === undefined) return
  const path = has.bySerial ? 'serial' : 'tag'
  throw new Problem(
    409,
    `assets.${path}-taken`,
    { tag: has.tag, serial: columns.serial ?? '' },
    { fields: [{ path, message: `assets.${path}-taken` }] },
  )
}

/**
 * Registers assets: kind, place, custom values, tag and serial are checked, the commitments about their dates begin, and each is recorded with
 * one event. Answers them as they are stored, in the order given.
 */
export async function registerAssets(
  ctx: Ctx,
  customValues: CustomValues,
  list: readonly NewAsset[],
): Promise<StoredAsset[]> {
  const { organisation } = ctx.actor
  const fields = await fieldsOf(ctx.tx, organisation, 'asset')
  const made = await nextTags(ctx.tx, organisation, list.filter((one) => one.given.tag === undefined).length)
  const rows: (AssetColumns & { id: string })[] = []
  for (const { given, fields: values = {}, state, holder } of list) {
    const id = newId()
    const kind = await kindOf(ctx, given, null)
    await demandLocation(ctx, given.location)
    const columns = columnsOf(given)
    await demandFree(ctx, id, columns)
    const own = await customValues.changed(
      ctx.tx,
      organisation,
      { kind: 'asset', id, set: kind.category_id, values: noValues, isNew: true },
      fields,
      values,
    )
    const start: AssetColumns = {
      ...empty,
      ...kind,
      ...own,
      state: 'ordered',
      state_since: ctx.now,
      tag: given.tag ?? made.shift()!,
      ...columns,
    }
    const out = holder === undefined ? {} : { ...holder, held_since: ctx.now }
    const row = { ...start, ...comingInto(ctx, { ...start, id } as StoredAsset, state, out), id }
    if (stages[state].holder === 'needed' && row.holder_id === null) refuse({ code: 'assets.needs-holder' })
    if (stages[state].place && row.location_id === null) refuse({ code: 'assets.needs-place' })
    rows.push(row)
  }
  await insertAssets(ctx.tx, organisation, ctx.now, rows)
  const causes = new Map<string, string>()
  for (const row of rows) {
    const told = Object.fromEntries(
      Object.entries(row).filter(
        ([name, value]) =>
          value !== null &&
          value !== '' &&
          !['id', 'custom', 'sealed', 'serial_key', 'state_since', 'held_since'].includes(name),
      ),
    )
    const values = Object.fromEntries(Object.entries(row.custom).map(([key, value]) => [`field_${key}`, value]))
    causes.set(
      row.id,
      ctx.record({ type: 'asset.registered', subject: { kind: 'asset', id: row.id }, after: { ...told, ...values } }),
    )
  }
  const stored = new Map(
    (
      await assetsById(
        ctx.tx,
        organisation,
        rows.map((row) => row.id),
      )
    ).map((a) => [a.id, a]),
  )
  const inOrder = rows.map((row) => stored.get(row.id)!)
  await keepAssetMoments(ctx, inOrder, causes, { fresh: true })
  return inOrder
}

export const registerAsset =
  (customValues: CustomValues) =>
  async (ctx: Ctx, input: Input<typeof assets.register>): Promise<Output<typeof assets.register>> => {
    const { fields, state = input.location == null ? 'received' : 'in_stock', ...given } = input
    const [made] = await registerAssets(ctx, customValues, [
      { given, state, ...(fields === undefined ? {} : { fields }) },
    ])
    return shownAsset(ctx, customValues, made!)
  }
