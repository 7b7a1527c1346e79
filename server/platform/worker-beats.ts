import type { Logger } from 'pino'
import { type Db, sql } from './db.ts'
import { newId } from './identifiers.ts'
import { Rounds } from './rounds.ts'

/** How often a node is heard of, and after which silence it is taken for dead (milliseconds). */
export interface Pace {
  everyMs: number
  deadAfterMs: number
}
const usual: Pace = { everyMs: 5_000, deadAfterMs: 30_000 }

/**
 * Tells the other nodes that this one's workers live, and gives back the jobs of nodes that fell silent: the queue itself would hold them, and
 * every later job of the same queue, for four hours. Workers of a version that did not beat are left to that.
 */
export class WorkerBeats {
  readonly #db: Db
  readonly #pace: Pace
  readonly #node = newId()
  readonly #rounds: Rounds
  #workers: string[] = []
  /** Workers of this node that ended without giving back what they held. */
  #ended: string[] = []
  #since: number | null = null
  #lastAt = 0

  constructor(db: Db, log: Logger, pace: Pace = usual) {
    this.#db = db
    this.#pace = pace
    this.#rounds = new Rounds(log, {
      failed: 'the workers of this node could not be noted; trying again',
      pauseMs: pace.everyMs,
      round: () => this.#beat(),
    })
  }

  /** This node's workers from now on; those before are gone. Known to the others before a job is taken. */
  async began(workers: readonly string[]): Promise<void> {
    this.#ended.push(...this.#workers)
    this.#workers = [...workers]
    // where the database is away the next round notes them
    await this.#beat().catch(() => {})
  }

  start(): void {
    this.#rounds.start(this.#pace.everyMs)
  }

  async #beat(): Promise<void> {
    await sql`
      insert into job_workers (node, workers, beat_at) values (${this.#node}, ${this.#workers}, now())
      on conflict (node) do update set workers = excluded.workers, beat_at = excluded.beat_at`.execute(this.#db)
    if (this.#ended.length > 0) {
      await sql`select graphile_worker.force_unlock_workers(${this.#ended}::text[])`.execute(this.#db)
      this.#ended = []
    }
    const now = performance.now()
    // after a time without the database all look dead to each other
    if (this.#since === null || now - this.#lastAt > this.#pace.deadAfterMs) this.#since = now
    this.#lastAt = now
    if (now - this.#since < this.#pace.deadAfterMs) return
    await sql`
      with dead as (delete from job_workers where beat_at < now() - make_interval(secs => ${this.#pace.deadAfterMs / 1000}) returning workers)
      select graphile_worker.force_unlock_workers(array(select unnest(workers) from dead))`.execute(this.#db)
  }

  /** Beats no more: the others take the node for dead, and give back what its workers hold. */
  async fallSilent(): Promise<void> {
    await this.#rounds.stop()
  }

  /** The workers ended and hold nothing. */
  async stop(): Promise<void> {
    await this.fallSilent()
    await sql`delete from job_workers where node = ${this.#node}`.execute(this.#db).catch(() => {})
  }
}
