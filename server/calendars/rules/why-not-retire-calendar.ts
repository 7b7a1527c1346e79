import type { Refusal } from '../../platform/errors.ts'

/** A calendar on which something counts its time stays in use. */
export function whyNotRetireCalendar(calendar: { usedBy: number }): Refusal | null {
  return calendar.usedBy > 0 ? { code: 'calendars.in-use', params: { count: calendar.usedBy } } : null
}

/** An edit is for those who may write calendars. */
export const whyNotEditCalendar = (mayWrite: boolean): Refusal | null =>
  mayWrite ? null : { code: 'calendars.not-yours-to-edit' }
