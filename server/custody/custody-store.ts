import type { RawBuilder } from 'kysely'
import type { HolderKind } from '../../contract/assets.ts'
import type { AssetClass } from '../../contract/asset-models.ts'
import type { Condition, Custody } from '../../contract/custody.ts'
import { may } from '../../contract/permissions.ts'
import type { Actor } from '../platform/ctx.ts'
import { nameOfHolder } from '../assets/public.ts'
import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'

export interface StoredCustody {
  id: string
  organisation_id: string
  asset_id: string | null
  asset_tag: string | null
  asset_name: string | null
  stock_id: string | null
  stock_name: string | null
  stock_class: AssetClass | null
  quantity: number
  holder_kind: HolderKind
  holder_id: string
  holder_name: string
  handed_at: string
  handed_by: string | null
  handed_by_name: string
  note: string
  due_back_on: string | null
  ended_at: string | null
  ended_by_name: string | null
  ended_how: 'returned' | 'transferred' | 'released' | null
  condition: Condition | null
  end_note: string
  acceptance: Custody['acceptance']
  terms_text: string | null
  signature: string | null
  answered_at: string | null
  answer_note: string
}

const whole = sql`
  select c.*, a.tag as asset_tag, case when a.name <> '' then a.name else coalesce(m.name, g.name) end as asset_name, s.name as stock_name, sc.class as stock_class,
    coalesce(${nameOfHolder(sql`c.holder_kind`, sql`c.holder_id`)}, '') as holder_name
  from custodies c left join assets a on a.id = c.asset_id left join asset_models m on m.id = a.model_id left join asset_categories g on g.id = a.category_id
    left join stock_items s on s.id = c.stock_id left join asset_categories sc on sc.id = s.category_id`

/** Who sees who has something, as a condition over `custodies c`: whoever reads the register; everybody what they have or had. */
export const visibleCustody = (actor: Actor): RawBuilder<boolean> =>
  may(actor.role, 'assets.read')
    ? sql<boolean>`(c.organisation_id = ${actor.organisation})`
    : sql<boolean>`(c.organisation_id = ${actor.organisation} and c.holder_kind = 'person' and c.holder_id = ${actor.person}::uuid)`

export async function custodyById(db: Db, actor: Actor, id: string, lock = false): Promise<StoredCustody | undefined> {
  if (lock) await sql`select 1 from custodies where id = ${id} for update`.execute(db)
  return (await sql<StoredCustody>`${whole} where c.id = ${id} and ${visibleCustody(actor)}`.execute(db)).rows[0]
}

/** In the order of the ids. For the acts of those who may do them. */
export async function custodiesByIds(db: Db, ids: readonly string[]): Promise<StoredCustody[]> {
  return (
    await sql<StoredCustody>`${whole} where c.id = any(${ids}::uuid[]) order by array_position(${ids}::uuid[], c.id)`.execute(
      db,
    )
  ).rows
}

/** The latest of an asset, which is held for this transaction, so that nobody hands it out meanwhile. */
export async function lastCustody(db: Db, organisation: string, asset: string): Promise<StoredCustody | undefined> {
  await sql`select 1 from assets where id = ${asset} and organisation_id = ${organisation} for no key update`.execute(
    db,
  )
  return (
    await sql<StoredCustody>`
      ${whole} where c.asset_id = ${asset} and c.organisation_id = ${organisation} order by c.ended_at is null desc, c.handed_at desc, c.id desc limit 1`.execute(
      db,
    )
  ).rows[0]
}

export interface CustodyFilter {
  asset?: string | undefined
  stock?: string | undefined
  holder?: string | undefined
  open?: boolean | undefined
  overdue?: boolean | undefined
  acceptance?: string | undefined
  /** Today, where the reader is. */
  today: string
}

function chosen(actor: Actor, f: CustodyFilter): RawBuilder<unknown> {
  return sql`${visibleCustody(actor)}
    ${f.asset === undefined ? sql`` : sql`and c.asset_id = ${f.asset}`} ${f.stock === undefined ? sql`` : sql`and c.stock_id = ${f.stock}`}
    ${f.holder === undefined ? sql`` : sql`and c.holder_id = ${f.holder}`}
    ${f.open === undefined ? sql`` : f.open ? sql`and c.ended_at is null` : sql`and c.ended_at is not null`}
    ${f.overdue === true ? sql`and c.ended_at is null and c.due_back_on < ${f.today}::date` : sql``}
    ${f.acceptance === undefined ? sql`` : sql`and c.acceptance = ${f.acceptance}`}`
}

export async function custodyPage(
  db: Db,
  actor: Actor,
  f: CustodyFilter,
  limit: number,
  after?: string,
): Promise<{ rows: StoredCustody[]; next: string | null }> {
  const from = readCursor(after, 2)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const { rows } = await sql<StoredCustody>`
    ${whole} where ${chosen(actor, f)} ${from === null ? sql`` : sql`and (c.handed_at, c.id) < (${from[0]}::timestamptz, ${from[1]}::uuid)`}
    order by c.handed_at desc, c.id desc limit ${limit + 1}`.execute(db)
  const last = rows[limit - 1]
  return {
    rows: rows.slice(0, limit),
    next: rows.length > limit && last !== undefined ? cursorOf([last.handed_at, last.id]) : null,
  }
}

export async function countCustodies(db: Db, actor: Actor, f: CustodyFilter, most: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from (select 1 from custodies c where ${chosen(actor, f)} limit ${most}) x`.execute(db)
  return rows[0]!.n
}

export interface NewCustody {
  id: string
  organisation_id: string
  asset_id: string | null
  stock_id: string | null
  quantity: number
  holder_kind: HolderKind
  holder_id: string
  handed_at: string
  handed_by: string | null
  handed_by_name: string
  note: string
  due_back_on: string | null
  acceptance: 'none' | 'waiting'
  terms_id: string | null
  terms_text: string | null
}

export async function insertCustodies(db: Db, list: readonly NewCustody[]): Promise<void> {
  await db
    .insertInto('custodies')
    .values([...list])
    .execute()
}

/** Ends what is open about these assets. */
export async function endCustodies(
  db: Db,
  assets: readonly string[],
  end: { at: string; by: string; how: 'returned' | 'transferred'; condition: Condition | null; note: string },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update custodies set ended_at = ${end.at}::timestamptz, ended_by_name = ${end.by}, ended_how = ${end.how}, condition = ${end.condition}, end_note = ${end.note}
    where asset_id = any(${assets}::uuid[]) and ended_at is null returning id`.execute(db)
  return rows.map((row) => row.id)
}

export async function endIssue(
  db: Db,
  id: string,
  end: { at: string; by: string; condition: Condition; note: string },
): Promise<void> {
  await sql`
    update custodies set ended_at = ${end.at}::timestamptz, ended_by_name = ${end.by}, ended_how = 'returned', condition = ${end.condition}, end_note = ${end.note} where id = ${id}`.execute(
    db,
  )
}

export async function saveAnswer(
  db: Db,
  id: string,
  answer: { at: string; accepted: boolean; signature: string | null; note: string },
): Promise<void> {
  await sql`
    update custodies set acceptance = ${answer.accepted ? 'accepted' : 'declined'}, signature = ${answer.signature}, answered_at = ${answer.at}::timestamptz, answer_note = ${answer.note} where id = ${id}`.execute(
    db,
  )
}

/** What has an asset, and what has that, nearest first, itself included. */
export async function chainOf(db: Db, asset: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive chain(id, n) as (
      select ${asset}::uuid, 0
      union all select a.holder_id, n + 1 from chain join assets a on a.id = chain.id where a.holder_kind = 'asset' and n < 50)
    select id from chain`.execute(db)
  return rows.map((row) => row.id)
}
