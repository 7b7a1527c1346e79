import { setImmediate } from 'node:timers/promises'
import type { RawBuilder } from 'kysely'
import { type Ctx, nowSeconds } from '../platform/ctx.ts'
import { sql } from '../platform/db.ts'
import type { Subjects } from '../platform/subjects.ts'
import { loadClocks, type StoredClock } from './clocks-store.ts'
import { earliestDue } from './earliest-due.ts'
import { tellBreaches } from './ledger.ts'
import type { LedgerEvent } from './rules/judge-clock.ts'
import { judgeMoved } from './rules/judge-moved.ts'
import { type ClockChange, updateClocks } from './write-clocks.ts'

/** Clocks judged before others on this node get their turn. */
const inOneGo = 60

/**
 * Sends each of the clocks one event, in the caller's transaction, without a touch to their subjects but for the copy of the due moment.
 * `still` is a condition over `commitments m` that says which of them still want it. What somebody else works on is left out, so that nobody
 * waits for more than this batch; the answer says how many were moved.
 */
export async function moveClocks(
  subjects: Subjects,
  ctx: Ctx,
  ids: readonly string[],
  still: RawBuilder<unknown>,
  eventsOf: (clocks: readonly StoredClock[]) => Promise<(clock: StoredClock) => LedgerEvent>,
): Promise<number> {
  // who works a record holds it before its clocks: in the same order here, and never waiting, nobody can stand in another's way for long
  await sql`set local lock_timeout = '300ms'`.execute(ctx.tx)
  const { rows: wanted } = await sql<{ kind: string; subject: string }>`
    select distinct subject_kind as kind, subject_id as subject from commitments where id = any(${ids}::uuid[])`.execute(
    ctx.tx,
  )
  const held: string[] = []
  for (const [kind, ofKind] of Map.groupBy(wanted, (w) => w.kind)) {
    const all = ofKind.map((w) => w.subject)
    held.push(...((await subjects.get(kind)?.hold?.(ctx.tx, all)) ?? all))
  }
  const { rows } = await sql<{ id: string }>`
    select m.id from commitments m where m.id = any(${ids}::uuid[]) and m.subject_id = any(${held}::uuid[]) and m.phase in ('running', 'paused') and ${still}
    order by m.id for no key update of m skip locked`.execute(ctx.tx)
  if (rows.length === 0) return 0
  const clocks = await loadClocks(ctx.tx, { ids: rows.map((r) => r.id) })
  const eventOf = await eventsOf(clocks)
  const now = nowSeconds(ctx)
  const changes: ClockChange[] = []
  for (const clock of clocks) {
    changes.push({ id: clock.id, seq: clock.seq, ...judgeMoved(clock, [eventOf(clock)], now) })
    if (changes.length % inOneGo === 0) await setImmediate()
  }
  await updateClocks(ctx.tx, changes, 'no steps')
  changes.forEach((c, i) => tellBreaches(ctx, clocks[i]!.subject, c.id, c.judged.terms.kind, c.judged))
  for (const [kind, ofKind] of Map.groupBy(clocks, (c) => c.subject.kind)) {
    const moved = [...new Set(ofKind.map((c) => c.subject.id))]
    await subjects.get(kind)?.dueMoved?.(ctx.tx, await earliestDue(ctx.tx, moved))
  }
  return clocks.length
}
