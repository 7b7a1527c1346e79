import type { Platform } from '../platform/platform.ts'
import type { Composed, Letter, Recipient } from './compose.ts'
import type { TakenMail } from './mails-store.ts'
import { returnPathOf } from './return-path.ts'
import { renderMail } from './rules/render-mail.ts'
import type { MailSettings, OutgoingMessage } from './transport.ts'

/** The domain of our Message-IDs: that of the sender. */
export const messageDomain = (settings: MailSettings): string => settings.from.address.split('@')[1]!

/** A mail as it goes to the server: both forms, and the headers that say what it is. */
export function messageOf(
  platform: Pick<Platform, 'secret'>,
  settings: MailSettings,
  mail: Pick<TakenMail, 'id' | 'message_id'>,
  to: Recipient,
  composed: Composed,
): OutgoingMessage {
  // every mail about a record answers to the same root, which no mail has: they make one thread whichever came first (RFC 5322, 3.6.4)
  if (composed.letter !== undefined) return letterOf(platform, settings, mail, to, composed, composed.letter)
  const root =
    composed.thread === null ? null : `<${composed.thread.kind}.${composed.thread.id}@${messageDomain(settings)}>`
  return {
    messageId: mail.message_id,
    returnPath:
      settings.bouncesTo === null
        ? settings.from.address
        : returnPathOf(platform.secret, settings.bouncesTo.address, mail.id),
    to: { name: to.name, address: to.address },
    subject: composed.subject,
    ...renderMail(composed.body),
    headers: {
      // RFC 3834: nobody's absence note answers this
      'auto-submitted': 'auto-generated',
      'x-auto-response-suppress': 'All',
      ...(root === null ? {} : { 'in-reply-to': root, references: root }),
      ...(composed.unsubscribe === null
        ? {}
        : {
            'list-unsubscribe': `<${composed.unsubscribe}>`,
            'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
          }),
    },
  }
}

/** A mail of a conversation. Without a mailbox for reports of failed delivery they come back to where it is from. */
function letterOf(
  platform: Pick<Platform, 'secret'>,
  settings: MailSettings,
  mail: Pick<TakenMail, 'id' | 'message_id'>,
  to: Recipient,
  composed: Composed,
  letter: Letter,
): OutgoingMessage {
  return {
    messageId: mail.message_id,
    returnPath:
      settings.bouncesTo === null
        ? letter.from.address
        : returnPathOf(platform.secret, settings.bouncesTo.address, mail.id),
    from: letter.from,
    to: { name: to.name, address: to.address },
    subject: composed.subject,
    text: letter.text,
    html: letter.html,
    attachments: letter.attachments,
    headers: {
      ...(letter.replyTo === null ? {} : { 'reply-to': letter.replyTo }),
      ...(letter.inReplyTo === null ? {} : { 'in-reply-to': letter.inReplyTo }),
      ...(letter.references.length === 0 ? {} : { references: letter.references.join(' ') }),
      ...(letter.automatic === null ? {} : { 'auto-submitted': letter.automatic, 'x-auto-response-suppress': 'All' }),
    },
  }
}
