import type { Relation, RelationNode, Service } from '../../contract/relations.ts'
import { type Db, sql } from '../platform/db.ts'

interface Row {
  id: string
  kind: Relation['kind']
  from_kind: RelationNode['kind']
  from_id: string
  to_kind: RelationNode['kind']
  to_id: string
}
export interface StoredRelation {
  id: string
  kind: Relation['kind']
  from: { kind: RelationNode['kind']; id: string }
  to: { kind: RelationNode['kind']; id: string }
}
const stored = (row: Row): StoredRelation => ({
  id: row.id,
  kind: row.kind,
  from: { kind: row.from_kind, id: row.from_id },
  to: { kind: row.to_kind, id: row.to_id },
})

/** Relations in which any of the nodes stands. */
export async function relationsOf(db: Db, organisation: string, nodes: readonly string[]): Promise<StoredRelation[]> {
  const { rows } = await sql<Row>`
    select id, kind, from_kind, from_id, to_kind, to_id from asset_relations where organisation_id = ${organisation} and from_id = any(${nodes}::uuid[])
    union select id, kind, from_kind, from_id, to_kind, to_id from asset_relations where organisation_id = ${organisation} and to_id = any(${nodes}::uuid[]) order by id`.execute(
    db,
  )
  return rows.map(stored)
}

export async function relationById(db: Db, organisation: string, id: string): Promise<StoredRelation | undefined> {
  const { rows } =
    await sql<Row>`select * from asset_relations where id = ${id} and organisation_id = ${organisation}`.execute(db)
  return rows[0] === undefined ? undefined : stored(rows[0])
}

/** Writes a relation; false where it is there already. */
export async function insertRelation(db: Db, organisation: string, r: StoredRelation): Promise<boolean> {
  const { rows } = await sql`
    insert into asset_relations (id, organisation_id, kind, from_kind, from_id, to_kind, to_id) values (${r.id}, ${organisation}, ${r.kind}, ${r.from.kind}, ${r.from.id}, ${r.to.kind}, ${r.to.id})
    on conflict do nothing returning 1`.execute(db)
  return rows.length > 0
}

export const deleteRelation = (db: Db, id: string) => sql`delete from asset_relations where id = ${id}`.execute(db)

/** Assets and services by id, as relations name them. */
export async function nodesById(
  db: Db,
  organisation: string,
  ids: readonly string[],
): Promise<Map<string, RelationNode>> {
  const { rows } = await sql<RelationNode>`
    select 'asset' as kind, a.id, a.tag as reference, case when a.name = '' then coalesce(m.name, c.name) else a.name end as name
      from assets a join asset_categories c on c.id = a.category_id left join asset_models m on m.id = a.model_id where a.organisation_id = ${organisation} and a.id = any(${ids}::uuid[])
    union all select 'service', s.id, s.name, s.description from it_services s where s.organisation_id = ${organisation} and s.id = any(${ids}::uuid[])`.execute(
    db,
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** Teams that use any of the services, and persons who hold any of the assets. */
export async function whoseWork(db: Db, nodes: readonly string[]) {
  const teams = await sql<{ id: string; name: string }>`
    select distinct t.id, t.name from it_service_teams u join teams t on t.id = u.team_id where u.service_id = any(${nodes}::uuid[]) order by t.name`.execute(
    db,
  )
  const holders = await sql<{ id: string; name: string }>`
    select distinct p.id, p.name from assets a join persons p on p.id = a.holder_id where a.holder_kind = 'person' and a.id = any(${nodes}::uuid[]) order by p.name`.execute(
    db,
  )
  return { teams: teams.rows, holders: holders.rows }
}

export type StoredService = Omit<Service, 'refusals'>

export async function allServices(db: Db, organisation: string, active?: boolean): Promise<StoredService[]> {
  const { rows } = await sql<StoredService>`
    select s.id, s.version, s.name, s.description, s.active,
      coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name) order by t.name) from it_service_teams u join teams t on t.id = u.team_id where u.service_id = s.id), '[]') as teams
    from it_services s where s.organisation_id = ${organisation} ${active === undefined ? sql`` : sql`and s.active = ${active}`} order by lower(s.name), s.id`.execute(
    db,
  )
  return rows
}

export const lockService = (db: Db, id: string) =>
  sql`select 1 from it_services where id = ${id} for update`.execute(db)

export async function saveService(
  db: Db,
  organisation: string,
  id: string,
  s: { name: string; description: string; active: boolean; teams: readonly string[] },
): Promise<void> {
  await sql`
    insert into it_services (id, organisation_id, name, description, active) values (${id}, ${organisation}, ${s.name}, ${s.description}, ${s.active})
    on conflict (id) do update set name = excluded.name, description = excluded.description, active = excluded.active, version = it_services.version + 1, updated_at = now()`.execute(
    db,
  )
  await sql`delete from it_service_teams where service_id = ${id}`.execute(db)
  await sql`insert into it_service_teams (service_id, team_id) select ${id}, t from unnest(${[...new Set(s.teams)]}::uuid[]) t`.execute(
    db,
  )
}
