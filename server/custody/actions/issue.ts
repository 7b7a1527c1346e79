import type { Input, Output } from '../../../contract/action.ts'
import type { custodies } from '../../../contract/custody.ts'
import { moveStock } from '../../assets/public.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { notFound, refuse } from '../../platform/errors.ts'
import { newId } from '../../platform/identifiers.ts'
import { tellGiven, termsFor } from '../acceptance.ts'
import { custodiesByIds, custodyById, endIssue, insertCustodies } from '../custody-store.ts'
import { demandHolder } from '../holders.ts'
import { whyNotTakeIssued } from '../rules/why-not-custody.ts'
import { issueFacts, shownCustody } from '../shown-custody.ts'

/** Issues so many of a counted item; of two who take the last ones, one gets them. */
export async function issue(ctx: Ctx, input: Input<typeof custodies.issue>): Promise<Output<typeof custodies.issue>> {
  await demandHolder(ctx, input.to, [])
  const item = await moveStock(ctx, input.stock, -input.quantity, {
    type: 'stock.issued',
    reason: input.note,
    params: { holder: input.to.id, holder_kind: input.to.kind },
  })
  const terms = input.to.kind === 'person' ? (await termsFor(ctx))(item.category_id) : null
  const id = newId()
  await insertCustodies(ctx.tx, [
    {
      id,
      organisation_id: ctx.actor.organisation,
      asset_id: null,
      stock_id: input.stock,
      quantity: input.quantity,
      holder_kind: input.to.kind,
      holder_id: input.to.id,
      handed_at: ctx.now,
      handed_by: ctx.actor.person,
      handed_by_name: ctx.actor.name,
      note: input.note,
      due_back_on: null,
      acceptance: terms === null ? 'none' : 'waiting',
      terms_id: terms?.id ?? null,
      terms_text: terms?.body ?? null,
    },
  ])
  const rows = await custodiesByIds(ctx.tx, [id])
  await tellGiven(ctx, rows, id)
  return shownCustody(ctx, rows[0]!)
}

/** Takes issued accessories back. What is damaged or incomplete does not go to stock again. */
export async function takeIssued(
  ctx: Ctx,
  input: Input<typeof custodies.takeIssued>,
): Promise<Output<typeof custodies.takeIssued>> {
  const before = await custodyById(ctx.tx, ctx.actor, input.id, true)
  if (before === undefined || before.stock_id === null) throw notFound('issue')
  refuse(whyNotTakeIssued(issueFacts(before)))
  await endIssue(ctx.tx, before.id, {
    at: ctx.now,
    by: ctx.actor.name,
    condition: input.condition,
    note: input.note,
  })
  const isUsable = input.condition === 'good' || input.condition === 'worn'
  if (isUsable)
    await moveStock(ctx, before.stock_id, before.quantity, { type: 'stock.taken-back', reason: input.condition })
  else
    ctx.record({
      type: 'stock.taken-back',
      subject: { kind: 'stock', id: before.stock_id },
      after: { change: 0, reason: input.condition },
    })
  return shownCustody(ctx, (await custodyById(ctx.tx, ctx.actor, before.id))!)
}
