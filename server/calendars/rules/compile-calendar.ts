import type { CalendarDefinition } from '../../../contract/calendars.ts'
import { rulesReplaced } from './local-time.ts'
import { layOut, planOf, type Plan, type WorkingTable } from './working-intervals.ts'

/** A calendar ready for arithmetic. It remembers what it has laid out; the answers do not depend on that. */
export type Calendar = {
  readonly definition: CalendarDefinition
  readonly zone: string
  readonly plan: Plan
  table: WorkingTable | null
  /** The rules of local time under which it was laid out. */
  rules: number
}

/** No table grows beyond this; see `tooFar`. */
export const LONGEST_TABLE = 500 * 366 * 86_400
const marginDays = 400

/**
 * Prepares a calendar (C1–C18) for the functions of this folder. Cheap: years are laid out when they are first asked for.
 * The definition must be one that `whyNotCalendar` accepts; an unknown zone throws RangeError at the first question.
 */
export function compileCalendar(definition: CalendarDefinition): Calendar {
  return { definition, zone: definition.zone, plan: planOf(definition), table: null, rules: rulesReplaced }
}

/** The calendar's table, covering at least the instants [from, until] (seconds). */
export function tableFor(calendar: Calendar, from: number, until: number): WorkingTable {
  if (calendar.rules !== rulesReplaced) {
    calendar.table = null
    calendar.rules = rulesReplaced
  }
  const table = calendar.table
  if (table !== null && table.from <= from && until <= table.until) return table
  // At least doubled in the direction asked for, so that a long walk costs no more than its length.
  const kept = table === null ? 0 : table.lastDay - table.firstDay
  const firstDay = Math.floor(from / 86_400)
  const lastDay = Math.floor(until / 86_400)
  calendar.table = layOut(
    calendar.plan,
    table === null || from < table.from
      ? Math.min(firstDay - marginDays, table === null ? firstDay : table.firstDay - kept)
      : table.firstDay,
    table === null || until > table.until
      ? Math.max(lastDay + marginDays, table === null ? lastDay : table.lastDay + kept)
      : table.lastDay,
  )
  return calendar.table
}

/** Index of the first interval that ends after an instant; the number of intervals if none does. */
export function firstEndingAfter(table: WorkingTable, instant: number): number {
  const { ends } = table
  let low = 0
  let high = ends.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (ends[middle]! > instant) high = middle
    else low = middle + 1
  }
  return low
}
