import type { Ref } from '../../contract/action.ts'
import { type Db, sql } from '../platform/db.ts'

export interface StoredSkill {
  id: string
  version: number
  name: string
  active: boolean
  people: number
}

const whole = sql`select s.id, s.version, s.name, s.active,
  (select count(*) from person_skills h join persons p on p.id = h.person_id and p.active where h.skill_id = s.id) as people from skills s`

export const allSkills = async (db: Db, organisation: string): Promise<StoredSkill[]> =>
  (await sql<StoredSkill>`${whole} where s.organisation_id = ${organisation} order by lower(s.name), s.id`.execute(db))
    .rows

/** `lock`: nobody comes to need it, or closes it, until the transaction ends. */
export async function skillById(
  db: Db,
  organisation: string,
  id: string,
  lock = false,
): Promise<StoredSkill | undefined> {
  if (lock) await sql`select 1 from skills where id = ${id} for update`.execute(db)
  return (await sql<StoredSkill>`${whole} where s.id = ${id} and s.organisation_id = ${organisation}`.execute(db))
    .rows[0]
}

/** Another skill of that name, however it is written. */
export const isNameTaken = async (db: Db, organisation: string, id: string, name: string): Promise<boolean> =>
  (
    await sql`select 1 from skills where organisation_id = ${organisation} and lower(name) = lower(${name}) and id <> ${id}`.execute(
      db,
    )
  ).rows.length > 0

export async function saveSkill(
  db: Db,
  id: string,
  organisation: string,
  s: { name: string; active: boolean },
): Promise<void> {
  await sql`insert into skills (id, organisation_id, name, active) values (${id}, ${organisation}, ${s.name}, ${s.active})
    on conflict (id) do update set name = excluded.name, active = excluded.active, version = skills.version + 1`.execute(
    db,
  )
}

/** Those of the ids that are skills in use; held, so that none is closed before what needs it is written. */
export const skillsInUse = async (db: Db, organisation: string, ids: readonly string[]): Promise<Ref[]> =>
  ids.length === 0
    ? []
    : (
        await sql<Ref>`select id, name from skills where organisation_id = ${organisation} and active and id = any(${ids}::uuid[]) order by lower(name) for share`.execute(
          db,
        )
      ).rows

export async function setSkillsOf(db: Db, person: string, skills: readonly string[]): Promise<void> {
  await sql`delete from person_skills where person_id = ${person} and not skill_id = any(${skills}::uuid[])`.execute(db)
  await sql`insert into person_skills (person_id, skill_id) select ${person}, id from unnest(${skills}::uuid[]) as g(id) on conflict do nothing`.execute(
    db,
  )
}
