import { authenticationResults } from '../rules/authentication-results.ts'
import { cutQuotes } from '../rules/cut-quotes.ts'
import { mailDate } from '../rules/mail-date.ts'
import { messageIds, mostReferences } from '../rules/message-ids.ts'
import { whyAutomatic, whyList } from '../rules/why-automatic.ts'
import { addressesIn, addressesOf, type MailAddress } from './addresses.ts'
import { forwardedFrom } from './forwarded-from.ts'
import { decodedWords, headOf, type HeaderFields } from './header-fields.ts'
import { kindOf } from './kind-of-message.ts'
import { messageParts, plainPart } from './message-parts.ts'
import { problemList } from './problems.ts'
import { type ReadMessage } from './message.ts'
import { readContent } from './read-content.ts'
import { unwrapped } from './unwrapped.ts'
import { readLimits } from './read-limits.ts'

/** Fields by which bytes are known to be a mail (RFC 5322, 3.6; RFC 2045); words with a colon at the beginning of a text are no head. */
const knownFields =
  /^(?:from|sender|reply-to|to|cc|date|subject|message-id|received|return-path|delivered-to|mime-version|content-[a-z-]+|x-[a-z-]+)$/

/** Reads a message at once, on the thread that asks. */
export async function readHere(raw: Uint8Array): Promise<ReadMessage> {
  const { problems, note } = problemList()
  const root = await messageParts(raw, note)
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)
  const fields = root?.fields ?? headOf(bytes)
  const isMail = fields.names().some((name) => knownFields.test(name))
  if (!isMail) note('no-head')
  // what is no mail is shown as it stands
  const shown = !isMail ? plainPart(bytes) : root === null ? null : await unwrapped(root, note)
  const content = readContent(shown, note)
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
  const cut = cutQuotes(content.text, from[0]?.name ?? null)
  const forwarded = forwardedFrom(subject, content)
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
    textWithoutQuotes: forwarded === null ? cut.reply : content.text.trim(),
    signature: forwarded === null ? cut.signature : null,
    html: content.html,
    attachments: content.attachments,
    kind: kindOf(shown, fields, content.bounce, autoSubmitted, whyList(fields)),
    autoSubmitted,
    bounce: content.bounce,
    authentication: fields
      .all('authentication-results')
      .slice(0, 20)
      .flatMap((value) => authenticationResults(value) ?? []),
    deliveredTo: deliveredTo(fields),
    forwardedFrom: forwarded,
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
