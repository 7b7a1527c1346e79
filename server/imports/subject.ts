import { may } from '../../contract/permissions.ts'
import { sql } from '../platform/db.ts'
import type { SubjectKind } from '../platform/subjects.ts'

/** Imports are seen by whoever may run them, in their organisation; their files and live updates follow. */
export const importSubject: SubjectKind = {
  kind: 'import',
  visible: (actor, id) =>
    may(actor.role, 'imports.run')
      ? sql<boolean>`exists (select 1 from imports i where i.id = ${id} and i.organisation_id = ${actor.organisation})`
      : sql<boolean>`false`,
  insider: (actor, id) => importSubject.visible(actor, id),
  async describe(db, ids) {
    const { rows } = await sql<{
      id: string
      file_name: string
      source: string
    }>`select id, file_name, source from imports where id = any(${ids}::uuid[])`.execute(db)
    return new Map(rows.map((row) => [row.id, { reference: row.file_name, title: row.source }]))
  },
}
