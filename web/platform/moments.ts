import { t } from './i18n.ts'

/** How the reader reads time: own zone, own locale. Known once the session is. */
const reader = { zone: Intl.DateTimeFormat().resolvedOptions().timeZone, locale: 'en' }
let formats = new Map<string, Intl.DateTimeFormat>()

export function readerIs(settings: { zone: string; locale: string }): void {
  if (settings.zone === reader.zone && settings.locale === reader.locale) return
  reader.zone = settings.zone
  reader.locale = Intl.DateTimeFormat.supportedLocalesOf(settings.locale)[0] ?? 'en'
  formats = new Map()
}
export const readerZone = (): string => reader.zone

const format = (name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const known = formats.get(name)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat(reader.locale, { timeZone: reader.zone, hourCycle: 'h23', ...options })
  formats.set(name, made)
  return made
}

const hhmm = (): Intl.DateTimeFormat => format('time', { hour: '2-digit', minute: '2-digit' })
const weekday = (): Intl.DateTimeFormat => format('weekday', { weekday: 'short' })
const dayMonth = (): Intl.DateTimeFormat => format('day', { day: 'numeric', month: 'short' })
const withYear = (): Intl.DateTimeFormat => format('year', { day: 'numeric', month: 'short', year: 'numeric' })
const dateKey = (at: Date): string =>
  format('key', { year: 'numeric', month: '2-digit', day: '2-digit' })
    .formatToParts(at)
    .filter((p) => p.type !== 'literal')
    .map((p) => p.value)
    .join('-')

/** The date it is for the reader (ISO). */
export const today = (): string =>
  // Swedish writes dates as ISO 8601 does
  new Intl.DateTimeFormat('sv', { timeZone: reader.zone }).format(new Date())

/** Everything about the moment: what hovering shows and a screen reader reads. */
export const absolute = (instant: string | Date): string => {
  const at = new Date(instant)
  const words = format('absolute', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  }).format(at)
  return words.endsWith(reader.zone) ? words : `${words} · ${reader.zone}`
}

export const timeOfDay = (instant: string | Date): string => hhmm().format(new Date(instant))
export const headline = (now: Date): string =>
  `${format('long', { weekday: 'long' }).format(now)} ${hhmm().format(now)}`
export const plainDay = (date: string): string =>
  new Intl.DateTimeFormat(reader.locale, { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' }).format(
    new Date(`${date}T00:00:00Z`),
  )
/** `May 2026`, of `2026-05`. */
export const monthOf = (month: string): string =>
  new Intl.DateTimeFormat(reader.locale, { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(
    new Date(`${month}-01T00:00:00Z`),
  )
/** `Mon, Nov 30`. */
export const dayOfWeek = (at: Date): string =>
  format('dayOfWeek', { weekday: 'short', day: 'numeric', month: 'short' }).format(at)
export const sameDay = (a: string | Date, b: string | Date): boolean => dateKey(new Date(a)) === dateKey(new Date(b))

/** A date near now in the fewest words: `14:02` today, `Fri 14:02` this week, `12 Jan`, `12 Jan 2025`. */
export function nearby(instant: string | Date, now: Date): string {
  const at = new Date(instant)
  if (sameDay(at, now)) return hhmm().format(at)
  const days = Math.abs(at.getTime() - now.getTime()) / 86_400_000
  if (days < 6) return `${weekday().format(at)} ${hhmm().format(at)}`
  return days < 300 ? dayMonth().format(at) : withYear().format(at)
}

/** The same for a moment by which something must happen: midnight ends the day before, `Thu 24:00`. */
export function nearbyEnd(instant: string | Date, now: Date): string {
  const at = new Date(instant)
  if (hhmm().format(at) !== '00:00') return nearby(at, now)
  const words = nearby(new Date(at.getTime() - 60_000), now)
  return words.replace('23:59', '24:00')
}

/** `45 s`, `26 min`, `1 h 12 min`, `3 days`. */
export function span(seconds: number): string {
  const s = Math.abs(Math.round(seconds))
  if (s < 60) return t('span.seconds', { s })
  const minutes = Math.floor(s / 60)
  if (minutes < 60) return t('span.minutes', { min: minutes })
  const hours = Math.floor(minutes / 60)
  if (hours < 48)
    return minutes % 60 === 0 || hours >= 24
      ? t('span.hours', { h: hours })
      : t('span.hoursMinutes', { h: hours, min: minutes % 60 })
  return t('span.days', { days: Math.floor(hours / 24) })
}

/** Exactly: for working time and targets. */
export function exactSpan(seconds: number): string {
  const s = Math.abs(seconds)
  const hours = Math.floor(s / 3600)
  const minutes = Math.floor((s % 3600) / 60)
  if (hours === 0 && minutes === 0) return t('span.seconds', { s })
  if (hours === 0) return t('span.minutes', { min: minutes })
  return minutes === 0 ? t('span.hours', { h: hours }) : t('span.hoursMinutes', { h: hours, min: minutes })
}

/** `in 26 min`, `3 h ago`, and a date when that says more than a count of days. */
export function relative(instant: string | Date, now: Date): string {
  const seconds = (new Date(instant).getTime() - now.getTime()) / 1000
  if (Math.abs(seconds) < 45) return t('moment.now')
  if (Math.abs(seconds) > 14 * 86_400) return nearby(instant, now)
  return seconds > 0 ? t('moment.in', { span: span(seconds) }) : t('moment.ago', { span: span(seconds) })
}

/** Short age for a column: `4 d`, `3 h`. */
export function age(instant: string, now: Date): string {
  const s = Math.max(0, (now.getTime() - new Date(instant).getTime()) / 1000)
  if (s < 3600) return t('age.minutes', { n: Math.floor(s / 60) })
  if (s < 86_400) return t('age.hours', { n: Math.floor(s / 3600) })
  return s < 86_400 * 730
    ? t('age.days', { n: Math.floor(s / 86_400) })
    : t('age.years', { n: Math.floor(s / 86_400 / 365) })
}

export const number = (value: number): string => new Intl.NumberFormat(reader.locale).format(value)
/** With so many digits after the point. */
export const decimal = (value: number, digits: number): string =>
  new Intl.NumberFormat(reader.locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value)
/** A count that may have stopped counting: `1,000+`. */
export const count = (value: number, capped = false): string => (capped ? `${number(value)}+` : number(value))
export const fileSize = (bytes: number): string =>
  bytes < 1_000_000
    ? t('size.kB', { n: Math.max(1, Math.round(bytes / 1000)) })
    : t('size.MB', { n: (bytes / 1_000_000).toFixed(1) })

/** Decimals of a currency (ISO 4217); two for a code that nobody knows. */
export function digitsOf(currency: string): number {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  } catch {
    return 2
  }
}
/** An amount in minor units of a currency (ISO 4217): `€1,299.00` as the reader writes it. */
export const money = (minor: number, currency: string): string =>
  new Intl.NumberFormat(reader.locale, { style: 'currency', currency }).format(minor / 10 ** digitsOf(currency))
