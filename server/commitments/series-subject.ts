import type { RawBuilder } from 'kysely'
import { may } from '../../contract/permissions.ts'
import type { Actor } from '../platform/ctx.ts'
import { sql } from '../platform/db.ts'
import type { SubjectKind, Subjects } from '../platform/subjects.ts'
import { visibleSeries } from './series-store.ts'

/** A series of commitments: what the log says of one about a record is for those who see that record. */
export const seriesSubject = (subjects: Subjects): SubjectKind => {
  const visible = (actor: Actor, id: RawBuilder<unknown>) =>
    sql<boolean>`exists (select 1 from commitment_series s where s.id = ${id} and ${visibleSeries(subjects, actor)})`
  return {
    kind: 'commitment_series',
    visible,
    insider: (actor, id) => (may(actor.role, 'commitments.make') ? visible(actor, id) : sql<boolean>`false`),
    path: () => '/commitments/recurring',
    async describe(db, ids) {
      const { rows } = await sql<{ id: string; title: string }>`
        select id, title from commitment_series where id = any(${ids}::uuid[])`.execute(db)
      return new Map(rows.map(({ id, title }) => [id, { reference: '', title }]))
    },
  }
}
