import { RRuleTemporal } from 'rrule-temporal'
import type { Refusal } from '../../platform/errors.ts'

/** A recurrence by dates: the rule of RFC 5545 (3.3.10) without its start, and the first date it counts from. */
export interface Recurrence {
  readonly rule: string
  /** ISO date. */
  readonly startsOn: string
}

const frequencies = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY']

/** Dates have no zone: the rule is unrolled at midnight UTC, where every date has one. Throws what the library refuses. */
function unrolled({ rule, startsOn }: Recurrence): RRuleTemporal<Temporal.ZonedDateTime> {
  const dtstart = Temporal.PlainDate.from(startsOn).toZonedDateTime('UTC')
  return new RRuleTemporal({ rruleString: rule.replace(/^RRULE:/i, ''), dtstart, temporal: Temporal })
}

/** Null where the rule can be read, repeats by days, weeks, months or years, and has an occurrence. */
export function whyNotRecur(recurrence: Recurrence): Refusal | null {
  const frequency = /(?:^|[:;])FREQ=(\w+)/i.exec(recurrence.rule)?.[1]?.toUpperCase() ?? ''
  if (
    !frequencies.includes(frequency) ||
    /BY(HOUR|MINUTE|SECOND)=/i.test(recurrence.rule) ||
    /[\r\n]/.test(recurrence.rule)
  )
    return { code: 'commitments.rule-not-dates' }
  try {
    return nextOccurrence(recurrence, null) === null ? { code: 'commitments.rule-never' } : null
  } catch (error) {
    return { code: 'commitments.rule-unreadable', params: { reason: (error as Error).message } }
  }
}

/** The first occurrence after a date (null: the first of all), as an ISO date; null once the rule is used up. */
export function nextOccurrence(recurrence: Recurrence, after: string | null): string | null {
  const midnight = Temporal.PlainDate.from(after ?? recurrence.startsOn).toZonedDateTime('UTC')
  return (
    unrolled(recurrence)
      .next(midnight, after === null)
      ?.toPlainDate()
      .toString() ?? null
  )
}

/** Up to `limit` occurrences from a date on, that date included. */
export function occurrencesFrom(recurrence: Recurrence, from: string, limit: number): string[] {
  const found: string[] = []
  let after: string | null = Temporal.PlainDate.from(from).subtract({ days: 1 }).toString()
  if (Temporal.PlainDate.compare(after, recurrence.startsOn) < 0) after = null
  while (found.length < limit) {
    after = nextOccurrence(recurrence, after)
    if (after === null) break
    found.push(after)
  }
  return found
}

/** When the occurrence of a date becomes a commitment: at the start of the day so many days before, in its zone. ISO instant. */
export function madeOn(on: string | null, leadDays: number, zone: string): string | null {
  if (on === null) return null
  return Temporal.PlainDate.from(on).subtract({ days: leadDays }).toZonedDateTime(zone).toInstant().toString()
}
