import { firstEndingAfter, tableFor, type Calendar } from './compile-calendar.ts'
import type { WorkingTable } from './working-intervals.ts'

/** A stretch of instants in seconds, half open. */
export type Stretch = { readonly from: number; readonly to: number }

/** Working seconds in [from, to), 0 if `to` is not after `from`, and on a calendar without working time (A5, A6). */
export function workingTimeBetween(calendar: Calendar, from: number, to: number): number {
  if (to <= from) return 0
  const table = tableFor(calendar, from, to)
  return workedUntil(table, to) - workedUntil(table, from)
}

function workedUntil(table: WorkingTable, instant: number): number {
  const index = firstEndingAfter(table, instant)
  const inside = index < table.starts.length ? instant - table.starts[index]! : 0
  return table.worked[index]! + (inside > 0 ? inside : 0)
}

/** The working stretches within [from, to), oldest first, clipped to it (C4: united). */
export function workingSpans(calendar: Calendar, from: number, to: number): Stretch[] {
  if (to <= from) return []
  const table = tableFor(calendar, from, to)
  const { starts, ends } = table
  const spans: Stretch[] = []
  for (let i = firstEndingAfter(table, from); i < starts.length && starts[i]! < to; i++) {
    spans.push({ from: Math.max(from, starts[i]!), to: Math.min(to, ends[i]!) })
  }
  return spans
}

/** Whether a holiday touches [from, to), to say why it is closed. */
export function holidayWithin(calendar: Calendar, from: number, to: number): boolean {
  const { starts, ends } = tableFor(calendar, from, to).holidays
  return starts.some((start, index) => start < to && ends[index]! > from)
}
