import { isAfter } from '../../contract/instants.ts'
import type { Actor } from '../platform/ctx.ts'
import type { Db } from '../platform/db.ts'
import { isId } from '../platform/identifiers.ts'
import { reopenUntil, survivorOf, ticketSettings } from '../tickets/public.ts'
import type { Decided } from './incoming-store.ts'
import { aroundMail, candidateTickets, type StoredCandidate } from './known-store.ts'
import { fingerprintOf, namedIds } from './mail-facts.ts'
import type { StoredMailbox } from './mailboxes-store.ts'
import type { ReadMessage } from './reading/read-message.ts'
import { isIssuedTo, markOf, tokensIn } from './reply-tokens.ts'
import type { Candidate, Known, Standing } from './rules/decide-mail.ts'
import { subjectTags } from './rules/subject-tags.ts'
import { actorOfSender, isStaff, type Sender } from './sender.ts'

/** What looking a message up needs of the installation. */
export interface Lookup {
  db: Db
  secret: Buffer
  organisation: string
  mailbox: StoredMailbox
  /** Addresses of all mailboxes of the organisation, and the one our notices come from; lower case. */
  ownAddresses: ReadonlySet<string>
}

export interface Gathered {
  known: Known
  sender: Sender | null
  /** Who acts where the sender is known. */
  actor: Actor | null
  fingerprint: Buffer | null
}

/** Looks up what is known here of a message and of whoever it says it is from. */
export async function gatherKnown(
  given: Lookup,
  read: ReadMessage,
  mail: { id: string | null; recipients: readonly string[]; receivedAt: string; decided: Decided | null },
): Promise<Gathered> {
  const { db, organisation, mailbox } = given
  const address = read.from?.address.toLowerCase() ?? ''
  const named = namedIds(read)
  const fingerprint = fingerprintOf(read)
  const around = await aroundMail(db, organisation, {
    id: mail.id,
    from: address,
    messageId: read.messageId,
    fingerprint,
    named,
    receivedAt: mail.receivedAt,
    limits: mailbox.limits,
  })
  const { sender } = around
  const actor = sender === null ? null : await actorOfSender(db, organisation, sender)
  const found = pointed(given, read, mail.recipients, sender?.addresses ?? [address], around.threads, mail.decided)
  const candidates = await resolved(given, found.tickets, found.references, {
    person: sender?.person ?? null,
    address,
    staff: isStaff(sender) ? actor : null,
    receivedAt: mail.receivedAt,
  })
  return {
    sender,
    actor,
    fingerprint,
    known: {
      mailbox: {
        unknownSenders: mailbox.unknown_senders,
        outsiders: mailbox.outsiders,
        closedTickets: mailbox.closed_tickets,
        acknowledge: mailbox.acknowledge,
        mostBytes: mailbox.most_bytes,
        limits: mailbox.limits,
      },
      isOurs: around.isOurs || given.ownAddresses.has(address),
      same: around.same,
      strangeToken: found.strangeToken,
      toItsAddress: found.toItsAddress,
      candidates,
      sender: { known: sender !== null, isStaff: isStaff(sender) },
      recent: { sender: around.recentOfSender, newSenders: around.recentNewSenders },
      decided: mail.decided?.what ?? null,
    },
  }
}

interface Pointed {
  ticket: string
  by: Candidate['by']
}

/** What in the message points at a ticket, the strongest first. */
function pointed(
  { secret }: Lookup,
  read: ReadMessage,
  recipients: readonly string[],
  addresses: readonly string[],
  threads: readonly { ticket: string; place: number }[],
  decided: Decided | null,
): { tickets: Pointed[]; references: string[]; strangeToken: boolean; toItsAddress: boolean } {
  const own = (texts: readonly string[]) => {
    const all = tokensIn(texts)
    return { ours: all.filter((token) => isIssuedTo(secret, token, addresses)), all }
  }
  const to = [
    ...recipients,
    ...read.deliveredTo,
    ...read.to.map((one) => one.address),
    ...read.cc.map((one) => one.address),
  ]
  const byAddress = own(to)
  const ids = namedIds(read)
  const byId = own(ids)
  // the root of what we mail about a ticket: a Message-ID that no mail has
  const roots = ids.flatMap((id) => /^<ticket\.([0-9a-f-]{36})@/i.exec(id)?.[1]?.toLowerCase() ?? []).filter(isId)
  const tickets: Pointed[] = [
    ...(decided?.ticket === undefined ? [] : [{ ticket: decided.ticket, by: 'person' as const }]),
    ...byAddress.ours.map(({ ticket }) => ({ ticket, by: 'token' as const })),
    ...byId.ours.map(({ ticket }) => ({ ticket, by: 'references' as const })),
    ...threads.map(({ ticket }) => ({ ticket, by: 'references' as const })),
    ...roots.map((ticket) => ({ ticket, by: 'references' as const })),
  ]
  const references = subjectTags(read.subject)
    .filter(({ reference, mark }) => mark === null || mark === markOf(secret, reference))
    .map(({ reference }) => reference)
  const strange = [...byAddress.all, ...byId.all].length > [...byAddress.ours, ...byId.ours].length
  return {
    tickets,
    references,
    strangeToken: strange && byAddress.ours.length + byId.ours.length === 0,
    toItsAddress: byAddress.all.length > 0,
  }
}

const doneStates = ['resolved', 'closed']
const mostSteps = 10

/** The tickets, each once, where the conversation of each goes on: the survivor of a merge, the follow-up of what is done. */
async function resolved(
  given: Lookup,
  tickets: readonly Pointed[],
  references: readonly string[],
  who: { person: string | null; address: string; staff: Actor | null; receivedAt: string },
): Promise<Candidate[]> {
  if (tickets.length === 0 && references.length === 0) return []
  const { db, organisation } = given
  const load = (ids: readonly string[], names: readonly string[]) =>
    candidateTickets(db, organisation, { ids, references: names }, who, {
      receivedAt: who.receivedAt,
      most: given.mailbox.limits.perThread,
    })
  const loaded = await load([...new Set(tickets.map((one) => one.ticket))], references)
  const byId = new Map(loaded.map((one) => [one.id, one]))
  const byReference = new Map(loaded.map((one) => [one.reference, one]))
  const { reopenDays } = await ticketSettings(db, organisation)
  const found: Candidate[] = []
  const add = async (first: StoredCandidate | undefined, by: Candidate['by']) => {
    let at = first
    for (let step = 0; at !== undefined && step < mostSteps; step++) {
      const on: string =
        by === 'person'
          ? at.id
          : ((doneStates.includes(at.state) ? at.follow_up : null) ?? (await survivorOf(db, at.id)))
      if (on === at.id) break
      at = byId.get(on) ?? (await load([on], []))[0]
    }
    if (at === undefined || found.some((one) => one.id === at.id)) return
    const until = reopenUntil(at.resolved_at, reopenDays)
    found.push({
      id: at.id,
      reference: at.reference,
      by,
      state: at.state,
      confidential: at.confidential,
      reopenable: until !== null && !isAfter(who.receivedAt, until),
      // who takes part in the ticket that was answered takes part in the one that goes on
      standing: strongest(standingOf(at), first === undefined ? 'none' : standingOf(first)),
      isRequester: at.is_requester || first?.is_requester === true,
      // whoever works on tickets asks for some, too
      isInside: at.is_staff && !at.asked,
      recent: at.recent,
    })
  }
  for (const { ticket, by } of tickets) await add(byId.get(ticket), by)
  for (const reference of references) await add(byReference.get(reference), 'subject')
  return found
}

const standingOf = (t: StoredCandidate): Standing =>
  t.is_requester ? 'requester' : t.is_watcher ? 'watcher' : t.is_outside ? 'participant' : t.is_staff ? 'staff' : 'none'

const strongest = (one: Standing, other: Standing): Standing => (one === 'none' ? other : one)
