import { may } from '../../contract/permissions.ts'
import { sql } from '../platform/db.ts'
import type { SubjectKind } from '../platform/subjects.ts'
import { visibleIncoming } from './visibility.ts'

/** Mailboxes are seen by whoever keeps the mail of the organisation. */
export const mailboxSubject: SubjectKind = {
  kind: 'mailbox',
  visible: (actor, id) =>
    may(actor.role, 'mail.manage')
      ? sql<boolean>`exists (select 1 from mailboxes box where box.id = ${id} and box.organisation_id = ${actor.organisation})`
      : sql<boolean>`false`,
  insider: (actor, id) => mailboxSubject.visible(actor, id),
  async describe(db, ids) {
    const { rows } = await sql<{
      id: string
      name: string
    }>`select id, name from mailboxes where id = any(${ids}::uuid[])`.execute(db)
    return new Map(rows.map(({ id, name }) => [id, { reference: name, title: name }]))
  },
  path: ({ id }) => `/incoming/mailboxes/${id}`,
}

/** Messages that came in; the files of a kind are the messages themselves. */
export const incomingSubject: SubjectKind = {
  kind: 'incoming-mail',
  visible: (actor, id) =>
    sql<boolean>`exists (select 1 from incoming_mails incoming join mailboxes box on box.id = incoming.mailbox_id where incoming.id = ${id} and ${visibleIncoming(actor)})`,
  insider: (actor, id) => incomingSubject.visible(actor, id),
  // what it is about is told to nobody who does not open it
  describe: () => Promise.resolve(new Map()),
}
