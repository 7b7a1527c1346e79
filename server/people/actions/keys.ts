import type { Input, Output } from '../../../contract/action.ts'
import type { keys } from '../../../contract/api-keys.ts'
import { tellAccess } from '../access.ts'
import { insertKey, keyPage, revokeKey } from '../keys-store.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { notFound, Problem } from '../../platform/errors.ts'

export const listKeys = (ctx: Ctx, input: Input<typeof keys.list>): Promise<Output<typeof keys.list>> =>
  keyPage(ctx.tx, ctx.actor.organisation, input.limit, input.after)

export async function createKey(ctx: Ctx, input: Input<typeof keys.create>): Promise<Output<typeof keys.create>> {
  const expiresAt = input.expiresAt ?? null
  if (expiresAt !== null && Date.parse(expiresAt) <= Date.parse(ctx.now))
    throw new Problem(400, 'people.expiry-past', {}, { fields: [{ path: 'expiresAt', message: 'past' }] })
  const made = await insertKey(ctx.tx, ctx.actor.organisation, ctx.actor.person, {
    name: input.name,
    role: input.role,
    expiresAt,
  })
  ctx.record({
    type: 'key.created',
    subject: { kind: 'key', id: made.id },
    after: { name: input.name, role: input.role, expiresAt },
  })
  return made
}

export async function endKey(ctx: Ctx, input: Input<typeof keys.revoke>): Promise<Output<typeof keys.revoke>> {
  const revoked = await revokeKey(ctx.tx, ctx.actor.organisation, input.id)
  if (revoked === undefined) throw notFound('key')
  if (!revoked.fresh) ctx.unchanged()
  else {
    await tellAccess(ctx.tx)
    ctx.record({ type: 'key.revoked', subject: { kind: 'key', id: input.id } })
  }
  return revoked.key
}
