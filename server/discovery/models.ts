import { allListed, insertListed, isFiller, listedPage, makerKey, type StoredAsset } from '../assets/public.ts'
import type { Ctx } from '../platform/ctx.ts'
import { sql } from '../platform/db.ts'
import { newId } from '../platform/identifiers.ts'
import type { DeviceKind } from './rules/read-report.ts'
import { cut } from '../platform/rules/storable-text.ts'

/** The category of what agents find, where nothing else says one. */
const categoryNames: Record<DeviceKind, string> = {
  computer: 'Computers',
  phone: 'Phones',
  network: 'Network devices',
  printer: 'Printers',
  other: 'Other devices',
}

async function insert(
  ctx: Ctx,
  list: 'manufacturers' | 'asset_categories' | 'asset_models',
  kind: string,
  columns: Record<string, unknown>,
): Promise<string> {
  const id = newId()
  await insertListed(ctx.tx, list, ctx.actor.organisation, id, columns)
  ctx.record({ type: `${kind}.created`, subject: { kind, id }, after: columns })
  return id
}

/** One at a time makes what is missing, so that two machines of a new model make it once. */
const alone = async (ctx: Ctx): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`models ${ctx.actor.organisation}`}, 42))`.execute(ctx.tx)
}

export async function categoryFor(ctx: Ctx, kind: DeviceKind): Promise<string> {
  const name = categoryNames[kind]
  const find = async () =>
    (await allListed(ctx.tx, 'asset_categories', ctx.actor.organisation)).find(
      (one) => one.class === 'device' && one.name.toLowerCase() === name.toLowerCase(),
    )?.id
  const found = await find()
  if (found !== undefined) return found
  await alone(ctx)
  return (await find()) ?? insert(ctx, 'asset_categories', 'asset-category', { name, class: 'device' })
}

export interface SeenModel {
  manufacturer: string | null
  model: string | null
}

/** A model's name with its maker's, as it is compared and kept as a fact. Empty where firmware says nothing. */
export const modelWords = ({ manufacturer, model }: SeenModel): string => {
  if (model === null || isFiller(model)) return ''
  const maker = manufacturer === null || isFiller(manufacturer) ? '' : makerKey(manufacturer)
  return `${maker} ${model.trim().toLowerCase()}`.trim()
}

export const modelWordsOf = (asset: Pick<StoredAsset, 'manufacturer_name' | 'model_name'>): string =>
  modelWords({ manufacturer: asset.manufacturer_name, model: asset.model_name })

/** The model in the register by name or number under its maker, made where there is none. Null where firmware says nothing. */
export async function modelFor(
  ctx: Ctx,
  kind: DeviceKind,
  { manufacturer, model }: SeenModel,
): Promise<{ model_id: string; category_id: string } | null> {
  if (model === null || isFiller(model)) return null
  const name = cut(model.trim(), 120)
  const { organisation } = ctx.actor
  const maker = manufacturer === null || isFiller(manufacturer) ? null : makerKey(manufacturer)
  const find = async () => {
    const { rows } = await listedPage(ctx.tx, 'asset_models', organisation, { q: name }, 200, undefined)
    return rows.find(
      (one) =>
        [one.name, one.number].some((word) => word?.toLowerCase() === name.toLowerCase()) &&
        (maker === null || one.manufacturer_name === null || makerKey(one.manufacturer_name) === maker),
    )
  }
  let found = await find()
  if (found === undefined) {
    await alone(ctx)
    found = await find()
  }
  if (found !== undefined) return { model_id: found.id, category_id: found.category_id }
  const category = await categoryFor(ctx, kind)
  const id = await insert(ctx, 'asset_models', 'asset-model', {
    name,
    manufacturer_id: maker === null ? null : await makerFor(ctx, maker, manufacturer!),
    category_id: category,
  })
  return { model_id: id, category_id: category }
}

async function makerFor(ctx: Ctx, key: string, name: string): Promise<string> {
  const makers = await allListed(ctx.tx, 'manufacturers', ctx.actor.organisation)
  const found = makers.find((one) => makerKey(one.name) === key)
  return found?.id ?? insert(ctx, 'manufacturers', 'manufacturer', { name: cut(name.trim(), 120) })
}
