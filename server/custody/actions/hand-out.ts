import type { Input, Output } from '../../../contract/action.ts'
import type { custodies } from '../../../contract/custody.ts'
import { changeAssets, comingInto, lifeFacts, type StoredAsset, whyNotBecome } from '../../assets/public.ts'
import { type Ctx, dayAfter, todayOf } from '../../platform/ctx.ts'
import { invalid, type Refusal, refuse } from '../../platform/errors.ts'
import { newId } from '../../platform/identifiers.ts'
import { keepAcceptances, tellGiven, termsFor } from '../acceptance.ts'
import { custodiesByIds, endCustodies, insertCustodies } from '../custody-store.ts'
import { custodyFacts, heldAssets } from '../held-assets.ts'
import { demandHolder } from '../holders.ts'
import { whyNotHandOut, whyNotTransfer } from '../rules/why-not-custody.ts'
import { shownCustody } from '../shown-custody.ts'

type Given = Input<typeof custodies.handOut>

/** Hands out what is at hand. Of two who hand out the last one at the same moment, one does: the row of the asset decides. */
export async function handOut(ctx: Ctx, input: Given): Promise<Output<typeof custodies.handOut>> {
  const assets = await heldAssets(ctx, input.assets, input.to)
  return give(ctx, input, assets, 'asset.handed-out', (a) => whyNotHandOut(custodyFacts(a)))
}

/** Passes on what somebody has. */
export async function transfer(ctx: Ctx, input: Given): Promise<Output<typeof custodies.transfer>> {
  const assets = await heldAssets(ctx, input.assets, input.to)
  return give(ctx, input, assets, 'asset.transferred', (a) => whyNotTransfer(custodyFacts(a), input.to))
}

async function give(
  ctx: Ctx,
  input: Given,
  assets: readonly StoredAsset[],
  type: 'asset.handed-out' | 'asset.transferred',
  whyNot: (a: StoredAsset) => Refusal | null,
): Promise<Output<typeof custodies.handOut>> {
  for (const a of assets) refuse(whyNot(a))
  await demandHolder(ctx, input.to, assets)
  if (input.dueBackOn !== undefined && input.dueBackOn < todayOf(ctx))
    throw invalid('dueBackOn', 'custody.back-in-past')
  const givenOf = (a: StoredAsset) => ({
    holder_kind: input.to.kind,
    holder_id: input.to.id,
    held_since: ctx.now,
    due_back_on: input.dueBackOn ?? (a.pool_loan_days === null ? null : dayAfter(ctx, a.pool_loan_days)),
    ...(input.to.kind === 'location' ? { location_id: input.to.id } : {}),
  })
  for (const a of assets)
    if (a.state !== 'deployed') refuse(whyNotBecome(lifeFacts({ ...a, ...givenOf(a) }), 'deployed', input.note))
  const terms = input.to.kind === 'person' ? await termsFor(ctx) : () => null
  const made = assets.map((a) => {
    const accepted = terms(a.category_id)
    return {
      id: newId(),
      organisation_id: ctx.actor.organisation,
      asset_id: a.id,
      stock_id: null,
      quantity: 1,
      holder_kind: input.to.kind,
      holder_id: input.to.id,
      handed_at: ctx.now,
      handed_by: ctx.actor.person,
      handed_by_name: ctx.actor.name,
      note: input.note,
      due_back_on: givenOf(a).due_back_on,
      acceptance: accepted === null ? ('none' as const) : ('waiting' as const),
      terms_id: accepted?.id ?? null,
      terms_text: accepted?.body ?? null,
    }
  })
  await endCustodies(
    ctx.tx,
    assets.map((a) => a.id),
    { at: ctx.now, by: ctx.actor.name, how: 'transferred', condition: null, note: '' },
  )
  await insertCustodies(ctx.tx, made)
  await changeAssets(
    ctx,
    assets.map((before) => ({ before, columns: comingInto(ctx, before, 'deployed', givenOf(before)) })),
    {
      type,
      reason: input.note,
      ...(assets.some((a) => a.due_back_on !== null) ? { done: ['expected_return'] as const } : {}),
      anew: ['expected_return'],
    },
  )
  const rows = await custodiesByIds(
    ctx.tx,
    made.map((c) => c.id),
  )
  const cause = newId()
  await keepAcceptances(
    ctx,
    rows.map((c) => ({
      asset: c.asset_id!,
      tag: c.asset_tag ?? '',
      holder: c.holder_name,
      owner: ctx.actor.person,
      step: c.acceptance === 'waiting' ? 'wanted' : 'over',
    })),
    cause,
  )
  await tellGiven(ctx, rows, cause)
  return { items: rows.map((c) => shownCustody(ctx, c)) }
}
