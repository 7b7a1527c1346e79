import type { CalendarDefinition, PreviewCalendarInput } from '../../../contract/calendars.ts'
import { compileCalendar, type Calendar } from './compile-calendar.ts'
import { explainDue, type Said } from './explain-due.ts'
import { epochSeconds, isoInstant } from './instants.ts'
import type { Target } from './pauses.ts'
import { isRefusal, type Refusal } from './refusal.ts'
import { whyNotCalendar } from './why-not-calendar.ts'
import { workingTimeBetween } from './working-time-between.ts'

export type Preview = { due: string; spans: { from: string; to: string; seconds: number }[]; explanation: Said[] }

/** The answer of `calendars/preview`, sentences not yet written. Refused: C9, `negative`, `no-working-time`, `too-far`. */
export function previewCalendar(input: PreviewCalendarInput): Preview | Refusal {
  const calendar = checkedCalendar(input.calendar)
  if (isRefusal(calendar)) return calendar
  const pauses = (input.pauses ?? []).map(({ from, to }) => ({ from: epochSeconds(from), to: epochSeconds(to) }))
  const explained = explainDue(calendar, epochSeconds(input.start), targetOf(input), pauses)
  if (isRefusal(explained)) return explained
  return {
    due: isoInstant(explained.due),
    spans: explained.spans.map(({ from, to, seconds }) => ({ from: isoInstant(from), to: isoInstant(to), seconds })),
    explanation: explained.explanation,
  }
}

/** The answer of `calendars/measure` (A5). Refused: C9. */
export function measureCalendar(input: {
  calendar: CalendarDefinition
  from: string
  to: string
}): { seconds: number } | Refusal {
  const calendar = checkedCalendar(input.calendar)
  if (isRefusal(calendar)) return calendar
  return { seconds: workingTimeBetween(calendar, epochSeconds(input.from), epochSeconds(input.to)) }
}

/** Compiles a definition that came from outside, or says why not (C9). */
export function checkedCalendar(definition: CalendarDefinition): Calendar | Refusal {
  return whyNotCalendar(definition) ?? compileCalendar(definition)
}

/** The target of a request that gives either seconds or workingDays. */
export function targetOf(input: {
  seconds?: number | undefined
  workingDays?: number | undefined
  endOfDay?: boolean | undefined
}): Target {
  if (input.workingDays !== undefined) return { workingDays: input.workingDays, endOfDay: input.endOfDay }
  return { seconds: input.seconds ?? 0 }
}
