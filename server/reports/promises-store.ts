import type { RawBuilder } from 'kysely'
import type { Grouping } from '../../contract/reports.ts'
import { may } from '../../contract/permissions.ts'
import type { Actor } from '../platform/ctx.ts'
import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'
import { queuesSeen, visibleTicket } from '../tickets/public.ts'

/** Both dates are Mondays; the weeks between them, both included. */
export interface Period {
  from: string
  to: string
  kind: string | undefined
  level: string | undefined
}

export const zero = '00000000-0000-0000-0000-000000000000'

/** How sums are grouped: the dimension they are kept under, and the column that tells one row from another. */
export const groups: Record<Grouping, { dimension: string; key: RawBuilder<unknown>; perQueue: boolean }> = {
  level: { dimension: 'level', key: sql`f.value`, perQueue: false },
  technician: { dimension: 'technician', key: sql`f.value`, perQueue: false },
  category: { dimension: 'category', key: sql`f.value`, perQueue: false },
  vendor: { dimension: 'vendor', key: sql`f.value`, perQueue: false },
  team: { dimension: 'total', key: sql`q.team_id`, perQueue: true },
  week: { dimension: 'total', key: sql`f.week`, perQueue: false },
}

/**
 * Condition over sums `f`: those of what the actor sees by role and queue (docs/decisions/0012). All queues together are one sum, for readers who see
 * every queue; confidential tickets count for those only who see the confidential ones of their queue.
 */
export function seen(actor: Actor, perQueue: boolean): RawBuilder<unknown> {
  const { all, open, confidential } = queuesSeen(actor)
  const plain = all
    ? perQueue
      ? sql`f.scope <> ${zero}::uuid and not f.confidential`
      : sql`f.scope = ${zero}::uuid and not f.confidential`
    : sql`f.scope in ${open} and not f.confidential`
  return sql`(f.organisation_id = ${actor.organisation} and ((${plain}) or (f.confidential and f.scope in ${confidential})))`
}

/** Persons are compared with each other only by those who see the work of all; everybody sees the own row. */
const mayCompare = (actor: Actor): boolean => may(actor.role, 'tickets.all')

/** A reader who may not compare persons sees the own row alone. `column`: the technician of what is counted. */
export const onlyOwn = (actor: Actor, by: Grouping, column: RawBuilder<unknown>): RawBuilder<unknown> =>
  by === 'technician' && !mayCompare(actor) ? sql`and ${column} = ${actor.person ?? zero}` : sql``

export const ofPeriod = (p: Period) =>
  sql`f.week between ${p.from}::date and ${p.to}::date ${p.kind === undefined ? sql`` : sql`and f.kind = ${p.kind}`}`

export interface SumRow {
  key: string
  name: string | null
  kept: number
  missed: number
}

const names: Record<Grouping, RawBuilder<unknown>> = {
  level: sql`(select name from service_levels where id = x.key::uuid)`,
  technician: sql`(select name from persons where id = x.key::uuid)`,
  category: sql`(select name from categories where id = x.key::uuid)`,
  vendor: sql`(select name from vendors where id = x.key::uuid)`,
  team: sql`(select name from teams where id = x.key::uuid)`,
  week: sql`null::text`,
}

export async function sums(db: Db, actor: Actor, by: Grouping, p: Period): Promise<SumRow[]> {
  const { dimension, key, perQueue } = groups[by]
  const own = p.level === undefined ? dimension : 'level'
  const { rows } = await sql<SumRow>`
    select x.key, ${names[by]} as name, x.kept, x.missed from (
      select ${key}::text as key, sum(f.kept)::int as kept, sum(f.missed)::int as missed
      from promise_figures f ${by === 'team' ? sql`join queue_teams q on q.queue_id = f.scope` : sql``}
      where ${seen(actor, perQueue)} and f.dimension = ${own} and ${ofPeriod(p)}
        ${p.level === undefined ? sql`` : sql`and f.value = ${p.level}`}
        ${onlyOwn(actor, by, sql`f.value`)}
      group by 1 having sum(f.kept) + sum(f.missed) > 0) x
    order by ${by === 'week' ? sql`x.key` : sql`x.kept + x.missed desc, x.key`} limit 2000`.execute(db)
  return rows.map((row) => ({ ...row, key: row.key === zero ? 'none' : row.key }))
}

export async function totalOf(db: Db, actor: Actor, p: Period): Promise<{ kept: number; missed: number }> {
  const { rows } = await sql<{ kept: number; missed: number }>`
    select coalesce(sum(f.kept), 0)::int as kept, coalesce(sum(f.missed), 0)::int as missed from promise_figures f
    where ${seen(actor, false)} and f.dimension = ${p.level === undefined ? 'total' : 'level'} and ${ofPeriod(p)} ${p.level === undefined ? sql`` : sql`and f.value = ${p.level}`}`.execute(
    db,
  )
  return rows[0]!
}

export interface BucketRow {
  key: string | null
  kind: string
  bucket: number
  n: number
}

/** Histograms of working time by service level or by week; under the key null for all together. */
export async function buckets(db: Db, actor: Actor, by: 'level' | 'week' | null, p: Period): Promise<BucketRow[]> {
  const dimension = by === 'level' || p.level !== undefined ? 'level' : 'total'
  const key = by === 'level' ? sql`f.value::text` : by === 'week' ? sql`f.week::text` : sql`null::text`
  const { rows } = await sql<BucketRow>`
    select ${key} as key, f.kind, f.bucket, sum(f.n)::int as n from promise_times f
    where ${seen(actor, false)} and f.dimension = ${dimension} and ${ofPeriod(p)} ${p.level === undefined ? sql`` : sql`and f.value = ${p.level}`}
    group by 1, 2, 3`.execute(db)
  return rows
}

export const pendingChanges = async (db: Db): Promise<number> =>
  (await sql<{ n: number }>`select count(*) as n from (select 1 from promise_changes limit 10000) x`.execute(db))
    .rows[0]!.n

export interface ItemRow {
  commitment_id: string
  kind: string
  missed: boolean
  at: string
  worked_seconds: number | null
  ticket_id: string
  reference: string
  title: string
  queue_id: string
  queue_name: string
  assignee_id: string | null
  assignee_name: string | null
  level_id: string
  level_name: string
}

const item = sql`
  f.commitment_id, f.kind, f.missed, f.at, f.worked_seconds, t.id as ticket_id, t.reference, t.title, t.queue_id, q.name as queue_name, t.assignee_id, p.name as assignee_name, f.level_id, s.name as level_name`
const itemTables = sql`
  promise_facts f join tickets t on t.id = f.subject_id join queues q on q.id = t.queue_id join service_levels s on s.id = f.level_id left join persons p on p.id = t.assignee_id`

/** Facts `f` that the sums count for the actor. */
export function seenFact(actor: Actor): RawBuilder<unknown> {
  const { all, open, confidential } = queuesSeen(actor)
  const plain = all ? sql`true` : sql`f.queue_id in ${open}`
  return sql`(f.organisation_id = ${actor.organisation} and ((not f.confidential and ${plain}) or (f.confidential and f.queue_id in ${confidential})))`
}

/** Facts `f` with their tickets `t`: those the sums count for the actor, and whose ticket the actor sees. */
const seenFacts = (actor: Actor): RawBuilder<unknown> => sql`(${seenFact(actor)} and ${visibleTicket(actor)})`

function ofRow(actor: Actor, by: Grouping, value: string): RawBuilder<unknown> {
  const is = (column: RawBuilder<unknown>) =>
    value === 'none' ? sql`${column} is null` : sql`${column} = ${value}::uuid`
  switch (by) {
    case 'level':
      return is(sql`f.level_id`)
    case 'technician':
      return mayCompare(actor) || value === actor.person ? is(sql`f.technician_id`) : sql`false`
    case 'category':
      return is(sql`f.category_id`)
    case 'vendor':
      return is(sql`f.vendor_id`)
    case 'team':
      return sql`f.queue_id in (select queue_id from queue_teams where team_id = ${value}::uuid)`
    case 'week':
      return sql`f.week = ${value}::date`
  }
}

/** The promises behind a figure, latest first. */
export async function itemPage(
  db: Db,
  actor: Actor,
  p: Period & { by?: Grouping | undefined; value?: string | undefined; outcome?: 'kept' | 'missed' | undefined },
  limit: number,
  after: string | undefined,
): Promise<{ rows: ItemRow[]; next: string | null }> {
  const from = readCursor(after, 2)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const { rows } = await sql<ItemRow>`
    select ${item} from ${itemTables} where ${seenFacts(actor)} and ${ofPeriod(p)}
      ${p.level === undefined ? sql`` : sql`and f.level_id = ${p.level}`}
      ${p.by === undefined || p.value === undefined ? sql`` : sql`and ${ofRow(actor, p.by, p.value)}`}
      ${p.outcome === undefined ? sql`` : sql`and f.missed = ${p.outcome === 'missed'}`}
      and f.at >= ${p.from}::date and f.at < ${p.to}::date + 7
      ${from === null ? sql`` : sql`and (f.at, f.commitment_id) < (${from[0]}::timestamptz, ${from[1]}::uuid)`}
    order by f.at desc, f.commitment_id desc limit ${limit + 1}`.execute(db)
  const last = rows[limit - 1]
  return {
    rows: rows.slice(0, limit),
    next: rows.length > limit && last !== undefined ? cursorOf([last.at, last.commitment_id]) : null,
  }
}

export async function itemsById(db: Db, actor: Actor, commitments: readonly string[]): Promise<ItemRow[]> {
  const { rows } = await sql<ItemRow>`
    select ${item} from ${itemTables} where f.commitment_id = any(${commitments}::uuid[]) and ${seenFacts(actor)} order by f.at desc, f.commitment_id desc`.execute(
    db,
  )
  return rows
}
