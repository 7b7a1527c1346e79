import type { Input, Output } from '../../../contract/action.ts'
import type { serviceLevels } from '../../../contract/service-levels.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { recentRetargets } from '../retargets-store.ts'

const most = 20

export async function listMoves(
  ctx: Ctx,
  input: Input<typeof serviceLevels.moves>,
): Promise<Output<typeof serviceLevels.moves>> {
  const rows = await recentRetargets(ctx.tx, ctx.actor.organisation, input, most)
  return {
    items: rows.map((r) => ({
      id: r.id,
      serviceLevel: r.service_level_id === null ? null : { id: r.service_level_id, name: r.level_name ?? '' },
      zone: r.zone,
      reason: r.reason,
      total: r.total,
      done: r.done,
      startedAt: r.created_at,
      finishedAt: r.finished_at,
    })),
  }
}
