import type { Refusal } from '../../platform/errors.ts'

interface Options {
  zone: string
  asOf: string | null
  shift: boolean
  currency?: string
}

/** The as-of moment in its zone; null where either makes no sense. An offset of its own counts before the zone. */
function asOfIn({ zone, asOf }: Options): Temporal.ZonedDateTime | null {
  try {
    const text = (asOf ?? '').trim().replace(' ', 'T')
    return /(Z|[+-]\d{2}:?\d{2})$/.test(text.slice(10))
      ? Temporal.Instant.from(text).toZonedDateTimeISO(zone)
      : Temporal.PlainDateTime.from(text).toZonedDateTime(zone)
  } catch {
    return null
  }
}

/** Zone and as-of must be what they claim to be; shifting needs a moment to shift to. */
export function whyNotOptions(options: Options): Refusal | null {
  const inZone = asOfIn({ ...options, asOf: '2000-01-01T00:00' })
  if (inZone === null) return { code: 'imports.zone-unknown', params: { zone: options.zone } }
  if (options.currency !== undefined && !/^[A-Z]{3}$/.test(options.currency))
    return { code: 'imports.currency-unknown', params: { currency: options.currency } }
  if (options.asOf === null) return options.shift ? { code: 'imports.shift-needs-as-of' } : null
  return asOfIn(options) === null ? { code: 'imports.as-of-unreadable', params: { value: options.asOf } } : null
}

/** Whole weeks that bring as-of into the seven days before `now` (ISO instant); 0 without shifting. */
export function weeksOf(options: Options, now: string): number {
  const asOf = options.shift ? asOfIn(options) : null
  return asOf === null ? 0 : Math.floor((Date.parse(now) - asOf.epochMilliseconds) / (7 * 86_400_000))
}
