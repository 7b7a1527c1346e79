import {
  applyClockEvents,
  type ClockToMove,
  loadClocks,
  lockClocksOf,
  startClocks,
  type StoredClock,
} from '../commitments/public.ts'
import { epochSeconds, isoInstant } from '../calendars/public.ts'
import type { Ctx } from '../platform/ctx.ts'
import type { Terms } from '../commitments/public.ts'
import { activeLevels, vendorTermsAt, vendorTermsOn } from './levels.ts'
import { Track } from './rules/clock-track.ts'
import { listensFor } from './rules/clock-conditions.ts'
import type { Happening, Promised } from './rules/happening.ts'
import { keepClocks, type Kept, type VendorTerms } from './rules/keep-clocks.ts'
import { because, type Level } from './rules/service-level-for.ts'

export type { Happening, Promised }

/**
 * Lets the clocks of a record hear what happened. `at`: the moment (ISO instant) and the id of the event that caused it.
 * Answers the earliest due moment of the running customer clocks; `serviceLevel` only when it was chosen anew.
 *
 * A record that is opened costs one statement; anything later two reads and one write (two where a clock starts).
 */
export async function keepPromises(
  ctx: Ctx,
  promised: Promised,
  happening: Happening,
  at: { at: string; cause: string },
): Promise<{ dueAt: string | null; serviceLevel?: string | null }> {
  const levels = await activeLevels(ctx.tx, promised.organisation)
  const stored = happening.kind === 'opened' ? [] : await presentClocks(ctx, promised.subject.id)
  const tracks = stored.map(
    (c) =>
      new Track({
        kind: c.kind,
        key: c.id,
        startedAt: c.events[0]!.at,
        terms: c.terms,
        phase: c.phase,
        restReason: c.events.findLast((e) => e.kind === 'pause')?.reason ?? null,
      }),
  )
  const vendorTerms = await vendorTermsFor(ctx, levels, tracks, happening)
  const kept = keepClocks(
    levels,
    tracks,
    promised,
    happening,
    { at: epochSeconds(at.at), cause: at.cause },
    vendorTerms,
  )

  const dues: (number | null)[] = []
  const isOwned = happening.kind === 'changed'
  const moves: ClockToMove[] = []
  tracks.forEach((track, i) => {
    const clock = stored[i]!
    const isOpen = clock.phase === 'running' || clock.phase === 'paused'
    if (track.events.length === 0 && !(isOwned && isOpen))
      return clock.phase === 'running' && clock.party === 'customer' ? dues.push(clock.dueAt) : undefined
    moves.push({
      clock,
      events: track.events,
      ...(isOwned ? { owner: promised.owner } : {}),
      ...(track.rechosen ? { because: kept.chosen?.because ?? null } : {}),
    })
    return undefined
  })
  if (moves.length > 0) {
    const judged = await applyClockEvents(ctx, moves)
    judged.forEach((j, i) => moves[i]!.clock.party === 'customer' && dues.push(j.due))
  }
  if (kept.started.length > 0) {
    const judged = await startClocks(ctx, toStart(promised, kept, levels))
    judged.forEach((j) => j.terms.party === 'customer' && dues.push(j.due))
  }
  const due = dues.reduce<number | null>(
    (least, d) => (d === null ? least : least === null ? d : Math.min(least, d)),
    null,
  )
  const answer = { dueAt: due === null ? null : isoInstant(due) }
  return kept.chosen === undefined ? answer : { ...answer, serviceLevel: kept.chosen?.level.id ?? null }
}

/** Of each kind the last clock of a service level that was not cancelled, locked. What people made by hand goes its own way. */
async function presentClocks(ctx: Ctx, subject: string): Promise<StoredClock[]> {
  await lockClocksOf(ctx.tx, [subject])
  const last = new Map<string, StoredClock>()
  for (const clock of await loadClocks(ctx.tx, { subjects: [subject] }))
    if (clock.phase !== 'cancelled' && clock.terms.source.kind === 'service_level') last.set(clock.kind, clock)
  return [...last.values()]
}

const toStart = (promised: Promised, kept: Kept, levels: readonly Level[]) =>
  kept.started.map((track) => ({
    organisation: promised.organisation,
    subject: promised.subject,
    owner: promised.owner,
    terms: track.terms,
    because: kept.chosen?.because ?? becauseOf(levels, track, promised),
    events: track.events,
  }))

/** Whether any clock could care for what happened. Most installations let neither notes nor a requester's words touch one. */
export async function isHeard(ctx: Ctx, kind: 'requester-replied' | 'noted'): Promise<boolean> {
  const levels = await activeLevels(ctx.tx, ctx.actor.organisation)
  return levels.some((level) => level.terms.some((terms) => listensFor(terms, kind)))
}

/** For a clock that starts later than its record: what made its level apply. */
export function becauseOf(levels: readonly Level[], track: Track, promised: Promised) {
  const level = levels.find((l) => l.id === track.terms.source.id)
  return level === undefined ? null : because(level, promised.facts)
}

/** The terms of vendors are asked for before the rule is, because finding them may write. */
async function vendorTermsFor(
  ctx: Ctx,
  levels: readonly Level[],
  tracks: readonly Track[],
  happening: Happening,
): Promise<VendorTerms> {
  const found = new Map<string, Terms | null>()
  const own = (level: Level) => level.terms.find((t) => t.kind === 'vendor') ?? null
  const calendar =
    happening.kind === 'state' && happening.to === 'waiting_vendor' ? (happening.vendor?.calendar ?? null) : null
  if (calendar !== null) for (const level of levels) found.set(level.id, await vendorTermsOn(ctx.tx, level, calendar))
  // under another level a vendor keeps the hours it works
  const vendor = happening.kind === 'changed' ? tracks.find((t) => t.kind === 'vendor' && t.isLive) : undefined
  const before = levels.find((l) => l.id === vendor?.terms.source.id)
  if (vendor !== undefined && before !== undefined && vendor.terms.calendarVersion !== before.calendarVersion)
    for (const level of levels) {
      const terms = own(level)
      found.set(level.id, terms === null ? null : await vendorTermsAt(ctx.tx, terms, vendor.terms.calendarVersion))
    }
  return (level) => (found.has(level.id) ? found.get(level.id)! : own(level))
}
