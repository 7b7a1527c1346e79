import { type Sentence } from '../../platform/sentences.ts'

/** What of a message decides about it. */
export interface Decisive {
  from: { name: string; address: string } | null
  subject: string
  inReplyTo: readonly string[]
  kind: 'ordinary' | 'automatic' | 'bounce' | 'receipt' | 'calendar' | 'list'
  autoSubmitted: string | null
  bounce: { reports: readonly { recipient: string; action: string }[] } | null
  forwardedFrom: { name: string; address: string } | null
  problems: readonly Sentence[]
}

/** What the installation knows beside the message; nothing where none is reachable. */
export interface KnownOfMessage {
  /** It was sent by us, or comes from an address of a mailbox of ours. */
  isOurs?: boolean
  /** The ticket it belongs to, and by what that was found. */
  ticket?: { reference: string; by: 'token' | 'references' | 'subject' }
  /** Whether the sender may add to that ticket. */
  takesPart?: boolean
}

export interface MessageVerdict {
  action: 'open' | 'reply' | 'ignore' | 'quarantine' | 'park'
  ticket: string | null
  /** Step by step. */
  reasons: Sentence[]
}

/** Answers to something, as opposed to messages that a machine began. */
const answers = /auto-?replied|auto[-_ ]?repl|autorespond|\boof\b|^subject:|^return-path: <>/i

/** What becomes of a message, as far as it and what is `known` tell; each step a sentence. */
export function verdictOf(message: Decisive, known: KnownOfMessage = {}): MessageVerdict {
  const reasons: Sentence[] = []
  const say = (code: string, params: Record<string, unknown> = {}): void =>
    void reasons.push({ code: `mailboxes.verdict.${code}`, params })
  const verdict = (action: MessageVerdict['action'], ticket: string | null = null): MessageVerdict => ({
    action,
    ticket,
    reasons,
  })
  if (message.problems.some((one) => one.code === 'mailboxes.problem.no-head')) {
    say('no-head')
    return verdict('park')
  }
  if (known.isOurs === true) {
    say('ours')
    return verdict('ignore')
  }
  if (message.kind === 'bounce') {
    say('bounce', { addresses: message.bounce?.reports.map((one) => one.recipient).join(', ') || '?' })
    return verdict('ignore')
  }
  if (message.kind === 'receipt') {
    say('receipt')
    return verdict('ignore')
  }
  if (message.from === null) {
    say('no-sender')
    return verdict('quarantine')
  }
  const automatic = message.autoSubmitted
  if (automatic !== null) say('automatic', { field: automatic })
  if (message.kind === 'list') say('list')
  if (message.kind === 'calendar') say('calendar')
  if (known.ticket !== undefined) {
    say(`by-${known.ticket.by}`, { reference: known.ticket.reference })
    if (automatic !== null) say('moves-nothing')
    else if (known.takesPart === false) {
      say('takes-no-part', { address: message.from.address })
      return verdict('quarantine', known.ticket.reference)
    }
    return verdict('reply', known.ticket.reference)
  }
  if (automatic !== null && (answers.test(automatic) || message.inReplyTo.length > 0)) {
    say('automatic-answer')
    return verdict('ignore')
  }
  if (message.inReplyTo.length > 0) say('answers-unknown')
  if (message.forwardedFrom !== null) say('forwarded', { address: message.forwardedFrom.address })
  say(automatic === null ? 'open' : 'open-automatic', { address: message.from.address })
  return verdict('open')
}
