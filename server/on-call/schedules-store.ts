import type { Layer, PathStep } from '../../contract/on-call.ts'
import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'
import type { Override } from './rules/shifts.ts'

export interface StoredSchedule {
  id: string
  version: number
  organisation_id: string
  team_id: string
  team_name: string
  name: string
  zone: string
  layers: Layer[]
  path: PathStep[]
  active: boolean
}

const whole = sql`
  select s.id, s.version, s.organisation_id, s.team_id, t.name as team_name, s.name, s.zone, s.layers, s.path, s.active
  from on_call_schedules s join teams t on t.id = s.team_id`

export async function schedulesOf(
  db: Db,
  organisation: string,
  active: boolean | undefined,
): Promise<StoredSchedule[]> {
  const { rows } = await sql<StoredSchedule>`
    ${whole} where s.organisation_id = ${organisation} ${active === undefined ? sql`` : sql`and s.active = ${active}`} order by lower(s.name), s.id limit 500`.execute(
    db,
  )
  return rows
}

export async function scheduleById(
  db: Db,
  organisation: string,
  id: string,
  lock = false,
): Promise<StoredSchedule | undefined> {
  if (lock) await sql`select 1 from on_call_schedules where id = ${id} for update`.execute(db)
  return (await sql<StoredSchedule>`${whole} where s.id = ${id} and s.organisation_id = ${organisation}`.execute(db))
    .rows[0]
}

/** Active schedules of teams, the first of a team first. */
export async function schedulesOfTeams(db: Db, teams: readonly string[]): Promise<StoredSchedule[]> {
  if (teams.length === 0) return []
  const { rows } = await sql<StoredSchedule>`
    ${whole} where s.team_id = any(${teams}::uuid[]) and s.active order by s.created_at, s.id`.execute(db)
  return rows
}

export async function insertSchedule(
  tx: Db,
  s: {
    id: string
    organisation: string
    team: string
    name: string
    zone: string
    layers: readonly Layer[]
    path: readonly PathStep[]
  },
): Promise<void> {
  await sql`
    insert into on_call_schedules (id, organisation_id, team_id, name, zone, layers, path)
    values (${s.id}, ${s.organisation}, ${s.team}, ${s.name}, ${s.zone}, ${JSON.stringify(s.layers)}::jsonb, ${JSON.stringify(s.path)}::jsonb)`.execute(
    tx,
  )
}

export async function saveSchedule(
  tx: Db,
  id: string,
  s: { name: string; zone: string; layers: readonly Layer[]; path: readonly PathStep[]; active: boolean },
): Promise<void> {
  await sql`
    update on_call_schedules set name = ${s.name}, zone = ${s.zone}, layers = ${JSON.stringify(s.layers)}::jsonb, path = ${JSON.stringify(s.path)}::jsonb, active = ${s.active},
      version = version + 1, updated_at = now() where id = ${id}`.execute(tx)
}

export interface StoredOverride extends Override {
  schedule: string
  person_name: string
  reason: string
  made_by_name: string
}

/** Overrides that touch a stretch (epoch seconds), in order of their making. */
export async function overridesOf(
  db: Db,
  schedules: readonly string[],
  from: number,
  to: number,
): Promise<StoredOverride[]> {
  const { rows } = await sql<StoredOverride>`
    select o.id, o.schedule_id as schedule, o.person_id as person, p.name as person_name, extract(epoch from o.starts_at)::float8 as "from", extract(epoch from o.ends_at)::float8 as "to", o.reason, o.made_by_name
    from on_call_overrides o join persons p on p.id = o.person_id
    where o.schedule_id = any(${schedules}::uuid[]) and o.removed_at is null and o.ends_at > to_timestamp(${from}) and o.starts_at < to_timestamp(${to}) order by o.created_at, o.id`.execute(
    db,
  )
  return rows
}

export async function insertOverride(
  tx: Db,
  o: { id: string; schedule: string; person: string; from: string; to: string; reason: string; by: string },
): Promise<void> {
  await sql`
    insert into on_call_overrides (id, schedule_id, person_id, starts_at, ends_at, reason, made_by_name) values (${o.id}, ${o.schedule}, ${o.person}, ${o.from}, ${o.to}, ${o.reason}, ${o.by})`.execute(
    tx,
  )
}

/** Answers whether there was one. */
export async function removeOverrideOf(tx: Db, schedule: string, id: string): Promise<boolean> {
  const { rows } = await sql`
    update on_call_overrides set removed_at = now() where id = ${id} and schedule_id = ${schedule} and removed_at is null returning 1`.execute(
    tx,
  )
  return rows.length > 0
}

/** Names of active persons of the organisation, by id. */
export async function namesOf(db: Db, organisation: string, persons: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from persons where id = any(${persons}::uuid[]) and organisation_id = ${organisation} and active`.execute(
    db,
  )
  return new Map(rows.map((row) => [row.id, row.name]))
}

export const isTeam = async (db: Db, organisation: string, id: string): Promise<boolean> =>
  (await sql`select 1 from teams where id = ${id} and organisation_id = ${organisation} and active`.execute(db)).rows
    .length > 0

export const isScheduleName = async (
  db: Db,
  organisation: string,
  name: string,
  but: string | null,
): Promise<boolean> =>
  (
    await sql`select 1 from on_call_schedules where organisation_id = ${organisation} and lower(name) = lower(${name}) and id is distinct from ${but}::uuid`.execute(
      db,
    )
  ).rows.length > 0

export interface StoredNote {
  id: string
  author_name: string
  at: string
  body: string
  read_by_name: string | null
  read_at: string | null
}

export async function notePage(db: Db, schedule: string, limit: number, after: string | undefined) {
  const from = readCursor(after, 2)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const { rows } = await sql<StoredNote>`
    select id, author_name, at, body, read_by_name, read_at from on_call_notes where schedule_id = ${schedule}
      ${from === null ? sql`` : sql`and (at, id) < (${from[0]}::timestamptz, ${from[1]}::uuid)`} order by at desc, id desc limit ${limit + 1}`.execute(
    db,
  )
  const last = rows[limit - 1]
  return {
    rows: rows.slice(0, limit),
    next: rows.length > limit && last !== undefined ? cursorOf([last.at, last.id]) : null,
  }
}

export async function noteById(db: Db, schedule: string, id: string): Promise<StoredNote | undefined> {
  return (
    await sql<StoredNote>`select id, author_name, at, body, read_by_name, read_at from on_call_notes where id = ${id} and schedule_id = ${schedule}`.execute(
      db,
    )
  ).rows[0]
}

export async function insertHandoverNote(
  tx: Db,
  n: { id: string; schedule: string; author: string; name: string; body: string; at: string },
): Promise<void> {
  await sql`insert into on_call_notes (id, schedule_id, author_id, author_name, body, at) values (${n.id}, ${n.schedule}, ${n.author}, ${n.name}, ${n.body}, ${n.at})`.execute(
    tx,
  )
}

/** The first to read a note is kept; answers false for everybody after. */
export async function saveReading(tx: Db, id: string, by: string, name: string): Promise<boolean> {
  const { rows } = await sql`
    update on_call_notes set read_by = ${by}, read_by_name = ${name}, read_at = now() where id = ${id} and read_at is null returning 1`.execute(
    tx,
  )
  return rows.length > 0
}
