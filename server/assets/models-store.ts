import type { RawBuilder } from 'kysely'
import type { AssetClass } from '../../contract/asset-models.ts'
import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'
import { likeOf } from '../platform/like-of.ts'

interface Listed {
  id: string
  version: number
  name: string
  active: boolean
}
export interface StoredManufacturer extends Listed {
  website: string | null
  support_url: string | null
  support_phone: string | null
  support_email: string | null
}
export interface StoredDepreciation extends Listed {
  months: number
  salvage_percent: number
}
export interface StoredCategory extends Listed {
  class: AssetClass
  life_months: number | null
  audit_months: number | null
  depreciation_class_id: string | null
  depreciation_name: string | null
}
export interface StoredModel extends Listed {
  manufacturer_id: string | null
  manufacturer_name: string | null
  category_id: string
  category_name: string
  class: AssetClass
  number: string | null
  life_months: number | null
  end_of_life_on: string | null
  note: string
}
export interface StoredPool extends Listed {
  location_id: string | null
  location_name: string | null
  loan_days: number
  note: string
  size: number
  free: number
}

/** The lists that describe assets: what each row is read from, as `x` with everything it shows. */
const sources = {
  manufacturers: sql`manufacturers`,
  depreciation_classes: sql`(select id, organisation_id, version, name, active, months, salvage_percent::float8 as salvage_percent from depreciation_classes)`,
  asset_categories: sql`(select c.*, d.name as depreciation_name from asset_categories c left join depreciation_classes d on d.id = c.depreciation_class_id)`,
  asset_models: sql`(select m.*, f.name as manufacturer_name, c.name as category_name, c.class from asset_models m join asset_categories c on c.id = m.category_id left join manufacturers f on f.id = m.manufacturer_id)`,
  loan_pools: sql`(select p.*, l.full_name as location_name, n.size, n.free from loan_pools p left join locations l on l.id = p.location_id
    cross join lateral (select count(*) filter (where a.state not in ('retired', 'disposed')) as size, count(*) filter (where a.state = 'in_stock') as free from assets a where a.pool_id = p.id) n)`,
} as const
export type ListName = keyof typeof sources
export interface ListRows {
  manufacturers: StoredManufacturer
  depreciation_classes: StoredDepreciation
  asset_categories: StoredCategory
  asset_models: StoredModel
  loan_pools: StoredPool
}

/** One row of a list; `lock` holds it until the transaction ends. */
export async function listedById<L extends ListName>(
  db: Db,
  list: L,
  organisation: string,
  id: string,
  lock = false,
): Promise<ListRows[L] | undefined> {
  if (lock) await sql`select 1 from ${sql.table(list)} where id = ${id} for update`.execute(db)
  return (
    await sql<
      ListRows[L]
    >`select x.* from ${sources[list]} x where x.id = ${id} and x.organisation_id = ${organisation}`.execute(db)
  ).rows[0]
}

export const categoryById = (db: Db, organisation: string, id: string) =>
  listedById(db, 'asset_categories', organisation, id)
export const modelById = (db: Db, organisation: string, id: string) => listedById(db, 'asset_models', organisation, id)

/** What is counted in stock rather than named one by one. */
export const isClassCounted = (of: AssetClass): boolean => of === 'accessory' || of === 'consumable'

export interface ListFilter {
  q?: string | undefined
  active?: boolean | undefined
  category?: string | undefined
  manufacturer?: string | undefined
}

/** A page of a list, by name. */
export async function listedPage<L extends ListName>(
  db: Db,
  list: L,
  organisation: string,
  f: ListFilter,
  limit: number,
  after: string | undefined,
): Promise<{ rows: ListRows[L][]; next: string | null }> {
  const from = readCursor(after, 2)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const words = likeOf(f.q ?? '')
  const named: RawBuilder<unknown> =
    list === 'asset_models' ? sql`lower(concat_ws(' ', x.manufacturer_name, x.name, x.number))` : sql`lower(x.name)`
  const { rows } = await sql<ListRows[L]>`
    select x.* from ${sources[list]} x where x.organisation_id = ${organisation}
      ${f.q === undefined ? sql`` : sql`and ${named} like ${words}`} ${f.active === undefined ? sql`` : sql`and x.active = ${f.active}`}
      ${f.category === undefined ? sql`` : sql`and x.category_id = ${f.category}`} ${f.manufacturer === undefined ? sql`` : sql`and x.manufacturer_id = ${f.manufacturer}`}
      ${from === null ? sql`` : sql`and (lower(x.name), x.id) > (lower(${from[0]}), ${from[1]}::uuid)`}
    order by lower(x.name), x.id limit ${limit + 1}`.execute(db)
  const last = rows[limit - 1]
  return {
    rows: rows.slice(0, limit),
    next: rows.length > limit && last !== undefined ? cursorOf([last.name, last.id]) : null,
  }
}

/** All of a short list. */
export async function allListed<L extends ListName>(
  db: Db,
  list: L,
  organisation: string,
  active?: boolean,
): Promise<ListRows[L][]> {
  return (await listedPage(db, list, organisation, { active }, 10_000, undefined)).rows
}

export async function insertListed(
  db: Db,
  list: ListName,
  organisation: string,
  id: string,
  columns: Record<string, unknown>,
): Promise<void> {
  await db
    .insertInto(list)
    .values({ id, organisation_id: organisation, ...columns })
    .execute()
}

export async function saveListed(db: Db, list: ListName, id: string, columns: Record<string, unknown>): Promise<void> {
  await db
    .updateTable(list)
    .set({ ...columns, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .execute()
}

/** Ids of the assets of a model, or of a category. */
export async function assetsOf(db: Db, by: { model: string } | { category: string }): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from assets where ${'model' in by ? sql`model_id = ${by.model}` : sql`category_id = ${by.category}`} order by id`.execute(
    db,
  )
  return rows.map((row) => row.id)
}

/** Ids and names of all categories, for what can be limited to some of them. */
export const categoryNames = async (db: Db, organisation: string): Promise<{ id: string; name: string }[]> =>
  (await allListed(db, 'asset_categories', organisation)).map(({ id, name }) => ({ id, name }))
