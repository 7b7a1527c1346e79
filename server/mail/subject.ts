import { may } from '../../contract/permissions.ts'
import { sql } from '../platform/db.ts'
import type { SubjectKind } from '../platform/subjects.ts'

/** Mails are seen, as envelopes, by whoever keeps the mail of the organisation. */
export const mailSubject: SubjectKind = {
  kind: 'mail',
  visible: (actor, id) =>
    may(actor.role, 'mail.manage')
      ? sql<boolean>`exists (select 1 from mails outgoing where outgoing.id = ${id} and outgoing.organisation_id = ${actor.organisation})`
      : sql<boolean>`false`,
  insider: (actor, id) => mailSubject.visible(actor, id),
  describe: () => Promise.resolve(new Map()),
}
