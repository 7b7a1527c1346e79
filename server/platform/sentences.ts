import { IntlMessageFormat } from 'intl-messageformat'

/** A key of the catalogue and what its sentence speaks of. */
export type Sentence = { readonly code: string; readonly params: Readonly<Record<string, unknown>> }
export type Reader = { readonly zone: string; readonly locale?: string }

const compiled = new Map<string, IntlMessageFormat>()
const dateFormats = new Map<string, Intl.DateTimeFormat>()
const mostCompiled = 5_000

/**
 * Writes a sentence of the catalogue for a reader. By their names, params are shown as: `…At` (ISO instant) the moment in the
 * reader's zone, "Mon 2 Jun 2025 08:00"; `…On` (ISO date) the date; `…Seconds` a length of time, "1 h 12 min". Where `fromAt`
 * and `toAt` are both given, `range` is added and names a common date once. A key without a sentence shows itself; a sentence
 * that cannot be filled throws.
 */
export function renderSentence(
  messages: Readonly<Record<string, string>>,
  sentence: Sentence,
  { zone, locale = 'en' }: Reader,
): string {
  const message = messages[sentence.code]
  if (message === undefined) return sentence.code
  return String(messageFormat(message, locale).format(shownParams(sentence.params, zone, locale)))
}

function messageFormat(message: string, locale: string): IntlMessageFormat {
  const key = `${locale}\n${message}`
  let format = compiled.get(key)
  if (format === undefined) {
    // Sentences are text: a `<` in one stands for itself.
    format = new IntlMessageFormat(message, locale, undefined, { ignoreTag: true })
    if (compiled.size >= mostCompiled) compiled.clear()
    compiled.set(key, format)
  }
  return format
}

type Shown = string | number | boolean | Date | null | undefined

function shownParams(params: Readonly<Record<string, unknown>>, zone: string, locale: string): Record<string, Shown> {
  const shown: Record<string, Shown> = {}
  for (const [name, value] of Object.entries(params)) shown[name] = showParam(name, value, zone, locale)
  const { fromAt, toAt } = params
  if (isMoment(fromAt) && isMoment(toAt)) shown['range'] = showRange(fromAt, toAt, zone, locale)
  return shown
}

function showParam(name: string, value: unknown, zone: string, locale: string): Shown {
  if (name.endsWith('At') && isMoment(value)) return showMoment(value, zone, locale)
  if (name.endsWith('On') && typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value))
    return showDate(value, locale)
  if (name.endsWith('Seconds') && typeof value === 'number') return showDuration(value, locale)
  if (typeof value === 'number' || typeof value === 'boolean' || value == null || value instanceof Date) return value
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function isMoment(value: unknown): value is string | Date {
  return (
    value instanceof Date ||
    (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(value) && !Number.isNaN(Date.parse(value)))
  )
}

/** An instant without its seconds, as ISO: people are promised and told minutes. */
export const wholeMinute = (at: string): string => new Date(Math.floor(Date.parse(at) / 60_000) * 60_000).toISOString()

/** "Mon 2 Jun 2025 08:00"; seconds where there are any. */
export function showMoment(at: string | Date, zone: string, locale = 'en'): string {
  return `${datePart(new Date(at), zone, locale)} ${timePart(new Date(at), zone, locale)}`
}

/** "Mon 2 Jun 2025" for the date 2025-06-02. */
export function showDate(date: string, locale = 'en'): string {
  return datePart(new Date(`${date}T00:00:00Z`), 'UTC', locale)
}

/** "1 h 12 min", "26 s", "0 min"; hours are not made into days, whose length depends on a calendar. */
export function showDuration(seconds: number, locale = 'en'): string {
  const whole = Math.abs(Math.round(seconds))
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  const parts = [
    hours > 0 ? `${hours.toLocaleString(locale)} h` : '',
    minutes > 0 || whole === 0 ? `${minutes} min` : '',
    whole % 60 > 0 ? `${whole % 60} s` : '',
  ].filter((part) => part !== '')
  return (seconds < 0 ? '−' : '') + parts.join(' ')
}

/** "Mon 2 Jun 2025 08:00–17:00", or both moments in full where the dates differ. Local midnight ends the day before: 24:00. */
function showRange(fromAt: string | Date, toAt: string | Date, zone: string, locale: string): string {
  const [from, to] = [new Date(fromAt), new Date(toAt)]
  const start = showMoment(from, zone, locale)
  const day = datePart(from, zone, locale)
  if (datePart(to, zone, locale) === day) return `${start}–${timePart(to, zone, locale)}`
  const isMidnight = timePart(to, zone, locale) === '00:00'
  const lastSecond = new Date(to.getTime() - 1000)
  if (isMidnight && datePart(lastSecond, zone, locale) === day) return `${start}–24:00`
  return `${start} – ${showMoment(to, zone, locale)}`
}

function datePart(at: Date, zone: string, locale: string): string {
  const text = dateFormat('date', locale, zone, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  }).format(at)
  return locale.startsWith('en') ? text.replaceAll(',', '') : text
}

function timePart(at: Date, zone: string, locale: string): string {
  const hasSeconds = Math.floor(at.getTime() / 1000) % 60 !== 0
  const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
  return dateFormat(
    hasSeconds ? 'seconds' : 'minutes',
    locale,
    zone,
    hasSeconds ? { ...time, second: '2-digit' } : time,
  ).format(at)
}

function dateFormat(
  kind: string,
  locale: string,
  zone: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${kind} ${locale} ${zone}`
  let format = dateFormats.get(key)
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { ...options, timeZone: zone })
    dateFormats.set(key, format)
  }
  return format
}
