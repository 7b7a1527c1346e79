import type { Db } from '../platform/db.ts'

/** A mail to be made; the mail capability, on the same floor, is handed in as this. */
export interface MailWanted {
  organisation: string
  person: string
  kind: string
  content: Record<string, unknown>
  cause: string
  sendAt: string
  waits: string | null
}

/** Where notices go besides the app. */
export interface Outlets {
  /** Null: this installation mails nothing. */
  mail: {
    queue(tx: Db, mails: readonly MailWanted[]): Promise<string[]>
    move(tx: Db, id: string, sendAt: string): Promise<void>
  } | null
}
