import { may } from '../../contract/permissions.ts'
import { sql } from '../platform/db.ts'
import type { SubjectKind } from '../platform/subjects.ts'
import { visibleAudit } from './audits-store.ts'

/** What the floors below may know of audits of the register. */
export const auditSubject: SubjectKind = {
  kind: 'asset_audit',
  visible: (actor, id) =>
    sql<boolean>`exists (select 1 from asset_audits u where u.id = ${id} and ${visibleAudit(actor)})`,
  insider: (actor, id) =>
    may(actor.role, 'assets.write')
      ? sql<boolean>`exists (select 1 from asset_audits u where u.id = ${id} and ${visibleAudit(actor)})`
      : sql<boolean>`false`,
  path: ({ id }) => `/asset-audits/${id}`,
  async describe(db, ids) {
    const { rows } = await sql<{ id: string; reference: string; name: string }>`
      select id, reference, name from asset_audits where id = any(${ids}::uuid[])`.execute(db)
    return new Map(rows.map(({ id, reference, name }) => [id, { reference, title: name }]))
  },
}
