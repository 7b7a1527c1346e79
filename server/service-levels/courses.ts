import { type Terms, termsOfSource } from '../commitments/public.ts'
import { type Db, sql } from '../platform/db.ts'
import { vendorTermsAt } from './levels.ts'
import type { Course, MoveReason } from './rules/course.ts'

/** The terms of the version in force on the level's own calendar; none where it is switched off. */
export async function termsInForce(tx: Db, level: string): Promise<{ own: Terms[]; revision: number }> {
  const { rows } = await sql<{ revision: number; active: boolean; version: string }>`
    select s.revision, s.active, v.calendar_version_id as version from service_levels s join service_level_versions v on v.service_level_id = s.id and v.revision = s.revision where s.id = ${level}`.execute(
    tx,
  )
  const now = rows[0]
  if (now === undefined || !now.active) return { own: [], revision: now?.revision ?? 0 }
  const own = (await termsOfSource(tx, level, now.revision)).filter((t) => t.calendarVersion === now.version)
  return { own, revision: now.revision }
}

/** The course to what is in force, for the vendor clocks that run on the given terms; the terms they go to are written at the first need. */
export async function courseInForce(
  tx: Db,
  own: readonly Terms[],
  vendorClocks: readonly Terms[],
  given: { reason: MoveReason; cause: string },
): Promise<Course> {
  const target = own.find((t) => t.kind === 'vendor')
  const found = new Map<string, Terms>()
  if (target !== undefined)
    for (const terms of vendorClocks)
      if (!found.has(terms.id)) found.set(terms.id, await vendorTermsAt(tx, target, await vendorVersion(tx, terms)))
  return { own, ...given, vendor: (plain, clock) => found.get(clock.id) ?? plain }
}

/** The present version of the calendar a vendor's clock runs on; the level's own where it ran on that. */
async function vendorVersion(tx: Db, terms: Terms): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select case when was.calendar_id = level.calendar_id then now.calendar_version_id else mine.id end as id
    from calendar_versions was join calendars c on c.id = was.calendar_id join calendar_versions mine on mine.calendar_id = c.id and mine.revision = c.revision
      join service_level_versions level on level.service_level_id = ${terms.source.id} and level.revision = ${terms.source.revision}
      join service_levels s on s.id = level.service_level_id join service_level_versions now on now.service_level_id = s.id and now.revision = s.revision
    where was.id = ${terms.calendarVersion}`.execute(tx)
  return rows[0]?.id ?? terms.calendarVersion
}
