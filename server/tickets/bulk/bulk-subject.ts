import { sentence } from '../../platform/catalogue.ts'
import { sql } from '../../platform/db.ts'
import type { SubjectKind } from '../../platform/subjects.ts'

/** A bulk edit is seen by whoever asked for it. */
export const bulkSubject: SubjectKind = {
  kind: 'ticket-bulk-edit',
  visible: (actor, id) =>
    sql<boolean>`exists (select 1 from ticket_bulk_edits b where b.id = ${id} and b.person_id = ${actor.person}::uuid)`,
  insider: (actor, id) => bulkSubject.visible(actor, id),
  async describe(db, ids) {
    const { rows } = await sql<{ id: string; total: number }>`
      select id, total from ticket_bulk_edits where id = any(${ids}::uuid[])`.execute(db)
    return new Map(rows.map(({ id, total }) => [id, { reference: sentence('bulk.named', { n: total }), title: '' }]))
  },
  path: ({ id }) => `/tickets/bulk-edits/${id}`,
}
