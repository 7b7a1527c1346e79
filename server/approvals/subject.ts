import { sql } from '../platform/db.ts'
import type { SubjectKind, Subjects } from '../platform/subjects.ts'
import { insideApproval, visibleApproval } from './visibility.ts'

/** What others may know of approvals. */
export const approvalSubject = (subjects: Subjects): SubjectKind => ({
  kind: 'approval',
  visible: (actor, id) =>
    sql<boolean>`exists (select 1 from approvals approval where approval.id = ${id} and ${visibleApproval(subjects, actor)})`,
  insider: (actor, id) =>
    sql<boolean>`exists (select 1 from approvals approval where approval.id = ${id} and ${insideApproval(subjects, actor)})`,
  path: ({ id }) => `/portal/approvals/${id}`,
  async describe(db, ids) {
    const { rows } = await sql<{ id: string; reference: string; title: string }>`
      select id, reference, title from approvals where id = any(${ids}::uuid[])`.execute(db)
    return new Map(rows.map(({ id, reference, title }) => [id, { reference, title }]))
  },
})
