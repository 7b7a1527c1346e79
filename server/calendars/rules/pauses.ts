import { addWorkingDays } from './add-working-days.ts'
import { addWorkingTime } from './add-working-time.ts'
import type { Calendar } from './compile-calendar.ts'
import { united } from './holiday-times.ts'
import { isRefusal, type Refusal } from './refusal.ts'
import { workingTimeBetween, type Stretch } from './working-time-between.ts'

/**
 * What is promised: working seconds; working days, to the closing of the last with `endOfDay`; or a moment (`at`, epoch seconds) that
 * neither working hours nor pauses move.
 */
export type Target =
  | { readonly seconds: number }
  | { readonly workingDays: number; readonly endOfDay?: boolean | undefined }
  | { readonly at: number }

/** The due moment without pauses: A1–A4 or A7–A13. */
export function addTarget(calendar: Calendar, start: number, target: Target): number | Refusal {
  if ('at' in target) return target.at
  if ('seconds' in target) return addWorkingTime(calendar, start, target.seconds)
  return addWorkingDays(calendar, start, target.workingDays, target.endOfDay === true)
}

/**
 * The due moment (seconds) of a target that starts at `start` and rests during the pauses (A14–A16): moved on by the working
 * seconds of every pause that begins before it. Refusals are those of `addTarget`.
 */
export function dueWithPauses(
  calendar: Calendar,
  start: number,
  target: Target,
  pauses: readonly Stretch[],
): number | Refusal {
  const unpaused = addTarget(calendar, start, target)
  if (isRefusal(unpaused) || 'at' in target) return unpaused
  const rest = unitedPauses(pauses, start)
  let due = unpaused
  let paused = 0
  for (const { from, to } of rest) {
    if (from >= due) break
    const seconds = workingTimeBetween(calendar, from, to)
    if (seconds === 0) continue
    paused += seconds
    const moved =
      'seconds' in target
        ? addWorkingTime(calendar, start, target.seconds + paused)
        : addWorkingTime(calendar, unpaused, paused)
    if (isRefusal(moved)) return moved
    due = moved
  }
  return due
}

/** A14: pauses united, oldest first, only their part after the start. */
export function unitedPauses(pauses: readonly Stretch[], start: number): Stretch[] {
  const after: [number, number][] = []
  for (const { from, to } of pauses) {
    if (to > from && to > start) after.push([Math.max(from, start), to])
  }
  const { starts, ends } = united(after)
  return starts.map((from, index) => ({ from, to: ends[index]! }))
}
