import { type HeaderFields } from './header-fields.ts'
import { type MessagePart } from './message-parts.ts'
import { type ReadBounce } from './read-bounce.ts'

/** What a message is, before anybody asks what it says. */
export type MessageKind = 'ordinary' | 'automatic' | 'bounce' | 'receipt' | 'calendar' | 'list'

/** A report is one before it is automatic; a list's mail is one although it is automatic too. */
export function kindOf(
  root: MessagePart | null,
  fields: HeaderFields,
  bounce: ReadBounce | null,
  automatic: string | null,
  list: string | null,
): MessageKind {
  const parts = root === null ? [] : everyPart(root)
  // a person may pass a report on: what carries one is none
  const isReport = root?.type === 'multipart/report' || /^\s*<?\s*>?\s*$/.test(fields.first('return-path') ?? 'none')
  if ((bounce !== null && isReport) || oldBounce(fields, automatic)) return 'bounce'
  if (parts.some((part) => /^message\/(?:global-)?disposition-notification$/.test(part.type))) return 'receipt'
  if (parts.some((part) => part.type === 'text/calendar' && part.params['method'] !== undefined)) return 'calendar'
  if (list !== null) return 'list'
  return automatic === null ? 'ordinary' : 'automatic'
}

/** A report of failure in words alone, as some servers still send it: without a sender to answer, from a mail system. */
const oldBounce = (fields: HeaderFields, automatic: string | null): boolean =>
  automatic === 'Return-Path: <>' &&
  /\b(?:mailer-daemon|postmaster)@/i.test(fields.first('from') ?? '') &&
  /undeliver|delivery (?:status|failure|has failed)|failure notice|returned mail|unzustellbar|non remis|mail delivery/i.test(
    fields.first('subject') ?? '',
  )

/** A part and all below it, in the order of the message. */
export const everyPart = (part: MessagePart): MessagePart[] => [part, ...part.children.flatMap(everyPart)]
