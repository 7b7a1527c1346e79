import type { Ctx } from '../platform/ctx.ts'
import { nowSeconds } from '../platform/ctx.ts'
import { isoInstant } from '../calendars/public.ts'
import { newId } from '../platform/identifiers.ts'
import type { Said } from '../calendars/public.ts'
import type { StoredClock, Subject } from './clocks-store.ts'
import type { OwnerNamed } from './owners.ts'
import { type Judged, judgeClock, type LedgerEvent } from './rules/judge-clock.ts'
import { asNoticedNow, judgeMoved } from './rules/judge-moved.ts'
import type { Terms } from './rules/terms.ts'
import { type ClockChange, insertClocks, updateClocks } from './write-clocks.ts'

/** A clock to be started now. Its first event is its start, with its terms. */
export interface ClockToStart {
  /** Where the caller needs to know it beforehand. */
  id?: string
  organisation: string
  subject: Subject
  owner: OwnerNamed
  terms: Terms
  because: Said | null
  events: readonly LedgerEvent[]
}

/** Events to be added to a clock on record. */
export interface ClockToMove {
  clock: StoredClock
  events: readonly LedgerEvent[]
  owner?: OwnerNamed
  because?: Said | null
}

const fresh = { importedAt: null, breaches: [], recorded: [] }

/** Starts clocks with one statement and no read. Steps reached at once are left to the timer, which tells those concerned. */
export async function startClocks(ctx: Ctx, list: readonly ClockToStart[]): Promise<Judged[]> {
  const now = nowSeconds(ctx)
  const clocks = list.map((c) => ({
    ...c,
    id: c.id ?? newId(),
    importedAt: null,
    judged: asNoticedNow(judgeClock({ ...fresh, events: c.events }, now), now),
  }))
  await insertClocks(ctx.tx, clocks, 'no steps')
  for (const c of clocks) tellBreaches(ctx, c.subject, c.id, c.terms.kind, c.judged)
  return clocks.map((c) => c.judged)
}

/**
 * Adds events to clocks and saves what follows from them with one statement: phase, due moment, breaches; steps that were reached meanwhile
 * are left to the timer. The clocks must be locked and loaded in this transaction. A waived commitment hears nothing any more.
 */
export async function applyClockEvents(ctx: Ctx, moves: readonly ClockToMove[]): Promise<Judged[]> {
  const now = nowSeconds(ctx)
  const changes: ClockChange[] = moves.map(({ clock, events, ...rest }) => ({
    id: clock.id,
    seq: clock.seq,
    ...judgeMoved(clock, events, now),
    ...rest,
  }))
  await updateClocks(ctx.tx, changes, 'no steps')
  changes.forEach((c, i) => tellBreaches(ctx, moves[i]!.clock.subject, c.id, c.judged.terms.kind, c.judged))
  return changes.map((c) => c.judged)
}

export function tellBreaches(ctx: Ctx, subject: Subject, commitment: string, kind: string, judged: Judged): void {
  for (const b of judged.breaches.found)
    if (b.supersededAt === null)
      ctx.record({
        type: 'commitment.breached',
        subject,
        after: { commitment, kind, deadline: isoInstant(b.deadline), generation: b.generation },
      })
}
