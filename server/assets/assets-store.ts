import type { AssetState, HolderKind } from '../../contract/assets.ts'
import type { AssetClass } from '../../contract/asset-models.ts'
import type { StoredValues } from '../fields/public.ts'
import type { Actor } from '../platform/ctx.ts'
import type { RawBuilder } from 'kysely'
import { type Db, sql } from '../platform/db.ts'
import { isId } from '../platform/identifiers.ts'
import { visibleAsset } from './visibility.ts'

/** Columns that an act can change. Dates are `yyyy-mm-dd`, instants ISO, money is in minor units of its currency. */
export interface AssetColumns extends StoredValues {
  tag: string
  serial: string | null
  serial_key: string | null
  name: string
  model_id: string | null
  category_id: string
  state: AssetState
  state_since: string
  location_id: string | null
  pool_id: string | null
  holder_kind: HolderKind | null
  holder_id: string | null
  held_since: string | null
  due_back_on: string | null
  vendor_id: string | null
  order_number: string | null
  purchased_on: string | null
  received_on: string | null
  in_service_on: string | null
  retired_on: string | null
  disposed_on: string | null
  cost_minor: number | null
  currency: string | null
  warranty_until: string | null
  warranty_vendor_id: string | null
  support_terms: string | null
  lease_until: string | null
  end_of_life_on: string | null
  next_audit_on: string | null
  note: string
}

/** An asset with the names around it. */
export interface StoredAsset extends AssetColumns {
  id: string
  version: number
  organisation_id: string
  created_at: string
  updated_at: string
  /** Follows from the dates of asset, model and category. */
  life_ends_on: string | null
  class: AssetClass
  category_name: string
  category_life_months: number | null
  depreciation_name: string | null
  depreciation_months: number | null
  /** Text of a decimal, in percent. */
  depreciation_salvage: string | null
  model_name: string | null
  model_number: string | null
  model_life_months: number | null
  model_end_of_life_on: string | null
  manufacturer_id: string | null
  manufacturer_name: string | null
  location_name: string | null
  holder_name: string | null
  pool_name: string | null
  pool_loan_days: number | null
  vendor_name: string | null
  warranty_vendor_name: string | null
}

/** The name of whoever or whatever has the asset `a`. */
export const nameOfHolder = (kind: RawBuilder<unknown>, id: RawBuilder<unknown>) => sql`case ${kind}
  when 'person' then (select name from persons where id = ${id}) when 'location' then (select full_name from locations where id = ${id})
  when 'asset' then (select case when h.name = '' then h.tag else h.tag || ' ' || h.name end from assets h where h.id = ${id}) end`
/** Who has an asset `a`. */
export const holderName = nameOfHolder(sql`a.holder_kind`, sql`a.holder_id`)

const whole = sql`
  select a.*, c.class, c.name as category_name, c.life_months as category_life_months, d.name as depreciation_name, d.months as depreciation_months, d.salvage_percent::text as depreciation_salvage, m.name as model_name, m.number as model_number, m.life_months as model_life_months,
    m.end_of_life_on as model_end_of_life_on, m.manufacturer_id, f.name as manufacturer_name, l.full_name as location_name, ${holderName} as holder_name,
    p.name as pool_name, p.loan_days as pool_loan_days, v.name as vendor_name, w.name as warranty_vendor_name
  from assets a join asset_categories c on c.id = a.category_id left join depreciation_classes d on d.id = c.depreciation_class_id left join asset_models m on m.id = a.model_id left join manufacturers f on f.id = m.manufacturer_id
    left join locations l on l.id = a.location_id left join loan_pools p on p.id = a.pool_id left join vendors v on v.id = a.vendor_id left join vendors w on w.id = a.warranty_vendor_id`

const byKey = (organisation: string, key: string): RawBuilder<unknown> =>
  isId(key)
    ? sql`a.organisation_id = ${organisation} and a.id = ${key}`
    : sql`a.organisation_id = ${organisation} and upper(a.tag) = ${key.toUpperCase()}`

/** One asset by id or tag if the actor sees it; `lock` holds it until the transaction ends. */
export async function assetByKey(db: Db, actor: Actor, key: string, lock = false): Promise<StoredAsset | undefined> {
  const named = byKey(actor.organisation, key)
  if (lock) await sql`select 1 from assets a where ${named} for no key update`.execute(db)
  return (await sql<StoredAsset>`${whole} where ${named} and ${visibleAsset(actor)}`.execute(db)).rows[0]
}

/** Assets of an organisation by id, in order of id; `lock` holds them. For what Linchpin does by itself: whoever is shown one must see it. */
export async function assetsById(
  db: Db,
  organisation: string,
  ids: readonly string[],
  lock = false,
): Promise<StoredAsset[]> {
  if (lock)
    await sql`select 1 from assets where id = any(${ids}::uuid[]) and organisation_id = ${organisation} order by id for no key update`.execute(
      db,
    )
  return (
    await sql<StoredAsset>`${whole} where a.id = any(${ids}::uuid[]) and a.organisation_id = ${organisation} order by a.id`.execute(
      db,
    )
  ).rows
}

/** Each with its type, in the order in which rows are written. */
const columnTypes: Record<keyof AssetColumns, string> = {
  tag: 'text',
  serial: 'text',
  serial_key: 'text',
  name: 'text',
  model_id: 'uuid',
  category_id: 'uuid',
  state: 'text',
  state_since: 'timestamptz',
  location_id: 'uuid',
  pool_id: 'uuid',
  holder_kind: 'text',
  holder_id: 'uuid',
  held_since: 'timestamptz',
  due_back_on: 'date',
  vendor_id: 'uuid',
  order_number: 'text',
  purchased_on: 'date',
  received_on: 'date',
  in_service_on: 'date',
  retired_on: 'date',
  disposed_on: 'date',
  cost_minor: 'bigint',
  currency: 'text',
  warranty_until: 'date',
  warranty_vendor_id: 'uuid',
  support_terms: 'text',
  lease_until: 'date',
  end_of_life_on: 'date',
  next_audit_on: 'date',
  note: 'text',
  custom: 'jsonb',
  sealed: 'jsonb',
}
const columnNames = Object.keys(columnTypes) as (keyof AssetColumns)[]
const named = sql.join(columnNames.map((name) => sql.ref(name)))
const typed = sql.raw(columnNames.map((name) => `${name} ${columnTypes[name]}`).join(', '))

/** Inserts assets with one statement. Violations of tag and serial come back as the database's own errors. */
export async function insertAssets(
  db: Db,
  organisation: string,
  at: string,
  rows: readonly (AssetColumns & { id: string })[],
): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into assets (id, organisation_id, created_at, updated_at, ${named})
    select id, ${organisation}, ${at}, ${at}, ${named} from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(id uuid, ${typed})`.execute(
    db,
  )
}

/** Saves assets as they are given, each as a new version, with one statement. */
export async function saveAssets(db: Db, at: string, rows: readonly (AssetColumns & { id: string })[]): Promise<void> {
  if (rows.length === 0) return
  const set = sql.join(columnNames.map((name) => sql`${sql.ref(name)} = ${sql.ref(`g.${name}`)}`))
  const picked = rows.map((row) =>
    Object.fromEntries([['id', row.id], ...columnNames.map((name) => [name, row[name]])]),
  )
  await sql`
    update assets a set ${set}, version = a.version + 1, updated_at = ${at} from jsonb_to_recordset(${JSON.stringify(picked)}::jsonb) as g(id uuid, ${typed}) where a.id = g.id`.execute(
    db,
  )
}

/** Keeps the day on which the life of assets ends; neither version nor `updated_at` move. */
export async function saveLifeEnds(db: Db, list: readonly { id: string; on: string | null }[]): Promise<void> {
  if (list.length === 0) return
  await sql`
    update assets a set life_ends_on = g.d from unnest(${list.map((one) => one.id)}::uuid[], ${list.map((one) => one.on)}::date[]) as g(id, d) where a.id = g.id`.execute(
    db,
  )
}

/** The next tag of the register: `AST-1001`. Those that were given by hand are passed over. */
export async function nextTags(db: Db, organisation: string, count: number): Promise<string[]> {
  const tags: string[] = []
  while (tags.length < count) {
    const { rows } = await sql<{ tag: string }>`
      select g.tag from (select 'AST-' || nextval('asset_number') as tag from generate_series(1, ${count - tags.length}::int)) g
      where not exists (select 1 from assets a where a.organisation_id = ${organisation} and upper(a.tag) = g.tag)`.execute(
      db,
    )
    tags.push(...rows.map((row) => row.tag))
  }
  return tags
}

/** Which of the tags or serial numbers another asset has already: the first, with the place it has in the list asked about. */
export async function whoHas(
  db: Db,
  organisation: string,
  wanted: readonly { id: string; tag: string | null; serialKey: string | null }[],
): Promise<{ place: number; tag: string; bySerial: boolean } | undefined> {
  const asked = sql`unnest(${wanted.map((one) => one.id)}::uuid[], ${wanted.map((one) => one.tag?.toUpperCase() ?? null)}::text[], ${wanted.map((one) => one.serialKey)}::text[]) with ordinality as g(id, tag, serial, place)`
  const { rows } = await sql<{ place: number; tag: string; bySerial: boolean }>`
    (select g.place, a.tag, false as "bySerial" from ${asked} join assets a on a.organisation_id = ${organisation} and upper(a.tag) = g.tag and a.id <> g.id)
    union all (select g.place, a.tag, true from ${asked} join assets a on a.organisation_id = ${organisation} and a.serial_key = g.serial and a.id <> g.id)
    order by place limit 1`.execute(db)
  return rows[0]
}

/** Whether an asset has a value of a custom field. */
export async function hasCustomValue(db: Db, organisation: string, key: string): Promise<boolean> {
  const { rows } =
    await sql`select 1 from assets where organisation_id = ${organisation} and custom ? ${key} limit 1`.execute(db)
  return rows.length > 0
}

/** The assets that have these tags, as they are compared: in capitals. */
export async function assetsByTags(
  db: Db,
  organisation: string,
  tags: readonly string[],
): Promise<{ id: string; tag: string }[]> {
  const { rows } = await sql<{ id: string; tag: string }>`
    select id, upper(tag) as tag from assets where organisation_id = ${organisation} and upper(tag) = any(${tags}::text[])`.execute(
    db,
  )
  return rows
}

/** The assets that bear these serial numbers, as they are compared (rules/serial.ts). */
export async function assetsBySerialKeys(
  db: Db,
  organisation: string,
  keys: readonly string[],
): Promise<{ id: string; serialKey: string }[]> {
  const { rows } = await sql<{ id: string; serialKey: string }>`
    select id, serial_key as "serialKey" from assets where organisation_id = ${organisation} and serial_key = any(${keys}::text[])`.execute(
    db,
  )
  return rows
}
