import type { Holiday } from '../../../contract/calendars.ts'
import { dayNumber, dayOf, secondsOfDay, yearOf } from './instants.ts'
import { earlierInstant, laterInstant, startOfDay, type ZoneOffsets } from './local-time.ts'

/** Closed stretches in seconds, ascending, apart from each other. */
export type Closed = { readonly starts: number[]; readonly ends: number[] }

/**
 * All holidays that may touch the local days `firstDay`..`lastDay`, as instants, united (C5–C8, C15). A yearly one is
 * repeated in every year from the one before the first day to the one after the last.
 */
export function holidayTimes(
  holidays: readonly Holiday[],
  offsets: ZoneOffsets,
  firstDay: number,
  lastDay: number,
): Closed {
  const found: [number, number][] = []
  const keep = (from: number, to: number): void => {
    if (to > from) found.push([from, to])
  }
  for (const holiday of holidays) {
    const opens = secondsOfDay(holiday.fromTime ?? '00:00')
    const closes = secondsOfDay(holiday.toTime ?? '24:00')
    if (holiday.yearly !== true) {
      const [from, to] = [dayOf(holiday.from), dayOf(holiday.to)]
      if (to >= firstDay - 1 && from <= lastDay + 2)
        keep(edge(offsets, from, opens, false), edge(offsets, to, closes, true))
      continue
    }
    const [fromDate, toDate] = [holiday.from.slice(5), holiday.to.slice(5)]
    for (let year = yearOf(firstDay) - 2; year <= yearOf(lastDay) + 1; year++) {
      keep(
        yearlyEdge(offsets, year, fromDate, opens, false),
        yearlyEdge(offsets, toDate < fromDate ? year + 1 : year, toDate, closes, true),
      )
    }
  }
  return united(found)
}

/** Sorts stretches and unites those that overlap or touch. */
export function united(stretches: [number, number][]): Closed {
  const starts: number[] = []
  const ends: number[] = []
  stretches.sort((a, b) => a[0] - b[0])
  for (const [from, to] of stretches) {
    const last = ends.length - 1
    if (last >= 0 && from <= ends[last]!) ends[last] = Math.max(ends[last]!, to)
    else {
      starts.push(from)
      ends.push(to)
    }
  }
  return { starts, ends }
}

/** C8: in a common year every time on 29 February is the midnight before 1 March. */
function yearlyEdge(offsets: ZoneOffsets, year: number, monthDay: string, seconds: number, isEnd: boolean): number {
  const month = Number(monthDay.slice(0, 2))
  const day = Number(monthDay.slice(3, 5))
  const number = dayNumber(year, month, day)
  if (monthDay === '02-29' && number === dayNumber(year, 3, 1)) return startOfDay(offsets, number)
  return edge(offsets, number, seconds, isEnd)
}

/** C12–C14 for one edge of a stretch: `seconds` after local midnight of a day; an end at midnight is where a date begins. */
export function edge(offsets: ZoneOffsets, day: number, seconds: number, isEnd: boolean): number {
  const local = day * 86_400 + seconds
  return isEnd && seconds !== 86_400 ? laterInstant(offsets, local) : earlierInstant(offsets, local)
}
