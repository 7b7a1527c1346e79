import { judgeClock, loadClocks } from '../commitments/public.ts'
import { type Db, sql } from '../platform/db.ts'
import type { Platform } from '../platform/platform.ts'
import { Rounds } from '../platform/rounds.ts'
import { sumSpan } from './sum-spans.ts'

const pollMs = 1000
/** Records counted in one transaction. */
const batch = 2000

/**
 * Keeps the figures up to date, a moment after what they count: triggers note which records changed, and whichever node comes first counts them
 * anew. What of a commitment is counted stands in `promise_facts`, so counting twice changes nothing.
 */
export const promiseCounter = (platform: Platform): Rounds =>
  new Rounds(platform.log, {
    failed: 'the figures of promises could not be counted; trying again',
    pauseMs: pollMs,
    round: async () => {
      const { db } = platform.database
      const counted = await countPromises(db, batch)
      if (counted > 0) return counted === batch ? 20 : pollMs
      return (await sumNextSpan(db)) ? 20 : pollMs
    },
  })

/** Holds whoever else counts or sums away for the rest of the transaction; false while another node does. */
async function isMine(tx: Db): Promise<boolean> {
  const { rows } = await sql<{
    mine: boolean
  }>`select pg_try_advisory_xact_lock(hashtext('linchpin promise figures')) as mine`.execute(tx)
  return rows[0]?.mine === true
}

/** Sums the next stale span, on one node at a time. Answers whether there was one. */
export const sumNextSpan = (db: Db): Promise<boolean> =>
  db.transaction().execute(async (tx) => (await isMine(tx)) && (await sumSpan(tx)))

/** Counts the next changed records anew, on one node at a time. Answers how many changes were taken; 0 also while another node counts. */
export async function countPromises(db: Db, limit = batch): Promise<number> {
  return db.transaction().execute(async (tx) => {
    if (!(await isMine(tx))) return 0
    const { rows } = await sql<{ subject_id: string }>`
      delete from promise_changes where seq = any(array(select seq from promise_changes order by seq limit ${limit})) returning subject_id`.execute(
      tx,
    )
    const subjects = [...new Set(rows.map((row) => row.subject_id))]
    if (subjects.length > 0) {
      await measureWorked(tx, subjects)
      await recount(tx, subjects)
    }
    return rows.length
  })
}

/** Clocks that were stopped before working time was kept: it is read from their history once. */
async function measureWorked(tx: Db, subjects: readonly string[]): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from commitments where subject_id = any(${subjects}::uuid[]) and phase = 'stopped' and worked_seconds is null
      and kind in ('first_response', 'resolution') and exists (select 1 from clock_events e where e.commitment_id = commitments.id and e.terms_id is not null)`.execute(
    tx,
  )
  if (rows.length === 0) return
  const clocks = await loadClocks(tx, { ids: rows.map((row) => row.id) })
  const found = clocks.flatMap((clock) => {
    const { worked } = judgeClock(clock, clock.events.at(-1)!.at)
    return worked === null ? [] : [{ id: clock.id, worked }]
  })
  await sql`
    update commitments c set worked_seconds = g.worked
    from unnest(${found.map((f) => f.id)}::uuid[], ${found.map((f) => f.worked)}::int[]) as g(id, worked) where c.id = g.id`.execute(
    tx,
  )
}

/**
 * What counts, by W5 and the decision on figures: a promise of a service level is missed once it has a valid breach, kept once it was stopped without
 * one. Cancelled ones (also by a merge) do not count, waived ones only where they were missed before.
 */
const counted = (subjects: readonly string[]) => sql`
  select m.id as commitment_id, m.subject_id, m.organisation_id, t.queue_id, t.confidential, c.source_id as level_id, m.kind, t.assignee_id as technician_id,
    t.category_id, t.vendor_id, coalesce(b.at, m.stopped_at) as at, date_trunc('week', coalesce(b.at, m.stopped_at))::date as week, b.at is not null as missed,
    case when m.phase = 'stopped' then m.worked_seconds end as worked_seconds,
    case when m.phase <> 'stopped' or m.worked_seconds is null then null when m.worked_seconds <= 1 then 0 else ceil(ln(m.worked_seconds) / ln(1.04) - 1e-9) end::smallint as bucket
  from commitments m join commitment_terms c on c.id = m.terms_id join tickets t on t.id = m.subject_id
    left join lateral (select max(deadline) as at from breaches b where b.commitment_id = m.id and b.superseded_at is null) b on true
  where m.subject_id = any(${subjects}::uuid[]) and m.subject_kind = 'ticket' and c.source_kind = 'service_level'
    and case when m.phase = 'stopped' then coalesce(b.at, m.stopped_at) is not null else m.phase <> 'cancelled' and b.at is not null end`

const zero = sql`'00000000-0000-0000-0000-000000000000'::uuid`

/** Adds facts to the sums, or takes them away. `from`: the name of a table of facts in the statement. */
const summed = (from: string, sign: 1 | -1) => sql`
  figures as (
    insert into promise_figures (organisation_id, dimension, scope, confidential, week, kind, value, kept, missed)
    select f.organisation_id, d.dimension, s.scope, s.confidential, f.week, f.kind, d.value, ${sql.lit(sign)} * count(*) filter (where not f.missed), ${sql.lit(sign)} * count(*) filter (where f.missed)
    from ${sql.table(from)} f
      cross join lateral (select f.queue_id as scope, f.confidential union all select ${zero}, false where not f.confidential) s
      cross join lateral (values ('total', ${zero}), ('level', f.level_id), ('technician', coalesce(f.technician_id, ${zero})), ('category', coalesce(f.category_id, ${zero})), ('vendor', f.vendor_id)) d(dimension, value)
    where d.value is not null group by 1, 2, 3, 4, 5, 6, 7
    on conflict (organisation_id, dimension, scope, confidential, week, kind, value) do update set kept = promise_figures.kept + excluded.kept, missed = promise_figures.missed + excluded.missed
    returning 1),
  times as (
    insert into promise_times (organisation_id, dimension, scope, confidential, week, kind, value, bucket, n)
    select f.organisation_id, d.dimension, s.scope, s.confidential, f.week, f.kind, d.value, f.bucket, ${sql.lit(sign)} * count(*)
    from ${sql.table(from)} f
      cross join lateral (select f.queue_id as scope, f.confidential union all select ${zero}, false where not f.confidential) s
      cross join lateral (values ('total', ${zero}), ('level', f.level_id)) d(dimension, value)
    where f.bucket is not null and f.kind in ('first_response', 'resolution') group by 1, 2, 3, 4, 5, 6, 7, 8
    on conflict (organisation_id, dimension, scope, confidential, week, kind, value, bucket) do update set n = promise_times.n + excluded.n
    returning 1)`

/** Takes away what no longer holds of the records' promises, then adds what is not yet counted. */
export async function recount(tx: Db, subjects: readonly string[]): Promise<void> {
  await sql`
    with present as materialized (${counted(subjects)}),
    gone as (delete from promise_facts f where f.subject_id = any(${subjects}::uuid[]) and not exists (select 1 from present where present.commitment_id = f.commitment_id and present is not distinct from f) returning *),
    ${summed('gone', -1)}
    select 1`.execute(tx)
  await sql`
    with made as (insert into promise_facts select * from (${counted(subjects)}) present where not exists (select 1 from promise_facts f where f.commitment_id = present.commitment_id) returning *),
    ${summed('made', 1)}
    select 1`.execute(tx)
}
