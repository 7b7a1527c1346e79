import { LONGEST_TABLE, tableFor, type Calendar } from './compile-calendar.ts'
import { earlierInstant, isSkipped, localDay, localSecond } from './local-time.ts'
import { negative, noWorkingTime, TEN_YEARS, tooFar, type Refusal } from './refusal.ts'
import type { WorkingTable } from './working-intervals.ts'

/** How working days were counted: `dayZero` and `lastDay` are local dates as day numbers; `began` is the start or the opening in its place. */
export type CountedDays = {
  readonly due: number
  readonly dayZero: number
  readonly lastDay: number
  readonly began: number
}

const twoYears = 2 * 366 * 86_400

/**
 * `days` working days after `start` (seconds), at the same local time of day, or at the closing of the last day with
 * `endOfDay` (A7–A12). Refused: `negative` and `no-working-time` (A13); `too-far` beyond four hundred years.
 */
export function addWorkingDays(calendar: Calendar, start: number, days: number, endOfDay = false): number | Refusal {
  const counted = countWorkingDays(calendar, start, days, endOfDay)
  return 'code' in counted ? counted : counted.due
}

/** As `addWorkingDays`, with the days between which was counted, for an explanation. */
export function countWorkingDays(
  calendar: Calendar,
  start: number,
  days: number,
  endOfDay: boolean,
): CountedDays | Refusal {
  if (days < 0) return negative
  let until = start + twoYears
  for (;;) {
    const table = tableFor(calendar, start, until)
    const zero = dayZero(table, start)
    const last = zero.index + days
    const known = table.workingDays.length
    if (zero.index < known && opening(table, zero.index) - start >= TEN_YEARS) return noWorkingTime
    for (let i = zero.index + 1; i <= Math.min(last, known - 1); i++) {
      if (
        table.workingDays[i]! - table.workingDays[i - 1]! > 3_650 &&
        opening(table, i) - closing(table, i - 1) >= TEN_YEARS
      ) {
        return noWorkingTime
      }
    }
    if (last < known) return landOn(table, zero, last, days, endOfDay)
    const used = zero.index < known ? closing(table, known - 1) : start
    if (table.until - used >= TEN_YEARS) return noWorkingTime
    if (table.until - start >= LONGEST_TABLE) return tooFar
    until = table.until + TEN_YEARS / 10
  }
}

type DayZero = { readonly index: number; readonly began: number }

/** A8: which working day (index into the table) is day 0, and the start or the opening that takes its place. */
function dayZero(table: WorkingTable, start: number): DayZero {
  const date = localDay(table.offsets, start)
  let before = date - 1
  while (isSkipped(table.offsets, before)) before--
  const own = indexFrom(table, date)
  const isOwn = table.workingDays[own] === date
  if (isOwn && isInside(table, own, start)) return { index: own, began: start }
  const previous = own - 1
  if (previous >= 0 && table.workingDays[previous] === before && isInside(table, previous, start)) {
    return { index: previous, began: start }
  }
  if (isOwn && start <= closing(table, own)) return { index: own, began: start }
  const next = isOwn ? own + 1 : own
  return { index: next, began: next < table.workingDays.length ? opening(table, next) : start }
}

/** A10–A12: the moment on working day `last`. */
function landOn(table: WorkingTable, zero: DayZero, last: number, days: number, endOfDay: boolean): CountedDays {
  const [first, day] = [table.workingDays[zero.index]!, table.workingDays[last]!]
  const answer = (due: number): CountedDays => ({ due, dayZero: first, lastDay: day, began: zero.began })
  if (endOfDay) return answer(closing(table, last))
  let moment = zero.began
  if (days > 0) {
    const local = localSecond(table.offsets, zero.began)
    const date = Math.floor(local / 86_400)
    const isAfterMidnight = date > first
    moment = earlierInstant(table.offsets, (isAfterMidnight ? day + 1 : day) * 86_400 + local - date * 86_400)
  }
  if (moment > closing(table, last)) return answer(closing(table, last))
  for (let i = table.dayPieces[last]!; i < table.dayPieces[last + 1]!; i++) {
    if (moment <= table.pieceEnds[i]!) return answer(Math.max(moment, table.pieceStarts[i]!))
  }
  return answer(moment)
}

function isInside(table: WorkingTable, index: number, instant: number): boolean {
  for (let i = table.dayPieces[index]!; i < table.dayPieces[index + 1]!; i++) {
    if (table.pieceStarts[i]! <= instant && instant <= table.pieceEnds[i]!) return true
  }
  return false
}

function opening(table: WorkingTable, index: number): number {
  return table.pieceStarts[table.dayPieces[index]!]!
}

function closing(table: WorkingTable, index: number): number {
  return table.pieceEnds[table.dayPieces[index + 1]! - 1]!
}

/** Index of the first working day at or after a date. */
function indexFrom(table: WorkingTable, date: number): number {
  let low = 0
  let high = table.workingDays.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (table.workingDays[middle]! >= date) high = middle
    else low = middle + 1
  }
  return low
}
