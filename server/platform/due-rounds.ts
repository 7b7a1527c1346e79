import { type Ctx, systemActor } from './ctx.ts'
import type { Db } from './db.ts'
import { type Platform, runCommand } from './platform.ts'
import { Rounds } from './rounds.ts'

/** What comes due by itself, one command each: `due` answers the next ones without those in `but`; an empty list ends the round. */
export interface DueWork {
  pauseMs: number
  /** Said in the log when a round fails, and when one of what is due does. */
  roundFailed: string
  oneFailed: string
  due(db: Db, now: string, but: readonly string[]): Promise<{ id: string; organisation: string }[]>
  /** Takes one, in a transaction of its own. Another node may have been first: it looks under its lock. */
  take(ctx: Ctx, id: string): Promise<unknown>
}

/** Takes what has come due on every node, what was missed while nothing ran included; one that fails does not hold up the others. */
export class DueRounds {
  readonly #platform: Platform
  readonly #work: DueWork
  readonly #clock: () => number
  readonly #rounds: Rounds

  /** `clock`: milliseconds since 1970, for tests. */
  constructor(platform: Platform, work: DueWork, clock: () => number = Date.now) {
    this.#platform = platform
    this.#work = work
    this.#clock = clock
    this.#rounds = new Rounds(platform.log, {
      failed: work.roundFailed,
      pauseMs: work.pauseMs,
      round: () => this.round(),
    })
  }

  start(): void {
    this.#rounds.start()
  }

  /** Takes all that has come, or what can be taken before a stop is asked for. */
  async round(): Promise<void> {
    const now = new Date(this.#clock()).toISOString()
    const failed: string[] = []
    for (;;) {
      const due = await this.#work.due(this.#platform.database.db, now, failed)
      if (due.length === 0) return
      for (const { id, organisation } of due) {
        if (this.#rounds.isStopping) return
        try {
          await this.#take(id, organisation, now)
        } catch (error) {
          failed.push(id)
          this.#platform.log.error({ id, error: (error as Error).message }, this.#work.oneFailed)
        }
      }
    }
  }

  #take(id: string, organisation: string, now: string): Promise<void> {
    return runCommand(
      this.#platform,
      systemActor(organisation, 'Linchpin', 'job'),
      async (ctx) => {
        ctx.unchanged()
        await this.#work.take(ctx, id)
      },
      { now },
    )
  }

  stop(): Promise<void> {
    return this.#rounds.stop()
  }
}
