import { sql } from '../platform/db.ts'
import type { SubjectKind } from '../platform/subjects.ts'
import { visibleView } from './views-store.ts'

/** What the floors below may know of saved views. */
export const savedViewSubject: SubjectKind = {
  kind: 'saved-view',
  visible: (actor, id) =>
    sql<boolean>`exists (select 1 from saved_views v where v.id = ${id} and ${visibleView(actor)})`,
  insider: (actor, id) => savedViewSubject.visible(actor, id),
  async describe(db, ids) {
    const { rows } = await sql<{ id: string; name: string }>`
      select id, name from saved_views where id = any(${ids}::uuid[])`.execute(db)
    return new Map(rows.map(({ id, name }) => [id, { reference: name, title: '' }]))
  },
}
