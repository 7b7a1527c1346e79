import { epochSeconds, isoInstant } from '../calendars/public.ts'
import type { Db } from '../platform/db.ts'
import { systemActor } from '../platform/ctx.ts'
import { writeEvents } from '../platform/events.ts'
import { tellNodes } from '../platform/outbox.ts'
import { openCtx, type Platform } from '../platform/platform.ts'
import { Eyes } from './eyes.ts'
import { escalateAfterSeconds } from './escalation-settings.ts'
import { Readers } from './readers.ts'
import type { LeavingNotice } from './routing-store.ts'
import { afterWorking, whoIsNext } from './rules/escalation.ts'
import { demandsAct } from './rules/topics.ts'
import { insertNotices, type Notice } from './store.ts'
import { endWatch, hasActed, insertWatches, moveWatch, peopleNext, takeWatches, type Watch } from './watches-store.ts'

/** Steps of one ladder are one matter: whoever is told thrice that a promise is late is escalated once. */
const matterOf = (n: Pick<LeavingNotice, 'kind' | 'cause'>): string =>
  n.kind === 'ladder' ? n.cause.split(':').slice(0, 3).join(':') : n.cause

/** Begins to watch whether anybody acts upon what demands it. */
export async function watchForActs(tx: Db, readers: Readers, notices: readonly LeavingNotice[]): Promise<void> {
  const demanding = notices.filter(
    (n) => n.subject_id !== null && n.params['onBehalfOf'] === undefined && demandsAct(n),
  )
  for (const [organisation, ofOne] of Map.groupBy(demanding, (n) => n.organisation_id)) {
    const calendar = await readers.ofOrganisation(organisation)
    const wait = await escalateAfterSeconds(tx, organisation)
    if (wait === null) continue
    await insertWatches(
      tx,
      [...Map.groupBy(ofOne, matterOf)].map(([cause, told]) => {
        const first = told[0]!
        return {
          cause,
          organisation_id: organisation,
          code: first.code,
          params: first.params,
          subject_kind: first.subject_kind!,
          subject_id: first.subject_id!,
          told: [...new Set(told.map((n) => n.person_id))],
          at: first.at,
          next_at: isoInstant(afterWorking(epochSeconds(first.at), wait, calendar)),
        }
      }),
    )
  }
}

/**
 * Tells the next in line of matters on which nobody acted in time: the leads of the teams that serve the record, then the coordinators, each
 * once. A matter that somebody read about or acted upon is let go. Answers how many were looked at. `now`: ISO instant.
 */
export async function escalate(platform: Platform, now: string, limit = 100): Promise<number> {
  const taken = await platform.database.db.transaction().execute(async (tx) => {
    const watches = await takeWatches(tx, now, limit)
    const readers = new Readers(tx)
    const eyes = new Eyes(tx, platform.subjects)
    for (const [organisation, ofOne] of Map.groupBy(watches, (w) => w.organisation_id)) {
      const opened = openCtx(platform, systemActor(organisation, 'Linchpin', 'job'), tx, null, now)
      const notices: Notice[] = []
      const wait = await escalateAfterSeconds(tx, organisation)
      const calendar = await readers.ofOrganisation(organisation)
      for (const watch of ofOne) {
        if (await hasActed(tx, watch)) {
          await endWatch(tx, watch.cause)
          continue
        }
        const line = await eyes.thoseWhoSee(watch, await peopleNext(tx, platform.subjects, watch))
        const next = whoIsNext(watch.level, watch.told, line)
        if (next === null || wait === null) {
          await endWatch(tx, watch.cause)
          continue
        }
        notices.push(...next.people.map((person) => noticeFor(person, watch, next.level, wait, now)))
        opened.ctx.record({
          type: 'notification.escalated',
          subject: { kind: watch.subject_kind, id: watch.subject_id },
          after: { to: next.to, told: next.people.length, level: next.level, matter: watch.cause },
        })
        await moveWatch(tx, watch.cause, {
          level: next.level,
          told: [...watch.told, ...next.people],
          at: now,
          nextAt: isoInstant(afterWorking(epochSeconds(now), wait, calendar)),
        })
      }
      const written = await insertNotices(tx, notices)
      await tellNodes(
        tx,
        written.map((n) => ({ kind: 'notification', id: n.id })),
      )
      await writeEvents(tx, opened.events, null)
    }
    return watches.length
  })
  if (taken > 0) platform.wakeOutbox()
  return taken
}

const noticeFor = (person: string, watch: Watch, level: number, waitedSeconds: number, at: string): Notice => ({
  person,
  kind: 'unacted',
  code: 'notifications.unacted',
  params: { ...watch.params, about: watch.code, waitedSeconds },
  subject: { kind: watch.subject_kind, id: watch.subject_id },
  cause: `unacted:${watch.cause}:${level}`,
  at,
})
