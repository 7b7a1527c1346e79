import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'

/**
 * A round of work that is done again and again on this node until it is stopped. The next one begins a pause after the last has ended; one that
 * fails is logged and ends nothing. `round` may answer another pause (milliseconds) before the next.
 */
export class Rounds {
  readonly #log: Logger
  readonly #given: { failed: string; pauseMs: number; round: () => Promise<number | void> }
  #timer: NodeJS.Timeout | null = null
  #running: Promise<void> | null = null
  #stopping = false

  constructor(log: Logger, given: { failed: string; pauseMs: number; round: () => Promise<number | void> }) {
    this.#log = log
    this.#given = given
  }

  /** Asked to stop: a long round ends at its next safe point. */
  get isStopping(): boolean {
    return this.#stopping
  }

  start(firstAfterMs = 0): void {
    this.#stopping = false
    this.#sleep(firstAfterMs)
  }

  #sleep(ms: number): void {
    if (this.#stopping) return
    this.#timer = setTimeout(() => {
      this.#running = this.#once()
    }, ms)
    this.#timer.unref()
  }

  async #once(): Promise<void> {
    let pause = this.#given.pauseMs
    try {
      pause = (await this.#given.round()) ?? pause
    } catch (error) {
      this.#log.warn({ error: (error as Error).message }, this.#given.failed)
    }
    this.#sleep(pause)
  }

  /** Waits for the round that runs, `longestMs` at most where it waits for others: what it holds is left to its lease. */
  async stop(longestMs?: number): Promise<void> {
    this.#stopping = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    if (longestMs === undefined) await this.#running
    else await Promise.race([this.#running, pause(longestMs, undefined, { ref: false })])
  }
}
