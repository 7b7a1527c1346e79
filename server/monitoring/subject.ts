import { may } from '../../contract/permissions.ts'
import { sql } from '../platform/db.ts'
import type { SubjectKind } from '../platform/subjects.ts'

/** Alerts are seen by whoever sees monitoring; what is set up for it as well. */
export const alertSubject: SubjectKind = {
  kind: 'alert',
  visible: (actor, id) =>
    may(actor.role, 'monitoring.read')
      ? sql<boolean>`exists (select 1 from alerts seen_alert where seen_alert.id = ${id} and seen_alert.organisation_id = ${actor.organisation})`
      : sql<boolean>`false`,
  insider: (actor, id) => alertSubject.visible(actor, id),
  async describe(db, ids) {
    const { rows } = await sql<{
      id: string
      title: string
    }>`select id, title from alerts where id = any(${ids}::uuid[])`.execute(db)
    return new Map(rows.map(({ id, title }) => [id, { reference: title, title: '' }]))
  },
  path: ({ id }) => `/monitoring/alerts/${id}`,
}
