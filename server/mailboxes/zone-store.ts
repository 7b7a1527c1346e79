import { type Db, sql } from '../platform/db.ts'

/** In which zone a moment is said to somebody: theirs where they have an account, else that of the calendar by which the organisation counts. */
export async function zoneFor(db: Db, organisation: string, person: string | null): Promise<string> {
  const { rows } = await sql<{ zone: string | null }>`
    select coalesce((select zone from accounts where person_id = ${person}::uuid and disabled_at is null),
      (select v.definition->>'zone' from calendars c join calendar_versions v on v.calendar_id = c.id and v.revision = c.revision
        where c.organisation_id = ${organisation} and c.active order by c.created_at limit 1)) as zone`.execute(db)
  return rows[0]?.zone ?? 'UTC'
}
