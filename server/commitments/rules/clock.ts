import type { ClockEventKind, ClockPhase, ClockStep } from '../../../contract/clocks.ts'
import type { Calendar } from '../../calendars/rules/compile-calendar.ts'
import type { Said } from '../../calendars/rules/explain-due.ts'
import type { Target } from '../../calendars/rules/pauses.ts'

export type { ClockEventKind, ClockPhase, ClockStep, Target }

/** One event of a clock, `at` in seconds. A retarget carries a new target, a new calendar, or both. */
export type ClockEvent = {
  readonly at: number
  readonly kind: ClockEventKind
  readonly target?: Target | undefined
  readonly calendar?: Calendar | undefined
  /** Why it came; shown in explanations, of no influence. */
  readonly cause?: string | undefined
}

/** All that a clock is: everything else is computed from it (K1). Instants in seconds. */
export type ClockHistory = {
  readonly calendar: Calendar
  readonly target: Target
  /** In order of arrival: the place in the list is the sequence number (K2). */
  readonly events: readonly ClockEvent[]
  readonly steps?: readonly ClockStep[] | undefined
  readonly importedAt?: number | undefined
  readonly asOf: number
}

/** Running time, half open; `to` is null while it lasts. */
export type Run = { readonly from: number; to: number | null }

/** One miss of one due moment (K10). `supersededAt` is the retarget that took it back (K16). */
export type Breach = {
  readonly generation: number
  readonly deadline: number
  readonly observedAt: number
  supersededAt: number | null
}

/** A ladder step that came due; `suppressed` if its moment lay before the import (K23). */
export type FiredStep = {
  readonly step: string
  readonly generation: number
  readonly at: number
  readonly suppressed: boolean
}

/** An event that changed nothing, with the phase in which it came. */
export type Ignored = {
  readonly at: number
  readonly index: number
  readonly kind: ClockEventKind
  readonly phase: ClockPhase
}

/** What a clock says at `asOf`. Instants and durations in seconds; working seconds are of the present generation. */
export type ClockReading = {
  readonly phase: ClockPhase
  /** Only while running (K4). */
  readonly due: number | null
  /** Only while paused; negative once past the target (K3). */
  readonly remaining: number | null
  readonly breaches: readonly Breach[]
  readonly fired: readonly FiredStep[]
  readonly ignored: readonly Ignored[]
  /** 0 before the start, then 1 and one more with each reset. */
  readonly generation: number
  /** Start of the present generation, and the latest event that changed anything. */
  readonly startedAt: number | null
  readonly changedAt: number | null
  /** Worked up to `changedAt`, and up to `asOf`. */
  readonly workedAtChange: number
  readonly worked: number
  /** The length of the target in working seconds; see `judgeGeneration` for targets in working days. */
  readonly length: number
  readonly target: Target
  readonly calendar: Calendar
  readonly runs: readonly Run[]
  /** Whether the present generation has passed its due moment. */
  readonly passed: boolean
  /** The next moment at which something happens if no event comes: a step, or due + 1 s (K6); null if nothing will. */
  readonly nextAt: number | null
}

/** What happened, for `explainClock`. */
export type Trace = { readonly at: number; readonly said: Said }[]
