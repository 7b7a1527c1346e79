import type { ClockMoment } from '../../../contract/service-levels.ts'
import { isDone } from '../../../contract/tickets.ts'
import type { Terms } from '../../commitments/rules/terms.ts'
import { conditionsOf, firstHeard, type Heard, heardOf, isWhereItStarts } from './clock-conditions.ts'
import { Track } from './clock-track.ts'
import type { Happening, Promised } from './happening.ts'
import { type Level, serviceLevelFor } from './service-level-for.ts'

/** When (epoch seconds) and by which event of the log. */
export interface Moment {
  readonly at: number
  readonly cause: string | null
}

export interface Kept {
  /** The service level, where it was chosen; null where none fits. */
  readonly chosen?: {
    readonly level: Level
    readonly because: { code: string; params: Readonly<Record<string, string | number>> }
  } | null
  /** Clocks to be started; their first event is the start. */
  readonly started: readonly Track[]
}

/** Terms of a level's vendor target on a vendor's own calendar; null where the level promises nothing of vendors. */
export type VendorTerms = (level: Level, calendar: string | null) => Terms | null

/**
 * What happens to the clocks of a record, by section 4 of the clock semantics (W1–W9) and the conditions of each target. `tracks` are its clocks,
 * one for each kind (the last that was not cancelled); what is decided is written into them. Pure, and the same for live acts and for imported
 * history.
 */
export function keepClocks(
  levels: readonly Level[],
  tracks: readonly Track[],
  promised: Promised,
  happening: Happening,
  moment: Moment,
  vendorTerms: VendorTerms,
): Kept {
  const keeping = new Keeping(levels, tracks, promised, happening, moment, vendorTerms)
  if (happening.kind === 'opened') return keeping.opened()
  const chosen = happening.kind === 'changed' ? keeping.rechosen() : undefined
  for (const track of tracks) keeping.hear(track)
  keeping.startLater()
  return chosen === undefined ? { started: keeping.started } : { chosen, started: keeping.started }
}

/** One happening in the course of being heard. Kept private to this file. */
class Keeping {
  readonly started: Track[] = []
  readonly levels: readonly Level[]
  readonly tracks: readonly Track[]
  readonly promised: Promised
  readonly happening: Happening
  readonly moment: Moment
  readonly vendorTerms: VendorTerms
  readonly heard: Heard
  /** A resolved record starts nothing but what being resolved or closed starts. */
  readonly mayStart: boolean

  constructor(
    levels: readonly Level[],
    tracks: readonly Track[],
    promised: Promised,
    happening: Happening,
    moment: Moment,
    vendorTerms: VendorTerms,
  ) {
    this.levels = levels
    this.tracks = tracks
    this.promised = promised
    this.happening = happening
    this.moment = moment
    this.vendorTerms = vendorTerms
    this.heard = heardOf(promised, happening)
    this.mayStart = !isDone(promised.state) || happening.kind === 'resolved' || happening.kind === 'closed'
  }

  private of(kind: string): Track | undefined {
    return this.tracks.find((t) => t.kind === kind)
  }

  private come(moments: readonly ClockMoment[]) {
    return firstHeard(moments, this.heard, this.promised)
  }

  private begin(terms: Terms, from: number, reason: string): Track {
    const track = new Track({ kind: terms.kind, key: null, startedAt: from, terms, phase: 'notStarted' })
    track.push('start', from, this.moment.cause, reason, terms)
    this.started.push(track)
    return track
  }

  /** W6: only states that the terms name pause a clock. What a condition paused, a condition resumes. */
  private align(track: Track, state = this.promised.state): void {
    const { at, cause } = this.moment
    if (track.kind === 'vendor') return
    const rests = track.terms.pauseIn.includes(state)
    const byState = track.restReason === null || track.restReason.startsWith('state:')
    if (rests && track.phase === 'running') track.push('pause', at, cause, `state:${state}`)
    if (!rests && track.phase === 'paused' && byState) track.push('resume', at, cause, `state:${state}`)
  }

  opened(): Kept {
    const chosen = serviceLevelFor(this.levels, this.promised.facts)
    for (const terms of chosen?.level.terms ?? []) {
      const start = this.come(conditionsOf(terms).start)
      if (start !== undefined) this.align(this.begin(terms, this.moment.at, start.reason))
    }
    return { chosen, started: this.started }
  }

  /** The level is chosen anew: open clocks go over to it or end. Undefined where it stays the same. */
  rechosen(): Kept['chosen'] {
    const { at, cause } = this.moment
    const chosen = serviceLevelFor(this.levels, this.promised.facts)
    const before = currentSource(this.tracks)
    if (before !== null && before === chosen?.level.id) return undefined
    const terms = chosen?.level.terms ?? []
    for (const track of this.tracks) {
      if (!track.isLive) continue
      const next =
        track.kind === 'vendor' && chosen !== null
          ? this.vendorTerms(chosen.level, null)
          : terms.find((t) => t.kind === track.kind)
      if (next == null) track.push('cancel', at, cause, chosen === null ? 'no-level' : 'level-changed')
      else {
        track.push('retarget', at, cause, 'level-changed', next)
        this.align(track)
      }
      track.rechosen = true
    }
    if (!isDone(this.promised.state)) for (const t of terms) this.startUnder(t)
    return chosen
  }

  /** What the new level promises from the start is counted from there; what a hand-over would have started, from now. */
  private startUnder(terms: Terms): void {
    if (this.of(terms.kind) !== undefined) return
    const { start, stop } = conditionsOf(terms)
    if (start.some((m) => m.on === 'opened')) {
      const isAnswered = this.of('next_update') !== undefined || this.of('first_response')?.phase === 'stopped'
      if (isAnswered && stop.some((m) => m.on === 'answered')) return
      const created = Math.min(this.moment.at, ...this.tracks.map((t) => t.startedAt))
      this.align(this.begin(terms, created, 'level-changed'))
    } else if (isWhereItStarts(start, this.promised)) this.align(this.begin(terms, this.moment.at, 'handed-to-queue'))
  }

  /** One clock hears what happened: it ends, stops, starts anew, goes on or rests, the first of these that its conditions name. */
  hear(track: Track): void {
    const { at, cause } = this.moment
    const when = conditionsOf(track.terms)
    if (track.phase === 'cancelled' || track.phase === 'waived') return
    const ended = track.isLive ? this.come(when.cancel) : undefined
    if (ended !== undefined) return track.push('cancel', at, cause, ended.reason)
    const stopped = track.isLive ? this.come(when.stop) : undefined
    if (stopped !== undefined) return track.push('stop', at, cause, stopped.reason)
    const reset = this.mayStart ? this.come(when.reset) : undefined
    if (reset !== undefined) {
      track.push('reset', at, cause, reset.reason)
      return this.goOn(track)
    }
    const resumed = this.mayStart ? this.come(when.resume) : undefined
    if (track.phase === 'stopped' && resumed !== undefined) {
      track.push('resume', at, cause, resumed.reason)
      return this.goOn(track)
    }
    if (this.happening.kind === 'state') this.align(track, this.happening.to)
    const paused = this.come(when.pause)
    if (track.phase === 'running' && paused !== undefined) track.push('pause', at, cause, paused.reason)
    else if (track.phase === 'paused' && resumed !== undefined && !track.terms.pauseIn.includes(this.promised.state))
      track.push('resume', at, cause, resumed.reason)
  }

  /** After a reset or a reopening: the terms that count now, and the state that may pause at once. */
  private goOn(track: Track): void {
    const { at, cause } = this.moment
    const { happening } = this
    if (happening.kind === 'reopened') {
      // K18: what changed while it was stopped counts from here
      const chosen = serviceLevelFor(this.levels, this.promised.facts)
      const terms = chosen?.level.terms.find((t) => t.kind === track.kind)
      if (terms !== undefined && terms.id !== track.terms.id) {
        track.push('retarget', at, cause, 'level-changed', terms)
        track.rechosen = true
      }
    }
    if (happening.kind === 'state' && track.kind === 'vendor') {
      // W7: another vendor has hours of its own
      const level = levelOf(this.levels, this.tracks, this.promised)
      const terms = level === null ? null : this.vendorTerms(level, happening.vendor?.calendar ?? null)
      if (terms !== null && terms.id !== track.terms.id) track.push('retarget', at, cause, 'handed-to-vendor', terms)
    }
    this.align(track)
  }

  /** Targets whose clock is not there yet and whose start has come. */
  startLater(): void {
    if (!this.mayStart) return
    const level = levelOf(this.levels, [...this.tracks, ...this.started], this.promised)
    for (const own of level?.terms ?? []) {
      if (this.of(own.kind) !== undefined || this.started.some((t) => t.kind === own.kind)) continue
      const start = this.come(conditionsOf(own).start)
      if (start === undefined) continue
      const terms =
        own.kind === 'vendor' && this.happening.kind === 'state'
          ? this.vendorTerms(level!, this.happening.vendor?.calendar ?? null)
          : own
      if (terms !== null) this.align(this.begin(terms, this.moment.at, start.reason))
    }
  }
}

/** The service level whose clocks the record has: that of a clock still open, else of the last. */
function currentSource(tracks: readonly Track[]): string | null {
  return (tracks.find((t) => t.isLive) ?? tracks.at(-1))?.terms.source.id ?? null
}

/** The level that counts for a clock to be started now. */
function levelOf(levels: readonly Level[], tracks: readonly Track[], promised: Promised): Level | null {
  const source = currentSource(tracks)
  return levels.find((l) => l.id === source) ?? serviceLevelFor(levels, promised.facts)?.level ?? null
}
