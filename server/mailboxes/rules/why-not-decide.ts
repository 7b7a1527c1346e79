import type { IncomingState } from '../../../contract/incoming-mails.ts'
import type { Refusal } from '../../platform/errors.ts'

/** What was kept apart can be decided about; what is in a ticket stays there, and what waits is about to be taken in. */
export function whyNotDecide(mail: { state: IncomingState }): Refusal | null {
  if (mail.state === 'taken') return { code: 'mailboxes.taken-already' }
  return mail.state === 'received' ? { code: 'mailboxes.about-to' } : null
}
