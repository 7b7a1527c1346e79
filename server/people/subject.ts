import type { RawBuilder } from 'kysely'
import { may, type Permission } from '../../contract/permissions.ts'
import type { Actor } from '../platform/ctx.ts'
import { sql } from '../platform/db.ts'
import type { SubjectKind } from '../platform/subjects.ts'

const known = (actor: Actor, id: RawBuilder<unknown>, permission: Permission) =>
  may(actor.role, permission)
    ? sql<boolean>`exists (select 1 from persons seen_person where seen_person.id = ${id} and seen_person.organisation_id = ${actor.organisation})`
    : sql<boolean>`false`

/** What the floors above may hang on a person. */
export const personSubject: SubjectKind = {
  kind: 'person',
  visible: (actor, id) => known(actor, id, 'people.read'),
  insider: (actor, id) => known(actor, id, 'people.write'),
  async describe(db, ids) {
    const { rows } = await sql<{ id: string; name: string }>`
      select id, name from persons where id = any(${ids}::uuid[])`.execute(db)
    return new Map(rows.map(({ id, name }) => [id, { reference: name, title: '' }]))
  },
}
