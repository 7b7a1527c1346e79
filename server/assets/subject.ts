import { may } from '../../contract/permissions.ts'
import { sql } from '../platform/db.ts'
import type { SubjectKind } from '../platform/subjects.ts'
import { visibleAsset } from './visibility.ts'

/** What the floors below may know of assets. */
export const assetSubject: SubjectKind = {
  kind: 'asset',
  visible: (actor, id) => sql<boolean>`exists (select 1 from assets a where a.id = ${id} and ${visibleAsset(actor)})`,
  insider: (actor, id) =>
    may(actor.role, 'assets.work')
      ? sql<boolean>`exists (select 1 from assets a where a.id = ${id} and ${visibleAsset(actor)})`
      : sql<boolean>`false`,
  path: ({ reference }) => `/assets/${encodeURIComponent(reference)}`,
  async describe(db, ids) {
    const { rows } = await sql<{ id: string; tag: string; name: string }>`
      select a.id, a.tag, case when a.name = '' then coalesce(m.name, '') else a.name end as name from assets a left join asset_models m on m.id = a.model_id
      where a.id = any(${ids}::uuid[])`.execute(db)
    return new Map(rows.map(({ id, tag, name }) => [id, { reference: tag, title: name }]))
  },
  async people(db, ids) {
    const { rows } = await sql<{ id: string; person: string | null }>`
      select id, case when holder_kind = 'person' then holder_id end as person from assets where id = any(${ids}::uuid[])`.execute(
      db,
    )
    return new Map(rows.map(({ id, person }) => [id, { assignee: null, requester: person, watchers: [], teams: [] }]))
  },
}

/** What the floors below may know of items of stock. */
export const stockSubject: SubjectKind = {
  kind: 'stock',
  visible: (actor, id) =>
    may(actor.role, 'assets.read')
      ? sql<boolean>`exists (select 1 from stock_items s where s.id = ${id} and s.organisation_id = ${actor.organisation})`
      : sql<boolean>`false`,
  insider: (actor, id) =>
    may(actor.role, 'assets.work')
      ? sql<boolean>`exists (select 1 from stock_items s where s.id = ${id} and s.organisation_id = ${actor.organisation})`
      : sql<boolean>`false`,
  path: ({ id }) => `/stock/${id}`,
  async describe(db, ids) {
    const { rows } = await sql<{ id: string; name: string; number: string | null }>`
      select id, name, number from stock_items where id = any(${ids}::uuid[])`.execute(db)
    return new Map(rows.map(({ id, name, number }) => [id, { reference: name, title: number ?? '' }]))
  },
}
