import type { Terms } from '../../commitments/rules/terms.ts'
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

/** Kinds of clocks that start with the record. */
const fromTheStart = ['first_response', 'resolution']
const isDone = (state: string): boolean => state === 'resolved' || state === 'closed'

/**
 * What happens to the clocks of a record, by section 4 of the clock semantics (W1–W9). `tracks` are its clocks, one for each kind (the last
 * that was not cancelled); what is decided is written into them. Pure, and the same for live acts and for imported history.
 */
export function keepClocks(
  levels: readonly Level[],
  tracks: readonly Track[],
  promised: Promised,
  happening: Happening,
  moment: Moment,
  vendorTerms: VendorTerms,
): Kept {
  const { at, cause } = moment
  const started: Track[] = []
  const of = (kind: string) => tracks.find((t) => t.kind === kind)
  const begin = (terms: Terms, from: number, reason: string): Track => {
    const track = new Track({ kind: terms.kind, key: null, startedAt: from, terms, phase: 'notStarted' })
    track.push('start', from, cause, reason, terms)
    started.push(track)
    return track
  }
  /** W6: only states that the terms name pause a clock. */
  const align = (track: Track, state: string): void => {
    if (track.kind === 'vendor') return
    const rests = track.terms.pauseIn.includes(state)
    if (rests && track.phase === 'running') track.push('pause', at, cause, `state:${state}`)
    if (!rests && track.phase === 'paused') track.push('resume', at, cause, `state:${state}`)
  }
  const stop = (track: Track | undefined, reason: string): void => {
    if (track?.isLive === true) track.push('stop', at, cause, reason)
  }
  const { state } = promised

  switch (happening.kind) {
    case 'opened': {
      const chosen = serviceLevelFor(levels, promised.facts)
      for (const terms of chosen?.level.terms ?? [])
        if (fromTheStart.includes(terms.kind)) align(begin(terms, at, 'opened'), state)
      return { chosen, started }
    }
    case 'answered': {
      stop(of('first_response'), 'answered')
      if (isDone(state)) return { started }
      const track = of('next_update')
      if (track !== undefined) {
        if (track.phase !== 'cancelled') track.push('reset', at, cause, 'answered')
        align(track, state)
      } else {
        const terms = levelOf(levels, tracks, promised)?.terms.find((t) => t.kind === 'next_update')
        if (terms !== undefined) align(begin(terms, at, 'answered'), state)
      }
      return { started }
    }
    case 'resolved':
    case 'closed':
      // W2: resolving satisfies the first response too
      for (const track of tracks) stop(track, happening.kind)
      return { started }
    case 'state': {
      for (const track of tracks) align(track, happening.to)
      const vendor = of('vendor')
      if (happening.to === 'waiting_vendor') {
        const level = levelOf(levels, tracks, promised)
        const terms = level === null ? null : vendorTerms(level, happening.vendor?.calendar ?? null)
        if (vendor === undefined) {
          if (terms !== null) begin(terms, at, 'handed-to-vendor')
        } else if (vendor.phase !== 'cancelled') {
          // W7: handing over again is a reset, to another vendor with that one's hours
          vendor.push('reset', at, cause, 'handed-to-vendor')
          if (terms !== null && terms.id !== vendor.terms.id)
            vendor.push('retarget', at, cause, 'handed-to-vendor', terms)
        }
      } else stop(vendor, 'back-from-vendor')
      return { started }
    }
    case 'reopened': {
      const chosen = serviceLevelFor(levels, promised.facts)
      const track = of('resolution')
      if (track?.phase === 'stopped') {
        track.push(track.terms.resetOnReopen ? 'reset' : 'resume', at, cause, 'reopened')
        const terms = chosen?.level.terms.find((t) => t.kind === 'resolution')
        // K18: what changed while it was stopped counts from here
        if (terms !== undefined && terms.id !== track.terms.id) {
          track.push('retarget', at, cause, 'level-changed', terms)
          track.rechosen = true
        }
        align(track, state)
      }
      return { started }
    }
    case 'changed': {
      const chosen = serviceLevelFor(levels, promised.facts)
      const before = currentSource(tracks)
      if (before !== null && before === chosen?.level.id) return { started }
      const terms = chosen?.level.terms ?? []
      for (const track of tracks) {
        if (!track.isLive) continue
        const next =
          track.kind === 'vendor' && chosen !== null
            ? vendorTerms(chosen.level, null)
            : terms.find((t) => t.kind === track.kind)
        if (next == null) track.push('cancel', at, cause, chosen === null ? 'no-level' : 'level-changed')
        else {
          track.push('retarget', at, cause, 'level-changed', next)
          align(track, state)
        }
        track.rechosen = true
      }
      if (isDone(state)) return { chosen, started }
      const created = Math.min(at, ...tracks.map((t) => t.startedAt))
      for (const t of terms) {
        if (!fromTheStart.includes(t.kind) || of(t.kind) !== undefined) continue
        // a public reply was given, for the next one is being counted
        if (t.kind === 'first_response' && of('next_update') !== undefined) continue
        align(begin(t, created, 'level-changed'), state)
      }
      return { chosen, started }
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
