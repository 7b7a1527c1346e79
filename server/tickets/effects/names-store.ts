import { type Db, sql } from '../../platform/db.ts'

/** Names of queues, categories, skills and persons that rules and macros speak of, by id. */
export async function namesOf(db: Db, organisation: string, ids: readonly string[]): Promise<Record<string, string>> {
  if (ids.length === 0) return {}
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from queues where organisation_id = ${organisation} and id = any(${ids}::uuid[])
    union all select id, name from categories where organisation_id = ${organisation} and id = any(${ids}::uuid[])
    union all select id, name from skills where organisation_id = ${organisation} and id = any(${ids}::uuid[])
    union all select id, name from persons where organisation_id = ${organisation} and id = any(${ids}::uuid[])`.execute(
    db,
  )
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]))
}
