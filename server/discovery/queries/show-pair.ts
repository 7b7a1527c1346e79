import type { Input, Output } from '../../../contract/action.ts'
import type { Device, DevicePair, devicePairs } from '../../../contract/devices.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { notFound } from '../../platform/errors.ts'
import { sql } from '../../platform/db.ts'
import { shownRefusals } from '../../platform/refusals.ts'
import { seenAssets } from '../facts-store.ts'
import { assetsOf, mergeOf, pairById, pairPage, type StoredPair } from '../pairs-store.ts'
import { whyNotDecide, whyNotUndo } from '../rules/why-not-device.ts'
import { agentsWhere, devicesById, sectionsOf, showAgents, showDevices } from '../seen-store.ts'

async function shown(ctx: Ctx, pairs: readonly StoredPair[]): Promise<DevicePair[]> {
  const ids = pairs.flatMap((pair) => [pair.one_id, pair.other_id])
  const rows = await devicesById(ctx.tx, ctx.actor.organisation, ids)
  const devices = new Map(
    (await showDevices(ctx.tx, ctx.actor.organisation, rows)).map((device) => [device.id, device]),
  )
  const taken = await seenAssets(ctx.tx, assetsOf(pairs))
  const sides = (pair: StoredPair): [Device, Device] => [devices.get(pair.one_id)!, devices.get(pair.other_id)!]
  return pairs.map((pair) => ({
    id: pair.id,
    one: sides(pair)[0],
    other: sides(pair)[1],
    reasons: pair.reasons,
    state: pair.state,
    foundAt: pair.found_at,
    decidedAt: pair.decided_at,
    decidedBy: pair.decided_by_name,
    refusals: shownRefusals({
      decide: whyNotDecide(
        pair.state,
        sides(pair).map((device) => device.state),
      ),
      undo: whyNotUndo(pair.state, mergeOf(pair, sides(pair), taken)),
    }),
  }))
}

export async function showPair(ctx: Ctx, id: string): Promise<DevicePair> {
  const pair = await pairById(ctx.tx, ctx.actor.organisation, id)
  if (pair === undefined) throw notFound('pair')
  return (await shown(ctx, [pair]))[0]!
}

export const listPairs = async (
  ctx: Ctx,
  input: Input<typeof devicePairs.list>,
): Promise<Output<typeof devicePairs.list>> => {
  const { rows, next } = await pairPage(ctx.tx, ctx.actor.organisation, input.decided, input.limit, input.after)
  return { items: await shown(ctx, rows), next }
}

/** Everything each agent of a device sees of it. */
export async function seenOf(ctx: Ctx, device: string) {
  const rows = await agentsWhere(ctx.tx, ctx.actor.organisation, sql<boolean>`a.device_id = ${device}`)
  return seenByAgents(ctx, rows)
}

async function seenByAgents(ctx: Ctx, rows: Awaited<ReturnType<typeof agentsWhere>>) {
  const agents = await showAgents(ctx.tx, ctx.actor.organisation, rows)
  const sections = await sectionsOf(
    ctx.tx,
    rows.map((row) => row.id),
  )
  return agents.map((agent) => ({ agent, sections: sections.get(agent.id) ?? [] }))
}

export const showPairWithSeen = async (
  ctx: Ctx,
  input: Input<typeof devicePairs.show>,
): Promise<Output<typeof devicePairs.show>> => {
  const pair = await pairById(ctx.tx, ctx.actor.organisation, input.id)
  if (pair === undefined) throw notFound('pair')
  // agents that a merge moved are still shown on the side they came from
  const moved = pair.moved?.agents ?? []
  const side = (device: string) =>
    pair.moved === null
      ? sql<boolean>`a.device_id = ${device}`
      : device === pair.moved.ended
        ? sql<boolean>`a.id = any(${moved}::uuid[])`
        : sql<boolean>`a.device_id = ${device} and not a.id = any(${moved}::uuid[])`
  const of = async (device: string) =>
    seenByAgents(ctx, await agentsWhere(ctx.tx, ctx.actor.organisation, side(device)))
  return {
    ...(await shown(ctx, [pair]))[0]!,
    seenOfOne: await of(pair.one_id),
    seenOfOther: await of(pair.other_id),
  }
}
