import { createHash } from 'node:crypto'
import type { ReadMessage } from './reading/read-message.ts'
import type { MailFacts } from './rules/decide-mail.ts'
import { judgeAuthentication } from './rules/judge-authentication.ts'
import { isForwardSubject, isReplySubject } from './rules/subject-tags.ts'

/** What decides about a message. `server`: whose word about the sender is believed; null for nobody's. */
export function factsOf(read: ReadMessage, size: number, server: string | null): MailFacts {
  return {
    isNoMail: read.problems.some((one) => one.code === 'mailboxes.problem.no-head'),
    from: read.from,
    kind: read.kind,
    autoSubmitted: read.autoSubmitted,
    isAnswer: read.inReplyTo.length > 0,
    forwardedFrom: read.forwardedFrom,
    // answers of some programs quote in the form in which others forward
    isForward: isForwardSubject(read.subject) || (read.forwardedFrom !== null && !isReplySubject(read.subject)),
    authenticity: judgeAuthentication(read.authentication, server, read.from?.address ?? ''),
    size,
  }
}

/**
 * Of what a message is: who wrote it, when, what it says and what hangs on it. A copy that came another way has the same; a message that only took
 * over a Message-ID has not. Null where nothing tells one message from the next.
 */
export function fingerprintOf(read: ReadMessage): Buffer | null {
  if (read.messageId === null && read.date === null) return null
  const said = [
    read.messageId,
    read.from?.address.toLowerCase(),
    read.date,
    read.subject,
    read.text.replace(/\s+/g, ' ').trim(),
    read.attachments.map((one) => one.sha256).toSorted(),
  ]
  return createHash('sha256').update(JSON.stringify(said)).digest()
}

/** Message-IDs a message names, the nearest first: what it answers, then its references from the last to the first. */
export const namedIds = (read: ReadMessage): string[] => [
  ...new Set([...read.inReplyTo, ...read.references.toReversed()]),
]
