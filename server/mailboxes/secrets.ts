import { mailboxSecrets, type MailboxSecrets } from '../../contract/mailboxes.ts'
import { seal, unseal } from '../platform/sealing.ts'

const purposeOf = (mailbox: string): string => `mailbox ${mailbox}`

/** Secrets of a mailbox as they are kept; null where there are none. */
export const sealed = (secret: Buffer, mailbox: string, secrets: MailboxSecrets): Buffer | null =>
  Object.keys(secrets).length === 0 ? null : seal(secret, purposeOf(mailbox), JSON.stringify(secrets))

/** Secrets of a mailbox for whoever signs in to it; none where they were sealed with another secret of the installation. */
export function opened(secret: Buffer, mailbox: string, kept: Buffer | null): MailboxSecrets {
  const text = kept === null ? null : unseal(secret, purposeOf(mailbox), kept)
  return text === null ? {} : mailboxSecrets.parse(JSON.parse(text))
}
