import type { CalendarDefinition } from '../../contract/calendars.ts'
import { type Db, sql } from '../platform/db.ts'
import { newId } from '../platform/identifiers.ts'

const day = [{ from: '08:00', to: '17:00' }]

/** The calendar a new organisation begins with: Monday to Friday, 08:00 to 17:00 in its zone. Answers its id. */
export async function ensureDefaultCalendar(tx: Db, organisation: string, zone: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select id from calendars where organisation_id = ${organisation} order by created_at, id limit 1`.execute(tx)
  if (rows[0] !== undefined) return rows[0].id
  const definition: CalendarDefinition = { zone, week: { mon: day, tue: day, wed: day, thu: day, fri: day } }
  const id = newId()
  await sql`
    with made as (insert into calendars (id, organisation_id, name) values (${id}, ${organisation}, 'Office hours') returning id)
    insert into calendar_versions (id, calendar_id, revision, definition, created_by)
    select ${newId()}, id, 1, ${JSON.stringify(definition)}::jsonb, 'Linchpin' from made`.execute(tx)
  return id
}
