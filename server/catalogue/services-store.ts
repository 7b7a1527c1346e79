import type { Answers, CatalogueCategory, ServiceDefinition } from '../../contract/catalogue.ts'
import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'
import { likeOf } from '../platform/like-of.ts'

export interface StoredService {
  id: string
  version: number
  organisation_id: string
  category_id: string
  category_name: string
  category_active: boolean
  position: number
  draft: ServiceDefinition
  revision: number | null
  changed: boolean
  /** What is published; null: nothing. */
  definition: ServiceDefinition | null
  published_at: string | null
  published_by_name: string | null
  orders: number
}

const whole = sql`
  select s.*, c.name as category_name, c.active as category_active, v.definition, v.published_at, v.published_by_name
  from catalogue_services s join catalogue_categories c on c.id = s.category_id left join catalogue_revisions v on v.service_id = s.id and v.revision = s.revision`

/** Every service that can be ordered, by category. An organisation has hundreds at most; whom they are for is asked of each. */
export const publishedServices = async (db: Db, organisation: string): Promise<StoredService[]> =>
  (
    await sql<StoredService>`${whole} where s.organisation_id = ${organisation} and s.revision is not null and c.active order by c.position, lower(c.name), s.position, s.id limit 2000`.execute(
      db,
    )
  ).rows

export async function serviceById(
  db: Db,
  organisation: string,
  id: string,
  lock = false,
): Promise<StoredService | undefined> {
  if (lock) await sql`select 1 from catalogue_services where id = ${id} for update`.execute(db)
  return (await sql<StoredService>`${whole} where s.id = ${id} and s.organisation_id = ${organisation}`.execute(db))
    .rows[0]
}

export async function servicePage(
  db: Db,
  organisation: string,
  category: string | undefined,
  limit: number,
  after: string | undefined,
): Promise<{ rows: StoredService[]; next: string | null }> {
  const from = readCursor(after, 4)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const { rows } = await sql<StoredService & { category_position: number }>`
    select * from (${whole}) s join lateral (select position as category_position from catalogue_categories where id = s.category_id) p on true
    where s.organisation_id = ${organisation} ${category === undefined ? sql`` : sql`and s.category_id = ${category}`}
      ${from === null ? sql`` : sql`and (p.category_position, s.category_id, s.position, s.id) > (${from[0]}::int, ${from[1]}::uuid, ${from[2]}::int, ${from[3]}::uuid)`}
    order by p.category_position, s.category_id, s.position, s.id limit ${limit + 1}`.execute(db)
  const last = rows[limit - 1]
  return {
    rows: rows.slice(0, limit),
    next:
      rows.length > limit && last !== undefined
        ? cursorOf([last.category_position, last.category_id, last.position, last.id])
        : null,
  }
}

export async function insertService(
  db: Db,
  s: { id: string; organisation: string; category: string; definition: ServiceDefinition },
): Promise<void> {
  await sql`
    insert into catalogue_services (id, organisation_id, category_id, position, draft)
    select ${s.id}, ${s.organisation}, ${s.category}, coalesce(max(position) + 1, 0), ${JSON.stringify(s.definition)}::jsonb from catalogue_services where category_id = ${s.category}`.execute(
    db,
  )
}

export async function saveService(
  db: Db,
  id: string,
  columns: {
    draft?: ServiceDefinition
    category_id?: string
    position?: number
    revision?: number | null
    changed?: boolean
  },
): Promise<void> {
  const { draft, ...rest } = columns
  await db
    .updateTable('catalogue_services')
    .set({
      ...rest,
      ...(draft === undefined ? {} : { draft: JSON.stringify(draft) }),
      version: sql`version + 1`,
      updated_at: sql`now()`,
    })
    .where('id', '=', id)
    .execute()
}

/** Writes what is worked on as the next revision and answers its number. */
export async function publishRevision(db: Db, id: string, by: { name: string; at: string }): Promise<number> {
  const { rows } = await sql<{ revision: number }>`
    insert into catalogue_revisions (service_id, revision, definition, published_at, published_by_name)
    select s.id, coalesce((select max(revision) from catalogue_revisions r where r.service_id = s.id), 0) + 1, s.draft, ${by.at}::timestamptz, ${by.name} from catalogue_services s where s.id = ${id}
    returning revision`.execute(db)
  return rows[0]!.revision
}

export const categoriesOf = async (db: Db, organisation: string, active?: boolean): Promise<CatalogueCategory[]> =>
  (
    await sql<CatalogueCategory>`
      select id, version, name, position, active from catalogue_categories where organisation_id = ${organisation} ${active === undefined ? sql`` : sql`and active = ${active}`}
      order by position, lower(name) limit 500`.execute(db)
  ).rows

export async function draftsOf(db: Db, person: string | null): Promise<Map<string, Answers>> {
  if (person === null) return new Map()
  const { rows } = await sql<{ service_id: string; answers: Answers }>`
    select service_id, answers from order_drafts where person_id = ${person}`.execute(db)
  return new Map(rows.map((row) => [row.service_id, row.answers]))
}
export async function saveDraft(db: Db, person: string, service: string, answers: Answers): Promise<void> {
  await sql`
    insert into order_drafts (person_id, service_id, answers) values (${person}, ${service}, ${JSON.stringify(answers)}::jsonb)
    on conflict (person_id, service_id) do update set answers = excluded.answers, updated_at = now()`.execute(db)
}
export const discardDraft = async (db: Db, person: string, service: string): Promise<boolean> =>
  (await sql`delete from order_drafts where person_id = ${person} and service_id = ${service} returning 1`.execute(db))
    .rows.length > 0

/** Where a person belongs: what decides which services they may order. */
export async function ordererOf(
  db: Db,
  person: string | null,
): Promise<{ department: string | null; site: string | null; teams: string[] }> {
  const { rows } = await sql<{ department: string | null; site: string | null; teams: string[] }>`
    select p.department, p.site, array(select m.team_id from team_members m where m.person_id = p.id) as teams from persons p where p.id = ${person}::uuid`.execute(
    db,
  )
  return rows[0] ?? { department: null, site: null, teams: [] }
}

/** Colleagues by a part of their name. */
export async function colleagues(
  db: Db,
  organisation: string,
  q: string,
): Promise<{ id: string; name: string; detail: string }[]> {
  const like = likeOf(q)
  return (
    await sql<{ id: string; name: string; detail: string }>`
      select id, name, coalesce(department, '') as detail from persons where organisation_id = ${organisation} and active and lower(name) like ${like} order by lower(name), id limit 10`.execute(
      db,
    )
  ).rows
}
