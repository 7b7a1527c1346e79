import type { Holiday } from '../../contract/calendars.ts'
import { type FallenHoliday, holidaysOfYears } from './rules/public-holidays.ts'

/** The tables of holidays are large, and only an editor of calendars needs them: they are read at the first question. */
const tables = async () => (await import('date-holidays')).default

/** Years before and after the present one for which movable holidays are written into a calendar. */
const yearsBack = 12
const yearsAhead = 12

/** Legal holidays of a country, or of one of its regions, in a year. Observances, and days on which only banks rest, are none. */
export async function publicHolidays(country: string, region: string | null, year: number): Promise<FallenHoliday[]> {
  const Holidays = await tables()
  const source = region === null ? new Holidays(country) : new Holidays(country, region)
  return source
    .getHolidays(year)
    .filter((h) => h.type === 'public')
    .map((h) => {
      const time = h.date.slice(11, 16)
      return {
        date: h.date.slice(0, 10),
        days: Math.max(1, Math.round((h.end.getTime() - h.start.getTime()) / 86_400_000)),
        name: h.name,
        fromTime: time === '00:00' || time === '' ? null : time,
        rule: h.rule,
      }
    })
}

export async function holidaysAround(country: string, region: string | null, year: number): Promise<Holiday[]> {
  const years: FallenHoliday[][] = []
  for (let y = year - yearsBack; y <= year + yearsAhead; y++) years.push(await publicHolidays(country, region, y))
  return holidaysOfYears(years)
}

/** Whether holidays of the country, and of the region if one is given, are known. */
export async function isKnownPlace(country: string, region: string | null): Promise<boolean> {
  const source = new (await tables())()
  if (!(country in source.getCountries())) return false
  return region === null || region in (source.getStates(country) ?? {})
}

export async function knownCountries(): Promise<
  { code: string; name: string; regions: { code: string; name: string }[] }[]
> {
  const source = new (await tables())()
  const named = (all: Record<string, string> | undefined) =>
    Object.entries(all ?? {})
      .map(([code, name]) => ({ code, name }))
      .sort((a, b) => a.name.localeCompare(b.name))
  return named(source.getCountries('en')).map((c) => ({ ...c, regions: named(source.getStates(c.code, 'en')) }))
}
