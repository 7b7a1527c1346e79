import { systemActor } from '../platform/ctx.ts'
import { type Platform, runCommand } from '../platform/platform.ts'
import { stepOn } from './calling.ts'
import { pagesDue } from './pages-store.ts'

const pollMs = 2_000

/** Goes along the paths of open calls, on every node; each step once. */
export class OnCallTimer {
  readonly #platform: Platform
  readonly #clock: () => number
  #timer: NodeJS.Timeout | null = null
  #running: Promise<void> | null = null
  #stopped = true

  /** `clock`: milliseconds since 1970, for tests. */
  constructor(platform: Platform, clock: () => number = Date.now) {
    this.#platform = platform
    this.#clock = clock
  }

  start(): void {
    this.#stopped = false
    this.#sleep(0)
  }

  #sleep(ms: number): void {
    if (this.#stopped) return
    this.#timer = setTimeout(() => {
      this.#running = this.round()
        .catch((error: Error) => this.#platform.log.warn({ error: error.message }, 'calls could not be looked through'))
        .finally(() => this.#sleep(pollMs))
    }, ms)
    this.#timer.unref()
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

  async stop(): Promise<void> {
    this.#stopped = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    await this.#running
  }
}
