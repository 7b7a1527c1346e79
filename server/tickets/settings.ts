import { type Db, sql } from '../platform/db.ts'
import { usualMatrix } from './rules/priority.ts'

export interface TicketSettings {
  version: number
  matrix: number[][]
  reopenDays: number
}

const usual: TicketSettings = { version: 1, matrix: usualMatrix.map((row) => [...row]), reopenDays: 14 }
const nameOf = (organisation: string) => `tickets:${organisation}`

/** Remembered for a moment: asked with every ticket shown, changed once a year. */
const remembered = new Map<string, { settings: TicketSettings; until: number }>()

/** Priority matrix and reopen window of an organisation. `lock` reads for an edit. */
export async function ticketSettings(db: Db, organisation: string, lock = false): Promise<TicketSettings> {
  const known = remembered.get(organisation)
  if (!lock && known !== undefined && known.until > Date.now()) return known.settings
  const { rows } = await sql<{
    version: number
    value: Omit<TicketSettings, 'version'>
  }>`select version, value from settings where name = ${nameOf(organisation)} ${lock ? sql`for update` : sql``}`.execute(
    db,
  )
  const settings = rows[0] === undefined ? usual : { ...usual, ...rows[0].value, version: rows[0].version }
  remembered.set(organisation, { settings, until: Date.now() + 2000 })
  return settings
}

export async function saveTicketSettings(db: Db, organisation: string, settings: TicketSettings): Promise<void> {
  const { version, ...value } = settings
  await sql`insert into settings (name, version, value) values (${nameOf(organisation)}, ${version + 1}, ${JSON.stringify(value)}::jsonb)
    on conflict (name) do update set version = settings.version + 1, value = excluded.value`.execute(db)
  remembered.clear()
}
