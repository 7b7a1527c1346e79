import { type Db, sql } from '../platform/db.ts'

/** The last audit that found an asset: when by the scanner's clock, by whom and where. */
export interface LastAudit {
  asset_id: string
  audit_id: string
  reference: string
  name: string
  found_at: string
  by_name: string
  location_id: string | null
  condition: 'good' | 'worn' | 'damaged' | 'incomplete' | null
}

/** Keeps them, each unless a later one is known. */
export async function saveLastAudits(db: Db, list: readonly LastAudit[]): Promise<void> {
  if (list.length === 0) return
  await sql`
    insert into asset_last_audits (asset_id, audit_id, reference, name, found_at, by_name, location_id, condition)
    select asset_id, audit_id, reference, name, found_at, by_name, location_id, condition from jsonb_to_recordset(${JSON.stringify(list)}::jsonb)
      as g(asset_id uuid, audit_id uuid, reference text, name text, found_at timestamptz, by_name text, location_id uuid, condition text)
    on conflict (asset_id) do update set audit_id = excluded.audit_id, reference = excluded.reference, name = excluded.name, found_at = excluded.found_at, by_name = excluded.by_name,
      location_id = excluded.location_id, condition = excluded.condition where asset_last_audits.found_at <= excluded.found_at`.execute(
    db,
  )
}

export async function lastAuditOf(
  db: Db,
  asset: string,
): Promise<(LastAudit & { location_name: string | null }) | undefined> {
  const { rows } = await sql<LastAudit & { location_name: string | null }>`
    select t.*, l.full_name as location_name from asset_last_audits t left join locations l on l.id = t.location_id where t.asset_id = ${asset}`.execute(
    db,
  )
  return rows[0]
}
