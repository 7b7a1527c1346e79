import { may } from '../../contract/permissions.ts'
import { sql } from '../platform/db.ts'
import type { SubjectKind } from '../platform/subjects.ts'
import { visibleAsk } from './asks-store.ts'
import { visibleAttestation } from './attestations-store.ts'

/** What the floors below may know of campaigns. */
export const attestationSubject: SubjectKind = {
  kind: 'attestation',
  visible: (actor, id) =>
    sql<boolean>`exists (select 1 from attestations t where t.id = ${id} and ${visibleAttestation(actor)})`,
  insider: (actor, id) =>
    may(actor.role, 'assets.write')
      ? sql<boolean>`exists (select 1 from attestations t where t.id = ${id} and ${visibleAttestation(actor)})`
      : sql<boolean>`false`,
  path: ({ id }) => `/asset-audits/campaigns/${id}`,
  async describe(db, ids) {
    const { rows } = await sql<{ id: string; reference: string; name: string }>`
      select id, reference, name from attestations where id = any(${ids}::uuid[])`.execute(db)
    return new Map(rows.map(({ id, reference, name }) => [id, { reference, title: name }]))
  },
}

/** What the floors below may know of what one person is asked: that person sees it, and whoever reads the register. */
export const askSubject: SubjectKind = {
  kind: 'attestation_person',
  visible: (actor, id) =>
    sql<boolean>`exists (select 1 from attestation_people k where k.id = ${id} and ${visibleAsk(actor)})`,
  insider: (actor, id) =>
    may(actor.role, 'assets.write')
      ? sql<boolean>`exists (select 1 from attestation_people k where k.id = ${id} and ${visibleAsk(actor)})`
      : sql<boolean>`false`,
  path: () => '/my-things/check',
  async describe(db, ids) {
    const { rows } = await sql<{ id: string; reference: string; name: string; person: string }>`
      select k.id, t.reference, t.name, p.name as person from attestation_people k join attestations t on t.id = k.attestation_id join persons p on p.id = k.person_id where k.id = any(${ids}::uuid[])`.execute(
      db,
    )
    return new Map(rows.map(({ id, reference, name, person }) => [id, { reference, title: `${name}: ${person}` }]))
  },
}
