import { type Db, sql } from '../platform/db.ts'
import { newId } from '../platform/identifiers.ts'
import type { Reason } from './rules/match-device.ts'
import type { Summary } from './rules/summary.ts'

export interface StoredDevice extends Summary {
  id: string
  version: number
  organisation_id: string
  state: 'waiting' | 'linked' | 'ignored' | 'merged'
  asset_id: string | null
  /** Assets that a person said it is not. */
  not_asset_ids: string[]
  merged_into: string | null
  first_seen_at: string
}

export async function insertDevice(tx: Db, organisation: string, s: Summary, now: string): Promise<string> {
  const id = newId()
  await sql`
    insert into devices (id, organisation_id, kind, name, serial, manufacturer, model, os, address, first_seen_at)
    values (${id}, ${organisation}, ${s.kind}, ${s.name}, ${s.serial}, ${s.manufacturer}, ${s.model}, ${s.os}, ${s.address}, ${now})`.execute(
    tx,
  )
  return id
}

export async function deviceById(
  db: Db,
  organisation: string,
  id: string,
  lock = false,
): Promise<StoredDevice | undefined> {
  const { rows } = await sql<StoredDevice>`
    select * from devices where id = ${id} and organisation_id = ${organisation} ${lock ? sql`for update` : sql``}`.execute(
    db,
  )
  return rows[0]
}

export async function saveSummary(tx: Db, id: string, s: Summary): Promise<void> {
  await sql`
    update devices set kind = ${s.kind}, name = ${s.name}, serial = ${s.serial}, manufacturer = ${s.manufacturer}, model = ${s.model}, os = ${s.os}, address = ${s.address}
    where id = ${id}`.execute(tx)
}

export async function saveState(
  tx: Db,
  id: string,
  to: { state: StoredDevice['state']; asset: string | null; mergedInto: string | null },
): Promise<void> {
  await sql`
    update devices set state = ${to.state}, asset_id = ${to.asset}, merged_into = ${to.mergedInto}, version = version + 1 where id = ${id}`.execute(
    tx,
  )
}

/** A person said that a device is not an asset: it is not taken for it again by itself. */
export const refuseAsset = async (tx: Db, id: string, asset: string): Promise<void> => {
  await sql`
    update devices set not_asset_ids = not_asset_ids || ${asset}::uuid where id = ${id} and not ${asset}::uuid = any(not_asset_ids)`.execute(
    tx,
  )
}

/** A person said that it is the asset after all. */
export const admitAsset = async (tx: Db, id: string, asset: string): Promise<void> => {
  await sql`update devices set not_asset_ids = array_remove(not_asset_ids, ${asset}::uuid) where id = ${id}`.execute(tx)
}

/** Notes pairs that a person must look at; one that is known stays as it is. Answers the new ones. */
export async function notePairs(
  tx: Db,
  organisation: string,
  device: string,
  doubts: readonly { device: string; reasons: Reason[] }[],
  now: string,
): Promise<string[]> {
  if (doubts.length === 0) return []
  const given = doubts.map((doubt) => ({
    id: newId(),
    one: device < doubt.device ? device : doubt.device,
    other: device < doubt.device ? doubt.device : device,
    reasons: doubt.reasons,
  }))
  const { rows } = await sql<{ id: string }>`
    insert into device_pairs (id, organisation_id, one_id, other_id, reasons, found_at)
    select id, ${organisation}, one, other, array(select jsonb_array_elements_text(reasons)), ${now}
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g(id uuid, one uuid, other uuid, reasons jsonb)
    on conflict (one_id, other_id) do nothing returning id`.execute(tx)
  return rows.map((row) => row.id)
}
