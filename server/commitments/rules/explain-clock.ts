import type { Calendar } from '../../calendars/rules/compile-calendar.ts'
import type { Said } from '../../calendars/rules/explain-due.ts'
import { isoInstant } from '../../calendars/rules/instants.ts'
import { isRefusal, type Refusal } from '../../calendars/rules/refusal.ts'
import { holidayWithin, workingSpans, workingTimeBetween } from '../../calendars/rules/working-time-between.ts'
import type { ClockEvent, ClockHistory, ClockReading, Trace } from './clock.ts'
import { replayClock } from './replay-clock.ts'

/** A piece of the picture of a clock. `cause`: of a pause its event's, of closed time `holiday` or `hours`. Seconds are working seconds. */
export type StripPiece = {
  readonly kind: 'worked' | 'paused' | 'closed' | 'ahead' | 'late'
  readonly from: number
  readonly to: number
  readonly seconds: number
  readonly cause: string | null
}

export type ExplainedClock = {
  readonly reading: ClockReading
  readonly explanation: Said[]
  readonly strip: StripPiece[]
}

/** Replays a clock and says step by step how it came to its reading; the strip shows the present generation. Refusals of `replayClock`. */
export function explainClock(history: ClockHistory): ExplainedClock | Refusal {
  const trace: Trace = []
  const reading = replayClock(history, trace)
  if (isRefusal(reading)) return reading
  const happened = trace.sort((a, b) => a.at - b.at).map(({ said }) => said)
  return {
    reading,
    explanation: [
      { code: 'commitments.explain.calendar', params: { zone: history.calendar.zone } },
      ...happened,
      result(reading, history.asOf),
    ],
    strip: stripOf(reading, history),
  }
}

function result(reading: ClockReading, asOf: number): Said {
  const asOfAt = isoInstant(asOf)
  const workedSeconds = reading.worked
  if (reading.phase === 'running' && reading.due !== null) {
    const params = { asOfAt, workedSeconds, dueAt: isoInstant(reading.due) }
    return { code: reading.passed ? 'commitments.explain.now-late' : 'commitments.explain.now-running', params }
  }
  if (reading.remaining !== null) {
    const over = reading.remaining < 0
    const params = { asOfAt, workedSeconds, leftSeconds: Math.abs(reading.remaining) }
    return { code: over ? 'commitments.explain.now-paused-over' : 'commitments.explain.now-paused', params }
  }
  return { code: 'commitments.explain.now', params: { asOfAt, workedSeconds, phase: reading.phase } }
}

/** The present generation from its start to `asOf`, and on to the due moment if that lies ahead. */
function stripOf(reading: ClockReading, history: ClockHistory): StripPiece[] {
  const { calendar, startedAt, due, passed } = reading
  const { asOf, events } = history
  if (startedAt === null) return []
  const strip: StripPiece[] = []
  let before = startedAt
  for (const run of reading.runs) {
    if (run.from > before) strip.push(restPiece(calendar, before, run.from, events))
    const to = run.to ?? asOf
    const lateFrom = passed && lastDue(reading) !== null ? lastDue(reading)! : Number.POSITIVE_INFINITY
    strip.push(...openPieces(calendar, run.from, Math.min(to, lateFrom), 'worked'))
    strip.push(...openPieces(calendar, Math.max(run.from, lateFrom), to, 'late'))
    before = to
  }
  if (reading.phase === 'paused' && asOf > before) strip.push(restPiece(calendar, before, asOf, events))
  if (reading.phase === 'running' && due !== null) strip.push(...openPieces(calendar, asOf, due, 'ahead'))
  return strip
}

/** The due moment that the present generation has passed. */
function lastDue(reading: ClockReading): number | null {
  return (
    reading.due ??
    reading.breaches.findLast((breach) => breach.supersededAt === null && breach.generation === reading.generation)
      ?.deadline ??
    null
  )
}

/** A rest with the cause of the event that began it. */
function restPiece(calendar: Calendar, from: number, to: number, events: readonly ClockEvent[]): StripPiece {
  const begin = events.findLast(({ at, kind }) => at <= from && (kind === 'pause' || kind === 'stop'))
  return { kind: 'paused', from, to, seconds: workingTimeBetween(calendar, from, to), cause: begin?.cause ?? null }
}

/** Working spans of [from, to) as pieces of a kind, and the closed time between them. */
function openPieces(calendar: Calendar, from: number, to: number, kind: 'worked' | 'ahead' | 'late'): StripPiece[] {
  const pieces: StripPiece[] = []
  if (to <= from) return pieces
  let before = from
  const close = (until: number): void => {
    if (until <= before) return
    const cause = holidayWithin(calendar, before, until) ? 'holiday' : 'hours'
    pieces.push({ kind: 'closed', from: before, to: until, seconds: 0, cause })
  }
  for (const span of workingSpans(calendar, from, to)) {
    close(span.from)
    pieces.push({ kind, ...span, seconds: span.to - span.from, cause: null })
    before = span.to
  }
  close(to)
  return pieces
}
