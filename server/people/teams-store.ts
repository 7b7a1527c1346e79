import type { Team } from '../../contract/people.ts'
import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'
import { likeOf } from '../platform/like-of.ts'

export interface StoredTeam {
  id: string
  version: number
  name: string
  active: boolean
  lead_id: string | null
  lead_name: string | null
  members: Team['members']
}

const whole = sql`
  select t.id, t.version, t.organisation_id, t.name, t.active, t.lead_id, l.name as lead_name,
    coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'confidential', m.confidential) order by p.name) from team_members m join persons p on p.id = m.person_id where m.team_id = t.id), '[]') as members
  from teams t left join persons l on l.id = t.lead_id`

export async function teamById(
  db: Db,
  organisation: string,
  id: string,
  lock = false,
): Promise<StoredTeam | undefined> {
  if (lock) await sql`select 1 from teams where id = ${id} for update`.execute(db)
  return (await sql<StoredTeam>`${whole} where t.id = ${id} and t.organisation_id = ${organisation}`.execute(db))
    .rows[0]
}

export async function teamPage(
  db: Db,
  organisation: string,
  q: string | undefined,
  limit: number,
  after: string | undefined,
) {
  const from = readCursor(after, 2)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const like = likeOf(q ?? '')
  const { rows } = await sql<StoredTeam>`
    ${whole} where t.organisation_id = ${organisation} and lower(t.name) like ${like} ${from === null ? sql`` : sql`and (lower(t.name), t.id) > (lower(${from[0]}), ${from[1]}::uuid)`}
    order by lower(t.name), t.id limit ${limit + 1}`.execute(db)
  const last = rows[limit - 1]
  return {
    rows: rows.slice(0, limit),
    next: rows.length > limit && last !== undefined ? cursorOf([last.name, last.id]) : null,
  }
}

export async function saveTeam(
  db: Db,
  id: string,
  columns: { name?: string; lead_id?: string | null; active?: boolean },
): Promise<void> {
  await db
    .updateTable('teams')
    .set({ ...columns, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .execute()
}

export async function setMember(db: Db, team: string, person: string, confidential: boolean): Promise<void> {
  await sql`insert into team_members (team_id, person_id, confidential) values (${team}, ${person}, ${confidential}) on conflict (team_id, person_id) do update set confidential = excluded.confidential`.execute(
    db,
  )
}
export async function removeMember(db: Db, team: string, person: string): Promise<void> {
  await sql`delete from team_members where team_id = ${team} and person_id = ${person}`.execute(db)
}

/** Leaves every team and hands the lead of each to another (or to nobody). Answers how many were led. */
export async function leaveTeams(db: Db, person: string, successor: string | null): Promise<number> {
  await sql`delete from team_members where person_id = ${person}`.execute(db)
  const { rows } =
    await sql`update teams set lead_id = ${successor}, version = version + 1 where lead_id = ${person} returning 1`.execute(
      db,
    )
  return rows.length
}

export const teamsLed = async (db: Db, person: string): Promise<number> =>
  (await sql<{ n: number }>`select count(*) as n from teams where lead_id = ${person}`.execute(db)).rows[0]!.n
