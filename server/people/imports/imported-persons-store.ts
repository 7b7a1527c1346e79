import { type Db, sql } from '../../platform/db.ts'
import { storableJson } from '../../platform/rules/storable-text.ts'

/** A person as an import compares it. */
export interface KnownPerson {
  id: string
  name: string
  emails: string[]
  username: string | null
  employee_number: string | null
  department: string | null
  job_title: string | null
  phone: string | null
  site: string | null
  cost_centre: string | null
  manager_id: string | null
  starts_on: string | null
  ends_on: string | null
  active: boolean
  has_account: boolean
}

/** People by id. `held`: those of them who will be written, kept from others for this transaction; in order of id, so that no two wait for each other. */
export async function personsById(
  db: Db,
  organisation: string,
  ids: readonly string[],
  held: readonly string[],
): Promise<Map<string, KnownPerson>> {
  if (held.length > 0)
    await sql`select 1 from persons where organisation_id = ${organisation} and id = any(${held}::uuid[]) order by id for no key update`.execute(
      db,
    )
  const { rows } = await sql<KnownPerson>`
    select p.id, p.name, p.username, p.employee_number, p.department, p.job_title, p.phone, p.site, p.cost_centre, p.manager_id, p.starts_on, p.ends_on, p.active,
      exists (select 1 from accounts a where a.person_id = p.id) as has_account,
      array(select email from person_emails e where e.person_id = p.id order by position, email) as emails
    from persons p where p.organisation_id = ${organisation} and p.id = any(${ids}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.id, row]))
}

export type NewPerson = Omit<KnownPerson, 'emails' | 'has_account'> & { email: string | null }

/** Inserts people with their addresses: two statements for any number. */
export async function insertPersons(db: Db, organisation: string, persons: readonly NewPerson[]): Promise<void> {
  if (persons.length === 0) return
  await sql`
    insert into persons (id, organisation_id, name, username, employee_number, department, job_title, phone, site, cost_centre, manager_id, starts_on, ends_on, active)
    select id, ${organisation}, name, username, employee_number, department, job_title, phone, site, cost_centre, manager_id, starts_on, ends_on, active
    from jsonb_to_recordset(${storableJson(persons)}::jsonb) as g(id uuid, name text, username text, employee_number text, department text, job_title text, phone text, site text, cost_centre text, manager_id uuid, starts_on date, ends_on date, active boolean)`.execute(
    db,
  )
  await sql`
    insert into person_emails (email, person_id, position)
    select email, id, 0 from jsonb_to_recordset(${storableJson(persons)}::jsonb) as g(id uuid, email text) where email is not null`.execute(
    db,
  )
}

/** Everybody and whom they report to, for chains of managers. */
export async function managersOf(db: Db, organisation: string): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; manager_id: string }>`
    select id, manager_id from persons where organisation_id = ${organisation} and manager_id is not null`.execute(db)
  return new Map(rows.map((row) => [row.id, row.manager_id]))
}

/** People of whom an import said a manager that was not there yet: who, and what the file calls the manager. */
export async function managersAwaited(
  db: Db,
  organisation: string,
  source: string,
): Promise<{ id: string; word: string }[]> {
  const { rows } = await sql<{ id: string; word: string }>`
    select subject_id as id, said->'manager'->>0 as word from imported_values
    where organisation_id = ${organisation} and source = ${source} and jsonb_typeof(said->'manager') = 'array' and said->'manager'->>1 = ''`.execute(
    db,
  )
  return rows
}
