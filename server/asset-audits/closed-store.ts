import type { Bucket } from '../../contract/asset-audits.ts'
import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'
import type { ShownRowColumns } from './rows-store.ts'

interface AuditOfAsset {
  audit_id: string
  reference: string
  name: string
  closed_at: string
  bucket: Bucket
  scanned_at: string | null
  by_name: string | null
  location_id: string | null
  location_name: string | null
  condition: ShownRowColumns['condition']
  note: string | null
}

/** What closed audits said of an asset, latest closed first. */
export async function auditsOfAsset(
  db: Db,
  asset: string,
  limit: number,
  after: string | undefined,
): Promise<{ rows: AuditOfAsset[]; next: string | null }> {
  const from = readCursor(after, 2)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const { rows } = await sql<AuditOfAsset>`
    select u.id as audit_id, u.reference, u.name, u.closed_at, r.bucket, r.scanned_at, s.by_name, s.location_id, l.full_name as location_name, s.condition, s.note
    from asset_audit_rows r join asset_audits u on u.id = r.audit_id left join asset_audit_scans s on s.audit_id = r.audit_id and s.id = r.scan_id left join locations l on l.id = s.location_id
    where r.asset_id = ${asset} and u.state = 'closed' ${from === null ? sql`` : sql`and (u.closed_at, u.id) < (${from[0]}::timestamptz, ${from[1]}::uuid)`}
    order by u.closed_at desc, u.id desc limit ${limit + 1}`.execute(db)
  const last = rows[limit - 1]
  return {
    rows: rows.slice(0, limit),
    next: rows.length > limit && last !== undefined ? cursorOf([last.closed_at, last.audit_id]) : null,
  }
}

/** Keeps how true the register was, of the whole and of each place: where a thing is on record, or where it turned up. */
export async function keepFigures(db: Db, organisation: string, audit: string, closedOn: string): Promise<void> {
  await sql`
    with counted as (
      select r.bucket, case when r.bucket in ('found', 'missing') then r.recorded_location_id else coalesce(s.location_id, r.recorded_location_id) end as place
      from asset_audit_rows r left join asset_audit_scans s on s.audit_id = r.audit_id and s.id = r.scan_id where r.audit_id = ${audit} and r.bucket <> 'excluded')
    insert into register_accuracy (organisation_id, kind, source_id, whole, location_id, closed_on, found, missing, elsewhere, fresh)
    select ${organisation}, 'audit', ${audit}, grouping(place) = 1, place, ${closedOn}::date, count(*) filter (where bucket = 'found'), count(*) filter (where bucket = 'missing'),
      count(*) filter (where bucket = 'elsewhere'), count(*) filter (where bucket = 'new')
    from counted group by grouping sets ((place), ())`.execute(db)
}

export interface UntoldRow {
  id: string
  asset_id: string
  category_id: string
  scanned_at: string
  by_name: string
  location_id: string | null
  condition: ShownRowColumns['condition']
}

/** Rows of a closed audit whose things were found and have not been told so, in order. */
export async function untoldRows(db: Db, audit: string, limit: number): Promise<UntoldRow[]> {
  const { rows } = await sql<UntoldRow>`
    select r.id, r.asset_id, a.category_id, s.scanned_at, s.by_name, coalesce(s.location_id, case when r.bucket = 'found' then r.recorded_location_id end) as location_id, s.condition
    from asset_audit_rows r join assets a on a.id = r.asset_id join asset_audit_scans s on s.audit_id = r.audit_id and s.id = r.scan_id
    where r.audit_id = ${audit} and not r.told and r.remedy is not null
    order by r.asset_id limit ${limit}`.execute(db)
  return rows
}

export async function saveTold(db: Db, ids: readonly string[]): Promise<void> {
  await sql`update asset_audit_rows set told = true where id = any(${ids}::uuid[])`.execute(db)
}

/** Months between audits, by category; those that say nothing are left out. */
export async function monthsByCategory(db: Db, organisation: string): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; audit_months: number }>`
    select id, audit_months from asset_categories where organisation_id = ${organisation} and audit_months is not null`.execute(
    db,
  )
  return new Map(rows.map((row) => [row.id, row.audit_months]))
}
