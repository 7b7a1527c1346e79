import type { Holiday } from '../../../contract/calendars.ts'
import { dayOf, isoDate } from './instants.ts'

/** A holiday as it falls in one year. `days` is 1 or more; `fromTime` (HH:MM, local) where it begins during the day. */
export interface FallenHoliday {
  readonly date: string
  readonly days: number
  readonly name: string
  readonly fromTime: string | null
  /** The rule it falls by, in the words of its source. */
  readonly rule: string
}

/**
 * Public holidays of several years as holidays of a calendar. One that falls on the same date in every one of the years by a rule that
 * names just that date is yearly (C7); every other stands once for each year, so that movable feasts, substitute days and holidays that
 * came or went are exact.
 */
export function holidaysOfYears(years: readonly (readonly FallenHoliday[])[]): Holiday[] {
  const fixed = new Map<string, number>()
  for (const year of years) for (const h of year) if (isFixed(h)) fixed.set(keyOf(h), (fixed.get(keyOf(h)) ?? 0) + 1)
  const found: Holiday[] = []
  const written = new Set<string>()
  for (const year of years)
    for (const h of year) {
      const yearly = isFixed(h) && fixed.get(keyOf(h)) === years.length
      const key = yearly ? keyOf(h) : `${h.date} ${h.days} ${h.fromTime ?? ''}`
      if (written.has(key)) continue
      written.add(key)
      found.push({
        from: h.date,
        to: isoDate(dayOf(h.date) + h.days - 1),
        ...(yearly ? { yearly: true } : {}),
        ...(h.fromTime === null ? {} : { fromTime: h.fromTime }),
        name: h.name.slice(0, 200),
      })
    }
  return found
}

const isFixed = (h: FallenHoliday): boolean => /^\d\d-\d\d$/.test(h.rule) && h.date.slice(5) === h.rule && h.days === 1
const keyOf = (h: FallenHoliday): string => `${h.rule} ${h.name}`
