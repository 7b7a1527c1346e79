import { type Db, sql } from '../platform/db.ts'
import type { CalendarDefinition } from '../../contract/calendars.ts'
import { type Calendar, compileCalendar } from './rules/compile-calendar.ts'

/** Recorded when a calendar has a new version; the floors above hear it. */
export const calendarEdited = 'calendar.edited'

/** Versions never change, so they are kept, the least recently used ones given up. */
const kept = new Map<string, Calendar>()
const mostKept = 400

function keep(version: string, calendar: Calendar): Calendar {
  kept.delete(version)
  kept.set(version, calendar)
  if (kept.size > mostKept) kept.delete(kept.keys().next().value!)
  return calendar
}

/** A calendar version ready for arithmetic. */
export async function compiledCalendar(db: Db, version: string): Promise<Calendar> {
  const known = kept.get(version)
  if (known !== undefined) return keep(version, known)
  const { rows } = await sql<{
    definition: CalendarDefinition
  }>`select definition from calendar_versions where id = ${version}`.execute(db)
  if (rows[0] === undefined) throw new Error(`there is no calendar version ${version}`)
  return keep(version, compileCalendar(rows[0].definition))
}

/** The id of the version in force. */
export async function currentVersion(db: Db, calendar: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select v.id from calendars c join calendar_versions v on v.calendar_id = c.id and v.revision = c.revision where c.id = ${calendar}`.execute(
    db,
  )
  if (rows[0] === undefined) throw new Error(`there is no calendar ${calendar}`)
  return rows[0].id
}
