import type { RawBuilder } from 'kysely'
import { may } from '../../contract/permissions.ts'
import type { Actor } from '../platform/ctx.ts'
import { sql } from '../platform/db.ts'
import type { SubjectKind } from '../platform/subjects.ts'

const configures = (actor: Actor, id: RawBuilder<unknown>): RawBuilder<boolean> =>
  may(actor.role, 'tickets.configure')
    ? sql<boolean>`exists (select 1 from catalogue_services s where s.id = ${id} and s.organisation_id = ${actor.organisation})`
    : sql<boolean>`false`

/** What the log may say of services as they are worked on: to those who set them up. */
export const serviceSubject: SubjectKind = {
  kind: 'catalogue_service',
  visible: configures,
  insider: configures,
  path: ({ id }) => `/catalogue-setup/${id}`,
  async describe(db, ids) {
    const { rows } = await sql<{ id: string; title: string }>`
      select id, draft->>'name' as title from catalogue_services where id = any(${ids}::uuid[])`.execute(db)
    return new Map(rows.map(({ id, title }) => [id, { reference: '', title }]))
  },
}
