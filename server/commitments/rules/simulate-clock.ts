import type { SimulateClockInput, SimulateClockOutput } from '../../../contract/clocks.ts'
import { type Said } from '../../calendars/rules/explain-due.ts'
import { epochSeconds, isoInstant } from '../../calendars/rules/instants.ts'
import { checkedCalendar, targetOf } from '../../calendars/rules/preview-calendar.ts'
import { isRefusal, type Refusal } from '../../calendars/rules/refusal.ts'
import type { ClockEvent } from './clock.ts'
import { explainClock } from './explain-clock.ts'

export type Simulation = Omit<SimulateClockOutput, 'explanation'> & { explanation: Said[] }

/** The answer of `clocks/simulate` (clock-semantics section 5), sentences not yet written. Refused: C9, and as `replayClock`. */
export function simulateClock(input: SimulateClockInput): Simulation | Refusal {
  const calendar = checkedCalendar(input.calendar)
  if (isRefusal(calendar)) return calendar
  const events: ClockEvent[] = []
  for (const event of input.events) {
    const changed = event.calendar === undefined ? undefined : checkedCalendar(event.calendar)
    if (isRefusal(changed)) return changed
    const hasTarget = event.seconds !== undefined || event.workingDays !== undefined
    events.push({
      at: epochSeconds(event.at),
      kind: event.kind,
      cause: event.cause,
      calendar: changed,
      target: hasTarget ? targetOf(event) : undefined,
    })
  }
  const explained = explainClock({
    calendar,
    target: targetOf(input),
    events,
    steps: input.steps,
    importedAt: input.importedAt === undefined ? undefined : epochSeconds(input.importedAt),
    asOf: epochSeconds(input.asOf),
  })
  if (isRefusal(explained)) return explained
  const { reading, explanation } = explained
  return {
    phase: reading.phase,
    ...(reading.due === null ? {} : { due: isoInstant(reading.due) }),
    ...(reading.remaining === null ? {} : { remainingSeconds: reading.remaining }),
    breaches: reading.breaches.map(({ deadline, observedAt, supersededAt }) => ({
      deadline: isoInstant(deadline),
      observedAt: isoInstant(observedAt),
      ...(supersededAt === null ? {} : { superseded: true as const }),
    })),
    ...(input.steps === undefined
      ? {}
      : {
          steps: reading.fired.map(({ step, at, suppressed }) => ({
            step,
            at: isoInstant(at),
            ...(suppressed ? { suppressed: true as const } : {}),
          })),
        }),
    explanation,
  }
}
