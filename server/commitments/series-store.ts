import type { RawBuilder } from 'kysely'
import type { ByHandKind } from '../../contract/commitments.ts'
import { aboutKinds } from '../../contract/commitments.ts'
import { may } from '../../contract/permissions.ts'
import type { Actor } from '../platform/ctx.ts'
import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'
import type { Subjects } from '../platform/subjects.ts'

export interface SeriesColumns {
  title: string
  note: string
  kind: ByHandKind
  rule: string
  starts_on: string
  due_time: string | null
  zone: string
  subject_kind: string | null
  subject_id: string | null
  owner_kind: 'person' | 'team'
  owner_id: string
  warn_seconds: number | null
  needs_evidence: boolean
  lead_days: number
  active: boolean
  /** The occurrence to be made next, and when. */
  next_on: string | null
  next_at: string | null
}

export interface StoredSeries extends SeriesColumns {
  id: string
  version: number
  organisation_id: string
  owner_name: string | null
  made_by: string | null
  made_by_name: string
  kept: number
  missed: number
  open: number
}

const whole = sql`
  select s.*, to_char(s.due_time, 'HH24:MI') as due_time, coalesce(p.name, w.name) as owner_name, c.kept, c.missed, c.open
  from commitment_series s left join persons p on s.owner_kind = 'person' and p.id = s.owner_id left join teams w on s.owner_kind = 'team' and w.id = s.owner_id
  cross join lateral (select count(*) filter (where m.phase = 'stopped' and not m.late) as kept, count(*) filter (where m.late) as missed, count(*) filter (where m.phase in ('running', 'paused')) as open
    from commitments_by_hand h join commitments m on m.id = h.commitment_id where h.series_id = s.id) c`

/** Who sees a series: whoever made or owns it, and those who see the commitments of everybody; of a record only who sees that. */
export function visibleSeries(subjects: Subjects, actor: Actor): RawBuilder<boolean> {
  const own = sql`s.made_by = ${actor.id} or (s.owner_kind = 'person' and s.owner_id = ${actor.person}::uuid) or (s.owner_kind = 'team' and s.owner_id = any(${actor.teams}::uuid[]))`
  const general = may(actor.role, 'commitments.all') ? sql`true` : own
  return sql<boolean>`(s.organisation_id = ${actor.organisation} and (${general})
    and (s.subject_id is null or ${subjects.visible(actor, sql.ref('s.subject_kind'), sql.ref('s.subject_id'), aboutKinds)}))`
}

export async function seriesById(
  db: Db,
  subjects: Subjects,
  actor: Actor,
  id: string,
  lock = false,
): Promise<StoredSeries | undefined> {
  if (lock) await sql`select 1 from commitment_series where id = ${id} for update`.execute(db)
  const { rows } = await sql<StoredSeries>`${whole} where s.id = ${id} and ${visibleSeries(subjects, actor)}`.execute(
    db,
  )
  return rows[0]
}

/** By title; keyset on title and id. */
export async function seriesPage(
  db: Db,
  subjects: Subjects,
  actor: Actor,
  f: { active: boolean | undefined; limit: number; after: string | undefined },
) {
  const from = readCursor(f.after, 2)
  if (f.after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const { rows } = await sql<StoredSeries>`
    ${whole} where ${visibleSeries(subjects, actor)} ${f.active === undefined ? sql`` : sql`and s.active = ${f.active}`}
      ${from === null ? sql`` : sql`and (lower(s.title), s.id) > (lower(${from[0]}), ${from[1]}::uuid)`}
    order by lower(s.title), s.id limit ${f.limit + 1}`.execute(db)
  const last = rows[f.limit - 1]
  return {
    rows: rows.slice(0, f.limit),
    next: rows.length > f.limit && last !== undefined ? cursorOf([last.title, last.id]) : null,
  }
}

export async function countSeries(
  db: Db,
  subjects: Subjects,
  actor: Actor,
  active: boolean | undefined,
): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from commitment_series s where ${visibleSeries(subjects, actor)} ${active === undefined ? sql`` : sql`and s.active = ${active}`}`.execute(
    db,
  )
  return rows[0]!.n
}

export async function insertSeries(
  tx: Db,
  s: SeriesColumns & { id: string; organisation_id: string; made_by: string; made_by_name: string },
): Promise<void> {
  await tx.insertInto('commitment_series').values(s).execute()
}

export async function saveSeries(tx: Db, id: string, columns: Partial<SeriesColumns>): Promise<void> {
  await tx
    .updateTable('commitment_series')
    .set({ ...columns, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .execute()
}

/** Series whose next occurrence is to be made, longest due first; without those that failed just now. */
export async function seriesDue(
  db: Db,
  now: string,
  but: readonly string[],
): Promise<{ id: string; organisation: string }[]> {
  const { rows } = await sql<{ id: string; organisation: string }>`
    select id, organisation_id as organisation from commitment_series where active and next_at <= ${now}::timestamptz and id <> all(${but}::uuid[]) order by next_at limit 100`.execute(
    db,
  )
  return rows
}

/** One of them, held; undefined where another node made it meanwhile. */
export async function heldIfDue(tx: Db, id: string, now: string): Promise<StoredSeries | undefined> {
  const { rows } = await sql`
    select 1 from commitment_series where id = ${id} and active and next_at <= ${now}::timestamptz for update skip locked`.execute(
    tx,
  )
  if (rows.length === 0) return undefined
  return (await sql<StoredSeries>`${whole} where s.id = ${id}`.execute(tx)).rows[0]
}

/** Goes on to the next occurrence; no edit of the series, so neither its version nor its moment of change move. */
export async function saveNext(tx: Db, id: string, next: { on: string | null; at: string | null }): Promise<void> {
  await sql`update commitment_series set next_on = ${next.on}, next_at = ${next.at} where id = ${id}`.execute(tx)
}

/** Gives the series of somebody who leaves to a successor; answers how many. */
export async function handOverSeries(tx: Db, from: string, to: string): Promise<number> {
  const { rows } = await sql`
    update commitment_series set owner_kind = 'person', owner_id = ${to}, version = version + 1, updated_at = now() where owner_id = ${from} and active returning 1`.execute(
    tx,
  )
  return rows.length
}
