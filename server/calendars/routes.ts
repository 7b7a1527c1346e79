import type { Db } from '../platform/db.ts'
import type { Route } from '../platform/mount.ts'

export interface CalendarParts {
  /** How many records of the floors above use each calendar. */
  usedBy?: (db: Db, calendars: readonly string[]) => Promise<Map<string, number>>
}

export function calendarRoutes(_parts: CalendarParts = {}): Route[] {
  return []
}
