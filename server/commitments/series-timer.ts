import type { Ctx } from '../platform/ctx.ts'
import { DueRounds } from '../platform/due-rounds.ts'
import type { Platform } from '../platform/platform.ts'
import { startByHand } from './actions/make-commitment.ts'
import { fixedMoment } from './rules/fixed-moment.ts'
import { madeOn, nextOccurrence } from './rules/occurrences.ts'
import { heldIfDue, saveNext, seriesDue } from './series-store.ts'

/**
 * Makes commitments of the occurrences of series when their lead begins, on every node, each once. `clock`: milliseconds since 1970, for
 * tests.
 */
export const seriesTimer = (platform: Platform, clock?: () => number): DueRounds =>
  new DueRounds(
    platform,
    {
      pauseMs: 15_000,
      roundFailed: 'series could not be looked through; trying again',
      oneFailed: 'an occurrence of a series could not be made; it is tried again',
      due: seriesDue,
      take: makeOccurrence,
    },
    clock,
  )

async function makeOccurrence(ctx: Ctx, id: string): Promise<void> {
  const s = await heldIfDue(ctx.tx, id, ctx.now)
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
}
