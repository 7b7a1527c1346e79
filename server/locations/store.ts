import type { RawBuilder } from 'kysely'
import { type Db, sql } from '../platform/db.ts'
import type { LocationKind } from './rules/why-not-place.ts'
import { likeOf } from '../platform/like-of.ts'

/** Columns that a person's act can change. */
export interface LocationColumns {
  kind: LocationKind
  name: string
  parent_id: string | null
  street: string | null
  postal_code: string | null
  city: string | null
  region: string | null
  country: string | null
  contact_id: string | null
  note: string
  active: boolean
}
export interface StoredLocation extends LocationColumns {
  id: string
  version: number
  path: string
  full_name: string
}

const columns = sql`id, version, kind, name, parent_id, path, full_name, street, postal_code, city, region, country, contact_id, note, active`

/** The tree, each before what is inside it, siblings by name. */
export async function allLocations(
  db: Db,
  organisation: string,
  f: { active?: boolean | undefined; q?: string | undefined } = {},
): Promise<StoredLocation[]> {
  const like = likeOf(f.q ?? '')
  const { rows } = await sql<StoredLocation>`
    select ${columns} from locations where organisation_id = ${organisation} ${f.active === undefined ? sql`` : sql`and active = ${f.active}`}
      ${f.q === undefined ? sql`` : sql`and lower(full_name) like ${like}`}
    order by replace(lower(full_name), ' / ', chr(1)) collate "C", id`.execute(db)
  return rows
}

export async function locationById(
  db: Db,
  organisation: string,
  id: string,
  lock = false,
): Promise<StoredLocation | undefined> {
  if (lock) await sql`select 1 from locations where id = ${id} for update`.execute(db)
  const { rows } =
    await sql<StoredLocation>`select ${columns} from locations where id = ${id} and organisation_id = ${organisation}`.execute(
      db,
    )
  return rows[0]
}

/** Moves change paths of many: one at a time in an organisation. */
export const holdTree = (db: Db, organisation: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended('locations ' || ${organisation}::text, 0))`.execute(db)

export async function insertLocation(db: Db, organisation: string, l: StoredLocation): Promise<void> {
  await sql`
    insert into locations (id, organisation_id, kind, name, parent_id, path, full_name, street, postal_code, city, region, country, contact_id, note, active)
    values (${l.id}, ${organisation}, ${l.kind}, ${l.name}, ${l.parent_id}, ${l.path}, ${l.full_name}, ${l.street}, ${l.postal_code}, ${l.city}, ${l.region}, ${l.country}, ${l.contact_id}, ${l.note}, ${l.active})`.execute(
    db,
  )
}

/** Saves a location; whatever is inside it follows in path and full name. */
export async function saveLocation(db: Db, before: StoredLocation, l: StoredLocation): Promise<void> {
  await sql`
    update locations set kind = ${l.kind}, name = ${l.name}, parent_id = ${l.parent_id}, path = ${l.path}, full_name = ${l.full_name}, street = ${l.street}, postal_code = ${l.postal_code}, city = ${l.city},
      region = ${l.region}, country = ${l.country}, contact_id = ${l.contact_id}, note = ${l.note}, active = ${l.active}, version = version + 1, updated_at = now() where id = ${l.id}`.execute(
    db,
  )
  if (before.path !== l.path || before.full_name !== l.full_name)
    await sql`
      update locations set path = ${l.path} || substr(path, ${before.path.length + 1}::int), full_name = ${l.full_name} || substr(full_name, length(${before.full_name}) + 1)
      where path like ${`${before.path}_%`}`.execute(db)
}

export async function childrenOf(db: Db, id: string): Promise<{ kind: LocationKind; active: boolean }[]> {
  return (
    await sql<{
      kind: LocationKind
      active: boolean
    }>`select kind, active from locations where parent_id = ${id}`.execute(db)
  ).rows
}

/** Ids of a location and everything inside it, as an array for `= any(...)`. */
export const insideLocation = (organisation: string, id: string): RawBuilder<unknown> =>
  sql`array(select l.id from locations l where l.organisation_id = ${organisation} and l.path like (select o.path || '%' from locations o where o.id = ${id}))`
