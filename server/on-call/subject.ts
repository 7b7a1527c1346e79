import { may, type Permission } from '../../contract/permissions.ts'
import type { RawBuilder } from 'kysely'
import type { Actor } from '../platform/ctx.ts'
import { sql } from '../platform/db.ts'
import type { SubjectKind } from '../platform/subjects.ts'

const known = (actor: Actor, id: RawBuilder<unknown>, permission: Permission) =>
  may(actor.role, permission)
    ? sql<boolean>`exists (select 1 from on_call_schedules seen_schedule where seen_schedule.id = ${id} and seen_schedule.organisation_id = ${actor.organisation})`
    : sql<boolean>`false`

/** What the floors below may know of on-call schedules. */
export const onCallSubject: SubjectKind = {
  kind: 'on_call',
  visible: (actor, id) => known(actor, id, 'on-call.read'),
  insider: (actor, id) => known(actor, id, 'on-call.write'),
  path: ({ id }) => `/on-call/${id}`,
  async describe(db, ids) {
    const { rows } = await sql<{ id: string; name: string }>`
      select id, name from on_call_schedules where id = any(${ids}::uuid[])`.execute(db)
    return new Map(rows.map(({ id, name }) => [id, { reference: name, title: '' }]))
  },
}
