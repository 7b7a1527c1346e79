import { isoInstant } from '../calendars/public.ts'
import { insertNotices, type Notice } from '../notifications/public.ts'
import { callOnCall } from '../on-call/public.ts'
import { type Ctx, systemActor } from '../platform/ctx.ts'
import { type Db, sql } from '../platform/db.ts'
import { writeEvents } from '../platform/events.ts'
import { openCtx, type Platform } from '../platform/platform.ts'
import { peopleAround } from './around.ts'
import { titlesOf } from './by-hand-store.ts'
import { loadClocks, type StoredClock } from './clocks-store.ts'
import { tellBreaches } from './ledger.ts'
import { audienceOf, tellingOf } from './rules/audience.ts'
import { type Judged, judgeClock } from './rules/judge-clock.ts'
import { asNoticedNow } from './rules/judge-moved.ts'
import { type RecordedStep, updateClocks } from './write-clocks.ts'

/**
 * Takes commitments whose next moment has come, judges each at `now` (epoch seconds) and writes what that means: breaches, steps, who is told.
 * One transaction; what another node holds is left to it. Answers how many were taken.
 */
export async function fireDue(
  platform: Platform,
  now: number,
  limit: number,
  which: { but: readonly string[] } | { only: string },
): Promise<number> {
  const taken = await platform.database.db.transaction().execute(async (tx) => {
    const chosen =
      'only' in which
        ? sql`id = ${which.only}`
        : which.but.length === 0
          ? sql`true`
          : sql`id <> all(${which.but}::uuid[])`
    const { rows } = await sql<{ id: string }>`
      select id from commitments where next_at <= to_timestamp(${now}) and ${chosen} order by next_at limit ${limit} for update skip locked`.execute(
      tx,
    )
    if (rows.length === 0) return 0
    // what is read now, after the lock, is the latest
    const clocks = await loadClocks(tx, { ids: rows.map((r) => r.id) })
    for (const [organisation, ofOne] of Map.groupBy(clocks, (c) => c.organisation)) {
      const opened = openCtx(platform, systemActor(organisation, 'Linchpin', 'job'), tx)
      await fire(platform, opened.ctx, ofOne, now)
      await writeEvents(tx, opened.events, null)
    }
    return rows.length
  })
  if (taken > 0) platform.wakeOutbox()
  return taken
}

async function fire(platform: Platform, ctx: Ctx, clocks: readonly StoredClock[], now: number): Promise<void> {
  const judged = new Map<string, Judged>()
  const live = clocks.filter((c) => c.phase !== 'waived')
  for (const c of live) judged.set(c.id, asNoticedNow(judgeClock(c, now), now))
  const recorded = await updateClocks(
    ctx.tx,
    live.map((c) => ({ id: c.id, seq: c.seq, events: [], judged: judged.get(c.id)! })),
    'steps',
  )
  for (const c of live) tellBreaches(ctx, c.subject, c.id, c.kind, judged.get(c.id)!)
  await tellSteps(platform, ctx, live, judged, recorded)
}

/** Tells those concerned of the steps that were recorded just now; a step that is on record already tells nobody again. */
async function tellSteps(
  platform: Platform,
  ctx: Ctx,
  clocks: readonly StoredClock[],
  judged: ReadonlyMap<string, Judged>,
  recorded: readonly RecordedStep[],
): Promise<void> {
  const byId = new Map(clocks.map((c) => [c.id, c]))
  const acting = recorded.flatMap((r) => {
    const clock = byId.get(r.commitment_id)!
    const due = judged.get(clock.id)!.steps.find((s) => s.step === r.step && s.generation === r.generation)
    const step = judged.get(clock.id)!.terms.ladder.find((l) => l.step === r.step)
    return due === undefined || step === undefined || due.suppressed ? [] : [{ clock, step, due, late: r.late }]
  })
  if (acting.length === 0) return
  const concerned = acting.map((a) => a.clock)
  const aroundOf = await peopleAround(ctx.tx, platform.subjects, ctx.actor.organisation, concerned)
  const described = await platform.subjects.describe(
    ctx.tx,
    concerned.map((c) => c.subject),
  )
  const titles = await titlesOf(
    ctx.tx,
    concerned.map((c) => c.id),
  )
  const notices: Notice[] = []
  for (const { clock, step, due, late } of acting) {
    const { reference, title } = described.get(clock.subject.id) ?? { reference: '', title: '' }
    const what = titles.get(clock.id)
    const dueAt = judged.get(clock.id)!.due ?? judged.get(clock.id)!.breaches.valid.at(-1)?.deadline ?? null
    const around = aroundOf(clock)
    const cause = `ladder:${clock.id}:${due.generation}:${step.step}`
    const calls = step.notify.includes('on_call')
    const onCall = calls
      ? await callOnCall(ctx, platform.subjects, around.teams, { subject: clock.subject, cause, words: what ?? '' })
      : []
    const audience = audienceOf(step, { ...around, onCall })
    // who was called needs no second word of it
    for (const person of audience.filter((id) => !onCall.includes(id)))
      notices.push({
        person,
        kind: 'ladder',
        code: `commitments.notice.${what === undefined ? '' : 'by-hand-'}${tellingOf(step)}`,
        params: {
          reference,
          title,
          kind: clock.kind,
          commitment: clock.id,
          ...(what === undefined ? {} : { what }),
          ...(dueAt === null ? { known: 'no', dueAt: '' } : { known: 'yes', dueAt: isoInstant(dueAt) }),
        },
        subject: clock.subject,
        cause,
        at: ctx.now,
      })
    ctx.record({
      type: 'commitment.step-reached',
      subject: clock.subject,
      after: {
        commitment: clock.id,
        kind: clock.kind,
        step: step.step,
        generation: due.generation,
        at: isoInstant(due.at),
        late,
        told: audience.length,
      },
    })
  }
  await insertNotices(ctx.tx, notices)
}

/** The earliest moment (milliseconds since 1970) at which something is to be done; null while nothing is. One look at an index each. */
export async function nextMoment(db: Db): Promise<{ at: number | null; raises: boolean }> {
  const { rows } = await sql<{ at: number | null; raises: boolean }>`
    select (select extract(epoch from next_at)::float8 * 1000 from commitments where next_at is not null order by next_at limit 1) as at,
      exists (select 1 from ladder_records where raises and raised_at is null) as raises`.execute(db)
  return rows[0]!
}
