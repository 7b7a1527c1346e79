import type { ClockEventKind, ClockPhase } from '../../../contract/clocks.ts'
import { isRefusal } from '../../calendars/rules/refusal.ts'
import type { ClockHistory, ClockReading } from './clock.ts'
import { phaseAfter } from './clock-phase.ts'
import { type KnownBreach, type BreachChanges, reconcileBreaches } from './reconcile-breaches.ts'
import { replayClock } from './replay-clock.ts'
import type { Terms } from './terms.ts'

/** An event of the ledger. `at` in epoch seconds; a start and a retarget carry terms. */
export interface LedgerEvent {
  readonly at: number
  readonly kind: ClockEventKind
  /** The event of the log that caused it. */
  readonly cause: string | null
  /** A word for the cause. */
  readonly reason: string | null
  readonly terms: Terms | null
}

/** A clock as the ledger holds it: its events, and what was recorded of it so far. */
export interface LedgerClock {
  /** In order of arrival; the first is the start. */
  readonly events: readonly LedgerEvent[]
  readonly importedAt: number | null
  readonly breaches: readonly KnownBreach[]
  readonly recorded: readonly { readonly generation: number; readonly step: string }[]
}

export interface DueStep {
  readonly step: string
  readonly generation: number
  readonly at: number
  readonly suppressed: boolean
}

/** What the ledger keeps of a clock. Instants and durations in seconds. */
export interface Judged {
  readonly phase: 'running' | 'paused' | 'stopped' | 'cancelled'
  readonly generation: number
  readonly due: number | null
  readonly remaining: number | null
  /** Its present generation has missed its due moment. */
  readonly late: boolean
  readonly stoppedAt: number | null
  /** Working seconds of the present generation; null where the clock cannot be counted. */
  readonly worked: number | null
  /** When something happens next if no event comes; steps that wait to be recorded count. */
  readonly nextAt: number | null
  /** The same without those steps. */
  readonly nextAfterSteps: number | null
  readonly terms: Terms
  readonly breaches: BreachChanges
  /** Steps that were reached and are not yet recorded. */
  readonly steps: readonly DueStep[]
  /** Code of the rules' refusal where the clock cannot be counted (K19); it then stands without a due moment. */
  readonly refused: string | null
}

/** The terms in force at the end of the events. */
export function presentTerms(events: readonly LedgerEvent[]): Terms {
  const terms = events.findLast((event) => event.terms !== null)?.terms
  if (terms == null) throw new Error('a clock begins with its terms')
  return terms
}

/** The clock in the form in which the rules read it. */
export function historyOf(clock: Pick<LedgerClock, 'events' | 'importedAt'>, asOf: number): ClockHistory {
  const first = clock.events[0]?.terms ?? presentTerms(clock.events)
  return {
    calendar: first.calendar,
    target: first.target,
    events: clock.events.map((event, i) => ({
      at: event.at,
      kind: event.kind,
      target: i === 0 ? undefined : event.terms?.target,
      calendar: i === 0 ? undefined : event.terms?.calendar,
      cause: event.reason ?? undefined,
    })),
    steps: presentTerms(clock.events).ladder,
    importedAt: clock.importedAt ?? undefined,
    asOf,
  }
}

/**
 * Judges a clock at a moment: what to keep of it, and what of that is new. No moment before the clock's own last event is judged, so a
 * clock of the machine that was set back takes nothing away.
 */
export function judgeClock(clock: LedgerClock, now: number): Judged {
  const asOf = clock.events.reduce((latest, event) => Math.max(latest, event.at), now)
  const reading = replayClock(historyOf(clock, asOf))
  const terms = presentTerms(clock.events)
  if (isRefusal(reading)) return uncountable(clock, terms, reading.code)
  const breaches = reconcileBreaches(reading.breaches, clock.breaches, asOf)
  const steps = stepsToRecord(clock, reading)
  const first = steps.reduce((least, { at }) => Math.min(least, at), Number.POSITIVE_INFINITY)
  return {
    phase: reading.phase === 'notStarted' ? 'cancelled' : reading.phase,
    generation: reading.generation,
    due: reading.due,
    remaining: reading.remaining,
    late: breaches.valid.some((breach) => breach.generation === reading.generation),
    stoppedAt: reading.phase === 'stopped' ? reading.changedAt : null,
    worked: reading.worked,
    nextAt: steps.length === 0 ? reading.nextAt : Math.min(first, reading.nextAt ?? first),
    nextAfterSteps: reading.nextAt,
    terms,
    breaches,
    steps,
    refused: null,
  }
}

/** K22: a step that came with new terms fires at the change, not at a moment before anybody had promised it. */
function stepsToRecord(clock: LedgerClock, reading: ClockReading): DueStep[] {
  return reading.fired
    .filter((f) => !clock.recorded.some((r) => r.step === f.step && r.generation === f.generation))
    .map((f) => {
      const known = clock.events.find((e) => e.terms?.ladder.some((s) => s.step === f.step) === true)
      return { ...f, at: Math.max(f.at, known?.at ?? f.at) }
    })
}

/** No working time within ten years: the clock stands, without a due moment, until its calendar or target is mended. */
function uncountable(clock: LedgerClock, terms: Terms, refused: string): Judged {
  let phase: ClockPhase = 'notStarted'
  let generation = 0
  for (const { kind } of clock.events.toSorted((a, b) => a.at - b.at)) {
    if (kind === 'start' || (kind === 'reset' && phase !== 'cancelled' && phase !== 'notStarted')) generation++
    phase = phaseAfter(phase, kind)
  }
  return {
    phase: phase === 'notStarted' ? 'cancelled' : phase,
    generation: Math.max(1, generation),
    due: null,
    remaining: null,
    late: clock.breaches.some((b) => b.supersededAt === null && b.generation === generation),
    stoppedAt: phase === 'stopped' ? (clock.events.findLast((e) => e.kind === 'stop')?.at ?? null) : null,
    worked: null,
    nextAt: null,
    nextAfterSteps: null,
    terms,
    breaches: { found: [], superseded: [], valid: [] },
    steps: [],
    refused,
  }
}
