import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'
import type { CodeRead } from './rules/codes.ts'

export interface StoredScan {
  id: string
  row_id: string
  code: string
  location_id: string | null
  scanned_at: string
  arrived_at: string
  late: boolean
  by_id: string
  by_name: string
  condition: 'good' | 'worn' | 'damaged' | 'incomplete' | null
  note: string
  file_id: string | null
}
export interface ShownScan extends StoredScan {
  location_name: string | null
  asset_id: string | null
  tag: string | null
  asset_name: string | null
}

/** Those of the scans that are there already. */
export async function scansThere(db: Db, audit: string, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from asset_audit_scans where audit_id = ${audit} and id = any(${ids}::uuid[])`.execute(db)
  return new Set(rows.map((row) => row.id))
}

/** Which asset each code names, by tag before serial number; null where none does. In the order given. */
export async function assetsNamed(
  db: Db,
  organisation: string,
  codes: readonly CodeRead[],
): Promise<(string | null)[]> {
  const { rows } = await sql<{ id: string | null }>`
    select coalesce(t.id, s.id) as id from unnest(${codes.map((c) => c.tag)}::text[], ${codes.map((c) => c.serial)}::text[]) with ordinality as g(tag, serial, place)
      left join assets t on t.organisation_id = ${organisation} and upper(t.tag) = g.tag
      left join assets s on s.organisation_id = ${organisation} and s.serial_key = g.serial order by g.place`.execute(
    db,
  )
  return rows.map((row) => row.id)
}

export async function insertScans(db: Db, audit: string, scans: readonly StoredScan[]): Promise<void> {
  if (scans.length === 0) return
  await sql`
    insert into asset_audit_scans (audit_id, id, row_id, code, location_id, scanned_at, arrived_at, late, by_id, by_name, condition, note, file_id)
    select ${audit}, id, row_id, code, location_id, scanned_at, arrived_at, late, by_id, by_name, condition, note, file_id from jsonb_to_recordset(${JSON.stringify(scans)}::jsonb)
      as g(id uuid, row_id uuid, code text, location_id uuid, scanned_at timestamptz, arrived_at timestamptz, late boolean, by_id uuid, by_name text, condition text, note text, file_id uuid)`.execute(
    db,
  )
}

/** Where a thing was found by the scan that decides about it. */
export async function placesFound(db: Db, audit: string, scans: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; path: string }>`
    select s.id, l.path from asset_audit_scans s join locations l on l.id = s.location_id where s.audit_id = ${audit} and s.id = any(${scans}::uuid[])`.execute(
    db,
  )
  return new Map(rows.map((row) => [row.id, row.path]))
}

export async function scanPage(
  db: Db,
  audit: string,
  late: boolean | undefined,
  limit: number,
  after: string | undefined,
): Promise<{ rows: ShownScan[]; next: string | null }> {
  const from = readCursor(after, 2)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const { rows } = await sql<ShownScan>`
    with page as materialized (
      select s.* from asset_audit_scans s where s.audit_id = ${audit} ${late === undefined ? sql`` : sql`and s.late = ${late}`}
        ${from === null ? sql`` : sql`and (s.scanned_at, s.id) < (${from[0]}::timestamptz, ${from[1]}::uuid)`} order by s.scanned_at desc, s.id desc limit ${limit + 1})
    select s.*, l.full_name as location_name, r.asset_id, a.tag, case when a.name <> '' then a.name else coalesce(m.name, '') end as asset_name
    from page s join asset_audit_rows r on r.id = s.row_id left join assets a on a.id = r.asset_id left join asset_models m on m.id = a.model_id left join locations l on l.id = s.location_id
    order by s.scanned_at desc, s.id desc`.execute(db)
  const last = rows[limit - 1]
  return {
    rows: rows.slice(0, limit),
    next: rows.length > limit && last !== undefined ? cursorOf([last.scanned_at, last.id]) : null,
  }
}
