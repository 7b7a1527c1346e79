import { actorOfAccount } from '../people/public.ts'
import type { Actor } from '../platform/ctx.ts'
import { type Db, sql } from '../platform/db.ts'
import { newId } from '../platform/identifiers.ts'
import type { Recipient } from './compose.ts'
import type { TakenMail } from './mails-store.ts'

/**
 * The person behind a mail, with the address of the account; null where the account is closed: nothing is mailed to those who left. A mail that names
 * its address goes there; its reader sees what somebody sees who has no account, unless there is one.
 */
export async function recipientOf(
  db: Db,
  mail: Pick<TakenMail, 'person_id' | 'to_name' | 'to_address' | 'organisation_id'>,
): Promise<Recipient | null> {
  const { person_id: person, to_address: address } = mail
  const { rows } =
    person === null
      ? { rows: [] }
      : await sql<{ id: string; email: string }>`
    select a.id, a.email from accounts a join persons p on p.id = a.person_id where a.person_id = ${person} and a.disabled_at is null and p.active`.execute(
          db,
        )
  const account = rows[0]
  const actor = account === undefined ? null : await actorOfAccount(db, account.id, null)
  if (address === null) return actor === null ? null : { person, name: actor.name, address: account!.email, actor }
  const name = mail.to_name ?? ''
  return { person, name, address, actor: actor ?? withoutAccount(mail.organisation_id, person, name) }
}

const withoutAccount = (organisation: string, person: string | null, name: string): Actor => ({
  kind: 'person',
  id: person ?? newId(),
  name,
  role: 'requester',
  organisation,
  person,
  account: null,
  session: null,
  teams: [],
  confidentialTeams: [],
  zone: 'UTC',
})
