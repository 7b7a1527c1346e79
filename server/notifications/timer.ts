import type { Platform } from '../platform/platform.ts'
import { Rounds } from '../platform/rounds.ts'
import { forgetPosts } from './channels-store.ts'
import { queueDigests } from './digests.ts'
import { forgetLinks } from './links-store.ts'
import type { Outlets } from './outlets.ts'
import { routeNotices } from './route-notices.ts'
import { escalate } from './watches.ts'
import { forgetWatches } from './watches-store.ts'

const pollMs = 1000
/** Digests and old records are looked for less often. */
const digestsMs = 15_000
const forgetMs = 3_600_000
/** Days after which settled matters and expired links are forgotten. */
const keptDays = 60

/** Brings notices on their way, looks whether anybody acted, and queues digests, on every node. */
export class NotificationTimer {
  readonly #platform: Platform
  readonly #outlets: Outlets
  readonly #clock: () => number
  readonly #rounds: Rounds
  #lookedAt = 0
  #forgotAt = 0

  /** `clock`: milliseconds since 1970, for tests. */
  constructor(platform: Platform, outlets: Outlets, clock: () => number = Date.now) {
    this.#platform = platform
    this.#outlets = outlets
    this.#clock = clock
    this.#rounds = new Rounds(platform.log, {
      failed: 'notices could not be brought on their way; trying again',
      pauseMs: pollMs,
      round: () => this.round(),
    })
  }

  start(): void {
    this.#rounds.start(pollMs)
  }

  /** Does everything that has come. */
  async round(): Promise<void> {
    const now = new Date(this.#clock()).toISOString()
    while ((await routeNotices(this.#platform, this.#outlets)) > 0);
    while ((await escalate(this.#platform, now)) > 0);
    // what was escalated or delegated goes out at once
    while ((await routeNotices(this.#platform, this.#outlets)) > 0);
    // a clock that was set back is no reason to wait for the old one
    if (Math.abs(this.#clock() - this.#lookedAt) >= digestsMs) {
      this.#lookedAt = this.#clock()
      while ((await queueDigests(this.#platform, this.#outlets, now)) > 0);
    }
    if (Math.abs(this.#clock() - this.#forgotAt) >= forgetMs) {
      this.#forgotAt = this.#clock()
      const before = new Date(this.#clock() - keptDays * 86_400_000).toISOString()
      await forgetLinks(this.#platform.database.db, before)
      await forgetWatches(this.#platform.database.db, before)
      await forgetPosts(this.#platform.database.db, before)
    }
  }

  stop(): Promise<void> {
    return this.#rounds.stop()
  }
}
