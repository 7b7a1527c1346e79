import type { AssetClass } from '../../contract/asset-models.ts'
import { type Db, sql } from '../platform/db.ts'
import type { Change, Recorded } from './rules/recorded-at.ts'

/** A thing as the register has it now, as far as an audit asks. */
export interface Thing extends Recorded {
  id: string
  tag: string
  name: string
  category_id: string
  class: AssetClass
  updated_at: string
}

export async function thingsById(db: Db, organisation: string, ids: readonly string[]): Promise<Map<string, Thing>> {
  const { rows } = await sql<Thing>`
    select a.id, a.tag, case when a.name <> '' then a.name else coalesce(m.name, '') end as name, a.state, a.location_id, a.holder_kind, a.holder_id, a.category_id, c.class, a.updated_at
    from assets a join asset_categories c on c.id = a.category_id left join asset_models m on m.id = a.model_id
    where a.id = any(${ids}::uuid[]) and a.organisation_id = ${organisation}`.execute(db)
  return new Map(rows.map((row) => [row.id, row]))
}

/** Paths of places, by id; those that are not the organisation's are left out. */
export async function pathsOf(db: Db, organisation: string, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; path: string }>`
    select id, path from locations where id = any(${ids}::uuid[]) and organisation_id = ${organisation}`.execute(db)
  return new Map(rows.map((row) => [row.id, row.path]))
}

export interface KnownChange extends Change {
  to: string
}

/** What was done since a moment with state, place and holder of things, newest first each: from the log, which says who and when. */
export async function changesSince(
  db: Db,
  things: readonly string[],
  since: string,
): Promise<Map<string, KnownChange[]>> {
  if (things.length === 0) return new Map()
  const { rows } = await sql<{
    subject_id: string
    at: string
    actor_name: string
    before: Record<string, unknown>
    after: Record<string, unknown>
  }>`
    select e.subject_id, e.at, e.actor_name, p.before, p.after from events e join event_payloads p on p.event_id = e.id
    where e.subject_id = any(${things}::uuid[]) and e.at > ${since}::timestamptz and e.subject_kind = 'asset' and p.before ?| array['state', 'location_id', 'holder_id']
    order by e.at desc, e.id desc`.execute(db)
  const found = new Map<string, KnownChange[]>()
  for (const { subject_id, at, actor_name, before, after } of rows) {
    const list = found.get(subject_id) ?? []
    const to = after['holder_name'] ?? after['location_name'] ?? after['state'] ?? ''
    list.push({ at, by: actor_name, before, after: after ?? {}, to: typeof to === 'string' ? to : '' })
    found.set(subject_id, list)
  }
  return found
}
