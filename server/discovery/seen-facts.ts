import type { Sections } from '../../contract/inventories.ts'
import { type Db, sql } from '../platform/db.ts'
import type { StoredDevice } from './devices-store.ts'
import { isOpenPair } from './pairs-store.ts'
import type { Task } from './rules/read-report.ts'
import type { Fact } from './rules/trust.ts'

/** What of the sections others compare with the register. */
const compared = ['hardware', 'operatingSystem', 'antivirus', 'volumes', 'disks'] as const

export interface SeenFacts {
  device: StoredDevice
  doubts: number
  agents: { id: string; number: number; task: Task; last_seen_at: string; sections: Sections }[]
  /** Serial numbers its agents say, as they are compared. */
  serials: string[]
}

/** All that agents say of many devices, of those that are the assets and those by id, with a fixed number of statements. */
export async function seenFacts(
  db: Db,
  organisation: string,
  of: { assets: readonly string[]; devices: readonly string[] },
): Promise<SeenFacts[]> {
  const devices = (
    await sql<StoredDevice & { doubts: number }>`
      select d.*, (select count(*)::int from device_pairs p where (p.one_id = d.id or p.other_id = d.id) and ${isOpenPair}) as doubts from devices d
      where d.organisation_id = ${organisation} and (d.id = any(${of.devices}::uuid[]) or d.id = any(array(
        select id from devices where asset_id = any(${of.assets}::uuid[]) and state = 'linked')))`.execute(db)
  ).rows
  const agents = (
    await sql<{ id: string; number: number; device_id: string; task: Task; last_seen_at: string }>`
      select id, number, device_id, task, last_seen_at from agents where device_id = any(${devices.map((d) => d.id)}::uuid[])
      order by task <> 'inventory', task, last_seen_at desc`.execute(db)
  ).rows
  const ids = agents.map((agent) => agent.id)
  const sections = (
    await sql<{ agent_id: string; section: keyof Sections; content: never }>`
      select agent_id, section, content from seen_sections where agent_id = any(${ids}::uuid[]) and section = any(${[...compared]})`.execute(
      db,
    )
  ).rows
  const serials = (
    await sql<{ agent_id: string; value: string }>`
      select agent_id, value from seen_identities where agent_id = any(${ids}::uuid[]) and kind = 'serial'`.execute(db)
  ).rows
  const sectionsOf = Map.groupBy(sections, (row) => row.agent_id)
  const serialsOf = Map.groupBy(serials, (row) => row.agent_id)
  const agentsOf = Map.groupBy(agents, (row) => row.device_id)
  return devices.map(({ doubts, ...device }) => {
    const own = agentsOf.get(device.id) ?? []
    return {
      device,
      doubts,
      agents: own.map(({ id, number, task, last_seen_at }) => ({
        id,
        number,
        task,
        last_seen_at,
        sections: Object.fromEntries((sectionsOf.get(id) ?? []).map((row) => [row.section, row.content])),
      })),
      serials: [...new Set(own.flatMap(({ id }) => (serialsOf.get(id) ?? []).map((row) => row.value)))],
    }
  })
}

/** What each source says of many assets. */
export async function factsOfMany(db: Db, assets: readonly string[]): Promise<Map<string, Fact[]>> {
  const { rows } = await sql<Fact & { asset_id: string }>`
    select asset_id, field, source, value, written from asset_facts where asset_id = any(${assets}::uuid[])`.execute(db)
  return Map.groupBy(rows, (row) => row.asset_id)
}
