import type { CalendarDefinition, Holiday } from '../../contract/calendars.ts'
import { type Db, sql } from '../platform/db.ts'
import { newId } from '../platform/identifiers.ts'

export interface StoredCalendar {
  id: string
  version: number
  name: string
  active: boolean
  revision: number
  version_id: string
  definition: CalendarDefinition
  country: string | null
  region: string | null
  own_holidays: Holiday[]
}

const whole = sql`
  select c.id, c.version, c.name, c.active, c.revision, v.id as version_id, v.definition, v.country, v.region, v.own_holidays
  from calendars c join calendar_versions v on v.calendar_id = c.id and v.revision = c.revision`

export async function calendarById(
  db: Db,
  organisation: string,
  id: string,
  lock = false,
): Promise<StoredCalendar | undefined> {
  if (lock) await sql`select 1 from calendars where id = ${id} for update`.execute(db)
  return (await sql<StoredCalendar>`${whole} where c.id = ${id} and c.organisation_id = ${organisation}`.execute(db))
    .rows[0]
}

export const allCalendars = async (db: Db, organisation: string): Promise<StoredCalendar[]> =>
  (
    await sql<StoredCalendar>`${whole} where c.organisation_id = ${organisation} order by lower(c.name), c.id`.execute(
      db,
    )
  ).rows

export const isNameTaken = async (db: Db, organisation: string, name: string, but: string | null): Promise<boolean> =>
  (
    await sql`
    select 1 from calendars where organisation_id = ${organisation} and lower(name) = lower(${name}) and id is distinct from ${but}::uuid`.execute(
      db,
    )
  ).rows.length > 0

export async function revisionsOf(db: Db, id: string): Promise<{ revision: number; at: string; by: string }[]> {
  const { rows } = await sql<{ revision: number; at: string; by: string }>`
    select revision, created_at as at, created_by as by from calendar_versions where calendar_id = ${id} order by revision desc limit 200`.execute(
    db,
  )
  return rows
}

export interface NewVersion {
  calendar: string
  revision: number
  definition: CalendarDefinition
  country: string | null
  region: string | null
  ownHolidays: readonly Holiday[]
  by: string
}

export async function insertCalendar(db: Db, organisation: string, id: string, name: string): Promise<void> {
  await sql`insert into calendars (id, organisation_id, name) values (${id}, ${organisation}, ${name})`.execute(db)
}

/** Adds an immutable version; answers its id. */
export async function insertVersion(db: Db, v: NewVersion): Promise<string> {
  const id = newId()
  await sql`
    insert into calendar_versions (id, calendar_id, revision, definition, country, region, own_holidays, created_by)
    values (${id}, ${v.calendar}, ${v.revision}, ${JSON.stringify(v.definition)}::jsonb, ${v.country}, ${v.region}, ${JSON.stringify(v.ownHolidays)}::jsonb, ${v.by})`.execute(
    db,
  )
  return id
}

export async function saveCalendar(
  db: Db,
  id: string,
  columns: { name: string; active: boolean; revision: number },
): Promise<void> {
  await sql`
    update calendars set name = ${columns.name}, active = ${columns.active}, revision = ${columns.revision}, version = version + 1, updated_at = now()
    where id = ${id}`.execute(db)
}

/** The calendar an organisation began with, which counts for whoever chose none; null where there is none yet. */
export const firstCalendar = async (db: Db, organisation: string): Promise<{ id: string; name: string } | null> =>
  (
    await sql<{ id: string; name: string }>`
    select id, name from calendars where organisation_id = ${organisation} and active order by created_at, id limit 1`.execute(
      db,
    )
  ).rows[0] ?? null
