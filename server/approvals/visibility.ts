import type { RawBuilder } from 'kysely'
import { aboutKinds } from '../../contract/commitments.ts'
import { awayAndNamed } from '../notifications/public.ts'
import type { Actor } from '../platform/ctx.ts'
import { sql } from '../platform/db.ts'
import type { Subjects } from '../platform/subjects.ts'

/** Over `approval_candidates c`: asked in person, or standing in for somebody who is away. */
export const askedOf = (actor: Actor): RawBuilder<boolean> =>
  sql<boolean>`(c.person_id = ${actor.person}::uuid or c.person_id in ${awayAndNamed(actor.person)})`

/**
 * Who sees an approval, as a condition over `approvals approval`: whose request it is, who asked, who is or was asked, who spoke for somebody, and whoever
 * sees the record it is about.
 */
export const visibleApproval = (subjects: Subjects, actor: Actor): RawBuilder<boolean> => sql<boolean>`
  (approval.organisation_id = ${actor.organisation} and (approval.requester_id = ${actor.person}::uuid or approval.asked_by = ${actor.id}::uuid
    or exists (select 1 from approval_candidates c where c.approval_id = approval.id and ${askedOf(actor)})
    or exists (select 1 from approval_decisions d where d.approval_id = approval.id and d.decided_by = ${actor.person}::uuid)
    or ${subjects.visible(actor, sql.ref('approval.subject_kind'), sql.ref('approval.subject_id'), aboutKinds)}))`

/** Over `approvals approval`: works on the record it is about. */
export function insideApproval(subjects: Subjects, actor: Actor): RawBuilder<boolean> {
  const each = aboutKinds.flatMap((kind) => {
    const known = subjects.get(kind)
    return known === undefined
      ? []
      : [sql<boolean>`(approval.subject_kind = ${kind} and ${known.insider(actor, sql.ref('approval.subject_id'))})`]
  })
  return sql<boolean>`(approval.organisation_id = ${actor.organisation} and (${sql.join([sql<boolean>`false`, ...each], sql` or `)}))`
}
