import { type Sentence } from '../../platform/sentences.ts'
import { type AuthenticationResults, authenticationResults } from '../rules/authentication-results.ts'
import { cutQuotes } from '../rules/cut-quotes.ts'
import { mailDate } from '../rules/mail-date.ts'
import { messageIds, mostReferences } from '../rules/message-ids.ts'
import { whyAutomatic, whyList } from '../rules/why-automatic.ts'
import { addressesIn, addressesOf, type MailAddress } from './addresses.ts'
import { type ReadAttachment } from './attachments.ts'
import { forwardedFrom } from './forwarded-from.ts'
import { decodedWords, fieldsOfHead, type HeaderFields } from './header-fields.ts'
import { kindOf, type MessageKind } from './kind-of-message.ts'
import { messageParts } from './message-parts.ts'
import { problemList } from './problems.ts'
import { type ReadBounce } from './read-bounce.ts'
import { readContent } from './read-content.ts'
import { readLimits } from './read-limits.ts'

/** All that is read out of one message. */
export interface ReadMessage {
  from: MailAddress | null
  sender: MailAddress | null
  to: MailAddress[]
  cc: MailAddress[]
  replyTo: MailAddress[]
  subject: string
  /** Angle brackets included, as everywhere. */
  messageId: string | null
  inReplyTo: string[]
  references: string[]
  /** ISO instant in UTC. */
  date: string | null
  text: string
  /** What the writer wrote now; what is left out stands in `text`. */
  textWithoutQuotes: string
  /** Sanitised: `cid:` images keep their id in `data-cid`, remote ones their address in `data-remote-src`. */
  html: string | null
  attachments: ReadAttachment[]
  kind: MessageKind
  /** The field that says so, `Auto-Submitted: auto-replied`. */
  autoSubmitted: string | null
  bounce: ReadBounce | null
  /** In the order of the message: the nearest server first. Believe only your own. */
  authentication: AuthenticationResults[]
  /** Where it was delivered to, as far as servers wrote it down; the nearest first. */
  deliveredTo: string[]
  /** Who wrote it first, where it was forwarded. */
  forwardedFrom: MailAddress | null
  /** What was broken in it. */
  problems: Sentence[]
}

/**
 * Reads one message (RFC 5322, MIME) as it came. Never throws, whatever the bytes: what cannot be understood becomes a problem, and the raw
 * message is kept by the caller anyway. Time and memory are bounded by `readLimits`.
 */
export async function readMessage(raw: Uint8Array): Promise<ReadMessage> {
  const { problems, note } = problemList()
  const root = await messageParts(raw, note)
  const fields = root?.fields ?? fieldsOfHead([])
  if (root === null || fields.names().length === 0) note('no-head')
  const content = readContent(root, note)
  const addresses = (name: string): MailAddress[] => addressesIn(fields, name, note)
  const from = addresses('from')
  if (from.length === 0) note('no-sender')
  const autoSubmitted = whyAutomatic(fields)
  const date = fields.first('date')
  const at = date === null ? null : mailDate(date)
  if (at === null) note(date === null ? 'no-date' : 'date-broken')
  const subject = decodedWords(fields.first('subject') ?? '')
    .replace(/\s+/g, ' ')
    .trim()
  return {
    from: from[0] ?? null,
    sender: addresses('sender')[0] ?? null,
    to: addresses('to'),
    cc: addresses('cc'),
    replyTo: addresses('reply-to'),
    subject,
    messageId: ids(fields, 'message-id')[0] ?? null,
    inReplyTo: ids(fields, 'in-reply-to'),
    references: mostReferences(ids(fields, 'references'), readLimits.references),
    date: at,
    text: content.text,
    textWithoutQuotes: cutQuotes(content.text).reply,
    html: content.html,
    attachments: content.attachments,
    kind: kindOf(root, content.bounce, autoSubmitted, whyList(fields)),
    autoSubmitted,
    bounce: content.bounce,
    authentication: fields.all('authentication-results').flatMap((value) => authenticationResults(value) ?? []),
    deliveredTo: deliveredTo(fields),
    forwardedFrom: forwardedFrom(subject, content),
    problems,
  }
}

const ids = (fields: HeaderFields, name: string): string[] => fields.all(name).flatMap(messageIds)

function deliveredTo(fields: HeaderFields): string[] {
  const values = ['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'x-delivered-to'].flatMap((name) =>
    fields.all(name).flatMap((value) => addressesOf(value).map((one) => one.address.toLowerCase())),
  )
  return [...new Set(values)].slice(0, readLimits.addresses)
}
