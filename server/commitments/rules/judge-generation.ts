import { addWorkingTime } from '../../calendars/rules/add-working-time.ts'
import type { Calendar } from '../../calendars/rules/compile-calendar.ts'
import { addTarget } from '../../calendars/rules/pauses.ts'
import { isRefusal, type Refusal } from '../../calendars/rules/refusal.ts'
import { workingTimeBetween } from '../../calendars/rules/working-time-between.ts'
import type { Run, Target } from './clock.ts'

/** One generation under one target and calendar. Instants in seconds. */
export type Judgement = {
  /** The target in working seconds. */
  readonly length: number
  /** The due moment if the clock had never rested. */
  readonly unpaused: number
  /** Working seconds of the closed runs, and of the rests before the last run. */
  worked: number
  rested: number
  /** Due moment of the last run (K4), or the one that was passed (K7); null before the first run. */
  due: number | null
  /** The due moment that was passed, fixed (K7). */
  passed: number | null
}

/**
 * Computes worked and due anew over the runs of a generation (K3–K7, K14). `now` ends the last run if it is open.
 *
 * A target in working days is due by A7–A16: the due moment without rests, moved on by the working seconds of the rests. Its
 * length in working seconds, by which percent, worked and left are judged, is measure(start, due without rests), fixed at the
 * start of the generation. A resume after that moment with nothing left is due at the resume (K5).
 *
 * Refused: `negative`, `no-working-time` (K19).
 */
export function judgeGeneration(
  calendar: Calendar,
  target: Target,
  startedAt: number,
  runs: readonly Run[],
  now: number,
): Judgement | Refusal {
  const unpaused = addTarget(calendar, startedAt, target)
  if (isRefusal(unpaused)) return unpaused
  const length = 'seconds' in target ? target.seconds : workingTimeBetween(calendar, startedAt, unpaused)
  const judgement: Judgement = { length, unpaused, worked: 0, rested: 0, due: null, passed: null }
  let before = startedAt
  for (const { from, to } of runs) {
    judgement.rested += workingTimeBetween(calendar, before, from)
    const due = judgement.passed ?? dueOfRun(calendar, target, judgement, from)
    if (isRefusal(due)) return due
    judgement.due = due
    if (due < (to ?? now)) judgement.passed = due
    if (to === null) break
    judgement.worked += workingTimeBetween(calendar, from, to)
    before = to
  }
  return judgement
}

/** Due moment of a run that begins at `from`, unless an earlier one was passed (K4, K5; A15 for working days). A fixed moment stays. */
export function dueOfRun(
  calendar: Calendar,
  target: Target,
  { length, unpaused, worked, rested }: Judgement,
  from: number,
): number | Refusal {
  if ('at' in target) return target.at
  if ('seconds' in target) return worked >= length ? from : addWorkingTime(calendar, from, length - worked)
  const moved = addWorkingTime(calendar, unpaused, rested)
  return isRefusal(moved) ? moved : Math.max(moved, from)
}
