import { firstEndingAfter, LONGEST_TABLE, tableFor, type Calendar } from './compile-calendar.ts'
import { negative, noWorkingTime, TEN_YEARS, tooFar, type Refusal } from './refusal.ts'
import type { WorkingTable } from './working-intervals.ts'

/**
 * The instant (seconds) at which so many working seconds have passed since `start` (A1–A3). Zero seconds give the start
 * itself. Refused: `negative`, checked first, and `no-working-time` (A4); `too-far` beyond four hundred years.
 */
export function addWorkingTime(calendar: Calendar, start: number, seconds: number): number | Refusal {
  if (seconds < 0) return negative
  if (seconds === 0) return start
  let table = tableFor(calendar, start, start)
  for (;;) {
    const first = firstEndingAfter(table, start)
    const { starts, ends, worked } = table
    const count = ends.length
    if (first < count) {
      const wanted = worked[first]! + Math.max(0, start - starts[first]!) + seconds
      const last = intervalHolding(worked, first, wanted)
      if (gapBefore(table, start, first, Math.min(last, count - 1))) return noWorkingTime
      if (last < count) return starts[last]! + wanted - worked[last]!
    }
    const used = first < count ? ends[count - 1]! : start
    if (table.until - used >= TEN_YEARS) return noWorkingTime
    if (table.until - start >= LONGEST_TABLE) return tooFar
    table = tableFor(calendar, start, Math.max(table.until, start) + TEN_YEARS / 10)
  }
}

/** The first interval, from `first` on, by whose end at least `wanted` seconds of the table have passed. */
function intervalHolding(worked: Float64Array, first: number, wanted: number): number {
  let low = first
  let high = worked.length - 1
  while (low < high) {
    const middle = (low + high) >>> 1
    if (worked[middle + 1]! >= wanted) high = middle
    else low = middle + 1
  }
  return low
}

/** A4: ten years without working time, measured from the start and then from the end of each span used up. */
function gapBefore(table: WorkingTable, start: number, first: number, last: number): boolean {
  if (table.starts[first]! - start >= TEN_YEARS) return true
  return table.afterGap.length > 0 && table.afterGap.some((index) => index > first && index <= last)
}
