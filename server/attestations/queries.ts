import type { Input, Output } from '../../contract/action.ts'
import type { attestations } from '../../contract/attestations.ts'
import type { Ctx } from '../platform/ctx.ts'
import { notFound } from '../platform/errors.ts'
import { historyPage } from '../platform/history.ts'
import { askOf, differencePage, openAsksOf, peoplePage } from './asks-store.ts'
import { attestationById, attestationPage, type StoredAttestation } from './attestations-store.ts'
import { shownAsk, shownAttestation, shownItem, shownPerson } from './shown.ts'

async function seen(ctx: Ctx, id: string): Promise<StoredAttestation> {
  const found = await attestationById(ctx.tx, ctx.actor.organisation, id)
  if (found === undefined) throw notFound('campaign')
  return found
}

export async function listAttestations(
  ctx: Ctx,
  input: Input<typeof attestations.list>,
): Promise<Output<typeof attestations.list>> {
  const { rows, next } = await attestationPage(ctx.tx, ctx.actor, input.open, input.limit, input.after)
  return { items: rows.map((t) => shownAttestation(ctx.actor, t)), next }
}

export async function showAttestation(
  ctx: Ctx,
  input: Input<typeof attestations.show>,
): Promise<Output<typeof attestations.show>> {
  return shownAttestation(ctx.actor, await seen(ctx, input.id))
}

export async function listPeople(
  ctx: Ctx,
  input: Input<typeof attestations.people>,
): Promise<Output<typeof attestations.people>> {
  const t = await seen(ctx, input.id)
  const { rows, next } = await peoplePage(ctx.tx, t.id, input.done, input.limit, input.after)
  return { items: rows.map(shownPerson), next }
}

export async function listDifferences(
  ctx: Ctx,
  input: Input<typeof attestations.differences>,
): Promise<Output<typeof attestations.differences>> {
  const t = await seen(ctx, input.id)
  const { rows, next } = await differencePage(ctx.tx, t.id, input.settled, input.limit, input.after)
  return { items: rows.map((item) => shownItem(ctx.actor, t, item)), next }
}

export async function showAsk(
  ctx: Ctx,
  input: Input<typeof attestations.ask>,
): Promise<Output<typeof attestations.ask>> {
  const t = await seen(ctx, input.id)
  const found = await askOf(ctx.tx, ctx.actor, t.id, input.person)
  if (found === undefined) throw notFound('person')
  return shownAsk(ctx, t, found)
}

export async function showAttestationHistory(
  ctx: Ctx,
  input: Input<typeof attestations.history>,
): Promise<Output<typeof attestations.history>> {
  const t = await seen(ctx, input.id)
  return historyPage(ctx.tx, t.id, ctx.actor.zone, input.limit, input.after)
}

/** What the reader is asked; nothing for whoever is no person. */
export async function listMine(
  ctx: Ctx,
  _input: Input<typeof attestations.mine>,
): Promise<Output<typeof attestations.mine>> {
  if (ctx.actor.person === null) return { items: [] }
  const items = []
  for (const k of await openAsksOf(ctx.tx, ctx.actor.person)) {
    const t = (await attestationById(ctx.tx, ctx.actor.organisation, k.attestation_id))!
    items.push(await shownAsk(ctx, t, k))
  }
  return { items }
}
