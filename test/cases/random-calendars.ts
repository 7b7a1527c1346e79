import fc from 'fast-check'
import { weekdays, type CalendarDefinition, type Holiday, type Span, type Week } from '../../contract/calendars.ts'

/** Full counts with LINCHPIN_LONG=1; the seed of a run is printed and may be given back as LINCHPIN_SEED. */
export const isLong = process.env['LINCHPIN_LONG'] === '1'
export const seed = Number(process.env['LINCHPIN_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
export const zones = Intl.supportedValuesOf('timeZone')

const clockTime = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** Times at quarters of an hour: anywhere, near midnight, and within two hours of `around` (a minute of the day). */
const timesOfDay = (around: number): fc.Arbitrary<number> => {
  const near = fc.integer({ min: -8, max: 8 }).map((quarter) => (((around + quarter * 15) % 1440) + 1440) % 1440)
  const anywhere = fc.nat(95).map((quarter) => quarter * 15)
  return fc.oneof(
    { weight: 3, arbitrary: near },
    { weight: 2, arbitrary: anywhere },
    fc.constantFrom(0, 15, 1380, 1410),
  )
}

const weeks = (minuteOfDay: fc.Arbitrary<number>): [fc.Arbitrary<Week>, fc.Arbitrary<Span[]>] => {
  const span = fc
    .tuple(minuteOfDay, fc.oneof({ weight: 4, arbitrary: minuteOfDay }, { weight: 1, arbitrary: fc.constant(1440) }))
    .map(([from, to]): Span => ({ from: clockTime(from), to: clockTime(to) }))
  const spans: fc.Arbitrary<Span[]> = fc.oneof(
    { weight: 4, arbitrary: fc.array(span, { minLength: 1, maxLength: 3 }) },
    { weight: 1, arbitrary: fc.constant<Span[]>([]) },
  )
  const everyDay = (own: (day: string) => Span[]): Week => Object.fromEntries(weekdays.map((day) => [day, own(day)]))
  const any: fc.Arbitrary<Week> = fc
    .tuple(spans, spans, spans, spans, spans, spans, spans)
    .map((days) => everyDay((day) => days[weekdays.findIndex((name) => name === day)]!))
  const week = fc.oneof(
    { weight: 4, arbitrary: any },
    { weight: 1, arbitrary: fc.constant(everyDay(() => [{ from: '00:00', to: '24:00' }])) },
    {
      weight: 1,
      arbitrary: fc.constant(everyDay((day) => (day.startsWith('s') ? [] : [{ from: '08:00', to: '17:00' }]))),
    },
  )
  return [week, spans]
}

const isoDay = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10)

/** Calendars whose holidays and special hours lie within a few days of `near` (a day number), edges often `around` a minute. */
export const calendarsNear = (zone: string, near: number, around = 0): fc.Arbitrary<CalendarDefinition> => {
  const minuteOfDay = timesOfDay(around)
  const [week, spans] = weeks(minuteOfDay)
  const day = fc.integer({ min: near - 3, max: near + 3 })
  const holiday: fc.Arbitrary<Holiday> = fc
    .tuple(
      day,
      fc.nat(2),
      fc.boolean(),
      fc.option(minuteOfDay, { nil: undefined }),
      fc.option(minuteOfDay, { nil: undefined }),
    )
    .filter(([, length, , from, to]) => to !== 0 && (length > 0 || (from ?? 0) < (to ?? 1440)))
    .map(([from, length, yearly, opens, closes]) => ({
      from: isoDay(from),
      to: isoDay(from + length),
      ...(yearly ? { yearly } : {}),
      ...(opens === undefined ? {} : { fromTime: clockTime(opens) }),
      ...(closes === undefined ? {} : { toTime: clockTime(closes) }),
    }))
  return fc
    .tuple(
      week,
      fc.array(holiday, { maxLength: 2 }),
      fc.uniqueArray(fc.tuple(day, spans), { maxLength: 2, selector: ([on]) => on }),
    )
    .map(([hours, holidays, special]) => ({
      zone,
      week: hours,
      holidays,
      specialHours: special.map(([on, own]) => ({ date: isoDay(on), spans: own })),
    }))
}

/** Changes of offset of a zone from 2000 to 2037, in seconds, read from Temporal. */
export function changesOfOffset(zone: string): number[] {
  const found: number[] = []
  let at = Temporal.Instant.from('2000-01-01T00:00Z').toZonedDateTimeISO(zone).getTimeZoneTransition('next')
  while (at !== null && at.year <= 2037) {
    found.push(at.epochMilliseconds / 1000)
    at = at.getTimeZoneTransition('next')
  }
  return found
}

/** `count` members of a list, spread over it by a seed. */
export function sample<T>(list: readonly T[], count: number, by: number): T[] {
  if (count >= list.length) return [...list]
  const kept: T[] = []
  let state = by >>> 0
  for (let i = 0; i < count; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    kept.push(list[Math.floor((state / 2 ** 32) * list.length)]!)
  }
  return kept
}
