import { may } from '../../contract/permissions.ts'
import { sql } from '../platform/db.ts'
import type { SubjectKind } from '../platform/subjects.ts'
import { visibleCustody } from './custody-store.ts'

/** What the floors below may know of who has what: its holder sees it, and whoever reads the register. */
export const custodySubject: SubjectKind = {
  kind: 'custody',
  visible: (actor, id) =>
    sql<boolean>`exists (select 1 from custodies c where c.id = ${id} and ${visibleCustody(actor)})`,
  insider: (actor, id) =>
    may(actor.role, 'assets.work')
      ? sql<boolean>`exists (select 1 from custodies c where c.id = ${id} and ${visibleCustody(actor)})`
      : sql<boolean>`false`,
  path: () => '/my-things',
  async describe(db, ids) {
    const { rows } = await sql<{ id: string; reference: string; title: string }>`
      select c.id, coalesce(a.tag, s.name) as reference, case when a.id is null then '' when a.name <> '' then a.name else coalesce(m.name, '') end as title
      from custodies c left join assets a on a.id = c.asset_id left join asset_models m on m.id = a.model_id left join stock_items s on s.id = c.stock_id
      where c.id = any(${ids}::uuid[])`.execute(db)
    return new Map(rows.map(({ id, reference, title }) => [id, { reference, title }]))
  },
}
