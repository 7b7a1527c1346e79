import { actorOfAccount } from '../people/public.ts'
import { type Db, sql } from '../platform/db.ts'
import type { Recipient } from './compose.ts'

/** The person behind a mail, with the address of the account; null where the account is closed: nothing is mailed to those who left. */
export async function recipientOf(db: Db, person: string): Promise<Recipient | null> {
  const { rows } = await sql<{ id: string; email: string }>`
    select a.id, a.email from accounts a join persons p on p.id = a.person_id where a.person_id = ${person} and a.disabled_at is null and p.active`.execute(
    db,
  )
  const account = rows[0]
  if (account === undefined) return null
  const actor = await actorOfAccount(db, account.id, null)
  return actor === null ? null : { person, name: actor.name, address: account.email, actor }
}
