import { epochSeconds, isoInstant } from '../calendars/public.ts'
import type { Db } from '../platform/db.ts'
import { tellNodes } from '../platform/outbox.ts'
import type { Platform } from '../platform/platform.ts'
import type { Outlets } from './outlets.ts'
import { Readers } from './readers.ts'
import { routeToChat } from './route-to-chat.ts'
import { enterBatch, type LeavingNotice, nameMail, openBatch, silence, takeLeaving } from './routing-store.ts'
import { topicOf, wayOf } from './rules/topics.ts'
import { type Hold, whenToSend } from './rules/when-to-send.ts'
import { insertNotices } from './store.ts'
import { watchForActs } from './watches.ts'

const batchSize = 500

/**
 * Takes notices that were just written and gives each its ways out of the app: the person's mail and chat at their hours, the delegate of
 * whoever is absent, nobody where the subject is muted. One transaction; any number of nodes. Answers how many were taken.
 */
export async function routeNotices(platform: Platform, outlets: Outlets): Promise<number> {
  return platform.database.db.transaction().execute(async (tx) => {
    const leaving = await takeLeaving(tx, batchSize)
    if (leaving.length === 0) return 0
    // a call is heard even about what one would rather not hear of
    const isMuted = (n: LeavingNotice) => n.subject_muted && topicOf(n.kind) !== 'calls'
    const muted = leaving.filter(isMuted)
    await silence(
      tx,
      muted.map((n) => n.id),
    )
    const heard = leaving.filter((n) => !isMuted(n) && n.read_at === null)
    const readers = new Readers(tx)
    await tellDelegates(tx, heard)
    if (outlets.mail !== null) await mailThem(tx, readers, heard, outlets.mail)
    await routeToChat(tx, platform.subjects, readers, leaving)
    await watchForActs(tx, readers, leaving)
    return leaving.length
  })
}

/** Whoever is absent is told all the same; the delegate hears of it too, and hears for whom. One step: a delegate's delegate is not told. */
async function tellDelegates(tx: Db, notices: readonly LeavingNotice[]): Promise<void> {
  const written = await insertNotices(
    tx,
    notices
      .filter((n) => n.delegate_id !== null && n.params['onBehalfOf'] === undefined)
      .map((n) => ({
        person: n.delegate_id!,
        kind: n.kind,
        code: n.code,
        params: { ...n.params, onBehalfOf: n.person_name },
        subject: n.subject_id === null ? null : { kind: n.subject_kind!, id: n.subject_id },
        // who was told of it as a person of their own hears of it once more, for whoever is away
        cause: `${n.cause}:for:${n.person_id}`,
        at: n.at,
      })),
  )
  await tellNodes(
    tx,
    written.map((n) => ({ kind: 'notification', id: n.id })),
  )
}

const waits: Record<Hold, string> = { group: 'mail.waits.group', hours: 'mail.waits.hours', quiet: 'mail.waits.quiet' }

async function mailThem(
  tx: Db,
  readers: Readers,
  notices: readonly LeavingNotice[],
  mail: NonNullable<Outlets['mail']>,
): Promise<void> {
  const groups = new Map<string, { first: LeavingNotice; hold: Hold; at: number; ids: string[] }>()
  for (const n of notices) {
    // mail about mail that comes back would come back; who is sent the words themselves needs no mail that there are some
    if (n.role === null || n.kind === 'mail-bounced' || n.params['letter'] === true) continue
    const topic = topicOf(n.kind)
    const way = wayOf(n.role, n.ways ?? {}, topic, 'mail')
    const sent = whenToSend(epochSeconds(n.at), topic, way, await readers.of(n))
    if (sent === null) continue
    const key = `${n.person_id}:${sent.hold}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { first: n, hold: sent.hold, at: sent.at, ids: [n.id] })
    else {
      group.at = Math.min(group.at, sent.at)
      group.ids.push(n.id)
    }
  }
  for (const { first, hold, at, ids } of groups.values()) {
    const sendAt = isoInstant(at)
    const batch = await openBatch(tx, {
      organisation: first.organisation_id,
      person: first.person_id,
      channel: null,
      hold,
      sendAt,
    })
    await enterBatch(tx, batch.id, ids)
    if (batch.mail_id !== null) {
      await mail.move(tx, batch.mail_id, batch.send_at)
      continue
    }
    const [id] = await mail.queue(tx, [
      {
        organisation: first.organisation_id,
        person: first.person_id,
        kind: 'notices',
        content: { batch: batch.id },
        cause: `notices:${batch.id}`,
        sendAt,
        waits: waits[hold],
      },
    ])
    if (id !== undefined) await nameMail(tx, batch.id, id)
  }
}
