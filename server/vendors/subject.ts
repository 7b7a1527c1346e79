import type { RawBuilder } from 'kysely'
import { may, type Permission } from '../../contract/permissions.ts'
import type { Actor } from '../platform/ctx.ts'
import { sql } from '../platform/db.ts'
import type { SubjectKind } from '../platform/subjects.ts'

const known = (actor: Actor, id: RawBuilder<unknown>, permission: Permission) =>
  may(actor.role, permission)
    ? sql<boolean>`exists (select 1 from vendors seen_vendor where seen_vendor.id = ${id} and seen_vendor.organisation_id = ${actor.organisation})`
    : sql<boolean>`false`

/** What the floors below may know of vendors. */
export const vendorSubject: SubjectKind = {
  kind: 'vendor',
  visible: (actor, id) => known(actor, id, 'vendors.read'),
  insider: (actor, id) => known(actor, id, 'vendors.write'),
  async describe(db, ids) {
    const { rows } = await sql<{ id: string; name: string }>`
      select id, name from vendors where id = any(${ids}::uuid[])`.execute(db)
    return new Map(rows.map(({ id, name }) => [id, { reference: name, title: '' }]))
  },
}
