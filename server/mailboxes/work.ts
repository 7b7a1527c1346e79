import type { FileContents } from '../files/public.ts'
import type { MailOutlet } from '../mail/public.ts'
import type { Platform } from '../platform/platform.ts'
import type { Gathered } from './gather-known.ts'
import type { TakenIncoming } from './incoming-store.ts'
import type { StoredMailbox } from './mailboxes-store.ts'
import type { ReadMessage } from './reading/read-message.ts'
import type { Verdict } from './rules/decide-mail.ts'

/** What taking mail in needs of the installation. */
export interface IntakeParts {
  platform: Platform
  contents: FileContents
  /** Null: this installation sends no mail. */
  outlet: MailOutlet | null
  /** Tells the person that their address sends mail back. */
  onBouncing: (platform: Platform, person: string, address: string) => Promise<void>
}

/** One message on its way in: as it was stored and read, what is known of it, and what was decided. */
export interface Work {
  parts: IntakeParts
  mail: TakenIncoming
  raw: Buffer
  read: ReadMessage
  mailbox: StoredMailbox
  gathered: Gathered
  verdict: Verdict
  ownAddresses: ReadonlySet<string>
}
