import type { CalendarDefinition, Holiday } from '../../../contract/calendars.ts'
import type { Refusal } from './refusal.ts'

/** C9: null if the definition may be saved, else the first reason why not. */
export function whyNotCalendar(definition: CalendarDefinition): Refusal | null {
  if (!isZone(definition.zone)) return { code: 'calendars.unknown-zone', params: { zone: definition.zone } }
  for (const holiday of definition.holidays ?? []) {
    const refusal = whyNotHoliday(holiday)
    if (refusal !== null) return refusal
  }
  const dates = new Set<string>()
  for (const { date } of definition.specialHours ?? []) {
    if (dates.has(date)) return { code: 'calendars.special-hours-twice', params: { dateOn: date } }
    dates.add(date)
  }
  return null
}

/** C9 for one holiday. A yearly one may run into the next year; of a leap day that is missing this is not asked (C8). */
export function whyNotHoliday(holiday: Holiday): Refusal | null {
  const params = { fromOn: holiday.from, toOn: holiday.to }
  if (holiday.toTime === '00:00') return { code: 'calendars.holiday-ends-at-midnight', params }
  const yearly = holiday.yearly === true
  if (!yearly && holiday.to < holiday.from) return { code: 'calendars.holiday-ends-before-start', params }
  const oneDay = yearly ? holiday.to.slice(5) === holiday.from.slice(5) : holiday.to === holiday.from
  if (oneDay && (holiday.toTime ?? '24:00') <= (holiday.fromTime ?? '00:00'))
    return { code: 'calendars.holiday-empty', params }
  return null
}

/** A named zone of the IANA data; a bare offset such as +01:00 knows no change of local time and is none. */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]*$/.test(zone)) return false
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    return true
  } catch {
    return false
  }
}
