import {
  Logger as WorkerLogger,
  run,
  type Runner,
  runMigrations,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker'
import { EventEmitter } from 'node:events'
import type pg from 'pg'
import type { Logger } from 'pino'
import type { Database } from './db.ts'
import { type Pace, WorkerBeats } from './worker-beats.ts'

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
 * again until it is back; what they had taken, and what a killed node had, is given back (WorkerBeats).
 */
export class Jobs {
  readonly #pool: pg.Pool
  readonly #tasks: TaskList
  readonly #beats: WorkerBeats
  readonly #log: Logger
  #runner: Runner | null = null
  #again: NodeJS.Timeout | null = null
  #stopped = false
  readonly #stopping = new AbortController()

  constructor({ pool, db }: Database, jobs: readonly Job[], log: Logger, pace?: Pace) {
    this.#pool = pool
    this.#beats = new WorkerBeats(db, log, pace)
    this.#log = log
    this.#tasks = Object.fromEntries(
      jobs.map((job) => [
        job.task,
        (payload: unknown) => job.run(payload as Record<string, unknown>, this.#stopping.signal),
      ]),
    )
  }

  async start(): Promise<void> {
    await this.#run()
    this.#beats.start()
  }

  async #run(): Promise<void> {
    const events: WorkerEvents = new EventEmitter()
    const workers: string[] = []
    // jobs are taken in the name of their pool; graphile-worker says so of none, so both are noted
    events.on('pool:create', ({ workerPool }) => workers.push(workerPool.id))
    events.on('worker:create', ({ worker }) => workers.push(worker.workerId))
    try {
      const runner = await run({
        events,
        pgPool: this.#pool,
        taskList: this.#tasks,
        concurrency: 3,
        noHandleSignals: true,
        pollInterval: 1000,
        logger: quietly(this.#log),
      })
      this.#runner = runner
      await this.#beats.began(workers)
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
    this.#again = setTimeout(() => void this.#run(), againMs)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#stopping.abort()
    if (this.#again !== null) clearTimeout(this.#again)
    try {
      await this.#runner?.stop()
      await this.#beats.stop()
    } catch (error) {
      this.#log.warn(
        { error: (error as Error).message },
        'the workers did not end in order; what they held is begun again',
      )
      await this.#beats.fallSilent()
    }
  }
}
