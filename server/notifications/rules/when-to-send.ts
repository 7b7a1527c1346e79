import { addWorkingTime } from '../../calendars/rules/add-working-time.ts'
import type { Calendar } from '../../calendars/rules/compile-calendar.ts'
import { isRefusal } from '../../calendars/rules/refusal.ts'
import type { NoticeTopic, Way } from '../../../contract/notifications.ts'

/** Local times, `HH:MM`; `until` at or before `from` lies on the next day. */
export interface Quiet {
  from: string
  until: string
}

export interface Reader {
  /** IANA zone in which quiet time is meant. */
  zone: string
  quiet: Quiet | null
  /** Null: no working hours are known. */
  calendar: Calendar | null
}

export type Hold = 'group' | 'hours' | 'quiet'

/** For how long notices are gathered into one message (seconds): what is urgent hardly at all. */
export const gatherSeconds = (topic: NoticeTopic): number =>
  topic === 'promises' || topic === 'escalations' ? 30 : 120

/** Alternations of working hours and quiet time that are followed before the quiet time alone decides. */
const mostTurns = 30

/**
 * When a notice of the moment `at` (epoch seconds) goes out, and what it waits for: a little while for others, working hours if the person
 * wants so, the end of quiet time. Null where it goes out by this way not at all. What has no working time ever goes at once: nothing is lost.
 */
export function whenToSend(
  at: number,
  topic: NoticeTopic,
  way: Way,
  reader: Reader,
): { at: number; hold: Hold } | null {
  if (way === 'off') return null
  // whoever is on call is called: neither working hours nor quiet time hold that back
  if (topic === 'calls') return { at, hold: 'group' }
  let moment = at + gatherSeconds(topic)
  let hold: Hold = 'group'
  for (let turn = 0; turn < mostTurns; turn++) {
    const open = way === 'working-hours' && reader.calendar !== null ? workingFrom(moment, reader.calendar) : moment
    const loud = reader.quiet === null ? open : endOfQuiet(open, reader.quiet, reader.zone)
    if (open > moment) hold = 'hours'
    if (loud > open) hold = 'quiet'
    if (loud === moment) return { at: moment, hold }
    moment = loud
  }
  return { at: moment, hold }
}

/** The moment itself where it is working time, else when working time begins next. */
export function workingFrom(at: number, calendar: Calendar): number {
  const end = addWorkingTime(calendar, at, 1)
  return isRefusal(end) ? at : end - 1
}

/** The moment itself where it is not quiet, else the first at which it is not. Local times that a clock change skips or repeats are met later. */
export function endOfQuiet(at: number, quiet: Quiet, zone: string): number {
  if (quiet.from === quiet.until) return at
  const local = Temporal.Instant.fromEpochMilliseconds(at * 1000).toZonedDateTimeISO(zone)
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' })
  const overnight = quiet.until < quiet.from
  const inside = overnight ? time >= quiet.from || time < quiet.until : time >= quiet.from && time < quiet.until
  if (!inside) return at
  const day = overnight && time >= quiet.from ? local.toPlainDate().add({ days: 1 }) : local.toPlainDate()
  const until = day.toPlainDateTime(Temporal.PlainTime.from(quiet.until))
  for (const disambiguation of ['earlier', 'later'] as const) {
    const end = Math.floor(until.toZonedDateTime(zone, { disambiguation }).epochMilliseconds / 1000)
    if (end > at) return end
  }
  return at
}

/**
 * The next morning digest after a moment (epoch seconds): at the local time (`HH:MM`) of the first day after it on which the person works.
 * Without working hours every day is one.
 */
export function nextDigest(after: number, time: string, reader: Pick<Reader, 'zone' | 'calendar'>): number {
  const began = Temporal.Instant.fromEpochMilliseconds(after * 1000).toZonedDateTimeISO(reader.zone)
  let fallback: number | null = null
  for (let days = 0; days <= 400; days++) {
    const day = began.toPlainDate().add({ days })
    const at = day.toPlainDateTime(Temporal.PlainTime.from(time)).toZonedDateTime(reader.zone)
    const moment = Math.floor(at.epochMilliseconds / 1000)
    if (moment <= after) continue
    fallback ??= moment
    const [begins, ends] = [day, day.add({ days: 1 })].map((one) =>
      Math.floor(one.toZonedDateTime(reader.zone).epochMilliseconds / 1000),
    ) as [number, number]
    if (reader.calendar === null || workingFrom(begins, reader.calendar) < ends) return moment
  }
  return fallback!
}
