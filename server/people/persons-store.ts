import { isAfter } from '../../contract/instants.ts'
import type { Person, PersonRow } from '../../contract/people.ts'
import type { Role } from '../../contract/permissions.ts'
import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'
import { likeOf } from '../platform/like-of.ts'

/** A person as stored, with the account that belongs to it. */
export interface StoredPerson {
  id: string
  version: number
  organisation_id: string
  name: string
  kind: Person['kind']
  department: string | null
  site: string | null
  cost_centre: string | null
  username: string | null
  job_title: string | null
  employee_number: string | null
  phone: string | null
  manager_id: string | null
  sponsor_id: string | null
  starts_on: string | null
  ends_on: string | null
  active: boolean
  created_at: string
  emails: string[]
  account_id: string | null
  role: Role | null
  disabled_at: string | null
  locked_until: string | null
  last_sign_in_at: string | null
  two_factor_enabled: boolean | null
  has_password: boolean
  manager_name: string | null
  sponsor_name: string | null
  teams: { id: string; name: string }[]
  skills: { id: string; name: string }[]
}

const whole = sql`
  select p.*, a.id as account_id, a.role, a.disabled_at, a.locked_until, a.last_sign_in_at, a.two_factor_enabled,
    exists (select 1 from account_credentials c where c.account_id = a.id and c.password is not null) as has_password,
    m.name as manager_name, s.name as sponsor_name,
    array(select email from person_emails e where e.person_id = p.id order by position, email) as emails,
    coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name) order by t.name) from team_members tm join teams t on t.id = tm.team_id where tm.person_id = p.id), '[]') as teams,
    coalesce((select jsonb_agg(jsonb_build_object('id', k.id, 'name', k.name) order by lower(k.name)) from person_skills h join skills k on k.id = h.skill_id where h.person_id = p.id), '[]') as skills
  from persons p left join accounts a on a.person_id = p.id left join persons m on m.id = p.manager_id left join persons s on s.id = p.sponsor_id`

export async function personById(
  db: Db,
  organisation: string,
  id: string,
  lock = false,
): Promise<StoredPerson | undefined> {
  if (lock) await sql`select 1 from persons where id = ${id} for update`.execute(db)
  const { rows } = await sql<StoredPerson>`${whole} where p.id = ${id} and p.organisation_id = ${organisation}`.execute(
    db,
  )
  return rows[0]
}

export async function personByEmail(
  db: Db,
  organisation: string,
  email: string,
): Promise<{ id: string; name: string } | undefined> {
  const { rows } = await sql<{ id: string; name: string }>`
    select p.id, p.name from person_emails e join persons p on p.id = e.person_id where e.email = ${email.trim().toLowerCase()} and p.organisation_id = ${organisation}`.execute(
    db,
  )
  return rows[0]
}

/** Names of those of the ids that are persons of the organisation. */
export async function personNames(db: Db, organisation: string, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from persons where id = any(${ids}::uuid[]) and organisation_id = ${organisation}`.execute(db)
  return new Map(rows.map((row) => [row.id, row.name]))
}

export interface PersonFilter {
  q?: string | undefined
  active?: boolean | undefined
  role?: string | undefined
  team?: string | undefined
  skill?: string | undefined
}

const matching = (organisation: string, f: PersonFilter) => {
  const like = likeOf(f.q ?? '')
  return sql`p.organisation_id = ${organisation}
    ${f.q === undefined ? sql`` : sql`and (lower(p.name) like ${like} or lower(coalesce(p.department, '')) like ${like} or exists (select 1 from person_emails e where e.person_id = p.id and e.email like ${like}))`}
    ${f.active === undefined ? sql`` : sql`and p.active = ${f.active}`}
    ${f.role === undefined ? sql`` : sql`and exists (select 1 from accounts a where a.person_id = p.id and a.role = ${f.role} and a.disabled_at is null)`}
    ${f.team === undefined ? sql`` : sql`and exists (select 1 from team_members m where m.person_id = p.id and m.team_id = ${f.team})`}
    ${f.skill === undefined ? sql`` : sql`and exists (select 1 from person_skills h where h.person_id = p.id and h.skill_id = ${f.skill})`}`
}

export async function personPage(
  db: Db,
  organisation: string,
  filter: PersonFilter,
  limit: number,
  after: string | undefined,
) {
  const from = readCursor(after, 2)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const { rows } = await sql<StoredPerson & { sort_name: string }>`
    with found as materialized (
      select p.id, lower(p.name) as sort_name from persons p where ${matching(organisation, filter)}
      ${from === null ? sql`` : sql`and (lower(p.name), p.id) > (${from[0]}, ${from[1]}::uuid)`}
      order by lower(p.name), p.id limit ${limit + 1})
    select w.*, f.sort_name from found f join (${whole}) w on w.id = f.id order by f.sort_name, f.id`.execute(db)
  const last = rows[limit - 1]
  return {
    rows: rows.slice(0, limit),
    next: rows.length > limit && last !== undefined ? cursorOf([last.sort_name, last.id]) : null,
  }
}

export async function countPersons(
  db: Db,
  organisation: string,
  filter: PersonFilter,
  cap: number | null,
): Promise<number> {
  const { rows } = await sql<{
    n: number
  }>`select count(*) as n from (select 1 from persons p where ${matching(organisation, filter)} ${cap === null ? sql`` : sql`limit ${cap + 1}`}) x`.execute(
    db,
  )
  return rows[0]!.n
}

/** Columns of a person that an edit may set. */
export interface PersonColumns {
  name: string
  kind: string
  department: string | null
  site: string | null
  cost_centre: string | null
  username: string | null
  job_title: string | null
  employee_number: string | null
  phone: string | null
  manager_id: string | null
  sponsor_id: string | null
  starts_on: string | null
  ends_on: string | null
}

export async function insertPerson(
  db: Db,
  id: string,
  organisation: string,
  columns: Partial<PersonColumns> & { name: string },
): Promise<void> {
  await db
    .insertInto('persons')
    .values({ id, organisation_id: organisation, ...columns })
    .execute()
}

export async function updatePerson(
  db: Db,
  id: string,
  columns: Partial<PersonColumns> & { active?: boolean },
): Promise<void> {
  await db
    .updateTable('persons')
    .set({ ...columns, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .execute()
}

/** Replaces a person's addresses, the first one being the main one. Answers an address that belongs to somebody else. */
export async function setEmails(db: Db, id: string, emails: readonly string[]): Promise<string | null> {
  const taken = await sql<{
    email: string
  }>`select email from person_emails where email = any(${emails}) and person_id <> ${id}`.execute(db)
  if (taken.rows[0] !== undefined) return taken.rows[0].email
  await sql`delete from person_emails where person_id = ${id}`.execute(db)
  for (const [position, email] of [...new Set(emails)].entries())
    await sql`insert into person_emails (email, person_id, position) values (${email}, ${id}, ${position})`.execute(db)
  return null
}

/** The name of whoever else has this username or employee number, and which of them. */
export async function whoElseIs(
  db: Db,
  organisation: string,
  id: string,
  given: { username?: string | null | undefined; employee_number?: string | null | undefined },
): Promise<{ field: 'username' | 'employeeNumber'; name: string } | undefined> {
  if (given.username == null && given.employee_number == null) return undefined
  const { rows } = await sql<{ field: 'username' | 'employeeNumber'; name: string }>`
    select case when lower(username) = lower(${given.username ?? null}::text) then 'username' else 'employeeNumber' end as field, name from persons
    where organisation_id = ${organisation} and id <> ${id} and (lower(username) = lower(${given.username ?? null}::text) or employee_number = ${given.employee_number ?? null}) limit 1`.execute(
    db,
  )
  return rows[0]
}

export async function otherAdministrators(db: Db, organisation: string, person: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from accounts a join persons p on p.id = a.person_id
    where p.organisation_id = ${organisation} and a.role = 'administrator' and a.disabled_at is null and p.active and p.id <> ${person}`.execute(
    db,
  )
  return rows[0]!.n
}

/** The managers above a person, nearest first; stops at a circle. */
export async function managersAbove(db: Db, id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive up(id, depth) as (select ${id}::uuid, 0 union select p.manager_id, depth + 1 from up join persons p on p.id = up.id where p.manager_id is not null and depth < 50)
    select id from up`.execute(db)
  return rows.map((row) => row.id)
}

export const accountStatus = (p: StoredPerson, now: string): 'invited' | 'active' | 'locked' | 'disabled' => {
  if (p.disabled_at !== null) return 'disabled'
  if (p.locked_until !== null && isAfter(p.locked_until, now)) return 'locked'
  return p.has_password ? 'active' : 'invited'
}

export const toRow = (p: StoredPerson): PersonRow => ({
  id: p.id,
  version: p.version,
  name: p.name,
  email: p.emails[0] ?? null,
  kind: p.kind,
  department: p.department,
  site: p.site,
  active: p.active,
  role: p.disabled_at === null ? p.role : null,
  teams: p.teams,
})
