import { Logger as WorkerLogger, run, type Runner, runMigrations, type TaskList } from 'graphile-worker'
import type pg from 'pg'
import type { Logger } from 'pino'

/** Work that outlives a request. `payload` is what was added; a job runs at least once. */
export interface Job {
  task: string
  run: (payload: Record<string, unknown>) => Promise<void>
}

const quietly = (log: Logger) =>
  new WorkerLogger((scope) => (level, message) => {
    if (level === 'error') log.error({ scope: scope.label }, message)
    else if (level === 'warning') log.warn({ scope: scope.label }, message)
  })

/** Brings the job queue's own tables up to date. */
export const migrateJobs = (pool: pg.Pool, log: Logger): Promise<void> =>
  runMigrations({ pgPool: pool, logger: quietly(log) })

/** Starts this node's workers; any number of nodes share one queue. */
export function startJobs(pool: pg.Pool, jobs: readonly Job[], log: Logger): Promise<Runner> {
  const taskList: TaskList = Object.fromEntries(
    jobs.map((job) => [job.task, (payload: unknown) => job.run(payload as Record<string, unknown>)]),
  )
  return run({
    pgPool: pool,
    taskList,
    concurrency: 3,
    noHandleSignals: true,
    pollInterval: 1000,
    logger: quietly(log),
  })
}
