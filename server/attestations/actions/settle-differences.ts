import type { Input, Output } from '../../../contract/action.ts'
import type { attestations } from '../../../contract/attestations.ts'
import { assetByKey, assetsById, moveAsset } from '../../assets/public.ts'
import { handOut, takeBack, transfer } from '../../custody/public.ts'
import { sentence } from '../../platform/catalogue.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { invalid, refuse } from '../../platform/errors.ts'
import { itemsById, itemsOfAsk, recountAsk, saveSettled, type StoredItem } from '../asks-store.ts'
import { addCounts, attestationById, type StoredAttestation } from '../attestations-store.ts'
import { keepProblemMoment } from '../moments.ts'
import { whyNotSettle } from '../rules/why-not-attest.ts'
import { itemFacts, shownAttestation, shownItem } from '../shown.ts'
import { heldAttestation } from './run-campaign.ts'

type Given = Input<typeof attestations.settle>

/** Settles differences: what changes of a thing changes through custody, or through its life cycle. All of them or none. */
export async function settleDifferences(ctx: Ctx, input: Given): Promise<Output<typeof attestations.settle>> {
  const t = await heldAttestation(ctx, { id: input.id })
  const wanted = [...new Set(input.items)]
  const items = await itemsById(ctx.tx, t.id, wanted, true)
  if (items.length < wanted.length) throw invalid('items', 'attestations.item-unknown')
  for (const item of items) refuse(whyNotSettle(t.state, itemFacts(item), input.remedy, input.reason))
  const asset = await carryOut(ctx, t, items, input)
  await saveSettled(ctx.tx, wanted, {
    remedy: input.remedy,
    reason: input.reason,
    at: ctx.now,
    by: ctx.actor.name,
    ...(asset === undefined ? {} : { asset }),
  })
  await addCounts(ctx.tx, t.id, { unsettled: -items.length })
  const cause = ctx.record({
    type: 'attestation.settled',
    subject: { kind: 'attestation', id: t.id },
    after: { remedy: input.remedy, items: items.length, ...(input.reason === '' ? {} : { reason: input.reason }) },
  })
  for (const item of items)
    if (item.asset_id !== null)
      ctx.record({
        type: 'asset.attested',
        subject: { kind: 'asset', id: item.asset_id },
        after: {
          answer: 'settled',
          person: item.person_name,
          ...(input.reason === '' ? {} : { note: input.reason }),
        },
        cause,
      })
  for (const ask of new Set(items.map((item) => item.ask_id))) await recountAsk(ctx.tx, ask, null)
  if (t.unsettled === items.length) await keepProblemMoment(ctx, t, 'settled', cause)
  const now = (await attestationById(ctx.tx, ctx.actor.organisation, t.id))!
  return {
    attestation: shownAttestation(ctx.actor, now),
    items: (await itemsById(ctx.tx, t.id, wanted)).map((item) => shownItem(ctx.actor, now, item)),
  }
}

/** Does what the remedy says; answers the thing that was given, where one was. */
async function carryOut(
  ctx: Ctx,
  t: StoredAttestation,
  items: readonly StoredItem[],
  input: Given,
): Promise<string | undefined> {
  const assets = items.flatMap((item) => item.asset_id ?? [])
  const words = sentence('attestations.reason', { reference: t.reference, person: items[0]!.person_name })
  const note = input.reason === '' ? words : `${words}: ${input.reason}`
  switch (input.remedy) {
    case 'take_back':
      await takeBack(ctx, {
        assets,
        condition: input.condition,
        note,
        repair: false,
        ...(input.location === undefined ? {} : { location: input.location }),
      })
      return undefined
    case 'transfer':
      if (input.to === undefined) throw invalid('to', 'attestations.to-needed')
      await transfer(ctx, { assets, to: { kind: 'person', id: input.to }, note })
      return undefined
    case 'lost':
      for (const before of await assetsById(ctx.tx, ctx.actor.organisation, assets, true))
        await moveAsset(ctx, before, 'lost', { reason: note })
      return undefined
    case 'give':
      return giveMissing(ctx, t, items, input)
    case 'keep':
    case 'leave':
      return undefined
  }
}

/** Hands a person what they say is missing in their list, from whoever has it by the register. */
async function giveMissing(
  ctx: Ctx,
  t: StoredAttestation,
  items: readonly StoredItem[],
  input: Given,
): Promise<string> {
  const [item, ...others] = items
  if (others.length > 0) throw invalid('items', 'attestations.one-at-a-time')
  const found = input.asset === undefined ? undefined : await assetByKey(ctx.tx, ctx.actor, input.asset)
  if (found === undefined) throw invalid('asset', 'attestations.asset-needed')
  if ((await itemsOfAsk(ctx.tx, item!.ask_id)).some((one) => one.asset_id === found.id))
    throw invalid('asset', 'attestations.listed-already', { tag: found.tag })
  const to = { kind: 'person' as const, id: item!.person_id }
  if (found.holder_kind === 'person' && found.holder_id === item!.person_id) return found.id
  const give = found.holder_id === null ? handOut : transfer
  await give(ctx, { assets: [found.id], to, note: t.reference })
  return found.id
}
