import { type Platform, runCommand } from '../platform/platform.ts'
import { Rounds } from '../platform/rounds.ts'
import { actOnTicket } from './act-on-ticket.ts'
import { alertsToAct, forgetAlerts, lockedAlertById } from './alerts-store.ts'
import { runCheck } from './check-alerts.ts'
import { forgetDeliveries, interruptedDeliveries } from './deliveries-store.ts'
import { missHeartbeat } from './heartbeat-alerts.ts'
import { anySource, type StoredSource } from './sources-store.ts'
import { sourceActor, takeDelivery } from './take-alerts.ts'
import { anyWatched, missedHeartbeats, type StoredCheck, takeDueChecks } from './watched-store.ts'

const everyMs = 1000
const atOnce = 50
/** Whoever took a message longer ago than that was interrupted. Milliseconds. */
const interruptedAfterMs = 30_000
/** Checks wait for others: this many at a time on each node. */
const checksAtOnce = 10
const longestStopMs = 5_000
/** What failed makes room for what comes due after it, and is tried again after that. */
const leftOutMs = 60_000

/** What comes due in monitoring, on every node: tickets of alerts, messages that were interrupted, missed heartbeats, checks. */
export class MonitoringTimer {
  readonly #platform: Platform
  readonly #clock: () => number
  readonly #rounds: Rounds
  /** Apart, so that a target that does not answer holds up no heartbeat. */
  readonly #checks: Rounds
  #looks = 0
  /** What failed, and until when it is left out (milliseconds since 1970). */
  readonly #failed = new Map<string, number>()

  /** `clock`: milliseconds since 1970, for tests. */
  constructor(platform: Platform, clock: () => number = Date.now) {
    this.#platform = platform
    this.#clock = clock
    this.#rounds = new Rounds(platform.log, {
      failed: 'monitoring could not be looked through; trying again',
      pauseMs: everyMs,
      round: () => this.round(),
    })
    this.#checks = new Rounds(platform.log, {
      failed: 'checks could not be looked through; trying again',
      pauseMs: everyMs,
      round: () => this.checkRound(),
    })
  }

  start(): void {
    this.#rounds.start(everyMs)
    this.#checks.start(everyMs)
  }

  /** Looks once through all but the checks. */
  async round(): Promise<void> {
    const { db } = this.#platform.database
    const at = this.#clock()
    const now = new Date(at).toISOString()
    if (this.#looks++ % 3600 === 0) {
      await forgetDeliveries(db, 10_000)
      await forgetAlerts(db, 10_000)
    }
    for (const [id, until] of this.#failed) if (until <= at) this.#failed.delete(id)
    const but = [...this.#failed.keys()]
    for (const id of await interruptedDeliveries(db, new Date(at - interruptedAfterMs).toISOString(), but, atOnce))
      await this.#one(id, () => takeDelivery(this.#platform, id))
    for (const id of await missedHeartbeats(db, now, but, atOnce)) await this.#one(id, () => this.#miss(id, now))
    for (const { id, source_id } of await alertsToAct(db, now, but, atOnce))
      await this.#one(id, () => this.#act(id, source_id, now))
  }

  /** Makes what checks are due, so many at a time: whichever ends first makes room for the next. With none due it asks once. */
  async checkRound(): Promise<void> {
    const take = async () =>
      this.#checks.isStopping ? undefined : (await takeDueChecks(this.#platform.database.db, 1))[0]
    const work = async (first?: StoredCheck): Promise<void> => {
      for (let check = first ?? (await take()); check !== undefined; check = await take()) {
        const due = check
        await this.#one(due.id, () => runCheck(this.#platform, due))
      }
    }
    const first = await take()
    if (first === undefined) return
    await Promise.all([work(first), ...Array.from({ length: checksAtOnce - 1 }, () => work())])
  }

  async #miss(id: string, now: string): Promise<void> {
    const heartbeat = await anyWatched(this.#platform.database.db, 'heartbeats', id)
    if (heartbeat === undefined) return
    const source = (await anySource(this.#platform.database.db, heartbeat.source_id))!
    await this.#as(source, now, (ctx) => missHeartbeat(ctx, id))
  }

  async #act(id: string, sourceId: string, now: string): Promise<void> {
    const source = await anySource(this.#platform.database.db, sourceId)
    if (source === undefined) return
    await this.#as(source, now, async (ctx) => {
      const alert = await lockedAlertById(ctx.tx, id)
      if (alert !== undefined) await actOnTicket(ctx, source, alert)
    })
  }

  #as(source: StoredSource, now: string, act: Parameters<typeof runCommand<void>>[2]): Promise<void> {
    return runCommand(
      this.#platform,
      sourceActor(source),
      async (ctx) => {
        ctx.unchanged()
        await act(ctx)
      },
      { now },
    )
  }

  async #one(id: string, act: () => Promise<unknown>): Promise<void> {
    if (this.#rounds.isStopping) return
    try {
      await act()
    } catch (error) {
      this.#failed.set(id, this.#clock() + leftOutMs)
      this.#platform.log.error(
        { id, error: (error as Error).message },
        'what is due in monitoring failed; trying again',
      )
    }
  }

  /** What a target that does not answer holds up is left to its lease. */
  stop(): Promise<void> {
    return Promise.all([this.#rounds.stop(), this.#checks.stop(longestStopMs)]).then(() => {})
  }
}
