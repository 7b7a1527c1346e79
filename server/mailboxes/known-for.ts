import type { Actor } from '../platform/ctx.ts'
import { type Db, sql } from '../platform/db.ts'
import type { Platform } from '../platform/platform.ts'
import { visibleTicket } from '../tickets/public.ts'
import { gatherKnown } from './gather-known.ts'
import { allMailboxes, mailboxOfAddress } from './mailboxes-store.ts'
import type { ReadMessage } from './reading/read-message.ts'
import { type Known, nothingKnown } from './rules/decide-mail.ts'

/**
 * Looks up for whoever asks what is known of a message, as the intake would now. Tickets the reader does not see are left out: then it is judged as if
 * they were not there. Where no mailbox is addressed or named, nothing is known of how one is set.
 */
export const knownFor = (platform: Pick<Platform, 'config' | 'secret'>, reader: Actor, mailbox?: string) => ({
  async ask(db: Db, read: ReadMessage): Promise<{ known: Known; server: string | null }> {
    const { organisation } = reader
    const all = await allMailboxes(db, organisation)
    const addressed = [...read.deliveredTo, ...[...read.to, ...read.cc].map((one) => one.address)]
    const box =
      mailbox === undefined
        ? ((await mailboxOfAddress(db, organisation, addressed)) ?? all[0])
        : all.find((one) => one.id === mailbox)
    if (box === undefined) return { known: nothingKnown, server: null }
    const sender = platform.config.mail?.from.address.toLowerCase()
    const { known } = await gatherKnown(
      {
        db,
        secret: platform.secret,
        organisation,
        mailbox: box,
        ownAddresses: new Set([...all.flatMap((one) => one.addresses), ...(sender === undefined ? [] : [sender])]),
      },
      read,
      { id: null, recipients: [], receivedAt: new Date().toISOString(), decided: null },
    )
    const seen = await visibleOf(
      db,
      reader,
      known.candidates.map((one) => one.id),
    )
    const { same } = known
    return {
      known: {
        ...known,
        candidates: known.candidates.filter((one) => seen.has(one.id)),
        same: same === null || same.ticket === null || seen.has(same.ticket) ? same : { ticket: null, reference: null },
      },
      server: box.authserv_id,
    }
  },
})

async function visibleOf(db: Db, reader: Actor, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    select t.id from tickets t where t.id = any(${ids}::uuid[]) and ${visibleTicket(reader)}`.execute(db)
  return new Set(rows.map((row) => row.id))
}
