import { Readable } from 'node:stream'
import { type FileContents, keepFile } from '../files/public.ts'
import type { Db } from '../platform/db.ts'
import { hashOf, newId } from '../platform/identifiers.ts'
import { storable } from '../platform/rules/storable-text.ts'
import { insertIncoming, type NewIncoming } from './incoming-store.ts'

/** What is larger lies among the files, so that the table stays small. Bytes. */
const mostInTable = 128 * 1024

/** A message as a transport has it. */
export interface RawMail {
  organisation: string
  mailbox: string
  raw: Buffer
  /** Where it lies in an IMAP mailbox. */
  imap?: NewIncoming['imap']
  /** Envelope recipients, where the transport knows them. */
  recipients?: readonly string[]
  /** When it came to the mail server (ISO instant); now without. */
  receivedAt?: string
}

/**
 * The one seam of every transport: stores a message as it came. Once this answers, the message is committed, and the transport may say so to the
 * other side (answer 2xx, mark as seen). The same message of the same mailbox is stored once, however often it is handed in.
 */
export async function storeRaw(db: Db, contents: FileContents, mail: RawMail): Promise<{ id: string; fresh: boolean }> {
  const id = newId()
  const isLarge = mail.raw.length > mostInTable
  // content first: a row never names what is not there
  if (isLarge) await contents.keep(Readable.from([mail.raw]))
  const sha256 = hashOf(mail.raw)
  return db.transaction().execute(async (tx) => {
    const stored = await insertIncoming(tx, {
      id,
      organisation: mail.organisation,
      mailbox: mail.mailbox,
      imap: mail.imap ?? null,
      sha256,
      size: mail.raw.length,
      body: isLarge ? null : mail.raw,
      recipients: (mail.recipients ?? []).map(storable),
      receivedAt: mail.receivedAt ?? new Date().toISOString(),
    })
    if (stored.fresh && isLarge)
      await keepFile(tx, {
        id: newId(),
        organisation: mail.organisation,
        name: 'message.eml',
        type: 'message/rfc822',
        size: mail.raw.length,
        sha256,
        by: null,
        subject: { kind: 'incoming-mail', id: stored.id },
      })
    return stored
  })
}
