import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sql } from '../../server/platform/db.ts'
import { Jobs } from '../../server/platform/jobs.ts'
import { newId } from '../../server/platform/identifiers.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

/** A job as a killed worker leaves it: taken, its queue taken too. */
async function taken(task: string, worker: string): Promise<string> {
  const { rows } = await sql<{
    id: string
  }>`select (graphile_worker.add_job(${task}, queue_name := ${task})).id::text as id`.execute(server.db)
  await sql`update graphile_worker._private_jobs set locked_at = now(), locked_by = ${worker}, attempts = 1 where id = ${rows[0]!.id}::bigint`.execute(
    server.db,
  )
  await sql`update graphile_worker._private_job_queues set locked_at = now(), locked_by = ${worker} where queue_name = ${task}`.execute(
    server.db,
  )
  return rows[0]!.id
}
const node = (workers: string[], secondsAgo: number) =>
  sql`insert into job_workers (node, workers, beat_at) values (${newId()}, ${workers}, now() - make_interval(secs => ${secondsAgo}))`.execute(
    server.db,
  )

it('what a killed node held is begun again by another, and what a living one holds is left alone', async () => {
  await node(['worker-killed'], 60)
  await node(['worker-alive'], 0)
  await taken('left-behind', 'worker-killed')
  await taken('held', 'worker-alive')
  // of a version that did not say so
  await taken('unknown', 'worker-of-before')
  const done: string[] = []
  const { platform } = server.opened
  const jobs = new Jobs(
    platform.database,
    ['left-behind', 'held', 'unknown'].map((task) => ({
      task,
      run: () => {
        done.push(task)
        return Promise.resolve()
      },
    })),
    platform.log,
    { everyMs: 50, deadAfterMs: 1500 },
  )
  await jobs.start()
  const beating = setInterval(
    () => void sql`update job_workers set beat_at = now() where 'worker-alive' = any(workers)`.execute(server.db),
    200,
  )
  try {
    await setTimeout(700)
    // whoever has just come waits to see who is there
    expect(done).toEqual([])
    await expect.poll(() => done, { timeout: 10_000 }).toEqual(['left-behind'])
    // a later job of its queue is taken too
    await sql`select graphile_worker.add_job('left-behind', queue_name := 'left-behind')`.execute(server.db)
    await expect.poll(() => done, { timeout: 10_000 }).toEqual(['left-behind', 'left-behind'])
  } finally {
    clearInterval(beating)
    await jobs.stop()
  }
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from job_workers where 'worker-alive' = any(workers)`.execute(server.db)
  expect(rows[0]!.n).toBe(1)
  const { rows: left } = await sql<{ n: number }>`select count(*)::int as n from job_workers`.execute(server.db)
  expect(left[0]!.n).toBe(1)
})
