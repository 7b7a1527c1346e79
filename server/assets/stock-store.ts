import type { AssetClass } from '../../contract/asset-models.ts'
import { insideLocation } from '../locations/public.ts'
import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'
import { likeOf } from '../platform/like-of.ts'

/** Columns that an edit can change. Money in minor units. */
export interface StockColumns {
  name: string
  number: string | null
  category_id: string
  manufacturer_id: string | null
  location_id: string | null
  vendor_id: string | null
  minimum: number | null
  cost_minor: number | null
  currency: string | null
  note: string
  active: boolean
}
export interface StoredStock extends StockColumns {
  id: string
  version: number
  organisation_id: string
  quantity: number
  class: AssetClass
  category_name: string
  manufacturer_name: string | null
  location_name: string | null
  vendor_name: string | null
}

const whole = sql`
  select s.*, c.class, c.name as category_name, m.name as manufacturer_name, l.full_name as location_name, v.name as vendor_name
  from stock_items s join asset_categories c on c.id = s.category_id left join manufacturers m on m.id = s.manufacturer_id left join locations l on l.id = s.location_id left join vendors v on v.id = s.vendor_id`

/** Whether there is less of it than there should be. */
export const isLow = (s: Pick<StoredStock, 'quantity' | 'minimum' | 'active'>): boolean =>
  s.active && s.minimum !== null && s.quantity < s.minimum

export async function stockById(
  db: Db,
  organisation: string,
  id: string,
  lock = false,
): Promise<StoredStock | undefined> {
  if (lock) await sql`select 1 from stock_items where id = ${id} for update`.execute(db)
  return (await sql<StoredStock>`${whole} where s.id = ${id} and s.organisation_id = ${organisation}`.execute(db))
    .rows[0]
}

export async function stockPage(
  db: Db,
  organisation: string,
  f: {
    q?: string | undefined
    low?: boolean | undefined
    category?: string | undefined
    location?: string | undefined
    active?: boolean | undefined
  },
  limit: number,
  after: string | undefined,
) {
  const from = readCursor(after, 2)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const like = likeOf(f.q ?? '')
  const low = sql`(s.active and s.quantity < s.minimum)`
  const { rows } = await sql<StoredStock>`
    ${whole} where s.organisation_id = ${organisation} ${f.q === undefined ? sql`` : sql`and lower(s.name || ' ' || coalesce(s.number, '')) like ${like}`}
      ${f.low === undefined ? sql`` : f.low ? sql`and ${low}` : sql`and ${low} is not true`} ${f.active === undefined ? sql`` : sql`and s.active = ${f.active}`}
      ${f.category === undefined ? sql`` : sql`and s.category_id = ${f.category}`}
      ${f.location === undefined ? sql`` : sql`and s.location_id = any(${insideLocation(organisation, f.location)})`}
      ${from === null ? sql`` : sql`and (lower(s.name), s.id) > (lower(${from[0]}), ${from[1]}::uuid)`}
    order by lower(s.name), s.id limit ${limit + 1}`.execute(db)
  const last = rows[limit - 1]
  return {
    rows: rows.slice(0, limit),
    next: rows.length > limit && last !== undefined ? cursorOf([last.name, last.id]) : null,
  }
}

export async function insertStock(
  db: Db,
  organisation: string,
  id: string,
  columns: StockColumns & { quantity: number },
): Promise<void> {
  await db
    .insertInto('stock_items')
    .values({ id, organisation_id: organisation, ...columns })
    .execute()
}

export async function saveStock(db: Db, id: string, s: StockColumns): Promise<void> {
  await sql`
    update stock_items set name = ${s.name}, number = ${s.number}, category_id = ${s.category_id}, manufacturer_id = ${s.manufacturer_id}, location_id = ${s.location_id}, vendor_id = ${s.vendor_id},
      minimum = ${s.minimum}, cost_minor = ${s.cost_minor}, currency = ${s.currency}, note = ${s.note}, active = ${s.active}, version = version + 1, updated_at = now() where id = ${id}`.execute(
    db,
  )
}

/** Adds to or takes from an item; false where there is not enough. The row decides, so that two who take the last one cannot both have it. */
export async function moveQuantity(db: Db, id: string, change: number): Promise<boolean> {
  const { rows } = await sql`
    update stock_items set quantity = quantity + ${change}::int, version = version + 1, updated_at = now() where id = ${id} and quantity + ${change}::int >= 0 returning 1`.execute(
    db,
  )
  return rows.length > 0
}
