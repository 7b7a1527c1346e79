import { keepMoments } from '../commitments/public.ts'
import { sentence } from '../platform/catalogue.ts'
import type { Ctx } from '../platform/ctx.ts'
import type { StoredAudit } from './audits-store.ts'

const day = 86_400

/** Keeps what is promised about an audit in step with its days: that it begins, and that it is closed. */
export async function keepAuditMoments(ctx: Ctx, u: StoredAudit, cause: string): Promise<void> {
  const { reference, name, state } = u
  const isOver = state === 'closed' || state === 'cancelled'
  await keepMoments(ctx, u.organisation_id, [
    {
      subject: { kind: 'asset_audit', id: u.id },
      owner: { person: u.owner_id, teams: [] },
      moments: [
        {
          kind: 'audit_start',
          title: sentence('assetAudits.moment.start', { reference, name }),
          on: state === 'planned' ? u.planned_on : null,
          warnSeconds: day,
          done: state !== 'planned' && state !== 'cancelled',
        },
        {
          kind: 'audit_due',
          title: sentence('assetAudits.moment.due', { reference, name }),
          on: isOver ? null : u.due_on,
          warnSeconds: 2 * day,
          done: state === 'closed',
        },
      ],
      cause,
    },
  ])
}
