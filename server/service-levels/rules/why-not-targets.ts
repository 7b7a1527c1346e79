import { presetKinds, type Target } from '../../../contract/service-levels.ts'
import type { Calendar } from '../../calendars/rules/compile-calendar.ts'
import { addTarget } from '../../calendars/rules/pauses.ts'
import { isRefusal } from '../../calendars/rules/refusal.ts'
import type { Refusal } from '../../platform/errors.ts'

const isPreset = (kind: string): boolean => (presetKinds as readonly string[]).includes(kind)

/** What the schema cannot say of targets, and whether the calendar can reach them from `now` (epoch seconds; K19). */
export function whyNotTargets(targets: readonly Target[], calendar: Calendar, now: number): Refusal | null {
  const kinds = new Set<string>()
  for (const target of targets) {
    if (kinds.has(target.kind)) return { code: 'service-levels.target-twice', params: { kind: target.kind } }
    kinds.add(target.kind)
    if (!isPreset(target.kind) && (target.when?.start ?? []).length === 0)
      return { code: 'service-levels.never-starts', params: { kind: target.kind } }
    const steps = new Set<string>()
    for (const step of target.ladder) {
      if (steps.has(step.step)) return { code: 'service-levels.step-twice', params: { step: step.step } }
      steps.add(step.step)
      const moments = [step.percent, step.workingSeconds, step.clockSeconds].filter((moment) => moment !== undefined)
      if (moments.length !== 1) return { code: 'service-levels.step-when', params: { step: step.step } }
    }
    const due = addTarget(
      calendar,
      now,
      target.seconds === undefined
        ? { workingDays: target.workingDays ?? 0, endOfDay: target.endOfDay }
        : { seconds: target.seconds },
    )
    if (isRefusal(due)) return due
  }
  return null
}
