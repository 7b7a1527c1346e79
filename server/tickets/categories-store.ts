import type { Ref } from '../../contract/action.ts'
import type { Category } from '../../contract/queues.ts'
import { sentence } from '../platform/catalogue.ts'
import { type Db, sql } from '../platform/db.ts'
import { branchAbove } from './tickets-store.ts'

/** The tree, parents before their children, with the path a person reads (`Hardware / Laptop`). */
export async function categoryList(db: Db, organisation: string): Promise<Category[]> {
  const { rows } = await sql<Category>`
    with recursive tree as (
      select id, version, name, parent_id, active, name as path, lower(name) as sort from categories where parent_id is null and organisation_id = ${organisation}
      union all select c.id, c.version, c.name, c.parent_id, c.active, tree.path || ' / ' || c.name, tree.sort || chr(1) || lower(c.name) from categories c join tree on c.parent_id = tree.id)
    select id, version, name, parent_id as parent, active, path,
      coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name) order by lower(s.name)) from category_skills n join skills s on s.id = n.skill_id where n.category_id = tree.id), '[]') as skills
    from tree order by sort collate "C", id`.execute(db)
  return rows
}

export const categoryById = async (
  db: Db,
  organisation: string,
  id: string,
): Promise<{ id: string; name: string } | undefined> =>
  (
    await sql<{
      id: string
      name: string
    }>`select id, name from categories where id = ${id} and organisation_id = ${organisation}`.execute(db)
  ).rows[0]

export async function saveCategory(
  db: Db,
  id: string,
  organisation: string,
  c: { name: string; parent: string | null; active: boolean; skills: readonly string[] },
): Promise<void> {
  await sql`insert into categories (id, organisation_id, name, parent_id, active) values (${id}, ${organisation}, ${c.name}, ${c.parent}, ${c.active})
    on conflict (id) do update set name = excluded.name, parent_id = excluded.parent_id, active = excluded.active, version = categories.version + 1`.execute(
    db,
  )
  await sql`delete from category_skills where category_id = ${id} and not skill_id = any(${c.skills}::uuid[])`.execute(
    db,
  )
  await sql`insert into category_skills (category_id, skill_id) select ${id}, s from unnest(${c.skills}::uuid[]) as g(s) on conflict do nothing`.execute(
    db,
  )
}

/** Skills that tickets of a category need: its own and those of the categories above it. */
export async function skillsNeeded(db: Db, organisation: string, category: string | null): Promise<Ref[]> {
  if (category === null) return []
  const { rows } = await sql<Ref>`
    select s.id, s.name from skills s where s.organisation_id = ${organisation} and exists (
      select 1 from category_skills n where n.skill_id = s.id and n.category_id = any(${branchAbove(sql`${category}::uuid`)})) order by lower(s.name), s.id`.execute(
    db,
  )
  return rows
}

/** Which categories need each skill, in words. */
export async function categoriesNeeding(db: Db, organisation: string): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ skill_id: string; names: string[] }>`
    select n.skill_id, array_agg(c.name order by lower(c.name)) as names from category_skills n join categories c on c.id = n.category_id
    where c.organisation_id = ${organisation} group by n.skill_id`.execute(db)
  return new Map(rows.map((row) => [row.skill_id, row.names.map((name) => sentence('skills.by-category', { name }))]))
}
