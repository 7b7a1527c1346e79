import type { Input, Output } from '../../../contract/action.ts'
import type { assetAudits } from '../../../contract/asset-audits.ts'
import { assetByKey } from '../../assets/public.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { notFound } from '../../platform/errors.ts'
import { auditsOfAsset } from '../closed-store.ts'

/** The closed audits of an asset, by its id or tag. Those that are open say nothing yet, least of all a blind one. */
export async function listAuditsOfAsset(
  ctx: Ctx,
  input: Input<typeof assetAudits.ofAsset>,
): Promise<Output<typeof assetAudits.ofAsset>> {
  const asset = await assetByKey(ctx.tx, ctx.actor, input.id)
  if (asset === undefined) throw notFound('asset')
  const { rows, next } = await auditsOfAsset(ctx.tx, asset.id, input.limit, input.after)
  return {
    items: rows.map((r) => ({
      audit: { id: r.audit_id, reference: r.reference, name: r.name },
      closedAt: r.closed_at,
      bucket: r.bucket,
      scannedAt: r.scanned_at,
      by: r.by_name,
      location: r.location_id === null ? null : { id: r.location_id, name: r.location_name ?? '' },
      condition: r.condition,
      note: r.note ?? '',
    })),
    next,
  }
}
