import { createHash } from 'node:crypto'
import { type PlannedClock, planClock, replaceClocks, writeClocks } from '../commitments/public.ts'
import type { Db } from '../platform/db.ts'
import type { Track } from './rules/clock-track.ts'
import type { Happening, Promised } from './rules/happening.ts'
import { keepClocks } from './rules/keep-clocks.ts'
import { because, type Level } from './rules/service-level-for.ts'

/** Something that happened in imported history: at which moment (epoch seconds), and the record as it stood after it. */
export interface PastHappening {
  at: number
  happening: Happening
  facts: Promised['facts']
  state: string
  /** The event of the log that caused it, where one is recorded. */
  cause?: string | null
}

export interface PlannedPromises {
  subject: Promised['subject']
  clocks: PlannedClock[]
  /** Earliest due moment of running customer clocks, epoch seconds. */
  due: number | null
  serviceLevel: string | null
}

/** Always the same id for the n-th clock of a kind of a record, so that a second import meets its own rows (UUID version 8). */
export function plannedId(subject: string, kind: string, n: number): string {
  const hex = createHash('sha256').update(`${subject}:${kind}:${n}`).digest('hex')
  const variant = '89ab'[Number.parseInt(hex[16]!, 16) & 3]!
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/**
 * Rebuilds the clocks of a record from its history, in memory. `promised` is the record as it stands at the end (owner included); the first
 * happening is usually `opened`. Steps before `importedAt` are suppressed, phases are as of `asOf`; both epoch seconds.
 */
export function planPromises(
  levels: readonly Level[],
  promised: Promised,
  happenings: readonly PastHappening[],
  { importedAt, asOf }: { importedAt: number; asOf: number },
): PlannedPromises {
  const all: Track[] = []
  const reasons = new Map<Track, PlannedClock['because']>()
  let serviceLevel: string | null = null
  const vendorTerms = (level: Level) => level.terms.find((t) => t.kind === 'vendor') ?? null
  let before: Promised['facts'] | null = null
  for (const h of happenings) {
    const present = new Map<string, Track>()
    for (const track of all) if (track.phase !== 'cancelled') present.set(track.kind, track)
    const tracks = [...present.values()]
    // who served a queue in the past is not known, but for the queue the record is in
    const owner = { person: null, teams: h.facts.queue === promised.facts.queue ? promised.owner.teams : [] }
    const then = { ...promised, facts: h.facts, state: h.state, owner }
    const happening =
      h.happening.kind === 'changed' && before !== null ? { ...h.happening, before: stood(before) } : h.happening
    before = h.facts
    const kept = keepClocks(levels, tracks, then, happening, { at: h.at, cause: h.cause ?? null }, vendorTerms)
    if (kept.chosen !== undefined) {
      serviceLevel = kept.chosen?.level.id ?? null
      for (const track of tracks) if (track.rechosen) reasons.set(track, kept.chosen?.because ?? null)
    }
    for (const track of kept.started) {
      const level = levels.find((l) => l.id === track.terms.source.id)
      reasons.set(track, kept.chosen?.because ?? (level === undefined ? null : because(level, h.facts)))
      all.push(track)
    }
  }
  const times = new Map<string, number>()
  const clocks = all.map((track) => {
    const n = times.get(track.kind) ?? 0
    times.set(track.kind, n + 1)
    const { organisation, subject, owner } = promised
    return planClock(
      {
        id: plannedId(subject.id, track.kind, n),
        organisation,
        subject,
        owner,
        terms: track.terms,
        because: reasons.get(track) ?? null,
        events: track.events,
        importedAt,
      },
      asOf,
    )
  })
  let due: number | null = null
  for (const { terms, judged } of clocks)
    if (terms.party === 'customer' && judged.due !== null && (due === null || judged.due < due)) due = judged.due
  return { subject: promised.subject, clocks, due, serviceLevel }
}

const stood = ({ queue, priority }: Promised['facts']) => ({ queue, priority, person: null, teams: [] })

/** Writes rebuilt promises of records that have none yet. */
export const writePromises = (tx: Db, planned: readonly PlannedPromises[]): Promise<void> =>
  writeClocks(
    tx,
    planned.flatMap((p) => p.clocks),
  )

/** Writes rebuilt promises of records that have some: the same breaches stay, others are superseded at `asOf` (epoch seconds). */
export const replacePromises = (tx: Db, planned: readonly PlannedPromises[], asOf: number): Promise<void> =>
  replaceClocks(
    tx,
    planned.flatMap((p) => p.clocks),
    asOf,
  )
