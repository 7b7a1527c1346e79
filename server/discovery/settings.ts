import type { DiscoverySettings } from '../../contract/discovery.ts'
import { type Db, sql } from '../platform/db.ts'

const nameOf = (organisation: string): string => `discovery ${organisation}`
const asInstalled: Omit<DiscoverySettings, 'version'> = { everyHours: 24, unknown: 'wait', keep: 5 }

/** How agents are told to report and what becomes of what they find. */
export async function discoverySettings(db: Db, organisation: string, lock = false): Promise<DiscoverySettings> {
  const { rows } = await sql<{ version: number; value: Omit<DiscoverySettings, 'version'> }>`
    select version, value from settings where name = ${nameOf(organisation)} ${lock ? sql`for update` : sql``}`.execute(
    db,
  )
  const row = rows[0]
  return row === undefined ? { ...asInstalled, version: 1 } : { ...asInstalled, ...row.value, version: row.version }
}

export async function saveDiscoverySettings(db: Db, organisation: string, given: DiscoverySettings): Promise<void> {
  const { version, ...value } = given
  await sql`
    insert into settings (name, version, value) values (${nameOf(organisation)}, ${version + 1}, ${JSON.stringify(value)}::jsonb)
    on conflict (name) do update set value = excluded.value, version = settings.version + 1`.execute(db)
}
