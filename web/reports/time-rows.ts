import type { Sent } from '../../contract/action.ts'
import type { timeEntries, timeGroupings, TimeRow } from '../../contract/time-entries.ts'
import { t } from '../platform/i18n.ts'
import { monthOf } from '../platform/moments.ts'

export type TimeSought = Sent<typeof timeEntries.list>
export type TimeGrouping = (typeof timeGroupings)[number]

/** Which row it is, for the address. */
export const rowKey = (row: TimeRow): string => `${row.month} ${row.id ?? row.name.toLowerCase()}`
/** What a row is called: nobody pays for it, or a ticket one does not see. */
export const rowName = (row: TimeRow, by: TimeGrouping): string =>
  row.name !== '' ? row.name : t(by === 'queue' ? 'time.unseenTicket' : 'timeReport.unbilled')
export const rowMonth = (row: TimeRow): string => monthOf(row.month)

/** What the entries of a row are found by; null where they are not to be found by it. */
export function soughtBy(row: TimeRow, by: TimeGrouping, sought: TimeSought): TimeSought | null {
  const [year, month] = row.month.split('-').map(Number) as [number, number]
  const last = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)
  const first = `${row.month}-01`
  const span = { from: first > sought.from ? first : sought.from, to: last < sought.to ? last : sought.to }
  if (by === 'billed_to')
    return row.name === '' ? { ...sought, ...span, billable: false } : { ...sought, ...span, billedTo: row.name }
  return row.id === null ? null : { ...sought, ...span, [by]: row.id }
}
