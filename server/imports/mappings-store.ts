import { type Db, sql } from '../platform/db.ts'

export interface StoredMapping {
  id: string
  source: string
  name: string
  mapping: Record<string, string>
  saved_by_name: string
  updated_at: string
}
const columns = sql`id, source, name, mapping, saved_by_name, updated_at`

/** The mappings an organisation saved, by name; of one source or of all. */
export async function mappingsOf(db: Db, organisation: string, source?: string): Promise<StoredMapping[]> {
  const { rows } = await sql<StoredMapping>`
    select ${columns} from saved_mappings where organisation_id = ${organisation} ${source === undefined ? sql`` : sql`and source = ${source}`}
    order by source, lower(name), id`.execute(db)
  return rows
}

export async function mappingNamed(
  db: Db,
  organisation: string,
  source: string,
  name: string,
): Promise<StoredMapping | undefined> {
  return (await mappingsOf(db, organisation, source)).find((one) => one.name.toLowerCase() === name.toLowerCase())
}

/** Saves a mapping; one of the same source and name is replaced and keeps its id. */
export async function upsertMapping(
  db: Db,
  organisation: string,
  m: { id: string; source: string; name: string; mapping: Record<string, string>; by: string },
): Promise<StoredMapping> {
  const { rows } = await sql<StoredMapping>`
    insert into saved_mappings (id, organisation_id, source, name, mapping, saved_by_name) values (${m.id}, ${organisation}, ${m.source}, ${m.name}, ${JSON.stringify(m.mapping)}::jsonb, ${m.by})
    on conflict (organisation_id, source, lower(name)) do update set name = excluded.name, mapping = excluded.mapping, saved_by_name = excluded.saved_by_name, updated_at = now()
    returning ${columns}`.execute(db)
  return rows[0]!
}

export async function deleteMapping(db: Db, organisation: string, id: string): Promise<StoredMapping | undefined> {
  const { rows } = await sql<StoredMapping>`
    delete from saved_mappings where id = ${id} and organisation_id = ${organisation} returning ${columns}`.execute(db)
  return rows[0]
}
