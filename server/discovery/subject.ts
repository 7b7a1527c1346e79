import type { RawBuilder } from 'kysely'
import { may, type Permission } from '../../contract/permissions.ts'
import type { Actor } from '../platform/ctx.ts'
import { sql } from '../platform/db.ts'
import type { SubjectKind } from '../platform/subjects.ts'

const known = (actor: Actor, id: RawBuilder<unknown>, permission: Permission) =>
  may(actor.role, permission)
    ? sql<boolean>`exists (select 1 from devices seen_device where seen_device.id = ${id} and seen_device.organisation_id = ${actor.organisation})`
    : sql<boolean>`false`

/** What the floors below may know of devices as seen. */
export const deviceSubject: SubjectKind = {
  kind: 'device',
  visible: (actor, id) => known(actor, id, 'discovery.read'),
  insider: (actor, id) => known(actor, id, 'discovery.manage'),
  async describe(db, ids) {
    const { rows } = await sql<{ id: string; name: string; model: string | null }>`
      select id, name, model from devices where id = any(${ids}::uuid[])`.execute(db)
    return new Map(rows.map(({ id, name, model }) => [id, { reference: name, title: model ?? '' }]))
  },
  path: ({ id }) => `/discovery/devices/${id}`,
}
