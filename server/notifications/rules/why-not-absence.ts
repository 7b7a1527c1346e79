import type { Refusal } from '../../platform/errors.ts'

/** An absence does not end before it begins, nor is it over already, and nobody stands in for themselves. Dates, `yyyy-mm-dd`. */
export function whyNotAbsence(
  absence: { firstDay: string; lastDay: string; delegate: string | null },
  /** The date of today in the person's zone. */
  today: string,
  person: string,
): Refusal | null {
  if (absence.lastDay < absence.firstDay) return { code: 'notifications.absence-order' }
  if (absence.lastDay < today) return { code: 'notifications.absence-past' }
  return absence.delegate === person ? { code: 'notifications.own-delegate' } : null
}
