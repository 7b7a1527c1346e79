import type { RawBuilder } from 'kysely'
import type { Input } from '../../contract/action.ts'
import type { differences } from '../../contract/reconciliation.ts'
import { insideLocation } from '../locations/public.ts'
import type { Actor } from '../platform/ctx.ts'
import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'
import { type StoredDifference, visibleDifference, wholeDifference } from './differences-store.ts'
import { ranks } from './rules/kinds.ts'

type Filter = Omit<Input<typeof differences.list>, 'limit' | 'after' | 'count'>

function chosen(actor: Actor, f: Filter): RawBuilder<unknown> {
  const { organisation } = actor
  const parts = [
    visibleDifference(actor),
    sql`f.organisation_id = ${organisation}`,
    sql`f.state = ${f.state}`,
    ...(f.kind === undefined ? [] : [f.kind.length === 1 ? sql`f.kind = ${f.kind[0]}` : sql`f.kind = any(${f.kind})`]),
    ...(f.severity === undefined ? [] : [sql`f.severity = ${ranks[f.severity]}`]),
    ...(f.asset === undefined ? [] : [sql`f.asset_id = ${f.asset}`]),
    ...(f.device === undefined ? [] : [sql`f.device_id = ${f.device}`]),
    ...(f.category === undefined ? [] : [sql`f.category_id = ${f.category}`]),
    ...(f.location === undefined ? [] : [sql`f.location_id = any(${insideLocation(organisation, f.location)})`]),
  ]
  return sql.join(parts, sql` and `)
}

/** Up to so many finds at a location are sorted; of more, the order is walked, which meets enough of them soon. */
const few = 2000

/** The gravest first, of those the newest. */
export async function differencePage(
  db: Db,
  actor: Actor,
  f: Filter,
  limit: number,
  after?: string,
): Promise<{ rows: StoredDifference[]; next: string | null }> {
  const from = readCursor(after, 3)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const where = chosen(actor, f)
  const beyond =
    from === null
      ? sql`true`
      : sql`(f.severity, f.opened_at, f.id) < (${from[0]}::smallint, ${from[1]}::timestamptz, ${from[2]}::uuid)`
  const order = sql`f.severity desc, f.opened_at desc, f.id desc`
  const isFew = f.location !== undefined && (await countDifferences(db, actor, f, few + 1)) <= few
  const keys = sql`f.id, f.severity, f.opened_at`
  const take = sql.lit(limit + 1)
  // the materialised finds keep the planner from walking the whole order for them
  const picked = isFew
    ? sql`with finds as materialized (select ${keys} from differences f where ${where}) select f.id from finds f where ${beyond} order by ${order} limit ${take}`
    : sql`select f.id from differences f where ${where} and ${beyond} order by ${order} limit ${take}`
  const page = sql`(select f.* from differences f where f.id = any(array(${picked})))`
  const { rows } = await sql<StoredDifference>`${wholeDifference(page)} order by ${order}`.execute(db)
  const last = rows[limit - 1]
  return {
    rows: rows.slice(0, limit),
    next: rows.length > limit && last !== undefined ? cursorOf([last.severity, last.opened_at, last.id]) : null,
  }
}

export async function countDifferences(db: Db, actor: Actor, f: Filter, most: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from (select 1 from differences f where ${chosen(actor, f)} limit ${sql.lit(most)}) x`.execute(
    db,
  )
  return rows[0]!.n
}
