import type { Input, Output } from '../../../contract/action.ts'
import type { tickets } from '../../../contract/tickets.ts'
import { isEmptyText, sanitised } from '../../notes/public.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { startBulk } from '../bulk/bulk-acts.ts'
import { childrenOf } from '../parents-store.ts'
import { resolveTicket } from './move-ticket.ts'

/**
 * Resolves a ticket and, where so asked, starts the bulk edit that resolves its open children with the same words: both or, where one is refused, neither.
 * Children that are all done by now are none to resolve.
 */
export async function resolveFamily(
  ctx: Ctx,
  { children, ...input }: Input<typeof tickets.resolve>,
): Promise<Output<typeof tickets.resolve>> {
  const resolved = await resolveTicket(ctx, input)
  if (children === true && (await childrenOf(ctx.tx, ctx.actor, resolved.id)).open > 0) {
    const said = isEmptyText(sanitised(input.resolution)) ? {} : { resolution: input.resolution }
    await startBulk(ctx, {
      filter: { parent: resolved.id, open: true, sort: '-created' },
      change: { state: 'resolved', ...said },
    })
  }
  return resolved
}
