import type { Actor } from '../platform/ctx.ts'
import type { Db } from '../platform/db.ts'
import type { Refusal } from '../platform/errors.ts'
import type { MailBody } from './rules/render-mail.ts'

/** Whom a mail goes to, as they are at the moment of sending. What the actor may not see does not go into the mail. */
export interface Recipient {
  /** Null for somebody who is not known here. */
  person: string | null
  name: string
  address: string
  actor: Actor
}

export interface Composed {
  subject: string
  body: MailBody
  /** The record it is about, if one alone: mails about it make a thread. */
  thread: { kind: string; id: string } | null
  /** Where one click ends mails of this kind (RFC 8058); null where they cannot be ended. */
  unsubscribe: string | null
  /** A mail of a conversation, from a mailbox of ours, instead of one about news. */
  letter?: Letter
}

/** What makes a mail one of a conversation: whom it is from, where answers go, what it answers, and its own two forms. */
export interface Letter {
  from: { name: string; address: string }
  replyTo: string | null
  inReplyTo: string | null
  references: readonly string[]
  text: string
  html: string
  attachments: readonly { name: string; type: string; content: Buffer; cid?: string }[]
  /** RFC 3834, 5: a machine answered; null where a person wrote it. */
  automatic: 'auto-replied' | 'auto-generated' | null
}

/** Says what a kind of mail holds. Runs at each attempt, in a transaction of its own that commits before anything is sent. */
export interface Composer {
  kind: string
  /** A refusal where there is nothing (any more) to say: the mail is skipped with that as its reason. */
  compose(
    tx: Db,
    to: Recipient,
    /** `now`: the moment of sending, ISO instant. */
    mail: { id: string; content: Record<string, unknown>; now: string },
  ): Promise<Composed | Refusal>
}

export const isComposed = (answer: Composed | Refusal): answer is Composed => 'body' in answer
