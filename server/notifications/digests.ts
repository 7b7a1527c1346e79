import { epochSeconds, isoInstant } from '../calendars/public.ts'
import type { Platform } from '../platform/platform.ts'
import type { Outlets } from './outlets.ts'
import { Readers } from './readers.ts'
import { digestOf } from './rules/topics.ts'
import { nextDigest } from './rules/when-to-send.ts'
import { completeSettings, type DigestDue, saveNextDigest, takeDigests } from './settings-store.ts'

/** A digest that is later than this (seconds), because nothing ran in the morning, is left out: the day is half over. */
const stale = 4 * 3600

/**
 * Queues the morning digest of everybody whose hour has come, and sets the next. What it says is composed when it is sent. `now`: ISO instant.
 * Answers how many persons were looked at.
 */
export async function queueDigests(platform: Platform, outlets: Outlets, now: string, limit = 100): Promise<number> {
  await completeSettings(platform.database.db)
  return platform.database.db.transaction().execute(async (tx) => {
    const due = await takeDigests(tx, now, limit)
    const readers = new Readers(tx)
    for (const one of due) {
      const time = digestOf(one.role, one.digest)
      if (time === null) {
        await saveNextDigest(tx, one.person_id, null)
        continue
      }
      const reader = await readers.of(one)
      if (outlets.mail !== null && isWanted(one, now))
        await outlets.mail.queue(tx, [
          {
            organisation: one.organisation_id,
            person: one.person_id,
            kind: 'digest',
            content: {},
            cause: `digest:${dayOf(one.next_digest_at, reader.zone)}`,
            sendAt: now,
            waits: null,
          },
        ])
      await saveNextDigest(tx, one.person_id, isoInstant(nextDigest(epochSeconds(now), time, reader)))
    }
    return due.length
  })
}

/** Not the first look, not whoever is away, not half a day late. */
const isWanted = (one: DigestDue, now: string): boolean =>
  !one.absent && one.next_digest_at !== '-infinity' && epochSeconds(now) - epochSeconds(one.next_digest_at) <= stale

const dayOf = (at: string, zone: string): string =>
  Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate().toString()
