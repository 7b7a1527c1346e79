import type { MailState } from '../../../contract/mail.ts'
import type { Refusal } from '../../platform/errors.ts'

/** A mail is tried again while it waits, and after it failed or was withdrawn; what was sent is not sent twice. */
export function whyNotRetry(mail: { state: MailState; bounced: boolean }, hasServer: boolean): Refusal | null {
  if (!hasServer) return { code: 'mail.no-server' }
  if (mail.state === 'sending') return { code: 'mail.on-its-way' }
  if (mail.state === 'sent' && !mail.bounced) return { code: 'mail.sent-already' }
  return mail.state === 'skipped' ? { code: 'mail.nothing-to-say' } : null
}

export const whyNotGiveUp = (mail: { state: MailState }): Refusal | null =>
  mail.state === 'queued' ? null : { code: mail.state === 'sending' ? 'mail.on-its-way' : 'mail.not-queued' }
