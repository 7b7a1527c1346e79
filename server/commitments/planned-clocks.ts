import type { Db } from '../platform/db.ts'
import { sql } from '../platform/db.ts'
import { loadClocks, type StoredClock } from './clocks-store.ts'
import { judgeClock, type LedgerEvent } from './rules/judge-clock.ts'
import { insertClocks, type NewClock, updateClocks } from './write-clocks.ts'

/** A clock that was rebuilt from history and waits to be written. */
export type PlannedClock = NewClock

/** Judges a rebuilt clock at `asOf` (epoch seconds). Steps before `importedAt` are suppressed (K23). Pure. */
export const planClock = (clock: Omit<NewClock, 'judged'>, asOf: number): PlannedClock => ({
  ...clock,
  judged: judgeClock({ events: clock.events, importedAt: clock.importedAt, breaches: [], recorded: [] }, asOf),
})

/** Clocks of one statement. */
const slice = 1500

/** Writes rebuilt clocks with their events, breaches and suppressed steps; steps that act are left to the timer. */
export async function writeClocks(tx: Db, clocks: readonly PlannedClock[]): Promise<void> {
  for (let i = 0; i < clocks.length; i += slice) {
    const some = clocks.slice(i, i + slice).map(onlySuppressed)
    await insertClocks(tx, some, 'steps')
  }
}

/** Steps that must act stay unrecorded, and the clock is due at once for them. */
function onlySuppressed(clock: PlannedClock): PlannedClock {
  const acting = clock.judged.steps.filter((s) => !s.suppressed)
  if (acting.length === 0) return clock
  const first = acting.reduce(
    (least, s) => Math.min(least, s.at),
    clock.judged.nextAfterSteps ?? Number.POSITIVE_INFINITY,
  )
  return {
    ...clock,
    judged: { ...clock.judged, steps: clock.judged.steps.filter((s) => s.suppressed), nextAfterSteps: first },
  }
}

/** The rebuilt history, and after it what people did to the clock here since it was first imported. */
function withLiveEvents(rebuilt: readonly LedgerEvent[], known: StoredClock): LedgerEvent[] {
  const { importedAt } = known
  if (importedAt === null) return [...rebuilt]
  const live = known.events.filter(
    (e) => e.at >= importedAt && e.kind !== 'start' && !rebuilt.some((r) => r.at === e.at && r.kind === e.kind),
  )
  return [...rebuilt, ...live].sort((a, b) => a.at - b.at)
}

/**
 * Puts rebuilt clocks in the place of those on record: the history is the new one, what was done here since stays, a breach that is found again stays as it is, every other
 * is superseded at `asOf` (epoch seconds), steps on record stay. A clock on record that was not rebuilt is left alone.
 */
export async function replaceClocks(tx: Db, clocks: readonly PlannedClock[], asOf: number): Promise<void> {
  const ids = clocks.map((c) => c.id)
  await sql`select 1 from commitments where id = any(${ids}::uuid[]) order by id for update`.execute(tx)
  const known = new Map((await loadClocks(tx, { ids })).map((c) => [c.id, c]))
  await writeClocks(
    tx,
    clocks.filter((c) => !known.has(c.id)),
  )
  const again = clocks.filter((c) => known.has(c.id) && known.get(c.id)!.phase !== 'waived')
  await sql`delete from clock_events where commitment_id = any(${again.map((c) => c.id)}::uuid[])`.execute(tx)
  const changes = again.map((c) => {
    const stored = known.get(c.id)!
    const { breaches, recorded, importedAt } = stored
    const events = withLiveEvents(c.events, stored)
    const judged = judgeClock({ events, importedAt, breaches, recorded }, asOf)
    const planned = onlySuppressed({ ...c, judged })
    return { id: c.id, seq: 0, events, judged: planned.judged, owner: c.owner, because: c.because }
  })
  await updateClocks(tx, changes, 'steps')
}
