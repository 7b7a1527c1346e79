import { type Db, sql } from '../platform/db.ts'
import { isId, newId } from '../platform/identifiers.ts'
import type { Actor } from '../platform/ctx.ts'
import { visibleTicket } from './visibility.ts'
import type { RawBuilder } from 'kysely'

export interface StoredQueue {
  id: string
  version: number
  name: string
  description: string
  is_default: boolean
  active: boolean
  teams: { id: string; name: string }[]
}

const whole = sql`
  select q.id, q.version, q.name, q.description, q.is_default, q.active,
    coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name) order by t.name) from queue_teams qt join teams t on t.id = qt.team_id where qt.queue_id = q.id), '[]') as teams
  from queues q`

export const allQueues = async (db: Db, organisation: string, active: boolean | undefined): Promise<StoredQueue[]> =>
  (
    await sql<StoredQueue>`${whole} where q.organisation_id = ${organisation} ${active === undefined ? sql`` : sql`and q.active = ${active}`} order by lower(q.name)`.execute(
      db,
    )
  ).rows

export async function queueById(
  db: Db,
  organisation: string,
  id: string,
  lock = false,
): Promise<StoredQueue | undefined> {
  if (lock) await sql`select 1 from queues where id = ${id} for update`.execute(db)
  return (await sql<StoredQueue>`${whole} where q.id = ${id} and q.organisation_id = ${organisation}`.execute(db))
    .rows[0]
}

/** An active queue by id or name; the default one without. */
export async function queueGiven(
  db: Db,
  organisation: string,
  given: string | undefined,
): Promise<{ id: string; name: string; teams: string[] } | undefined> {
  const which =
    given === undefined ? sql`q.is_default` : isId(given) ? sql`q.id = ${given}` : sql`lower(q.name) = lower(${given})`
  return (
    await sql<{ id: string; name: string; teams: string[] }>`
      select q.id, q.name, array(select team_id from queue_teams qt where qt.queue_id = q.id) as teams from queues q where ${which} and q.organisation_id = ${organisation} and q.active`.execute(
      db,
    )
  ).rows[0]
}

export async function saveQueue(
  db: Db,
  id: string,
  organisation: string,
  q: { name: string; description: string; isDefault: boolean; active: boolean; teams: readonly string[] },
): Promise<void> {
  if (q.isDefault)
    await sql`update queues set is_default = false where organisation_id = ${organisation} and is_default and id <> ${id}`.execute(
      db,
    )
  await sql`insert into queues (id, organisation_id, name, description, is_default, active) values (${id}, ${organisation}, ${q.name}, ${q.description}, ${q.isDefault}, ${q.active})
    on conflict (id) do update set name = excluded.name, description = excluded.description, is_default = excluded.is_default, active = excluded.active, version = queues.version + 1, updated_at = now()`.execute(
    db,
  )
  await sql`delete from queue_teams where queue_id = ${id} and not team_id = any(${q.teams}::uuid[])`.execute(db)
  await sql`insert into queue_teams (queue_id, team_id) select ${id}, id from teams where id = any(${q.teams}::uuid[]) and organisation_id = ${organisation} on conflict do nothing`.execute(
    db,
  )
}

const countCap = 1000

/** Open tickets of each queue that the actor sees, counted up to a cap. */
export async function openCounts(
  db: Db,
  actor: Actor,
  queues: readonly string[],
): Promise<Map<string, { open: number; openCapped: boolean }>> {
  const { rows } = await sql<{ id: string; n: number }>`
    select q.id, c.n from unnest(${queues}::uuid[]) as q(id) cross join lateral (
      select count(*) as n from (select 1 from tickets t where t.queue_id = q.id and t.open and ${visibleTicket(actor)} limit ${countCap + 1}) x) c`.execute(
    db,
  )
  return new Map(rows.map((row) => [row.id, { open: Math.min(row.n, countCap), openCapped: row.n > countCap }]))
}

export const hasOpenTickets = async (db: Db, queue: string): Promise<boolean> =>
  (await sql`select 1 from tickets where queue_id = ${queue} and open limit 1`.execute(db)).rows.length > 0

/** Whether a person has all of the skills; true where none is needed. */
export const hasSkills = (person: RawBuilder<unknown>, needed: readonly string[]) =>
  sql<boolean>`not exists (select 1 from unnest(${needed}::uuid[]) as g(skill) where not exists (select 1 from person_skills h where h.person_id = ${person} and h.skill_id = g.skill))`

/** Members of the teams that serve a queue, with what they carry over all queues; first those who have all the skills needed. */
export async function assigneesOf(
  db: Db,
  actor: Actor,
  queue: string,
  needed: readonly string[],
  now: string,
): Promise<{ id: string; name: string; open: number; late: number; skilled: boolean }[]> {
  const { rows } = await sql<{ id: string; name: string; open: number; late: number; skilled: boolean }>`
    select p.id, p.name, l.open, l.late, ${hasSkills(sql`p.id`, needed)} as skilled from (select distinct m.person_id from queue_teams qt join teams t on t.id = qt.team_id and t.active join team_members m on m.team_id = t.id where qt.queue_id = ${queue}) s
    join persons p on p.id = s.person_id and p.active
    cross join lateral (select count(*) as open, count(*) filter (where t.due_at < ${now}::timestamptz) as late from tickets t where t.assignee_id = p.id and t.due_at < 'infinity' and ${visibleTicket(actor)}) l
    order by skilled desc, lower(p.name)`.execute(db)
  return rows
}

/** Whether a person may be given tickets of a queue: a member of a serving team. */
export async function serves(
  db: Db,
  person: string,
  queue: string,
): Promise<{ name: string; serves: boolean } | undefined> {
  return (
    await sql<{ name: string; serves: boolean }>`
      select p.name, exists (select 1 from queue_teams qt join team_members m on m.team_id = qt.team_id where qt.queue_id = ${queue} and m.person_id = p.id) as serves from persons p where p.id = ${person} and p.active`.execute(
      db,
    )
  ).rows[0]
}

/** Queues by the teams that serve them. */
export async function queuesOfTeams(
  db: Db,
  teams: readonly string[],
): Promise<Map<string, { id: string; name: string }[]>> {
  const { rows } = await sql<{ team_id: string; id: string; name: string }>`
    select qt.team_id, q.id, q.name from queue_teams qt join queues q on q.id = qt.queue_id where qt.team_id = any(${teams}::uuid[]) and q.active order by q.name`.execute(
    db,
  )
  const found = new Map<string, { id: string; name: string }[]>()
  for (const { team_id, id, name } of rows) found.set(team_id, [...(found.get(team_id) ?? []), { id, name }])
  return found
}

/** The queue a new organisation begins with, served by a team of its administrator. Nothing where there is a queue. */
export async function ensureDefaultQueue(db: Db, organisation: string, administrator: string): Promise<void> {
  if ((await allQueues(db, organisation, undefined)).length > 0) return
  const queue = newId()
  const team = newId()
  await sql`insert into teams (id, organisation_id, name, lead_id) values (${team}, ${organisation}, 'Service desk', ${administrator})`.execute(
    db,
  )
  await sql`insert into team_members (team_id, person_id, confidential) values (${team}, ${administrator}, true)`.execute(
    db,
  )
  await saveQueue(db, queue, organisation, {
    name: 'Service desk',
    description: 'Everything that has no queue of its own',
    isDefault: true,
    active: true,
    teams: [team],
  })
}
