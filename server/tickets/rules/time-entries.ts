import { durationOf } from '../../../contract/duration.ts'
import type { Refusal } from '../../platform/errors.ts'

/** So many days back an entry may lie: an earlier one is a slip of the year. */
export const daysBack = 366
const daySeconds = 86_400

/** What whoever acts is to the person whose time it is. */
export interface TimeStanding {
  own: boolean
  /** Leads a team that the person belongs to. */
  leads: boolean
  configures: boolean
}

/** One enters and corrects one's own time, that of the teams one leads, and as coordinator everybody's. */
export const whyNotKeepTime = (who: TimeStanding): Refusal | null =>
  who.own || who.leads || who.configures ? null : { code: 'time.not-yours' }

/** The seconds of a text, or why it is no time that can be entered. */
export function timeGiven(text: string): number | Refusal {
  const found = durationOf(text)
  return typeof found === 'number' ? found : { code: `time.duration-${found}`, params: { text: text.trim() } }
}

/** `day` and `today`: dates (ISO) in the zone of whoever did the work. */
export function whyNotOnDay(day: string, today: string): Refusal | null {
  if (day > today) return { code: 'time.day-ahead', params: { day } }
  const oldest = Temporal.PlainDate.from(today).subtract({ days: daysBack }).toString()
  return day < oldest ? { code: 'time.day-long-ago', params: { day, oldest } } : null
}

/** A day has twenty-four hours. `already`: seconds of the person's other entries of that day. */
export const whyNotSoMuch = (seconds: number, already: number): Refusal | null =>
  seconds + already > daySeconds ? { code: 'time.day-full', params: { left: Math.max(0, daySeconds - already) } } : null

/** Sums are made of at most a year at once. Dates (ISO), both counted. */
export function whyNotSpan(from: string, to: string): Refusal | null {
  if (to < from) return { code: 'time.ends-before' }
  return Temporal.PlainDate.from(from).until(to, { largestUnit: 'day' }).days >= daysBack
    ? { code: 'time.span-too-long' }
    : null
}
