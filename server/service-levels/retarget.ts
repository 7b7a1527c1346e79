import { setTimeout } from 'node:timers/promises'
import type { RawBuilder } from 'kysely'
import { moveClocks } from '../commitments/public.ts'
import { type Ctx, nowSeconds, systemActor } from '../platform/ctx.ts'
import { type Db, sql } from '../platform/db.ts'
import { isDatabaseAway } from '../platform/http.ts'
import type { Job } from '../platform/jobs.ts'
import { type Platform, runCommand } from '../platform/platform.ts'
import { courseInForce, termsInForce } from './courses.ts'
import { countDone, countLeft, finishRetarget, noteRetarget } from './retargets-store.ts'
import { eventOn, type MoveReason } from './rules/course.ts'

/** Clocks moved in one transaction: a third of a second at most that somebody may wait for one of them. */
const batch = 500
/** Transactions at a time: one counts while the database writes for the other. */
const abreast = 2
/** Clocks listed at a time, so that memory does not follow how many there are. */
const slice = 50_000
/** Nodes may start clocks on the version before for as long as they remember it; a second look comes after that (milliseconds). */
const lookAgainAfter = 15_000
/** Between looks while others hold what is left (milliseconds). */
const heldMs = 250

export interface Retarget {
  level: string
  /** Event that caused it. */
  cause: string
  reason: Exclude<MoveReason, 'zone-rules'>
  isSecondLook?: boolean
}

/** Clocks of a zone whose offset rules changed with the time-zone data (C18). */
export interface ZoneRetarget {
  zone: string
  organisation: string
  cause: string
  reason: 'zone-rules'
}

/** Moves open clocks of a level to its present version, after this transaction, and notes at once that they will. */
export async function addRetarget(ctx: Ctx, r: Retarget, runAt?: string): Promise<void> {
  if (r.isSecondLook !== true)
    await noteRetarget(ctx.tx, { organisation: ctx.actor.organisation, which: r, cause: r.cause, reason: r.reason })
  ctx.addJob(
    'service-levels.retarget',
    { ...r },
    {
      key: `retarget:${r.level}:${r.isSecondLook === true ? 'again' : r.cause}`,
      ...(runAt === undefined ? {} : { runAt }),
    },
  )
}

/** On one node one after the other, so that lists stay quick meanwhile. */
export function retargetJob(platform: Platform): Job {
  let turn: Promise<void> = Promise.resolve()
  return {
    task: 'service-levels.retarget',
    run(payload, signal) {
      const mine = turn.then(() => retarget(platform, payload as unknown as Retarget | ZoneRetarget, signal))
      turn = mine.catch(() => {})
      return mine
    },
  }
}

/**
 * Sends retarget to open clocks, or cancels them where nothing is promised any more (W8, W9). What is left is found from the clocks
 * themselves, so it goes on where it was after a crash, on any node. Their subjects are not touched but for the copy of the due moment, and
 * what somebody works on at the time is taken a moment later. Closed clocks keep what they had.
 */
export async function retarget(
  platform: Platform,
  given: Retarget | ZoneRetarget,
  signal?: AbortSignal,
): Promise<void> {
  const { db } = platform.database
  const organisation = 'zone' in given ? given.organisation : await organisationOf(db, given.level)
  if (organisation === null) return
  const actor = systemActor(organisation, 'Linchpin', 'job')
  const isSecondLook = 'level' in given && given.isSecondLook === true
  if (!isSecondLook) await noteRetarget(db, { organisation, which: given, cause: given.cause, reason: given.reason })
  let moved = 0
  const failed = new Set<string>()
  for (;;) {
    const ids = await listed(db, organisation, given, failed)
    if (ids.length === 0) break
    if (!isSecondLook)
      await countLeft(
        db,
        organisation,
        given,
        given.cause,
        ids.length < slice ? ids.length : await left(db, organisation, given),
      )
    const before = moved
    const take = async (): Promise<void> => {
      for (let some = ids.splice(0, batch); some.length > 0 && signal?.aborted !== true; some = ids.splice(0, batch)) {
        const count = await moveBatch(platform, actor, some, given, failed)
        moved += count
        if (count > 0) await countDone(db, organisation, given, given.cause, count)
      }
    }
    await Promise.all(Array.from({ length: abreast }, take))
    // this node is being stopped: the job is taken up again, and finds what is left
    signal?.throwIfAborted()
    if (moved === before) await setTimeout(heldMs)
  }
  platform.log.info({ ...given, clocks: moved }, 'clocks moved')
  await runCommand(platform, actor, async (ctx) => {
    ctx.unchanged()
    const clocks = (await finishRetarget(ctx.tx, organisation, given, given.cause)) ?? moved
    if (clocks === 0 && isSecondLook) return
    ctx.record({
      type: 'zone' in given ? 'zone-rules.applied' : 'service-level.retargeted',
      subject:
        'zone' in given ? { kind: 'organisation', id: organisation } : { kind: 'service_level', id: given.level },
      cause: given.cause,
      after: { clocks, reason: given.reason, ...('zone' in given ? { zone: given.zone } : {}) },
    })
    if ('level' in given && !isSecondLook)
      await addRetarget(ctx, { ...given, isSecondLook: true }, new Date(Date.now() + lookAgainAfter).toISOString())
  })
}

async function organisationOf(db: Db, level: string): Promise<string | null> {
  const { rows } = await sql<{
    organisation: string
  }>`select organisation_id as organisation from service_levels where id = ${level}`.execute(db)
  return rows[0]?.organisation ?? null
}

/** Condition over open `commitments m`: they have not come to where they are to go. */
async function stillToMove(db: Db, given: Retarget | ZoneRetarget): Promise<RawBuilder<unknown>> {
  if ('zone' in given)
    return sql`m.terms_id in (select t.id from commitment_terms t join calendar_versions v on v.id = t.calendar_version_id where v.definition->>'zone' = ${given.zone})
      and not exists (select 1 from clock_events e where e.commitment_id = m.id and e.cause = ${given.cause})`
  const { own, revision } = await termsInForce(db, given.level)
  return sql`m.terms_id in (select id from commitment_terms where source_id = ${given.level} and not id = any(${own.map((t) => t.id)}::uuid[]))
    and not (m.kind = 'vendor' and exists (select 1 from commitment_terms t join calendar_versions v on v.id = t.calendar_version_id join calendars c on c.id = v.calendar_id
      where t.id = m.terms_id and c.revision = v.revision and t.source_revision = ${own.length === 0 ? 0 : revision}))`
}

/** The next clocks to be moved, those of one record together. */
async function listed(
  db: Db,
  organisation: string,
  given: Retarget | ZoneRetarget,
  but: ReadonlySet<string>,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select m.id from commitments m where m.organisation_id = ${organisation} and m.phase in ('running', 'paused') and ${await stillToMove(db, given)}
      ${but.size === 0 ? sql`` : sql`and not m.id = any(${[...but]}::uuid[])`}
    order by m.subject_id, m.id limit ${slice}`.execute(db)
  return rows.map((row) => row.id)
}

async function left(db: Db, organisation: string, given: Retarget | ZoneRetarget): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from commitments m where m.organisation_id = ${organisation} and m.phase in ('running', 'paused') and ${await stillToMove(db, given)}`.execute(
    db,
  )
  return rows[0]!.n
}

/** A lock that did not come in time, or a deadlock: the batch is taken again with what is left. */
const isHeld = (error: unknown): boolean =>
  ['55P03', '40P01', '40001'].includes((error as { code?: string }).code ?? '')

/** Moves a batch in one transaction. One clock that cannot be moved holds up no other: it is left out, and said. */
async function moveBatch(
  platform: Platform,
  actor: ReturnType<typeof systemActor>,
  ids: readonly string[],
  given: Retarget | ZoneRetarget,
  failed: Set<string>,
): Promise<number> {
  try {
    return await runCommand(platform, actor, (ctx) => moveOnce(platform, ctx, ids, given))
  } catch (error) {
    if (isHeld(error)) return 0
    if (isDatabaseAway(error as Error)) throw error
    const [only, ...others] = ids
    if (only === undefined) return 0
    if (others.length === 0) {
      failed.add(only)
      platform.log.error(
        { commitment: only, error: (error as Error).message },
        'an open clock could not be moved; it keeps its terms',
      )
      return 0
    }
    const half = ids.length >> 1
    const first = await moveBatch(platform, actor, ids.slice(0, half), given, failed)
    return first + (await moveBatch(platform, actor, ids.slice(half), given, failed))
  }
}

async function moveOnce(
  platform: Platform,
  ctx: Ctx,
  ids: readonly string[],
  given: Retarget | ZoneRetarget,
): Promise<number> {
  ctx.unchanged()
  const at = nowSeconds(ctx)
  const still = await stillToMove(ctx.tx, given)
  return moveClocks(platform.subjects, ctx, ids, still, async (clocks) => {
    if ('zone' in given)
      return (clock) => ({ at, kind: 'retarget', cause: given.cause, reason: given.reason, terms: clock.terms })
    const { own } = await termsInForce(ctx.tx, given.level)
    const vendors = clocks.filter((c) => c.kind === 'vendor').map((c) => c.terms)
    const course = await courseInForce(ctx.tx, own, vendors, given)
    return (clock) => eventOn(course, clock, at)
  })
}
