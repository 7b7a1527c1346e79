import { type Db, sql } from '../platform/db.ts'

/** How the moving parts stand, in seconds since they should have been done; null where nothing waits. */
export interface Standing {
  outboxSeconds: number | null
  outbox: number
  jobsFailed: number
  jobsSeconds: number | null
  dueSeconds: number | null
}

export async function standingOfWork(db: Db): Promise<Standing> {
  const { rows } = await sql<Standing>`
    select (select extract(epoch from now() - e.recorded_at)::float8 from outbox o join events e on e.id = o.event_id order by o.event_id limit 1) as "outboxSeconds",
      (select count(*) from (select 1 from outbox limit 100000) x) as outbox,
      (select count(*) from graphile_worker._private_jobs where attempts >= max_attempts and locked_at is null) as "jobsFailed",
      (select extract(epoch from now() - min(run_at))::float8 from graphile_worker._private_jobs where is_available and run_at < now() and attempts = 0) as "jobsSeconds",
      (select extract(epoch from now() - min(next_at))::float8 from commitments where next_at < now()) as "dueSeconds"`.execute(
    db,
  )
  return rows[0]!
}

/** Mails that wait; null while there is no such queue. */
export async function mailsWaiting(db: Db): Promise<number | null> {
  const { rows } = await sql<{ there: boolean }>`select to_regclass('mails') is not null as there`.execute(db)
  if (rows[0]!.there !== true) return null
  const counted = await sql<{
    n: number
  }>`select count(*) as n from mails where state in ('queued', 'sending')`.execute(db)
  return counted.rows[0]!.n
}
