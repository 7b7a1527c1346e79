import type { Mailbox, MailLimits } from '../../../contract/mailboxes.ts'
import { isDone, type TicketState } from '../../../contract/tickets.ts'
import type { Refusal } from '../../platform/errors.ts'
import type { Authenticity } from './judge-authentication.ts'
import { whatAutomatic } from './what-automatic.ts'

/** What a message says of itself, as far as it decides. */
export interface MailFacts {
  /** It has none of the fields of a mail. */
  isNoMail: boolean
  from: { name: string; address: string } | null
  kind: 'ordinary' | 'automatic' | 'bounce' | 'receipt' | 'calendar' | 'list'
  /** The field that says that no person wrote it. */
  autoSubmitted: string | null
  /** It answers something. */
  isAnswer: boolean
  forwardedFrom: { name: string; address: string } | null
  isForward: boolean
  authenticity: Authenticity
  /** Bytes. */
  size: number
}

export type Standing = 'requester' | 'watcher' | 'participant' | 'staff' | 'none'

/** A ticket that something in the message points at. */
export interface Candidate {
  id: string
  reference: string
  by: 'token' | 'references' | 'subject' | 'person'
  state: TicketState
  confidential: boolean
  /** Until then it can be reopened; null where it is open or the time is over. ISO instant. */
  reopenable: boolean
  /** What the sender is to it. */
  standing: Standing
  /** The sender asked for it, or opened it for whoever did. */
  isRequester: boolean
  /** The sender works on it for IT, and it is not for them. */
  isInside: boolean
  /** Messages it took within the last ten minutes. */
  recent: number
}

/** What is known here. Without a database nothing is: everybody is unknown and nothing was sent before. */
export interface Known {
  mailbox: Pick<Mailbox, 'unknownSenders' | 'outsiders' | 'closedTickets' | 'acknowledge' | 'mostBytes'> & {
    limits: MailLimits
  }
  /** It is a mail that Linchpin sent, or comes from an address of a mailbox of ours. */
  isOurs: boolean
  /** The same message was taken in before. */
  same: { ticket: string | null; reference: string | null } | null
  /** A reply token that was not issued to the sender. */
  strangeToken: boolean
  /** It was sent to the address of a ticket itself. */
  toItsAddress: boolean
  candidates: readonly Candidate[]
  /** Whether the sender is known here; null where nobody could be asked. */
  sender: { known: boolean | null; isStaff: boolean }
  /** Messages within the last ten minutes: of the sender, and of senders who were new. */
  recent: { sender: number; newSenders: number }
  /** What a person decided about it. */
  decided: 'anew' | 'open' | 'link' | 'answer' | 'aside' | null
}

export interface Verdict {
  action: 'open' | 'reply' | 'ignore' | 'quarantine' | 'refuse' | 'park'
  /** Step by step, each a sentence. */
  steps: Refusal[]
  ticket: Candidate | null
  /** A note for IT that moves nothing: of an outsider, or automatic. */
  quiet: 'outsider' | 'automatic' | null
  /** What becomes of a ticket that was done. */
  onward: 'nothing' | 'reopen' | 'follow-up'
  acknowledge: boolean
  /** For whom a new ticket is. */
  requester: 'sender' | 'forwarded'
  answer: 'refusal' | 'tooLarge' | null
  /** The report of a bounce is taken in. */
  bounce: boolean
}

/**
 * What becomes of a message. One rule for the intake, `linchpin mail explain` and the browser; every step it takes is a sentence. A candidate counts
 * only for a sender who takes part in it; an automatic message moves nothing; what comes too often is kept apart, never lost.
 */
export function decideMail(mail: MailFacts, known: Known): Verdict {
  const steps: Refusal[] = []
  const say = (code: string, params: Record<string, unknown> = {}) =>
    void steps.push({ code: `mailboxes.step.${code}`, params })
  const verdict = (action: Verdict['action'], more: Partial<Verdict> = {}): Verdict => ({
    action,
    steps,
    ticket: null,
    quiet: null,
    onward: 'nothing',
    acknowledge: false,
    requester: 'sender',
    answer: null,
    bounce: false,
    ...more,
  })
  const { mailbox, decided } = known
  const byPerson = decided !== null
  const [nearest = null] = known.candidates

  if (decided === 'answer' || decided === 'aside') {
    say('decided-refuse')
    const mayTell = decided === 'answer' && mail.from !== null && whatAutomatic(mail) === null && mail.kind !== 'bounce'
    return verdict('refuse', { ticket: nearest, answer: mayTell ? 'refusal' : null })
  }
  if (mail.isNoMail && !byPerson) {
    say('no-mail')
    return verdict('park')
  }
  if (known.isOurs && !byPerson) {
    say('ours')
    return verdict('ignore')
  }
  if (known.same !== null && !byPerson) {
    say(known.same.reference === null ? 'same' : 'same-ticket', { reference: known.same.reference ?? '' })
    return verdict('ignore')
  }
  // what a person put somewhere is theirs to judge; a report that is looked at anew is one still
  if (mail.kind === 'bounce' && (!byPerson || decided === 'anew')) {
    say('bounce')
    return verdict('ignore', { bounce: true, ticket: nearest })
  }
  if (mail.kind === 'receipt' && !byPerson) {
    say('receipt')
    return verdict('ignore', { ticket: nearest })
  }
  if (mail.from === null && !byPerson) {
    say('no-sender')
    return verdict('quarantine', { ticket: nearest })
  }
  const automatic = whatAutomatic(mail)
  if (automatic !== null) say(`automatic-${automatic}`, { field: mail.autoSubmitted ?? '' })
  if (mail.kind === 'calendar') say('calendar')
  if (mail.size > mailbox.mostBytes && !byPerson) {
    say('too-large', { size: megabytes(mail.size), most: megabytes(mailbox.mostBytes) })
    return verdict('refuse', { ticket: nearest, answer: automatic === null ? 'tooLarge' : null })
  }
  if (mail.authenticity !== 'none') say(`authentic-${mail.authenticity}`)
  if (known.recent.sender >= mailbox.limits.perSender && !byPerson) {
    say('storm-sender', { most: mailbox.limits.perSender })
    return verdict('quarantine', { ticket: nearest })
  }

  if (decided === 'link' && nearest !== null) {
    say('decided-link', { reference: nearest.reference })
    return replied(nearest, counts(nearest) ? (automatic === null ? null : 'automatic') : 'outsider')
  }
  if (decided === 'open') {
    say('decided-open')
    return opened(false)
  }

  const candidates =
    mail.isForward && !known.toItsAddress ? known.candidates.filter((one) => one.by === 'token') : known.candidates
  if (mail.isForward && known.candidates.length > 0 && candidates.length === 0) say('forward-not-reply')
  if (known.strangeToken) say('strange-token')
  const [first = null] = candidates
  if (first === null) return fresh()
  say(`found-${first.by}`, { reference: first.reference })

  const counting = candidates.find(counts) ?? null
  if (counting === null) {
    const outside = candidates.find((one) => one.standing !== 'none') ?? first
    say(outside.standing === 'none' ? 'takes-no-part' : 'not-proven', { reference: outside.reference })
    if (mailbox.outsiders === 'quarantine' && !outside.confidential) {
      say('outsider-quarantine')
      return verdict('quarantine', { ticket: outside })
    }
    return limited(outside) ?? replied(outside, 'outsider')
  }
  if (counting !== first) say(`found-${counting.by}`, { reference: counting.reference })
  say(`takes-part-${counting.standing}`, { reference: counting.reference })
  return limited(counting) ?? replied(counting, automatic === null ? null : 'automatic')

  /** Whether the sender takes part in a ticket, proven as far as that asks for. */
  function counts({ standing }: Candidate): boolean {
    if (standing === 'none' || mail.authenticity === 'fail') return false
    return standing !== 'staff' || mail.authenticity !== 'unproven'
  }

  function limited(ticket: Candidate): Verdict | null {
    if (ticket.recent < mailbox.limits.perThread || byPerson) return null
    say('storm-thread', { reference: ticket.reference, most: mailbox.limits.perThread })
    return verdict('quarantine', { ticket })
  }

  function replied(ticket: Candidate, quiet: Verdict['quiet']): Verdict {
    if (quiet !== null) {
      say(`note-${quiet}`, { reference: ticket.reference })
      return verdict('reply', { ticket, quiet })
    }
    if (!isDone(ticket.state)) {
      say('reply', { reference: ticket.reference })
      return verdict('reply', { ticket })
    }
    if (mailbox.closedTickets === 'reopen' && ticket.reopenable) {
      say('reopen', { reference: ticket.reference })
      return verdict('reply', { ticket, onward: 'reopen' })
    }
    say(mailbox.closedTickets === 'reopen' ? 'reopen-over' : 'follow-up', { reference: ticket.reference })
    return verdict('open', { ticket, onward: 'follow-up', acknowledge: mailbox.acknowledge })
  }

  /** Nothing points at a ticket. */
  function fresh(): Verdict {
    if (automatic === 'reply') {
      say('ignore-reply')
      return verdict('ignore')
    }
    if (mail.authenticity === 'fail' && !byPerson) {
      say('not-proven-new')
      return verdict('quarantine')
    }
    if (mail.isAnswer) say('answers-unknown')
    if (known.sender.known === false && !byPerson) {
      if (mailbox.unknownSenders === 'quarantine') {
        say('unknown-quarantine')
        return verdict('quarantine')
      }
      if (mailbox.unknownSenders === 'refuse') {
        say('unknown-refuse')
        return verdict('refuse', { answer: automatic === null ? 'refusal' : null })
      }
      if (known.recent.newSenders >= mailbox.limits.newSenders) {
        say('storm-new', { most: mailbox.limits.newSenders })
        return verdict('quarantine')
      }
    }
    return opened(automatic === null)
  }

  function opened(mayAcknowledge: boolean): Verdict {
    const isProvenStaff = known.sender.isStaff && mail.authenticity !== 'fail' && mail.authenticity !== 'unproven'
    const forwarded = isProvenStaff && mail.forwardedFrom !== null && mail.isForward
    say(forwarded ? 'open-forwarded' : known.sender.known === false ? 'open-new' : 'open', {
      name: mail.forwardedFrom?.name || (mail.forwardedFrom?.address ?? ''),
    })
    return verdict('open', {
      requester: forwarded ? 'forwarded' : 'sender',
      acknowledge: mayAcknowledge && mailbox.acknowledge && mail.from !== null,
    })
  }
}

/** What is known where there is no installation to ask. */
export const nothingKnown: Known = {
  mailbox: {
    unknownSenders: 'create',
    outsiders: 'note',
    closedTickets: 'reopen',
    acknowledge: false,
    mostBytes: Number.MAX_SAFE_INTEGER,
    limits: { perThread: 1, perSender: 1, newSenders: 1 },
  },
  isOurs: false,
  same: null,
  strangeToken: false,
  toItsAddress: false,
  candidates: [],
  sender: { known: null, isStaff: false },
  recent: { sender: 0, newSenders: 0 },
  decided: null,
}

const megabytes = (bytes: number): string => `${(Math.ceil((bytes / 1024 / 1024) * 10) / 10).toLocaleString('en')} MB`
