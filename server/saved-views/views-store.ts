import type { RawBuilder } from 'kysely'
import { may } from '../../contract/permissions.ts'
import type { ViewedList, ViewSharing } from '../../contract/saved-views.ts'
import type { Actor } from '../platform/ctx.ts'
import { type Db, sql } from '../platform/db.ts'

export interface ViewColumns {
  name: string
  filter: Record<string, string>
  columns: string | null
  shared: ViewSharing
  team_id: string | null
}

export interface StoredView extends ViewColumns {
  id: string
  version: number
  list: ViewedList
  owner_id: string
  owner_name: string
  team_name: string | null
}

/**
 * Condition over a `saved_views v`: one's own, what is shared with one's teams, and with everybody in IT. What a view then lists is the matter
 * of the list and of whoever reads it.
 */
export const visibleView = (actor: Actor): RawBuilder<boolean> =>
  sql<boolean>`(v.organisation_id = ${actor.organisation} and (v.owner_id = ${actor.person}::uuid
    or (v.shared = 'everyone' and ${may(actor.role, 'people.read')}) or (v.shared = 'team' and v.team_id = any(${actor.teams}::uuid[]))))`

const whole = sql`
  select v.id, v.version, v.list, v.name, v.filter, v.columns, v.shared, v.team_id, v.owner_id, p.name as owner_name, t.name as team_name
  from saved_views v join persons p on p.id = v.owner_id left join teams t on t.id = v.team_id`

/** One's own first, then by name. */
export const viewsOf = async (db: Db, actor: Actor, list: ViewedList): Promise<StoredView[]> =>
  (
    await sql<StoredView>`${whole} where v.list = ${list} and ${visibleView(actor)}
      order by v.owner_id is distinct from ${actor.person}::uuid, lower(v.name), v.id`.execute(db)
  ).rows

export async function viewById(db: Db, actor: Actor, id: string, lock = false): Promise<StoredView | undefined> {
  if (lock) await sql`select 1 from saved_views where id = ${id} for update`.execute(db)
  return (await sql<StoredView>`${whole} where v.id = ${id} and ${visibleView(actor)}`.execute(db)).rows[0]
}

/** Holds the person's views of a list for the transaction, so that two saves at once do not go beyond the most; answers how many there are. */
export async function holdOwn(db: Db, person: string, list: ViewedList): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtext('saved views'), hashtext(${person}))`.execute(db)
  return (
    await sql<{
      n: number
    }>`select count(*) as n from saved_views where owner_id = ${person} and list = ${list}`.execute(db)
  ).rows[0]!.n
}

/** Whether the owner has another view of that name on the list. */
export const isNameTaken = async (
  db: Db,
  view: { owner: string; list: ViewedList; name: string; except: string | null },
): Promise<boolean> =>
  (
    await sql`select 1 from saved_views where owner_id = ${view.owner} and list = ${view.list} and lower(name) = lower(${view.name})
      and id is distinct from ${view.except}::uuid`.execute(db)
  ).rows.length > 0

export const isTeam = async (db: Db, organisation: string, id: string): Promise<boolean> =>
  (await sql`select 1 from teams where id = ${id} and organisation_id = ${organisation} and active`.execute(db)).rows
    .length > 0

export const insertView = (
  db: Db,
  view: ViewColumns & { id: string; organisation: string; owner: string; list: ViewedList },
) =>
  sql`insert into saved_views (id, organisation_id, owner_id, list, name, filter, columns, shared, team_id)
    values (${view.id}, ${view.organisation}, ${view.owner}, ${view.list}, ${view.name}, ${JSON.stringify(view.filter)}, ${view.columns}, ${view.shared}, ${view.team_id})`.execute(
    db,
  )

export const saveView = (db: Db, id: string, view: ViewColumns) =>
  sql`update saved_views set name = ${view.name}, filter = ${JSON.stringify(view.filter)}, columns = ${view.columns}, shared = ${view.shared},
    team_id = ${view.team_id}, version = version + 1, updated_at = now() where id = ${id}`.execute(db)

export const deleteView = (db: Db, id: string) => sql`delete from saved_views where id = ${id}`.execute(db)

/** Those of a person that others use, held. */
export async function sharedOf(db: Db, person: string): Promise<StoredView[]> {
  await sql`select 1 from saved_views where owner_id = ${person} and shared <> 'nobody' order by id for update`.execute(
    db,
  )
  return (
    await sql<StoredView>`${whole} where v.owner_id = ${person} and v.shared <> 'nobody' order by v.list, lower(v.name), v.id`.execute(
      db,
    )
  ).rows
}

export const namesOfOwner = async (db: Db, person: string, list: ViewedList): Promise<string[]> =>
  (
    await sql<{ name: string }>`select name from saved_views where owner_id = ${person} and list = ${list}`.execute(db)
  ).rows.map(({ name }) => name)

export const giveView = (db: Db, id: string, owner: string, name: string) =>
  sql`update saved_views set owner_id = ${owner}, name = ${name}, version = version + 1, updated_at = now() where id = ${id}`.execute(
    db,
  )

export interface Arrangement {
  tabs: string[]
  opens_with: string | null
}

export const arrangementOf = async (db: Db, person: string | null, list: ViewedList): Promise<Arrangement> =>
  (
    await sql<Arrangement>`select tabs, opens_with from view_arrangements where person_id = ${person}::uuid and list = ${list}`.execute(
      db,
    )
  ).rows[0] ?? { tabs: [], opens_with: null }

export const saveArrangement = (db: Db, person: string, list: ViewedList, to: Arrangement) =>
  sql`insert into view_arrangements (person_id, list, tabs, opens_with) values (${person}, ${list}, ${to.tabs}, ${to.opens_with})
    on conflict (person_id, list) do update set tabs = excluded.tabs, opens_with = excluded.opens_with`.execute(db)
