import type { RawBuilder } from 'kysely'
import type { Input } from '../../contract/action.ts'
import type { assets } from '../../contract/assets.ts'
import { havingValues, type StoredField } from '../fields/public.ts'
import { insideLocation } from '../locations/public.ts'
import type { Actor } from '../platform/ctx.ts'
import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { invalid, Problem } from '../platform/errors.ts'
import { isId } from '../platform/identifiers.ts'
import { wordsAsked } from './asset-words.ts'
import { holderName, type StoredAsset } from './assets-store.ts'
import { serialKey } from './rules/serial.ts'
import { visibleAsset } from './visibility.ts'

export type ListInput = Input<typeof assets.list>

/** Each order as its keys with their types; every one has an index that begins with the organisation and ends with the id. */
const orders = {
  tag: [
    [sql`length(a.tag)`, 'int'],
    [sql`upper(a.tag)`, 'text'],
  ],
  name: [[sql`lower(a.name)`, 'text']],
  created: [[sql`a.created_at`, 'timestamptz']],
  updated: [[sql`a.updated_at`, 'timestamptz']],
  warranty: [[sql`coalesce(a.warranty_until, 'infinity')`, 'date']],
} as const

async function filtersOf(
  db: Db,
  actor: Actor,
  f: ListInput,
  fields: readonly StoredField[],
): Promise<RawBuilder<unknown>[]> {
  const parts: RawBuilder<unknown>[] = []
  if (f.state !== undefined) parts.push(sql`a.state = any(${f.state})`)
  if (f.class !== undefined)
    parts.push(sql`a.category_id = any(array(select id from asset_categories where class = any(${f.class})))`)
  if (f.category !== undefined) parts.push(sql`a.category_id = ${f.category}`)
  if (f.model !== undefined) parts.push(sql`a.model_id = ${f.model}`)
  if (f.manufacturer !== undefined)
    parts.push(sql`a.model_id = any(array(select id from asset_models where manufacturer_id = ${f.manufacturer}))`)
  if (f.location !== undefined) parts.push(sql`a.location_id = any(${insideLocation(actor.organisation, f.location)})`)
  if (f.holder === 'none') parts.push(sql`a.holder_id is null`)
  else if (f.holder !== undefined) {
    if (!isId(f.holder)) throw invalid('holder', 'assets.holder-unknown')
    parts.push(sql`a.holder_id = ${f.holder}`)
  }
  if (f.pool !== undefined) parts.push(sql`a.pool_id = ${f.pool}`)
  if (f.vendor !== undefined) parts.push(sql`a.vendor_id = ${f.vendor}`)
  if (f.serial !== undefined) parts.push(sql`a.serial_key = ${serialKey(f.serial)}`)
  if (f.warranty_before !== undefined)
    parts.push(sql`coalesce(a.warranty_until, 'infinity') < ${f.warranty_before}::date`)
  if (f.end_of_life_before !== undefined) parts.push(sql`a.life_ends_on < ${f.end_of_life_before}::date`)
  if (f.audit_before !== undefined) parts.push(sql`a.next_audit_on < ${f.audit_before}::date`)
  if (f.field !== undefined) parts.push(havingValues(sql`a.custom`, fields, f.field))
  if (f.q !== undefined) parts.push(await wordsAsked(db, actor.organisation, f.q))
  return parts
}

export interface AssetPage {
  rows: StoredAsset[]
  next: string | null
  /** How many the filters find, counted up to `few`; null where there are no filters. */
  found: number | null
}

/** Filters that find more than this are no way to a list: the list's own order meets enough of the finds soon. */
const few = 3000

/**
 * Up to `few` finds the list is made of the finds, sorted; of more of them the list's own order is walked, which meets enough of them soon.
 * Either way the work is bounded.
 */
export async function assetPage(
  db: Db,
  actor: Actor,
  f: ListInput,
  fields: readonly StoredField[],
): Promise<AssetPage> {
  const down = f.sort.startsWith('-')
  const keys = orders[f.sort.replace('-', '') as keyof typeof orders]
  const from = readCursor(f.after, keys.length + 1)
  if (f.after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const filters = await filtersOf(db, actor, f, fields)
  const visible = visibleAsset(actor)
  const where = sql.join([visible, ...filters], sql` and `)
  const direction = down ? sql`desc` : sql`asc`
  const order = (alias: string) =>
    sql.join(
      [...keys.map((_, i) => sql.ref(`${alias}.k${i}`)), sql.ref(`${alias}.id`)].map((key) => sql`${key} ${direction}`),
    )
  const picked = sql.join([sql`a.id`, ...keys.map(([key], i) => sql`${key} as ${sql.ref(`k${i}`)}`)])
  const beyond = (columns: readonly RawBuilder<unknown>[]) =>
    from === null
      ? sql`true`
      : sql`(${sql.join(columns)}) ${down ? sql`<` : sql`>`} (${sql.join([...keys.map(([, type], i) => sql`${from[i]}::${sql.raw(type)}`), sql`${from.at(-1)}::uuid`])})`
  const take = sql.lit(f.limit + 1)
  const walked = sql`page as materialized (select ${picked} from assets a where ${where} and ${beyond([...keys.map(([key]) => key), sql`a.id`])}
    order by ${sql.join([...keys.map(([key]) => key), sql`a.id`].map((key) => sql`${key} ${direction}`))} limit ${take})`
  // found once, counted and sorted; materialised, for the planner would walk the whole order for them
  const sorted = sql`finds as materialized (select ${picked} from assets a where ${where} limit ${sql.lit(few + 1)}),
    page as materialized (select f.* from finds f where (select count(*) from finds) <= ${sql.lit(few)}
      and ${beyond([...keys.map((_, i) => sql.ref(`f.k${i}`)), sql`f.id`])} order by ${order('f')} limit ${take})`
  const ask = async (page: RawBuilder<unknown>, count: RawBuilder<unknown>) =>
    (
      await sql<StoredAsset & Record<'k0' | 'k1', string | number> & { n: number | null }>`
    with ${page}
    select one.n, a.id, a.tag, a.version, a.name, a.serial, a.state, a.state_since, a.category_id, a.model_id, a.location_id, a.holder_kind, a.holder_id, a.due_back_on, a.warranty_until,
      a.pool_id, a.created_at, a.updated_at, c.class, c.name as category_name, m.name as model_name, m.manufacturer_id, n.name as manufacturer_name, l.full_name as location_name,
      ${holderName} as holder_name, p.name as pool_name, ${sql.join(keys.map((_, i) => sql.ref(`page.k${i}`)))}
    from (select ${count} as n) one left join page on true left join assets a on a.id = page.id left join asset_categories c on c.id = a.category_id
      left join asset_models m on m.id = a.model_id left join manufacturers n on n.id = m.manufacturer_id left join locations l on l.id = a.location_id
      left join loan_pools p on p.id = a.pool_id
    order by ${order('page')}`.execute(db)
    ).rows
  let rows = filters.length === 0 ? null : await ask(sorted, sql`(select count(*) from finds)`)
  const found = rows?.[0]?.n ?? null
  if (found === null || found > few) rows = await ask(walked, sql`null::bigint`)
  const there = (rows ?? []).filter((row) => row.id !== null)
  const shown = there.slice(0, f.limit)
  const last = shown.at(-1)
  return {
    rows: shown,
    next:
      there.length > f.limit && last !== undefined
        ? cursorOf([...keys.map((_, i) => last[`k${i}` as 'k0'] ?? null), last.id])
        : null,
    found,
  }
}

const countUpTo = async (db: Db, where: RawBuilder<unknown>, most: number): Promise<number> =>
  (
    await sql<{
      n: number
    }>`select count(*) as n from (select 1 from assets a where ${where} limit ${sql.lit(most)}) x`.execute(db)
  ).rows[0]!.n

/** How many the filters find: all of them, or up to `cap`. */
export async function countAssets(
  db: Db,
  actor: Actor,
  f: ListInput,
  fields: readonly StoredField[],
  cap: number | null,
): Promise<number> {
  const where = sql.join([visibleAsset(actor), ...(await filtersOf(db, actor, f, fields))], sql` and `)
  if (cap !== null) return countUpTo(db, where, cap + 1)
  return (await sql<{ n: number }>`select count(*) as n from assets a where ${where}`.execute(db)).rows[0]!.n
}

/** Assets that match all words, the one with the tag or serial first: what a search jumps to. */
export async function findAssets(
  db: Db,
  actor: Actor,
  q: string,
  limit: number,
): Promise<{ id: string; tag: string; name: string; model_name: string | null; holder_name: string | null }[]> {
  const words = await wordsAsked(db, actor.organisation, q)
  const { rows } = await sql<{
    id: string
    tag: string
    name: string
    model_name: string | null
    holder_name: string | null
  }>`
    with finds as materialized (select a.id from assets a where ${visibleAsset(actor)} and ${words} limit 500)
    select a.id, a.tag, a.name, m.name as model_name, ${holderName} as holder_name from finds join assets a on a.id = finds.id left join asset_models m on m.id = a.model_id
    order by upper(a.tag) = ${q.trim().toUpperCase()} desc, a.serial_key is not distinct from ${serialKey(q)} desc, a.state in ('retired', 'disposed'), length(a.tag), a.tag limit ${limit}`.execute(
    db,
  )
  return rows
}
