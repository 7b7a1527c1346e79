import type { Platform } from '../platform/platform.ts'

/** Fires what falls due, on every node. */
export class CommitmentTimer {
  readonly #platform: Platform

  constructor(platform: Platform) {
    this.#platform = platform
  }

  start(): void {
    this.#platform.log.debug('the timer of commitments starts')
  }

  async stop(): Promise<void> {}
}
