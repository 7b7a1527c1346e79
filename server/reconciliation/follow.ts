import type { CustomValues } from '../fields/public.ts'
import { systemActor } from '../platform/ctx.ts'
import { type Db, sql } from '../platform/db.ts'
import type { Tap } from '../platform/outbox.ts'
import { type Platform, runCommand } from '../platform/platform.ts'
import { Rounds } from '../platform/rounds.ts'
import { actByRule } from './by-rule.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { compareSubjects } from './compare.ts'
import {
  dropDue,
  organisationsOf,
  queueRound,
  queueSeenAgain,
  queueSubjects,
  type Subject,
  takeDue,
} from './due-store.ts'

/** What changes nothing that is compared: our own words, and what is said about a thing rather than of it. */
const ours = /^(?:difference\.|asset\.(?:seen-though-gone|field-read|revealed))/

/** What happens to an asset or a device is compared soon after, however much of it happened: many events of one are one comparison. */
export const reconciliationTap: Tap = async (tx, events) => {
  const byOrganisation = Map.groupBy(
    events.filter(
      (event) =>
        event.organisation !== null && (event.kind === 'asset' || event.kind === 'device') && !ours.test(event.type),
    ),
    (event) => event.organisation!,
  )
  for (const [organisation, some] of byOrganisation)
    await queueSubjects(
      tx,
      organisation,
      some.map((event): Subject => ({ kind: event.kind as Subject['kind'], id: event.subject })),
    )
}

/** Devices that must be compared again, as the floors below say. */
export async function queueDevices(
  tx: Db,
  devices: readonly { device: string; organisation: string }[],
): Promise<void> {
  for (const [organisation, some] of Map.groupBy(devices, (one) => one.organisation))
    await queueSubjects(
      tx,
      organisation,
      some.map((one) => ({ kind: 'device', id: one.device })),
    )
}

const portion = 200

/** Compares the next ones of the queue; answers how many there were. */
export async function compareDue(platform: Platform, most = portion, now?: string): Promise<number> {
  const { db } = platform.database
  const { rows } = await sql<{ organisation_id: string }>`
    select organisation_id from differences_due order by queued_at limit 1`.execute(db)
  const organisation = rows[0]?.organisation_id
  if (organisation === undefined) return 0
  try {
    return await compareNext(platform, organisation, most, now)
  } catch (error) {
    if (most > 1) {
      // one of them cannot be compared: the others are
      for (let n = 0; n < most && (await compareDue(platform, 1, now)) > 0; n++);
      return 1
    }
    const id = await dropDue(db, organisation)
    platform.log.error(
      { id, error: (error as Error).message },
      'something could not be compared with what is seen of it',
    )
    return 1
  }
}

async function compareNext(
  platform: Platform,
  organisation: string,
  most: number,
  now: string | undefined,
): Promise<number> {
  let taken = 0
  await runCommand(
    platform,
    systemActor(organisation, 'Linchpin', 'job'),
    async (ctx) => {
      ctx.unchanged()
      await oneAtATime(ctx)
      const due = await takeDue(ctx.tx, organisation, most)
      taken = due.length
      if (taken > 0) await compareSubjects(ctx, due)
    },
    { name: 'compare', ...(now === undefined ? {} : { now }) },
  )
  return taken
}

const seenAgainMs = 10_000

/** Compares what changed, once a day everything, and does what rules say; on every node, each thing by one of them. */
export function reconciliationTimer(
  platform: Platform,
  customValues: CustomValues,
): { start(): void; stop(): Promise<void>; round(now?: string): Promise<void> } {
  const { db } = platform.database
  let lookedAt = 0
  const round = async (now = new Date().toISOString()) => {
    const isTime = Date.now() - lookedAt >= seenAgainMs
    if (isTime) lookedAt = Date.now()
    const organisations = await organisationsOf(db)
    for (const organisation of organisations)
      await db.transaction().execute(async (tx) => {
        await queueRound(tx, organisation, now.slice(0, 10))
        if (isTime) await queueSeenAgain(tx, organisation)
      })
    while (!rounds.isStopping && (await compareDue(platform, portion, now)) > 0);
    for (const organisation of organisations)
      await actByRule(platform, customValues, organisation, { now, isStopping: () => rounds.isStopping })
  }
  const rounds = new Rounds(platform.log, {
    failed: 'the register could not be compared with what is seen; trying again',
    pauseMs: 1000,
    round: () => round(),
  })
  return { start: () => rounds.start(), stop: () => rounds.stop(), round }
}
