import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'
import type { JobShown } from '../../contract/operations.ts'

export interface JobRow {
  id: string
  task: string
  state: JobShown['state']
  attempts: number
  max_attempts: number
  run_at: string
  locked_at: string | null
  last_error: string | null
  created_at: string
}

const state = sql`case when j.locked_at is not null then 'running' when j.attempts >= j.max_attempts then 'failed'
  when j.attempts > 0 then 'retrying' when j.run_at > now() then 'later' else 'waiting' end`
const rowsOf = sql`
  select j.id::text as id, t.identifier as task, ${state} as state, j.attempts, j.max_attempts, j.run_at, j.locked_at, j.last_error, j.created_at
  from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id`

export async function jobPage(db: Db, wanted: JobRow['state'] | undefined, limit: number, after: string | undefined) {
  const from = readCursor(after, 1)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const { rows } = await sql<JobRow>`
    select * from (${rowsOf}) x where true ${wanted === undefined ? sql`` : sql`and state = ${wanted}`}
      ${from === null ? sql`` : sql`and id::bigint < ${from[0]}::bigint`} order by id::bigint desc limit ${limit + 1}`.execute(
    db,
  )
  return { rows: rows.slice(0, limit), next: rows.length > limit ? cursorOf([rows[limit - 1]!.id]) : null }
}

export const jobById = async (db: Db, id: string): Promise<JobRow | undefined> =>
  (await sql<JobRow>`select * from (${rowsOf}) x where id = ${id}`.execute(db)).rows[0]

export const jobCounts = async (db: Db): Promise<{ state: JobRow['state']; n: number }[]> =>
  (
    await sql<{
      state: JobRow['state']
      n: number
    }>`select ${state} as state, count(*) as n from graphile_worker._private_jobs j group by 1`.execute(db)
  ).rows

export async function tryAgain(db: Db, id: string): Promise<void> {
  await sql`select graphile_worker.reschedule_jobs(array[${id}]::bigint[], run_at := now(), attempts := 0)`.execute(db)
}
/** Takes a job out of the queue; one that a worker holds stays. */
export async function takeOut(db: Db, id: string): Promise<void> {
  await sql`select graphile_worker.complete_jobs(array[${id}]::bigint[])`.execute(db)
}
