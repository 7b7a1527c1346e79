import { sql } from '../platform/db.ts'
import type { Platform } from '../platform/platform.ts'
import { Rounds } from '../platform/rounds.ts'
import { fireDue, nextMoment } from './fire-due.ts'
import { raiseWhatIsOwed } from './raise-priority.ts'

/** Commitments taken in one transaction; there is no limit to how many are taken in a round. */
const batch = 300
const pollMs = 1000
const longestPause = 5 * 60_000

/**
 * Fires what falls due, on every node: sleeps to the earliest moment in the index, looks at least each second, and takes
 * whatever has come by then. Its cost follows what is due, not what is open.
 */
export class CommitmentTimer {
  readonly #platform: Platform
  readonly #clock: () => number
  readonly #rounds: Rounds
  /** What failed, when it may be tried again (milliseconds) and how often it failed; the others go on. */
  readonly #failed = new Map<string, { until: number; times: number }>()

  /** `clock`: milliseconds since 1970, for tests. */
  constructor(platform: Platform, clock: () => number = Date.now) {
    this.#platform = platform
    this.#clock = clock
    this.#rounds = new Rounds(platform.log, {
      failed: 'the timer of commitments failed; trying again',
      pauseMs: pollMs,
      round: () => this.round(),
    })
  }

  start(): void {
    this.#rounds.start()
  }

  /** Does everything that has come, and answers how long (milliseconds) to sleep. */
  async round(): Promise<number> {
    const { at, raises } = await nextMoment(this.#platform.database.db)
    if (at !== null && at <= this.#clock()) await this.#fireAll()
    if (raises)
      await raiseWhatIsOwed(
        this.#platform,
        (key) => this.#isPostponed(key),
        (key, error) => this.#postpone(key, error),
      )
    const next = await nextMoment(this.#platform.database.db)
    const due = next.at === null ? Number.POSITIVE_INFINITY : next.at - this.#clock()
    return due <= 0 ? (this.#failed.size > 0 ? pollMs : 20) : Math.min(pollMs, Math.ceil(due))
  }

  async #fireAll(): Promise<void> {
    for (;;) {
      if (this.#rounds.isStopping) return
      const now = Math.floor(this.#clock() / 1000)
      const but = [...this.#failed.keys()].filter((key) => this.#isPostponed(key) && !key.includes(':'))
      try {
        const taken = await fireDue(this.#platform, now, batch, { but })
        for (const key of this.#failed.keys())
          if (!key.includes(':') && !this.#isPostponed(key)) this.#failed.delete(key)
        if (taken < batch) return
      } catch (error) {
        this.#platform.log.warn(
          { error: (error as Error).message },
          'a batch of commitments failed; taking them one by one',
        )
        await this.#oneByOne(now, but)
      }
    }
  }

  /** After a batch failed: whichever fails by itself waits, all others are done. */
  async #oneByOne(now: number, but: readonly string[]): Promise<void> {
    const { rows } = await sql<{ id: string }>`
      select id from commitments where next_at <= to_timestamp(${now}) ${but.length === 0 ? sql`` : sql`and id <> all(${but}::uuid[])`} order by next_at limit ${batch}`.execute(
      this.#platform.database.db,
    )
    for (const { id } of rows)
      try {
        await fireDue(this.#platform, now, 1, { only: id })
        this.#failed.delete(id)
      } catch (error) {
        this.#postpone(id, error)
      }
  }

  #isPostponed(key: string): boolean {
    return (this.#failed.get(key)?.until ?? 0) > this.#clock()
  }

  #postpone(key: string, error: unknown): void {
    const times = (this.#failed.get(key)?.times ?? 0) + 1
    if (this.#failed.size > 5000) this.#failed.clear()
    this.#failed.set(key, { times, until: this.#clock() + Math.min(longestPause, pollMs * 2 ** times) })
    this.#platform.log.error(
      { commitment: key, times, error: (error as Error).message },
      'a commitment could not be fired; it is tried again',
    )
  }

  stop(): Promise<void> {
    return this.#rounds.stop()
  }
}
