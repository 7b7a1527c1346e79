import { type Sentence } from '../../platform/sentences.ts'
import { type AuthenticationResults } from '../rules/authentication-results.ts'
import { type MailAddress } from './addresses.ts'
import { type ReadAttachment } from './attachments.ts'
import { type MessageKind } from './kind-of-message.ts'
import { type ReadBounce } from './read-bounce.ts'

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
  /** What the writer wrote now; what is left out stands in `text`. Where a message is passed on, all of it. */
  textWithoutQuotes: string
  signature: string | null
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
