import { Logger as WorkerLogger, run, type Runner, runMigrations, type TaskList } from 'graphile-worker'
import type pg from 'pg'
import type { Logger } from 'pino'

/** Work that outlives a request. `payload` is what was added; a job runs at least once. */
export interface Job {
  task: string
  /** `signal` asks long work to end at its next safe point: this node is being stopped. What it leaves is begun again. */
  run: (payload: Record<string, unknown>, signal: AbortSignal) => Promise<void>
}

const quietly = (log: Logger) =>
  new WorkerLogger((scope) => (level, message) => {
    if (level === 'error') log.error({ scope: scope.label }, message)
    else if (level === 'warning') log.warn({ scope: scope.label }, message)
  })

/** Brings the job queue's own tables up to date. */
export const migrateJobs = (pool: pg.Pool, log: Logger): Promise<void> =>
  runMigrations({ pgPool: pool, logger: quietly(log) })

const againMs = 1000

/**
 * This node's workers; any number of nodes share one queue. Workers that end because the database went away are started
 * again until it is back; what they had taken is given back by their locks running out, or at once where they could say so.
 */
export class Jobs {
  readonly #pool: pg.Pool
  readonly #tasks: TaskList
  readonly #log: Logger
  #runner: Runner | null = null
  #again: NodeJS.Timeout | null = null
  #stopped = false
  readonly #stopping = new AbortController()

  constructor(pool: pg.Pool, jobs: readonly Job[], log: Logger) {
    this.#pool = pool
    this.#log = log
    this.#tasks = Object.fromEntries(
      jobs.map((job) => [
        job.task,
        (payload: unknown) => job.run(payload as Record<string, unknown>, this.#stopping.signal),
      ]),
    )
  }

  async start(): Promise<void> {
    try {
      const runner = await run({
        pgPool: this.#pool,
        taskList: this.#tasks,
        concurrency: 3,
        noHandleSignals: true,
        pollInterval: 1000,
        logger: quietly(this.#log),
      })
      this.#runner = runner
      runner.promise.then(
        () => this.#restart(),
        (error: Error) => {
          this.#log.warn({ error: error.message }, 'the workers ended; starting them again')
          this.#restart()
        },
      )
    } catch (error) {
      this.#log.warn({ error: (error as Error).message }, 'the workers could not be started; trying again')
      this.#restart()
    }
  }

  #restart(): void {
    this.#runner = null
    if (this.#stopped) return
    this.#again = setTimeout(() => void this.start(), againMs)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#stopping.abort()
    if (this.#again !== null) clearTimeout(this.#again)
    await this.#runner?.stop().catch(() => {})
  }
}
