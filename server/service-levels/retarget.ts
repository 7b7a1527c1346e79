import {
  applyClockEvents,
  type ClockToMove,
  earliestDue,
  loadClocks,
  type StoredClock,
  termsOfSource,
} from '../commitments/public.ts'
import type { LedgerEvent } from '../commitments/public.ts'
import type { Terms } from '../commitments/public.ts'
import { type Ctx, nowSeconds, systemActor } from '../platform/ctx.ts'
import { type Db, sql } from '../platform/db.ts'
import type { Job } from '../platform/jobs.ts'
import { type Platform, runCommand } from '../platform/platform.ts'
import { vendorTermsAt } from './levels.ts'

/** Clocks moved in one transaction. */
const batch = 200
/** Nodes may start clocks on the version before for as long as they remember it; a second look comes after that (milliseconds). */
const lookAgainAfter = 15_000

export interface Retarget {
  level: string
  /** Event that caused it. */
  cause: string
  reason: 'level-edited' | 'level-off' | 'calendar-edited'
  /** Clocks moved so far. */
  done?: number
  isSecondLook?: boolean
}

/** Moves open clocks of a level to its present version, after this transaction. */
export const addRetarget = (ctx: Pick<Ctx, 'addJob'>, r: Retarget, runAt?: string): void =>
  ctx.addJob(
    'service-levels.retarget',
    { ...r },
    {
      key: `retarget:${r.level}:${r.isSecondLook === true ? 'again' : r.cause}`,
      ...(runAt === undefined ? {} : { runAt }),
    },
  )

export const retargetJob = (platform: Platform): Job => ({
  task: 'service-levels.retarget',
  run: (payload) => retarget(platform, payload as unknown as Retarget),
})

/**
 * Sends retarget to open clocks, or cancels them where nothing is promised any more (W8, W9), a batch in each transaction, so that it goes on
 * where it was after a crash. Their subjects are not touched but for the copy of the due moment. Closed clocks keep what they had.
 */
export async function retarget(platform: Platform, given: Retarget): Promise<void> {
  const { rows } = await sql<{
    organisation: string
  }>`select organisation_id as organisation from service_levels where id = ${given.level}`.execute(platform.database.db)
  if (rows[0] === undefined) return
  const actor = systemActor(rows[0].organisation, 'Linchpin', 'job')
  let done = given.done ?? 0
  for (;;) {
    const moved = await runCommand(platform, actor, async (ctx) => {
      ctx.unchanged()
      const count = await moveBatch(platform, ctx, given)
      if (count < batch) {
        if (done + count > 0 || given.isSecondLook !== true)
          ctx.record({
            type: 'service-level.retargeted',
            subject: { kind: 'service_level', id: given.level },
            cause: given.cause,
            after: { clocks: done + count, reason: given.reason },
          })
        if (given.isSecondLook !== true)
          addRetarget(
            ctx,
            { level: given.level, cause: given.cause, reason: given.reason, isSecondLook: true },
            new Date(Date.now() + lookAgainAfter).toISOString(),
          )
      }
      return count
    })
    done += moved
    platform.log.info(
      { level: given.level, clocks: done },
      'clocks moved to the present version of their service level',
    )
    if (moved < batch) return
  }
}

async function moveBatch(platform: Platform, ctx: Ctx, given: Retarget): Promise<number> {
  // who works a ticket holds it before its clocks, and a batch must never make him wait for long
  await sql`set local lock_timeout = '300ms'`.execute(ctx.tx)
  const present = await presentTerms(ctx.tx, given.level)
  const { rows } = await sql<{ id: string }>`
    select m.id from commitments m where m.phase in ('running', 'paused') and m.terms_id in (select id from commitment_terms where source_id = ${given.level} and not id = any(${present.map((t) => t.id)}::uuid[]))
      and not (m.kind = 'vendor' and exists (select 1 from commitment_terms t join calendar_versions v on v.id = t.calendar_version_id join calendars c on c.id = v.calendar_id
        where t.id = m.terms_id and c.revision = v.revision and t.source_revision = ${present[0]?.source.revision ?? 0}))
    order by m.id limit ${batch} for update of m skip locked`.execute(ctx.tx)
  if (rows.length === 0) return 0
  const clocks = await loadClocks(ctx.tx, { ids: rows.map((r) => r.id) })
  const moves: ClockToMove[] = []
  for (const clock of clocks) moves.push({ clock, events: [await eventFor(ctx, clock, present, given)] })
  await applyClockEvents(ctx, moves)
  for (const [kind, ofKind] of Map.groupBy(clocks, (c) => c.subject.kind)) {
    const ids = [...new Set(ofKind.map((c) => c.subject.id))]
    await platform.subjects.get(kind)?.dueMoved?.(ctx.tx, await earliestDue(ctx.tx, ids))
  }
  return rows.length
}

async function eventFor(
  ctx: Ctx,
  clock: StoredClock,
  present: readonly Terms[],
  given: Retarget,
): Promise<LedgerEvent> {
  const at = nowSeconds(ctx)
  const own = present.find((t) => t.kind === clock.kind)
  if (own === undefined)
    return {
      at,
      kind: 'cancel',
      cause: given.cause,
      reason: given.reason === 'level-off' ? 'level-off' : 'target-removed',
      terms: null,
    }
  const terms =
    clock.kind === 'vendor' ? await vendorTermsAt(ctx.tx, own, await vendorVersion(ctx.tx, clock.terms)) : own
  return { at, kind: 'retarget', cause: given.cause, reason: given.reason, terms }
}

/** The present version of the calendar a vendor's clock runs on; the level's own where it ran on that. */
async function vendorVersion(tx: Db, terms: Terms): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select case when was.calendar_id = level.calendar_id then now.calendar_version_id else mine.id end as id
    from calendar_versions was join calendars c on c.id = was.calendar_id join calendar_versions mine on mine.calendar_id = c.id and mine.revision = c.revision
      join service_level_versions level on level.service_level_id = ${terms.source.id} and level.revision = ${terms.source.revision}
      join service_levels s on s.id = level.service_level_id join service_level_versions now on now.service_level_id = s.id and now.revision = s.revision
    where was.id = ${terms.calendarVersion}`.execute(tx)
  return rows[0]?.id ?? terms.calendarVersion
}

/** The terms of the version in force on the level's own calendar; none where it is switched off. */
async function presentTerms(tx: Db, level: string): Promise<Terms[]> {
  const { rows } = await sql<{ revision: number; active: boolean; version: string }>`
    select s.revision, s.active, v.calendar_version_id as version from service_levels s join service_level_versions v on v.service_level_id = s.id and v.revision = s.revision where s.id = ${level}`.execute(
    tx,
  )
  const now = rows[0]
  if (now === undefined || !now.active) return []
  return (await termsOfSource(tx, level, now.revision)).filter((t) => t.calendarVersion === now.version)
}
