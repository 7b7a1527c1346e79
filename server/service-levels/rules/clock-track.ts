import type { ClockEventKind, ClockPhase } from '../../../contract/clocks.ts'
import { phaseAfter } from '../../commitments/rules/clock-phase.ts'
import type { LedgerEvent } from '../../commitments/rules/judge-clock.ts'
import type { Terms } from '../../commitments/rules/terms.ts'

/** A clock of a record while it is decided what happens to it. */
export class Track {
  readonly kind: string
  /** Key under which the caller knows the clock; null for one that is new. */
  readonly key: string | null
  readonly startedAt: number
  terms: Terms
  phase: ClockPhase | 'waived'
  /** Events decided so far. */
  readonly events: LedgerEvent[] = []
  /** Why it rests, where it does. */
  restReason: string | null
  /** The service level was chosen anew for it. */
  rechosen = false

  constructor(known: {
    kind: string
    key: string | null
    startedAt: number
    terms: Terms
    phase: ClockPhase | 'waived'
    restReason?: string | null
  }) {
    this.kind = known.kind
    this.key = known.key
    this.startedAt = known.startedAt
    this.terms = known.terms
    this.phase = known.phase
    this.restReason = known.restReason ?? null
  }

  get isLive(): boolean {
    return this.phase === 'running' || this.phase === 'paused'
  }

  push(kind: ClockEventKind, at: number, cause: string | null, reason: string, terms: Terms | null = null): void {
    if (this.phase === 'waived') return
    this.events.push({ at, kind, cause, reason, terms })
    this.phase = phaseAfter(this.phase, kind)
    if (kind === 'pause') this.restReason = reason
    if (terms !== null) this.terms = terms
  }
}
