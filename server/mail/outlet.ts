import type { Db } from '../platform/db.ts'
import { insertMails, type MailDraft, moveMail } from './mails-store.ts'
import { messageDomain } from './message.ts'
import type { MailSettings } from './transport.ts'

/** How other capabilities mail: null stands for an installation without a mail server. */
export interface MailOutlet {
  /** Queues mails within the transaction that causes them; answers the ids of those that are new. */
  queue(tx: Db, drafts: readonly MailDraft[]): Promise<string[]>
  /** Lets a mail that still waits go at another moment (ISO instant). */
  move(tx: Db, id: string, sendAt: string): Promise<void>
}

export const mailOutlet = (settings: MailSettings | null): MailOutlet | null =>
  settings === null
    ? null
    : {
        queue: (tx, drafts) => insertMails(tx, messageDomain(settings), drafts),
        move: (tx, id, sendAt) => moveMail(tx, id, sendAt),
      }
