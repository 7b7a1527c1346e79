import type { Commitment } from '../../../contract/commitments.ts'
import { may } from '../../../contract/permissions.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { shownRefusals } from '../../platform/refusals.ts'
import type { Subjects } from '../../platform/subjects.ts'
import type { ShownRow } from '../commitments-store.ts'
import { whyNotRelease } from '../rules/why-not-release.ts'

const iso = (at: string): string => new Date(at).toISOString()

export const ownerShown = (row: ShownRow) => ({
  kind: row.owner_kind,
  id: row.owner_id,
  name: row.owner_name ?? 'Linchpin',
  fallback: row.owner_fallback,
})

export async function shownCommitments(ctx: Ctx, subjects: Subjects, rows: readonly ShownRow[]): Promise<Commitment[]> {
  const named = await subjects.describe(
    ctx.tx,
    rows.map((row) => ({ kind: row.subject_kind, id: row.subject_id })),
  )
  const mayWrite = may(ctx.actor.role, 'commitments.write')
  return rows.map((row) => {
    const refusal = whyNotRelease(row, row.inside && mayWrite)
    return {
      id: row.id,
      version: row.version,
      kind: row.kind,
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
      refusals: shownRefusals({ waive: refusal, handOver: refusal }),
    }
  })
}
