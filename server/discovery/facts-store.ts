import { type Db, sql } from '../platform/db.ts'
import type { Fact, FactField } from './rules/trust.ts'

export interface StoredFact extends Fact {
  agent_id: string | null
  /** The program of the agent. */
  client: string | null
  said_at: string
  written_at: string | null
}

export const factsOf = async (db: Db, asset: string): Promise<StoredFact[]> =>
  (
    await sql<StoredFact>`
      select f.field, f.source, f.agent_id, a.client, f.value, f.said_at, f.written, f.written_at from asset_facts f left join agents a on a.id = f.agent_id
      where f.asset_id = ${asset} order by f.field, f.source`.execute(db)
  ).rows

/** Keeps what a source says now, and which of it was written into the register. */
export async function saveFacts(
  tx: Db,
  asset: string,
  source: Fact['source'],
  agent: string,
  said: Partial<Record<FactField, string>>,
  written: readonly FactField[],
  now: string,
): Promise<void> {
  const rows = Object.entries(said).map(([field, value]) => ({
    field,
    value,
    isWritten: written.includes(field as FactField),
  }))
  if (rows.length === 0) return
  await sql`
    insert into asset_facts as f (asset_id, field, source, agent_id, value, said_at, written, written_at)
    select ${asset}, g.field, ${source}, ${agent}, g.value, ${now}, case when g."isWritten" then g.value end, case when g."isWritten" then ${now}::timestamptz end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(field text, value text, "isWritten" boolean)
    on conflict (asset_id, field, source) do update set agent_id = excluded.agent_id,
      said_at = case when f.value = excluded.value then f.said_at else excluded.said_at end, value = excluded.value,
      written = coalesce(excluded.written, f.written), written_at = coalesce(excluded.written_at, f.written_at)`.execute(
    tx,
  )
}

/** Devices that wait, by the serial numbers they bear, as these are compared. */
export async function waitingWithSerials(
  db: Db,
  organisation: string,
  serialKeys: readonly string[],
): Promise<Map<string, string[]>> {
  if (serialKeys.length === 0) return new Map()
  const { rows } = await sql<{ id: string; value: string }>`
    select distinct d.id, i.value from seen_identities i join agents a on a.id = i.agent_id join devices d on d.id = a.device_id and d.state = 'waiting'
    where i.organisation_id = ${organisation} and i.kind = 'serial' and i.value = any(${serialKeys}::text[]) order by 1`.execute(
    db,
  )
  const waiting = new Map<string, string[]>()
  for (const { id, value } of rows) waiting.set(value, [...(waiting.get(value) ?? []), id])
  return waiting
}

/** The device that is an asset. */
export const deviceOfAsset = async (db: Db, asset: string): Promise<string | undefined> =>
  (await sql<{ id: string }>`select id from devices where asset_id = ${asset} and state = 'linked'`.execute(db)).rows[0]
    ?.id

/** Those of some assets that a device is. */
export const seenAssets = async (db: Db, assets: readonly string[]): Promise<Set<string>> =>
  new Set(
    (
      await sql<{ asset_id: string }>`
        select asset_id from devices where asset_id = any(${assets}::uuid[]) and state = 'linked'`.execute(db)
    ).rows.map((row) => row.asset_id),
  )

/** Who last changed a column of an asset, agents aside, and when. */
export const lastWordOf = async (
  db: Db,
  asset: string,
  column: string,
): Promise<{ by: string; at: string } | undefined> =>
  (
    await sql<{ by: string; at: string }>`
      select e.actor_name as by, e.at from events e join event_payloads p on p.event_id = e.id
      where e.subject_id = ${asset} and e.actor_kind <> 'integration' and p.after ->> ${column} is not null order by e.at desc, e.id desc limit 1`.execute(
      db,
    )
  ).rows[0]
