import type { Conditions, Target } from '../../contract/service-levels.ts'
import { type Db, sql } from '../platform/db.ts'

export interface StoredLevel {
  id: string
  version: number
  organisation_id: string
  name: string
  position: number
  active: boolean
  revision: number
  calendar_id: string
  calendar_name: string
  calendar_version_id: string
  conditions: Conditions
  targets: Target[]
  revised_at: string
  open_clocks: number
}

const whole = sql`
  select s.id, s.version, s.organisation_id, s.name, s.position, s.active, s.revision, v.calendar_id, c.name as calendar_name, v.calendar_version_id, v.conditions, v.targets, v.created_at as revised_at,
    (select count(*) from commitments m where m.phase in ('running', 'paused') and m.terms_id in (select t.id from commitment_terms t where t.source_id = s.id)) as open_clocks
  from service_levels s join service_level_versions v on v.service_level_id = s.id and v.revision = s.revision join calendars c on c.id = v.calendar_id`

export async function levelById(
  db: Db,
  organisation: string,
  id: string,
  lock = false,
): Promise<StoredLevel | undefined> {
  if (lock) await sql`select 1 from service_levels where id = ${id} for update`.execute(db)
  return (await sql<StoredLevel>`${whole} where s.id = ${id} and s.organisation_id = ${organisation}`.execute(db))
    .rows[0]
}

export const allLevels = async (db: Db, organisation: string): Promise<StoredLevel[]> =>
  (await sql<StoredLevel>`${whole} where s.organisation_id = ${organisation} order by s.position, s.id`.execute(db))
    .rows

export const activeLevelsOf = async (db: Db, organisation: string): Promise<StoredLevel[]> =>
  (await allLevels(db, organisation)).filter((level) => level.active)

/** Active levels that count on a calendar in a version other than the given one. */
export const levelsOnCalendar = async (db: Db, calendar: string, version: string): Promise<StoredLevel[]> =>
  (
    await sql<StoredLevel>`${whole} where v.calendar_id = ${calendar} and v.calendar_version_id <> ${version} and s.active order by s.position, s.id`.execute(
      db,
    )
  ).rows

export const isNameTaken = async (db: Db, organisation: string, name: string, but: string | null): Promise<boolean> =>
  (
    await sql`select 1 from service_levels where organisation_id = ${organisation} and lower(name) = lower(${name}) and id is distinct from ${but}::uuid`.execute(
      db,
    )
  ).rows.length > 0

/** Whether the calendar is one of the organisation's and in use. */
export const isCalendarUsable = async (db: Db, organisation: string, calendar: string): Promise<boolean> =>
  (
    await sql`select 1 from calendars where id = ${calendar} and organisation_id = ${organisation} and active`.execute(
      db,
    )
  ).rows.length > 0

export async function insertLevel(db: Db, level: { id: string; organisation: string; name: string }): Promise<void> {
  await sql`
    insert into service_levels (id, organisation_id, name, position)
    select ${level.id}, ${level.organisation}, ${level.name}, coalesce(max(position), 0) + 1 from service_levels where organisation_id = ${level.organisation}`.execute(
    db,
  )
}

export interface LevelVersion {
  id: string
  revision: number
  calendar: string
  calendarVersion: string
  conditions: Conditions
  targets: readonly Target[]
  by: string
}

export async function insertLevelVersion(db: Db, v: LevelVersion): Promise<void> {
  await sql`
    insert into service_level_versions (service_level_id, revision, calendar_id, calendar_version_id, conditions, targets, created_by)
    values (${v.id}, ${v.revision}, ${v.calendar}, ${v.calendarVersion}, ${JSON.stringify(v.conditions)}::jsonb, ${JSON.stringify(v.targets)}::jsonb, ${v.by})`.execute(
    db,
  )
}

export async function saveLevel(
  db: Db,
  id: string,
  columns: { name: string; active: boolean; revision: number },
): Promise<void> {
  await sql`
    update service_levels set name = ${columns.name}, active = ${columns.active}, revision = ${columns.revision}, version = version + 1, updated_at = now() where id = ${id}`.execute(
    db,
  )
}

export async function saveOrder(db: Db, ids: readonly string[]): Promise<void> {
  await sql`
    update service_levels s set position = o.place, version = version + 1, updated_at = now()
    from unnest(${ids}::uuid[]) with ordinality as o(id, place) where s.id = o.id and s.position <> o.place`.execute(db)
}

/** How many active service levels count on each calendar. */
export async function levelsUsingCalendars(db: Db, calendars: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; n: number }>`
    select v.calendar_id as id, count(*) as n from service_levels s join service_level_versions v on v.service_level_id = s.id and v.revision = s.revision
    where s.active and v.calendar_id = any(${calendars}::uuid[]) group by v.calendar_id`.execute(db)
  return new Map(rows.map((row) => [row.id, row.n]))
}
