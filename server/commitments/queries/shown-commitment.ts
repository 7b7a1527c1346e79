import { isAfter } from '../../../contract/instants.ts'
import type { Commitment } from '../../../contract/commitments.ts'
import { may } from '../../../contract/permissions.ts'
import type { Actor, Ctx } from '../../platform/ctx.ts'
import { shownRefusals } from '../../platform/refusals.ts'
import type { Subjects } from '../../platform/subjects.ts'
import type { ShownRow } from '../commitments-store.ts'
import { recordSource } from '../record-moments.ts'
import { type ByHandStanding, stepSource, whyNotComplete, whyNotKeep, whyNotMove } from '../rules/why-not-by-hand.ts'
import { whyNotGiveStep, whyNotRelease } from '../rules/why-not-release.ts'

const iso = (at: string): string => new Date(at).toISOString()

export const ownerShown = (row: ShownRow) => ({
  kind: row.owner_kind,
  id: row.owner_id,
  name: row.owner_name ?? 'Linchpin',
  fallback: row.owner_fallback,
})

/** What the actor is to a commitment. */
export const standing = (actor: Actor, row: ShownRow): ByHandStanding => ({
  mine:
    (row.owner_kind === 'person' ? row.owner_id === actor.person : actor.teams.includes(row.owner_id)) ||
    (row.hand !== null && row.hand.made_by === actor.id),
  inside: row.inside && may(actor.role, 'commitments.write'),
  mayMake: may(actor.role, 'commitments.make'),
})

/** What decides what may be done to it. */
export const byHandFacts = (row: ShownRow) => ({
  phase: row.phase,
  isByHand: row.hand !== null,
  needsEvidence: row.hand?.needs_evidence === true,
  followsRecord: row.source_kind === recordSource || row.source_kind === stepSource,
  isStep: row.source_kind === stepSource,
})

const handShown = (hand: ShownRow['hand']): Commitment['byHand'] =>
  hand === null
    ? null
    : {
        reference: hand.reference,
        title: hand.title,
        note: hand.note,
        allDay: hand.all_day,
        zone: hand.zone,
        private: hand.private,
        needsEvidence: hand.needs_evidence,
        evidence: hand.evidence,
        completedBy: hand.completed_by_name,
        madeBy: hand.made_by_name,
        series: hand.series_id,
      }

export async function shownCommitments(ctx: Ctx, subjects: Subjects, rows: readonly ShownRow[]): Promise<Commitment[]> {
  const named = await subjects.describe(
    ctx.tx,
    rows.map((row) => ({ kind: row.subject_kind, id: row.subject_id })),
  )
  const mayWrite = may(ctx.actor.role, 'commitments.write')
  return rows.map((row) => {
    const who = standing(ctx.actor, row)
    const facts = byHandFacts(row)
    const refusal = whyNotRelease(row, (row.inside || (row.hand !== null && who.mine)) && mayWrite)
    return {
      id: row.id,
      version: row.version,
      kind: row.kind,
      byHand: handShown(row.hand),
      stoppedAt: row.stopped_at,
      snoozed:
        row.snoozed_until === null || !isAfter(row.snoozed_until, ctx.now)
          ? null
          : { until: row.snoozed_until, reason: row.snoozed_reason ?? '', by: row.snoozed_by ?? '' },
      subject: {
        kind: row.subject_kind,
        id: row.subject_id,
        ...(named.get(row.subject_id) ?? { reference: '', title: '' }),
      },
      owner: ownerShown(row),
      party: row.party,
      phase: row.phase,
      dueAt: row.due_at,
      remainingSeconds: row.remaining_seconds,
      late: row.late,
      breaches: (row.breaches ?? []).map((b) => ({
        generation: b.generation,
        deadline: iso(b.deadline),
        observedAt: iso(b.observed_at),
        supersededAt: b.superseded_at === null ? null : iso(b.superseded_at),
      })),
      waived:
        row.waived_at === null ? null : { by: row.waived_by ?? '', at: row.waived_at, reason: row.waived_reason ?? '' },
      serviceLevel: row.source_kind === 'service_level' ? { id: row.source_id, name: row.source_name } : null,
      refusals: shownRefusals({
        waive: refusal,
        handOver: refusal ?? whyNotGiveStep(facts.isStep),
        complete: whyNotComplete(facts, who),
        move: whyNotMove(facts, who),
        snooze: whyNotKeep(facts, who),
      }),
    }
  })
}
