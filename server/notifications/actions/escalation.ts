import type { Input, Output } from '../../../contract/action.ts'
import type { escalation } from '../../../contract/chat-channels.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { escalateAfterSeconds, saveEscalateAfter } from '../escalation-settings.ts'

export const showEscalation = async (ctx: Ctx): Promise<Output<typeof escalation.show>> => ({
  afterSeconds: await escalateAfterSeconds(ctx.tx, ctx.actor.organisation),
})

export async function saveEscalation(
  ctx: Ctx,
  input: Input<typeof escalation.save>,
): Promise<Output<typeof escalation.save>> {
  const before = await escalateAfterSeconds(ctx.tx, ctx.actor.organisation)
  if (before === input.afterSeconds) ctx.unchanged()
  else {
    await saveEscalateAfter(ctx.tx, ctx.actor.organisation, input.afterSeconds)
    ctx.record({
      type: 'escalation.changed',
      subject: { kind: 'organisation', id: ctx.actor.organisation },
      before: { afterSeconds: before },
      after: { afterSeconds: input.afterSeconds },
    })
  }
  return showEscalation(ctx)
}
