import type { Input, Output } from '../../../contract/action.ts'
import type { agentKeys } from '../../../contract/discovery.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { notFound } from '../../platform/errors.ts'
import { agentKeyPage, insertAgentKey, revokeAgentKey } from '../keys-store.ts'

export const listAgentKeys = (ctx: Ctx, input: Input<typeof agentKeys.list>): Promise<Output<typeof agentKeys.list>> =>
  agentKeyPage(ctx.tx, ctx.actor.organisation, input.limit, input.after)

export async function createAgentKey(
  ctx: Ctx,
  input: Input<typeof agentKeys.create>,
): Promise<Output<typeof agentKeys.create>> {
  const made = await insertAgentKey(ctx.tx, ctx.actor.organisation, ctx.actor.person, input.name)
  ctx.record({ type: 'agent-key.created', subject: { kind: 'agent-key', id: made.id }, after: { name: made.name } })
  return made
}

export async function endAgentKey(
  ctx: Ctx,
  input: Input<typeof agentKeys.revoke>,
): Promise<Output<typeof agentKeys.revoke>> {
  const revoked = await revokeAgentKey(ctx.tx, ctx.actor.organisation, input.id)
  if (revoked === undefined) throw notFound('agent key')
  if (revoked.fresh)
    ctx.record({
      type: 'agent-key.revoked',
      subject: { kind: 'agent-key', id: input.id },
      before: { name: revoked.key.name },
    })
  else ctx.unchanged()
  return revoked.key
}
