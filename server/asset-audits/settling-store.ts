import type { Remedy } from '../../contract/asset-audits.ts'
import { type Db, sql } from '../platform/db.ts'

/** A row that was settled: what puts it back, and what came of it. */
export interface SettledRow {
  id: string
  undo: Record<string, unknown> | null
  asset?: string
  commitment?: string
}
export interface Settled {
  rows: readonly SettledRow[]
  remedy: Remedy
  reason: string
  at: string
  by: string
}

export async function saveSettled(db: Db, audit: string, { rows, remedy, reason, at, by }: Settled): Promise<void> {
  await sql`
    update asset_audit_rows r set remedy = ${remedy}, remedy_reason = ${reason}, settled_at = ${at}::timestamptz, settled_by_name = ${by}, undo = g.undo,
      asset_id = coalesce(g.asset, r.asset_id), commitment_id = coalesce(g.commitment, r.commitment_id)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(id uuid, undo jsonb, asset uuid, commitment uuid) where r.audit_id = ${audit} and r.id = g.id`.execute(
    db,
  )
}

export async function saveUnsettled(db: Db, audit: string, ids: readonly string[]): Promise<void> {
  await sql`
    update asset_audit_rows set remedy = null, remedy_reason = '', settled_at = null, settled_by_name = null, undo = null where audit_id = ${audit} and id = any(${ids}::uuid[])`.execute(
    db,
  )
}

/** Confirms everything found that nobody has settled; answers how many. */
export async function confirmFound(db: Db, audit: string, { at, by }: { at: string; by: string }): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with confirmed as (update asset_audit_rows set remedy = 'confirm', settled_at = ${at}::timestamptz, settled_by_name = ${by}, undo = '{}'
      where audit_id = ${audit} and bucket = 'found' and remedy is null returning 1)
    select count(*) as n from confirmed`.execute(db)
  return rows[0]!.n
}

/** Leaves those of the rows as they are that nobody has settled, saying why; all of the audit's that count where none are named. Answers how many. */
export async function leaveRows(
  db: Db,
  audit: string,
  ids: readonly string[] | null,
  { reason, at, by }: { reason: string; at: string; by: string },
): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with left_so as (update asset_audit_rows set remedy = 'leave', remedy_reason = ${reason}, settled_at = ${at}::timestamptz, settled_by_name = ${by}, undo = '{}'
      where audit_id = ${audit} and remedy is null and bucket <> 'excluded' ${ids === null ? sql`` : sql`and id = any(${ids}::uuid[])`} returning 1)
    select count(*) as n from left_so`.execute(db)
  return rows[0]!.n
}
