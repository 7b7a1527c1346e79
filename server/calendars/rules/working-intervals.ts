import { weekdays, type CalendarDefinition, type Span } from '../../../contract/calendars.ts'
import { edge, holidayTimes, united, type Closed } from './holiday-times.ts'
import { dayOf, secondsOfDay } from './instants.ts'
import { isSkipped, startOfDay, zoneOffsets, type ZoneOffsets } from './local-time.ts'
import { TEN_YEARS } from './refusal.ts'

/**
 * The working time of a calendar between two instants (seconds), as sorted, united intervals with prefix sums, and the
 * working days with their own pieces. Exact within [from, until); nothing is said about what lies outside.
 */
export type WorkingTable = {
  readonly from: number
  readonly until: number
  /** Local days kept in the day part; every one with all its pieces, also those that reach beyond `until`. */
  readonly firstDay: number
  readonly lastDay: number
  readonly offsets: ZoneOffsets
  readonly holidays: Closed
  readonly starts: Float64Array
  readonly ends: Float64Array
  /** Working seconds from `from` to the start of each interval, and one more: the total. */
  readonly worked: Float64Array
  /** Intervals that begin ten years or more after the end of the one before (A4). */
  readonly afterGap: number[]
  /** Days that hold working time of their own (A7), ascending, and where the pieces of each begin. */
  readonly workingDays: Int32Array
  readonly dayPieces: Int32Array
  readonly pieceStarts: Float64Array
  readonly pieceEnds: Float64Array
}

type Hours = { readonly from: number; readonly to: number; readonly untilMidnight: boolean }

/** A definition made ready for counting; `at` is its table so far, widened on demand. Make it with `compileCalendar`. */
export type Plan = {
  readonly zone: string
  /** By weekday, Monday first. */
  readonly week: readonly (readonly Hours[])[]
  readonly special: ReadonlyMap<number, readonly Hours[]>
  readonly holidays: NonNullable<CalendarDefinition['holidays']>
}

/** Turns texts into numbers once. The definition must be one that `whyNotCalendar` accepts. */
export function planOf(definition: CalendarDefinition): Plan {
  return {
    zone: definition.zone,
    week: weekdays.map((weekday) => (definition.week[weekday] ?? []).map(hours)),
    special: new Map((definition.specialHours ?? []).map(({ date, spans }) => [dayOf(date), spans.map(hours)])),
    holidays: definition.holidays ?? [],
  }
}

/** C2, C3: a `to` at or before `from` lies on the next date; 24:00, and 00:00, is the midnight that ends the day. */
function hours({ from, to }: Span): Hours {
  const [start, end] = [secondsOfDay(from), secondsOfDay(to)]
  if (end === 0 || end === 86_400) return { from: start, to: 86_400, untilMidnight: true }
  return { from: start, to: end <= start ? end + 86_400 : end, untilMidnight: false }
}

/**
 * Lays out the local days `firstDay`..`lastDay` (C4–C8, C10–C17). Two days at the beginning only serve the night spans that
 * reach out of them, so the table is exact from the start of the third day to the end of the last.
 */
export function layOut(plan: Plan, firstDay: number, lastDay: number): WorkingTable {
  const offsets = zoneOffsets(plan.zone, (firstDay - 1200) * 86_400, (lastDay + 1200) * 86_400)
  const holidays = holidayTimes(plan.holidays, offsets, firstDay, lastDay)
  const workingDays: number[] = []
  const dayPieces: number[] = [0]
  const starts: number[] = []
  const ends: number[] = []
  for (let day = firstDay; day <= lastDay; day++) {
    const before = starts.length
    const special = plan.special.get(day)
    const spans = special ?? plan.week[weekdayOf(day)]!
    if (spans.length === 0 || isSkipped(offsets, day)) continue
    const pieces: [number, number][] = []
    for (const span of spans) {
      const from = edge(offsets, day, span.from, false)
      const to = edge(offsets, day, span.to, true)
      if (to > from) pieces.push([from, to])
    }
    const own =
      pieces.length > 1 ? united(pieces) : { starts: pieces.map(([from]) => from), ends: pieces.map(([, to]) => to) }
    for (let i = 0; i < own.starts.length; i++) {
      if (special === undefined) cutHolidays(own.starts[i]!, own.ends[i]!, holidays, starts, ends)
      else {
        starts.push(own.starts[i]!)
        ends.push(own.ends[i]!)
      }
    }
    if (starts.length > before) {
      workingDays.push(day)
      dayPieces.push(starts.length)
    }
  }
  const from = startOfDay(offsets, firstDay + 2)
  const until = startOfDay(offsets, lastDay + 1)
  return {
    from,
    until,
    firstDay,
    lastDay,
    offsets,
    holidays,
    ...sumUp(starts, ends, from, until),
    workingDays: Int32Array.from(workingDays),
    dayPieces: Int32Array.from(dayPieces),
    pieceStarts: Float64Array.from(starts),
    pieceEnds: Float64Array.from(ends),
  }
}

/** 0 is Monday; 1 January 1970 was a Thursday. */
function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7
}

/** C6: appends what holidays leave of one stretch. */
function cutHolidays(from: number, to: number, holidays: Closed, starts: number[], ends: number[]): void {
  let low = 0
  let high = holidays.ends.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holidays.ends[middle]! > from) high = middle
    else low = middle + 1
  }
  let open = from
  for (let i = low; i < holidays.starts.length && holidays.starts[i]! < to; i++) {
    if (holidays.starts[i]! > open) {
      starts.push(open)
      ends.push(holidays.starts[i]!)
    }
    open = Math.max(open, holidays.ends[i]!)
  }
  if (open < to) {
    starts.push(open)
    ends.push(to)
  }
}

/** C4: the union of all pieces, clipped to [from, until), with prefix sums. */
function sumUp(pieceStarts: number[], pieceEnds: number[], from: number, until: number) {
  const stretches: [number, number][] = []
  for (let i = 0; i < pieceStarts.length; i++) {
    const start = Math.max(pieceStarts[i]!, from)
    const end = Math.min(pieceEnds[i]!, until)
    if (end > start) stretches.push([start, end])
  }
  const open = united(stretches)
  const worked = new Float64Array(open.starts.length + 1)
  const afterGap: number[] = []
  for (let i = 0; i < open.starts.length; i++) {
    worked[i + 1] = worked[i]! + open.ends[i]! - open.starts[i]!
    if (i > 0 && open.starts[i]! - open.ends[i - 1]! >= TEN_YEARS) afterGap.push(i)
  }
  return { starts: Float64Array.from(open.starts), ends: Float64Array.from(open.ends), worked, afterGap }
}
