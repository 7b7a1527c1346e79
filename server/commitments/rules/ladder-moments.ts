import { addWorkingTime } from '../../calendars/rules/add-working-time.ts'
import type { Calendar } from '../../calendars/rules/compile-calendar.ts'
import { isRefusal } from '../../calendars/rules/refusal.ts'
import type { ClockStep } from './clock.ts'

/** A run of a clock: worked before it, its due moment, the length of its target. All in seconds. */
export type RunOfClock = {
  readonly from: number
  readonly worked: number
  readonly due: number
  readonly length: number
}

/**
 * The first moment (seconds) within or after the start of a run at which the condition of a step holds, if the clock runs on
 * (K20, K21); null if its calendar never gets there.
 */
export function momentOfStep(calendar: Calendar, step: ClockStep, run: RunOfClock): number | null {
  if (step.clockSeconds !== undefined) return Math.max(run.from, run.due + step.clockSeconds)
  const missing = workedNeeded(step, run.length) - run.worked
  if (missing <= 0) return run.from
  const moment = addWorkingTime(calendar, run.from, missing)
  return isRefusal(moment) ? null : moment
}

/** Working seconds at which a step is reached; a percentage is rounded up, never early (K20). */
function workedNeeded(step: ClockStep, length: number): number {
  if (step.percent === undefined) return length + (step.workingSeconds ?? 0)
  // Six decimals are far finer than a second and swallow what binary fractions add to a percentage such as 0.07.
  return Math.ceil(Number(((length * step.percent) / 100).toFixed(6)))
}
