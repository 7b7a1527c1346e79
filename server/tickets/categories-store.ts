import type { Category } from '../../contract/queues.ts'
import { type Db, sql } from '../platform/db.ts'

/** The tree, parents before their children, with the path a person reads (`Hardware / Laptop`). */
export async function categoryList(db: Db, organisation: string): Promise<Category[]> {
  const { rows } = await sql<Category>`
    with recursive tree as (
      select id, version, name, parent_id, active, name as path, lower(name) as sort from categories where parent_id is null and organisation_id = ${organisation}
      union all select c.id, c.version, c.name, c.parent_id, c.active, tree.path || ' / ' || c.name, tree.sort || chr(1) || lower(c.name) from categories c join tree on c.parent_id = tree.id)
    select id, version, name, parent_id as parent, active, path from tree order by sort collate "C", id`.execute(db)
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
  c: { name: string; parent: string | null; active: boolean },
): Promise<void> {
  await sql`insert into categories (id, organisation_id, name, parent_id, active) values (${id}, ${organisation}, ${c.name}, ${c.parent}, ${c.active})
    on conflict (id) do update set name = excluded.name, parent_id = excluded.parent_id, active = excluded.active, version = categories.version + 1`.execute(
    db,
  )
}
