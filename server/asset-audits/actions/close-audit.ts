import type { Input, Output } from '../../../contract/action.ts'
import type { assetAudits } from '../../../contract/asset-audits.ts'
import { type Ctx, todayOf } from '../../platform/ctx.ts'
import { refuse } from '../../platform/errors.ts'
import { saveAudit } from '../audits-store.ts'
import { keepFigures } from '../closed-store.ts'
import { heldAudit } from '../held-audit.ts'
import { whyNotClose } from '../rules/audit-states.ts'
import { shownAudit } from '../shown-audit.ts'
import { tellAssetsTask } from '../tell-assets.ts'
import { moved } from './move-audit.ts'

/** Closes an audit: how true the register was is kept, and each thing that was found is told by a job that it was audited. */
export async function closeAudit(
  ctx: Ctx,
  input: Input<typeof assetAudits.close>,
): Promise<Output<typeof assetAudits.close>> {
  const u = await heldAudit(ctx, input)
  refuse(whyNotClose(u))
  await saveAudit(ctx.tx, u.id, { state: 'closed', closed_at: ctx.now, closed_by_name: ctx.actor.name })
  await keepFigures(ctx.tx, u.organisation_id, u.id, todayOf(ctx))
  ctx.addJob(tellAssetsTask, { audit: u.id, organisation: u.organisation_id }, { key: `${tellAssetsTask} ${u.id}` })
  const of = u.found + u.missing + u.elsewhere + u.fresh
  return shownAudit(ctx.actor, await moved(ctx, u.id, 'closed', { found: u.found, of }))
}
