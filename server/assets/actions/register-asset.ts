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
  /** Whoever registers has looked up model, category and place already: they are there, open, and not only counted. */
  kind?: { model_id: string | null; category_id: string }
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

interface Named {
  id: string
  tag?: string | undefined
  serial?: string | null | undefined
  serial_key?: string | null | undefined
}

const taken = (path: 'tag' | 'serial', tag: string, serial: string | null | undefined): Problem =>
  new Problem(
    409,
    `assets.${path}-taken`,
    { tag, serial: serial ?? '' },
    { fields: [{ path, message: `assets.${path}-taken` }] },
  )

/** 409 with the asset, on record or in the list itself, that has a tag or a serial number already. */
export async function demandFree(ctx: Ctx, list: readonly Named[]): Promise<void> {
  const seen = new Map<string, string>()
  for (const { id, tag, serial, serial_key: key } of list)
    for (const [path, value] of [
      ['tag', tag?.toUpperCase()],
      ['serial', key],
    ] as const) {
      if (value == null) continue
      if (seen.has(`${path} ${value}`)) throw taken(path, seen.get(`${path} ${value}`)!, serial)
      seen.set(`${path} ${value}`, tag ?? id)
    }
  const has = await whoHas(
    ctx.tx,
    ctx.actor.organisation,
    list.map((one) => ({ id: one.id, tag: one.tag ?? null, serialKey: one.serial_key ?? null })),
  )
  if (has !== undefined) throw taken(has.bySerial ? 'serial' : 'tag', has.tag, list[has.place - 1]?.serial)
}

/** Asks once for each different question. */
function askedOnce<T>(ask: (question: string) => Promise<T>): (question: string) => Promise<T> {
  const answers = new Map<string, Promise<T>>()
  return (question) => {
    const known = answers.get(question) ?? ask(question)
    answers.set(question, known)
    return known
  }
}

/**
 * Registers assets: kind, place, custom values, tag and serial are checked, the commitments about their dates begin, and each is recorded with
 * one event. A few statements for each different kind and place, and a fixed number for all. Answers them as they are stored, in the order given.
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
  const kindAsked = askedOnce((question) => kindOf(ctx, JSON.parse(question) as AssetGiven, null))
  const placeAsked = askedOnce((location) => demandLocation(ctx, location))
  for (const { given, fields: values = {}, state, holder, kind: checked } of list) {
    const id = newId()
    const kind = checked ?? (await kindAsked(JSON.stringify({ model: given.model, category: given.category })))
    if (given.location != null && checked === undefined) await placeAsked(given.location)
    const columns = columnsOf(given)
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
    // what is out already has been so since it was bought, or nobody knows since when
    const out =
      holder === undefined
        ? {}
        : { ...holder, held_since: ctx.now, in_service_on: start.in_service_on ?? start.purchased_on }
    const row = { ...start, ...comingInto(ctx, { ...start, id } as StoredAsset, state, out), id }
    if (stages[state].holder === 'needed' && row.holder_id === null) refuse({ code: 'assets.needs-holder' })
    if (stages[state].place && row.location_id === null) refuse({ code: 'assets.needs-place' })
    rows.push(row)
  }
  await demandFree(ctx, rows)
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
