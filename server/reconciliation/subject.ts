import { may } from '../../contract/permissions.ts'
import { sentence } from '../platform/catalogue.ts'
import { sql } from '../platform/db.ts'
import type { SubjectKind } from '../platform/subjects.ts'

/** What the floors below may know of all differences of a kind together: the one commitment about them. */
export const differenceKindSubject: SubjectKind = {
  kind: 'difference_kind',
  visible: (actor, id) =>
    may(actor.role, 'assets.read')
      ? sql<boolean>`exists (select 1 from difference_kinds k where k.id = ${id} and k.organisation_id = ${actor.organisation})`
      : sql<boolean>`false`,
  insider: (actor, id) =>
    may(actor.role, 'assets.work')
      ? sql<boolean>`exists (select 1 from difference_kinds k where k.id = ${id} and k.organisation_id = ${actor.organisation})`
      : sql<boolean>`false`,
  path: ({ reference }) => `/reconciliation?kind=${reference}`,
  async describe(db, ids) {
    const { rows } = await sql<{ id: string; kind: string; open: number }>`
      select id, kind, open from difference_kinds where id = any(${ids}::uuid[])`.execute(db)
    return new Map(
      rows.map(({ id, kind, open }) => [
        id,
        { reference: kind, title: sentence('reconciliation.open', { kind, n: open }) },
      ]),
    )
  },
}
