import { sql } from '../platform/db.ts'
import type { SubjectKind } from '../platform/subjects.ts'

/** A notification is seen by the person it was written to, and by nobody else. */
export const notificationSubject: SubjectKind = {
  kind: 'notification',
  visible: (actor, id) =>
    sql<boolean>`exists (select 1 from notifications x where x.id = ${id} and x.person_id = ${actor.person}::uuid)`,
  insider: (actor, id) =>
    sql<boolean>`exists (select 1 from notifications x where x.id = ${id} and x.person_id = ${actor.person}::uuid)`,
  describe: () => Promise.resolve(new Map()),
}
