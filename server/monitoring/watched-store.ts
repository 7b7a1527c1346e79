import type { Heartbeat } from '../../contract/heartbeats.ts'
import type { Severity } from '../../contract/monitoring.ts'
import type { ServiceCheck } from '../../contract/service-checks.ts'
import { sentence } from '../platform/catalogue.ts'
import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'
import { shownRefusals } from '../platform/refusals.ts'
import { whyNotCheckNow } from './rules/check-result.ts'

interface Watched {
  id: string
  version: number
  organisation_id: string
  name: string
  active: boolean
  severity: Severity
  asset_id: string | null
  source_id: string
  tag: string | null
  asset_name: string | null
}

export interface HeartbeatColumns {
  name: string
  active: boolean
  every_seconds: number
  grace_seconds: number
  severity: Severity
  asset_id: string | null
}

export interface StoredHeartbeat extends Watched, HeartbeatColumns {
  token_prefix: string
  last_at: string | null
  due_at: string | null
  failing: boolean
}

export interface CheckColumns {
  name: string
  kind: 'http' | 'tcp' | 'certificate'
  target: string
  active: boolean
  every_seconds: number
  timeout_seconds: number
  failures_needed: number
  expected_text: string | null
  warn_days: number | null
  severity: Severity
  asset_id: string | null
}

/** How a check went: `code` is a sentence of the catalogue. */
export interface CheckResult {
  ok: boolean
  code: string
  params: Record<string, unknown>
  tookMs: number
}

export interface StoredCheck extends Watched, CheckColumns {
  next_at: string | null
  checked_at: string | null
  failures: number
  result: CheckResult | null
}

export type WatchedTable = 'heartbeats' | 'service_checks'
interface RowOf {
  heartbeats: StoredHeartbeat
  service_checks: StoredCheck
}
const named = (table: WatchedTable) =>
  sql`select w.*, x.tag, x.name as asset_name from ${sql.table(table)} w left join assets x on x.id = w.asset_id`

/** Heartbeats or checks by name. */
export async function watchedPage<T extends WatchedTable>(
  db: Db,
  table: T,
  organisation: string,
  limit: number,
  after: string | undefined,
) {
  const from = readCursor(after, 2)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const { rows } = await sql<RowOf[T]>`${named(table)} where w.organisation_id = ${organisation}
    ${from === null ? sql`` : sql`and (w.name, w.id) > (${from[0]}, ${from[1]}::uuid)`} order by w.name, w.id limit ${limit + 1}`.execute(
    db,
  )
  const last = rows[limit - 1]
  return {
    rows: rows.slice(0, limit),
    next: rows.length > limit && last !== undefined ? cursorOf([last.name, last.id]) : null,
  }
}

export const watchedById = async <T extends WatchedTable>(
  db: Db,
  table: T,
  organisation: string,
  id: string,
  lock = false,
): Promise<RowOf[T] | undefined> =>
  (
    await sql<
      RowOf[T]
    >`${named(table)} where w.id = ${id} and w.organisation_id = ${organisation} ${lock ? sql`for update of w` : sql``}`.execute(
      db,
    )
  ).rows[0]

/** One, held, for what Linchpin does by itself. */
export const anyWatched = async <T extends WatchedTable>(db: Db, table: T, id: string): Promise<RowOf[T] | undefined> =>
  (await sql<RowOf[T]>`${named(table)} where w.id = ${id} for update of w`.execute(db)).rows[0]

export const heartbeatByToken = async (
  db: Db,
  hash: Buffer,
): Promise<{ id: string; organisation_id: string } | undefined> =>
  (
    await sql<{
      id: string
      organisation_id: string
    }>`select id, organisation_id from heartbeats where token_hash = ${hash}`.execute(db)
  ).rows[0]

export const isNameTaken = async (
  db: Db,
  table: WatchedTable,
  organisation: string,
  name: string,
  but: string,
): Promise<boolean> =>
  (
    await sql`select 1 from ${sql.table(table)} w where w.organisation_id = ${organisation} and w.name = ${name} and w.id <> ${but}`.execute(
      db,
    )
  ).rows.length > 0

export const insertWatched = (db: Db, table: WatchedTable, row: Record<string, unknown>) =>
  db.insertInto(table).values(row).execute()

export const saveWatched = (
  db: Db,
  table: WatchedTable,
  id: string,
  columns: Record<string, unknown>,
  isEdit: boolean,
) =>
  db
    .updateTable(table)
    .set({ ...columns, ...(isEdit ? { version: sql`version + 1` } : {}) })
    .where('id', '=', id)
    .execute()

export const deleteWatched = (db: Db, table: WatchedTable, id: string) =>
  db.deleteFrom(table).where('id', '=', id).execute()

export async function missedHeartbeats(db: Db, now: string, but: readonly string[], limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from heartbeats where due_at <= ${now}::timestamptz and id <> all(${but}::uuid[]) order by due_at limit ${limit}`.execute(
    db,
  )
  return rows.map((row) => row.id)
}

/** Takes checks that are due for this node: what it does not finish within the lease is due again. */
export async function takeDueChecks(db: Db, limit: number): Promise<StoredCheck[]> {
  const { rows } = await sql<StoredCheck>`
    with due as materialized (select id from service_checks where next_at <= now() order by next_at limit ${limit} for update skip locked)
    update service_checks c set next_at = now() + make_interval(secs => greatest(c.every_seconds, c.timeout_seconds + 30)) from due where c.id = due.id returning c.*`.execute(
    db,
  )
  return rows
}

const asset = (w: Watched) =>
  w.asset_id === null || w.tag === null ? null : { id: w.asset_id, tag: w.tag, name: w.asset_name ?? '' }

export const shownHeartbeat = (h: StoredHeartbeat): Heartbeat => ({
  id: h.id,
  version: h.version,
  name: h.name,
  everySeconds: h.every_seconds,
  graceSeconds: h.grace_seconds,
  severity: h.severity,
  asset: asset(h),
  active: h.active,
  tokenPrefix: h.token_prefix,
  lastAt: h.last_at,
  dueAt: h.due_at,
  state: !h.active ? 'resting' : h.failing ? 'missed' : h.last_at === null ? 'waiting' : 'alive',
})

export const shownCheck = (c: StoredCheck): ServiceCheck => ({
  id: c.id,
  version: c.version,
  name: c.name,
  kind: c.kind,
  target: c.target,
  everySeconds: c.every_seconds,
  timeoutSeconds: c.timeout_seconds,
  failuresNeeded: c.failures_needed,
  expectedText: c.expected_text,
  warnDays: c.warn_days,
  severity: c.severity,
  asset: asset(c),
  active: c.active,
  checkedAt: c.checked_at,
  nextAt: c.next_at,
  failures: c.failures,
  result:
    c.result === null
      ? null
      : { ok: c.result.ok, words: sentence(c.result.code, c.result.params), tookMs: c.result.tookMs },
  refusals: shownRefusals({ now: whyNotCheckNow(c.active) }),
})
