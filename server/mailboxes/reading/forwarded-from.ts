import { originalSender } from '../rules/original-sender.ts'
import { isForwardSubject } from '../rules/subject-tags.ts'
import { addressesOf, type MailAddress } from './addresses.ts'
import { headOf } from './header-fields.ts'
import { type ReadContent } from './read-content.ts'

/** Who wrote first what is forwarded here: from the headers in the text, else from a message that hangs on it; null where nothing is forwarded. */
export function forwardedFrom(subject: string, content: Pick<ReadContent, 'text' | 'attachments'>): MailAddress | null {
  const inText = originalSender(content.text, subject)
  if (inText !== null) return addressesOf(inText)[0] ?? null
  if (!isForwardSubject(subject)) return null
  const message = content.attachments.find((one) => one.type === 'message/rfc822')
  const from = message === undefined ? null : headOf(message.content).first('from')
  return from === null ? null : (addressesOf(from)[0] ?? null)
}
