import type { Input, Output } from '../../../contract/action.ts'
import type { catalogue } from '../../../contract/catalogue.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { demandService } from '../queries.ts'
import { discardDraft, draftsOf, saveDraft } from '../services-store.ts'
import { formStateOf } from '../shown.ts'

/** Keeps what was typed as it is, complete or not. Nobody else hears of it, so it is no event. */
export async function keepDraft(
  ctx: Ctx,
  input: Input<typeof catalogue.saveDraft>,
): Promise<Output<typeof catalogue.saveDraft>> {
  const s = await demandService(ctx, input.id)
  ctx.unchanged()
  if (ctx.actor.person !== null) await saveDraft(ctx.tx, ctx.actor.person, s.id, input.answers)
  return formStateOf(s.definition, input.answers)
}

export async function forgetDraft(
  ctx: Ctx,
  input: Input<typeof catalogue.discardDraft>,
): Promise<Output<typeof catalogue.discardDraft>> {
  ctx.unchanged()
  const { person } = ctx.actor
  if (person === null || !(await draftsOf(ctx.tx, person)).has(input.id)) return { discarded: false }
  return { discarded: await discardDraft(ctx.tx, person, input.id) }
}
