import type { Input, Output } from '../../../contract/action.ts'
import type { custodies } from '../../../contract/custody.ts'
import { insertNotices } from '../../notifications/public.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { invalid, notFound, refuse } from '../../platform/errors.ts'
import { keepAcceptances } from '../acceptance.ts'
import { custodyById, saveAnswer } from '../custody-store.ts'
import { whyNotAnswer } from '../rules/why-not-custody.ts'
import { answerFacts, shownCustody } from '../shown-custody.ts'

/** Accepts the terms by a typed name, or declines with a reason. The terms stay as they were shown. */
export async function answer(
  ctx: Ctx,
  input: Input<typeof custodies.answer>,
): Promise<Output<typeof custodies.answer>> {
  const before = await custodyById(ctx.tx, ctx.actor, input.id, true)
  if (before === undefined) throw notFound('thing')
  refuse(whyNotAnswer(answerFacts(ctx.actor, before)))
  if (input.accept && input.signature === undefined) throw invalid('signature', 'custody.sign')
  if (!input.accept && input.reason.length < 3) throw invalid('reason', 'custody.say-why')
  await saveAnswer(ctx.tx, before.id, {
    at: ctx.now,
    accepted: input.accept,
    signature: input.accept ? (input.signature ?? null) : null,
    note: input.reason,
  })
  const subject =
    before.asset_id === null ? { kind: 'stock', id: before.stock_id! } : { kind: 'asset', id: before.asset_id }
  const type = input.accept ? 'custody.accepted' : 'custody.declined'
  const cause = ctx.record({
    type,
    subject,
    after: {
      custody: before.id,
      ...(input.accept ? { signature: input.signature } : {}),
      ...(input.reason === '' ? {} : { reason: input.reason }),
    },
  })
  if (before.asset_id !== null)
    await keepAcceptances(
      ctx,
      [
        {
          asset: before.asset_id,
          tag: before.asset_tag ?? '',
          holder: before.holder_name,
          owner: before.handed_by,
          step: input.accept ? 'accepted' : 'declined',
        },
      ],
      cause,
    )
  if (!input.accept && before.handed_by !== null && before.handed_by !== ctx.actor.person)
    await insertNotices(ctx.tx, [
      {
        person: before.handed_by,
        kind: 'custody.declined',
        code: 'custody.notice.declined',
        params: { by: ctx.actor.name, what: before.stock_name ?? before.asset_tag ?? '', reason: input.reason },
        subject,
        cause: `custody:${cause}`,
        at: ctx.now,
      },
    ])
  return shownCustody(ctx, (await custodyById(ctx.tx, ctx.actor, before.id))!)
}
