import type { RawBuilder } from 'kysely'
import { may } from '../../contract/permissions.ts'
import type { Actor } from '../platform/ctx.ts'
import { sql } from '../platform/db.ts'
import type { SubjectKind } from '../platform/subjects.ts'

/** One's own: made by the actor, or owned in person or through a team. The aliases are none that a caller's columns could bear. */
const own = (actor: Actor) => sql<boolean>`(by_hand.made_by = ${actor.id}
  or (promise.owner_kind = 'person' and promise.owner_id = ${actor.person}::uuid) or (promise.owner_kind = 'team' and promise.owner_id = any(${actor.teams}::uuid[])))`

const seen = (actor: Actor, id: RawBuilder<unknown>, general: boolean) => sql<boolean>`
  exists (select 1 from commitments promise join commitments_by_hand by_hand on by_hand.commitment_id = promise.id
    where promise.id = ${id} and promise.organisation_id = ${actor.organisation} and (${own(actor)} ${general ? sql`or not by_hand.private` : sql``}))`

/** A commitment that belongs to no other record. Private ones are seen by their maker and owner alone. */
export const commitmentSubject: SubjectKind = {
  kind: 'commitment',
  visible: (actor, id) => seen(actor, id, may(actor.role, 'commitments.all')),
  insider: (actor, id) => seen(actor, id, may(actor.role, 'commitments.all') && may(actor.role, 'commitments.write')),
  path: ({ reference }) => `/commitments/${encodeURIComponent(reference)}`,
  async describe(db, ids) {
    const { rows } = await sql<{ id: string; reference: string; title: string }>`
      select commitment_id as id, reference, title from commitments_by_hand where commitment_id = any(${ids}::uuid[])`.execute(
      db,
    )
    return new Map(rows.map(({ id, reference, title }) => [id, { reference, title }]))
  },
}
