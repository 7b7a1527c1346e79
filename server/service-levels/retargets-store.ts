import { type Db, sql } from '../platform/db.ts'
import { newId } from '../platform/identifiers.ts'
import type { MoveReason } from './rules/course.ts'

/** Which open clocks: those of a level, or those of a zone whose rules changed. */
export type Movers = { level: string } | { zone: string }

export interface RetargetRow {
  id: string
  service_level_id: string | null
  level_name: string | null
  zone: string | null
  reason: MoveReason
  total: number | null
  done: number
  created_at: string
  finished_at: string | null
}

/** Notes that clocks are about to move. The same cause is noted once. */
export async function noteRetarget(
  db: Db,
  r: { organisation: string; which: Movers; cause: string; reason: MoveReason },
): Promise<void> {
  await sql`
    insert into retargets (id, organisation_id, service_level_id, zone, cause, reason)
    values (${newId()}, ${r.organisation}, ${'level' in r.which ? r.which.level : null}, ${'zone' in r.which ? r.which.zone : null}, ${r.cause}, ${r.reason})
    on conflict do nothing`.execute(db)
}

const the = (organisation: string, which: Movers, cause: string) =>
  sql`organisation_id = ${organisation} and cause = ${cause} and ${'level' in which ? sql`service_level_id = ${which.level}` : sql`zone = ${which.zone}`}`

/** `left` clocks are still to move: what was done before a node died is known from that. */
export async function countLeft(
  db: Db,
  organisation: string,
  which: Movers,
  cause: string,
  left: number,
): Promise<void> {
  await sql`
    update retargets set total = greatest(total, done + ${left}::int), done = case when total is null then done else greatest(done, total - ${left}::int) end
    where ${the(organisation, which, cause)}`.execute(db)
}

export async function countDone(
  db: Db,
  organisation: string,
  which: Movers,
  cause: string,
  moved: number,
): Promise<void> {
  await sql`update retargets set done = done + ${moved} where ${the(organisation, which, cause)}`.execute(db)
}

/** Closes the account and answers how many moved; null where it was closed before. */
export async function finishRetarget(
  db: Db,
  organisation: string,
  which: Movers,
  cause: string,
): Promise<number | null> {
  const { rows } = await sql<{ done: number }>`
    update retargets set finished_at = now(), total = done where ${the(organisation, which, cause)} and finished_at is null returning done`.execute(
    db,
  )
  return rows[0]?.done ?? null
}

/** The latest moves of an organisation, newest first; of one level, or of the levels on a calendar. */
export async function recentRetargets(
  db: Db,
  organisation: string,
  of: { level?: string | undefined; calendar?: string | undefined },
  limit: number,
): Promise<RetargetRow[]> {
  const which =
    of.level !== undefined
      ? sql`and r.service_level_id = ${of.level}`
      : of.calendar !== undefined
        ? sql`and (r.service_level_id in (select v.service_level_id from service_level_versions v where v.calendar_id = ${of.calendar})
            or r.zone in (select v.definition->>'zone' from calendar_versions v where v.calendar_id = ${of.calendar}))`
        : sql``
  const { rows } = await sql<RetargetRow>`
    select r.id, r.service_level_id, s.name as level_name, r.zone, r.reason, r.total, r.done, r.created_at, r.finished_at
    from retargets r left join service_levels s on s.id = r.service_level_id
    where r.organisation_id = ${organisation} ${which} order by r.created_at desc, r.id desc limit ${limit}`.execute(db)
  return rows
}
