import { systemActor } from '../platform/ctx.ts'
import { type Platform, runCommand } from '../platform/platform.ts'
import { Rounds } from '../platform/rounds.ts'
import { startByHand } from './actions/make-commitment.ts'
import { fixedMoment } from './rules/fixed-moment.ts'
import { madeOn, nextOccurrence } from './rules/occurrences.ts'
import { heldIfDue, saveNext, seriesDue } from './series-store.ts'

const pollMs = 15_000

/** Makes commitments of the occurrences of series when their lead begins, on every node, each once. */
export class SeriesTimer {
  readonly #platform: Platform
  readonly #clock: () => number
  readonly #rounds: Rounds

  /** `clock`: milliseconds since 1970, for tests. */
  constructor(platform: Platform, clock: () => number = Date.now) {
    this.#platform = platform
    this.#clock = clock
    this.#rounds = new Rounds(platform.log, {
      failed: 'series could not be looked through; trying again',
      pauseMs: pollMs,
      round: () => this.round(),
    })
  }

  start(): void {
    this.#rounds.start()
  }

  /** Makes all whose time has come, those missed while nothing ran included; one that fails does not hold up the others. */
  async round(): Promise<void> {
    const now = new Date(this.#clock()).toISOString()
    const failed: string[] = []
    for (;;) {
      const due = await seriesDue(this.#platform.database.db, now, failed)
      if (due.length === 0 || this.#rounds.isStopping) return
      for (const { id, organisation } of due)
        try {
          await makeOccurrence(this.#platform, id, organisation, now)
        } catch (error) {
          failed.push(id)
          this.#platform.log.error(
            { series: id, error: (error as Error).message },
            'an occurrence of a series could not be made; it is tried again',
          )
        }
    }
  }

  stop(): Promise<void> {
    return this.#rounds.stop()
  }
}

const makeOccurrence = (platform: Platform, id: string, organisation: string, now: string): Promise<void> =>
  runCommand(
    platform,
    systemActor(organisation, 'Linchpin', 'job'),
    async (ctx) => {
      ctx.unchanged()
      const s = await heldIfDue(ctx.tx, id, now)
      if (s === undefined || s.next_on === null) return
      await startByHand(ctx, {
        title: s.title,
        note: s.note,
        kind: s.kind,
        subject: s.subject_id === null ? null : { kind: s.subject_kind!, id: s.subject_id },
        owner: { kind: s.owner_kind, id: s.owner_id, name: s.owner_name ?? '' },
        warnSeconds: s.warn_seconds,
        dueAt: fixedMoment(s.next_on, s.due_time, s.zone),
        allDay: s.due_time === null,
        zone: s.zone,
        private: false,
        needsEvidence: s.needs_evidence,
        madeBy: s.made_by,
        madeByName: s.made_by_name,
        series: s.id,
        occursOn: s.next_on,
      })
      const on = nextOccurrence({ rule: s.rule, startsOn: s.starts_on }, s.next_on)
      await saveNext(ctx.tx, s.id, { on, at: madeOn(on, s.lead_days, s.zone) })
    },
    { now },
  )
