import { systemActor } from '../platform/ctx.ts'
import { type Platform, runCommand } from '../platform/platform.ts'
import { Rounds } from '../platform/rounds.ts'
import { stepOn } from './calling.ts'
import { pagesDue } from './pages-store.ts'

const pollMs = 2_000

/** Goes along the paths of open calls, on every node; each step once. */
export class OnCallTimer {
  readonly #platform: Platform
  readonly #clock: () => number
  readonly #rounds: Rounds

  /** `clock`: milliseconds since 1970, for tests. */
  constructor(platform: Platform, clock: () => number = Date.now) {
    this.#platform = platform
    this.#clock = clock
    this.#rounds = new Rounds(platform.log, {
      failed: 'calls could not be looked through; trying again',
      pauseMs: pollMs,
      round: () => this.round(),
    })
  }

  start(): void {
    this.#rounds.start()
  }

  /** Takes every step that has come; a call that fails does not hold up the others. */
  async round(): Promise<void> {
    const now = new Date(this.#clock()).toISOString()
    const failed: string[] = []
    for (;;) {
      const due = await pagesDue(this.#platform.database.db, now, failed)
      if (due.length === 0) return
      for (const { id, organisation } of due)
        try {
          await runCommand(
            this.#platform,
            systemActor(organisation, 'Linchpin', 'job'),
            async (ctx) => {
              ctx.unchanged()
              await stepOn(ctx, this.#platform.subjects, id)
            },
            { now },
          )
        } catch (error) {
          failed.push(id)
          this.#platform.log.error(
            { page: id, error: (error as Error).message },
            'a call could not go on; it is tried again',
          )
        }
    }
  }

  stop(): Promise<void> {
    return this.#rounds.stop()
  }
}
