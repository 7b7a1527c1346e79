import type { Input, Output } from '../../../contract/action.ts'
import type { custodies } from '../../../contract/custody.ts'
import { changeAssets, comingInto, lifeFacts, whyNotBecome } from '../../assets/public.ts'
import { locationById } from '../../locations/public.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { invalid, refuse } from '../../platform/errors.ts'
import { newId } from '../../platform/identifiers.ts'
import { keepAcceptances } from '../acceptance.ts'
import { custodiesByIds, endCustodies } from '../custody-store.ts'
import { custodyFacts, heldAssets } from '../held-assets.ts'
import { whyNotTakeBack } from '../rules/why-not-custody.ts'
import { shownCustody } from '../shown-custody.ts'

/** Takes assets back, to stock or to repair, with the condition in which they came. */
export async function takeBack(
  ctx: Ctx,
  input: Input<typeof custodies.takeBack>,
): Promise<Output<typeof custodies.takeBack>> {
  const assets = await heldAssets(ctx, input.assets)
  for (const a of assets) refuse(whyNotTakeBack(custodyFacts(a)))
  if (input.location !== undefined) {
    const location = await locationById(ctx.tx, ctx.actor.organisation, input.location)
    if (location === undefined || !location.active) throw invalid('location', 'assets.location-unknown')
  }
  const to = input.repair ? 'in_repair' : 'in_stock'
  const given = {
    holder_kind: null,
    holder_id: null,
    held_since: null,
    due_back_on: null,
    ...(input.location === undefined ? {} : { location_id: input.location }),
  }
  const reason = [input.condition === 'good' ? '' : input.condition, input.note].filter((w) => w !== '').join(': ')
  for (const a of assets)
    if (a.state !== to) refuse(whyNotBecome(lifeFacts({ ...a, ...given }), to, reason === '' ? 'returned' : reason))
  const ended = await endCustodies(
    ctx.tx,
    assets.map((a) => a.id),
    { at: ctx.now, by: ctx.actor.name, how: 'returned', condition: input.condition, note: input.note },
  )
  await changeAssets(
    ctx,
    assets.map((before) => ({ before, columns: comingInto(ctx, before, to, given) })),
    { type: 'asset.taken-back', reason, done: ['expected_return'] },
  )
  const rows = await custodiesByIds(ctx.tx, ended)
  await keepAcceptances(
    ctx,
    rows.map((c) => ({
      asset: c.asset_id!,
      tag: c.asset_tag ?? '',
      holder: c.holder_name,
      owner: c.handed_by,
      step: 'over',
    })),
    newId(),
  )
  return { items: rows.map((c) => shownCustody(ctx, c)) }
}
