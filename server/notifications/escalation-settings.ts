import { type Db, sql } from '../platform/db.ts'

/** Working time (seconds) after which the next in line hears that nobody acted, unless the organisation chose another; null: never. */
const usualSeconds = 2 * 3600

interface Stored {
  escalateAfterSeconds: number | null
}
const nameFor = (organisation: string) => `notifications:${organisation}`

export async function escalateAfterSeconds(db: Db, organisation: string): Promise<number | null> {
  const { rows } = await sql<{
    value: Stored
  }>`select value from settings where name = ${nameFor(organisation)}`.execute(db)
  return rows[0] === undefined ? usualSeconds : rows[0].value.escalateAfterSeconds
}

export async function saveEscalateAfter(db: Db, organisation: string, seconds: number | null): Promise<void> {
  await sql`insert into settings (name, value) values (${nameFor(organisation)}, ${JSON.stringify({ escalateAfterSeconds: seconds })}::jsonb)
    on conflict (name) do update set value = excluded.value, version = settings.version + 1`.execute(db)
}
