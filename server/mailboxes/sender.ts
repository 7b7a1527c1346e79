import type { Role } from '../../contract/permissions.ts'
import { may } from '../../contract/permissions.ts'
import { actorOfAccount } from '../people/public.ts'
import type { Actor } from '../platform/ctx.ts'
import type { Db } from '../platform/db.ts'

/** Whom the address of a sender belongs to. */
export interface Sender {
  person: string
  name: string
  /** Every address of theirs, lower case. */
  addresses: string[]
  account: string | null
  role: Role | null
}

/** Acts in the name of whoever wrote: through their account, or as somebody who has none and may ask and answer. */
export async function actorOfSender(db: Db, organisation: string, sender: Sender): Promise<Actor> {
  const byAccount = sender.account === null ? null : await actorOfAccount(db, sender.account, null)
  return byAccount ?? personWithoutAccount(organisation, sender)
}

export const personWithoutAccount = (organisation: string, who: { person: string; name: string }): Actor => ({
  kind: 'person',
  id: who.person,
  name: who.name,
  role: 'requester',
  organisation,
  person: who.person,
  account: null,
  session: null,
  teams: [],
  confidentialTeams: [],
  zone: 'UTC',
})

/** Acts for what nobody known wrote, under the name the message gives. */
export const outsideActor = (organisation: string, mailbox: string, name: string): Actor => ({
  kind: 'integration',
  id: mailbox,
  name,
  role: 'requester',
  organisation,
  person: null,
  account: null,
  session: null,
  teams: [],
  confidentialTeams: [],
  zone: 'UTC',
})

export const isStaff = (sender: Sender | null): boolean => sender?.role != null && may(sender.role, 'tickets.work')
