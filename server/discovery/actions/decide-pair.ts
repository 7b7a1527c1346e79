import type { Input, Output } from '../../../contract/action.ts'
import type { devicePairs } from '../../../contract/devices.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { notFound, refuse } from '../../platform/errors.ts'
import { deviceById, notePairs, saveState, type StoredDevice } from '../devices-store.ts'
import { seenAssets } from '../facts-store.ts'
import {
  assetsOf,
  mergeOf,
  type Moved,
  moveAgents,
  openPairsOf,
  pairById,
  recountOf,
  savePair,
  type StoredPair,
} from '../pairs-store.ts'
import { showPair } from '../queries/show-pair.ts'
import { whyNotDecide, whyNotUndo } from '../rules/why-not-device.ts'

/** Both devices held, in one order for all who decide. */
async function held(ctx: Ctx, id: string): Promise<{ pair: StoredPair; one: StoredDevice; other: StoredDevice }> {
  const pair = await pairById(ctx.tx, ctx.actor.organisation, id, true)
  if (pair === undefined) throw notFound('pair')
  const one = (await deviceById(ctx.tx, ctx.actor.organisation, pair.one_id, true))!
  const other = (await deviceById(ctx.tx, ctx.actor.organisation, pair.other_id, true))!
  return { pair, one, other }
}

const standing = (device: StoredDevice): Moved['was'] => ({
  state: device.state as Moved['was']['state'],
  asset: device.asset_id,
})

/** The one that is an asset stays, else the one that was seen first. */
const whichStays = (one: StoredDevice, other: StoredDevice): [stays: StoredDevice, ends: StoredDevice] =>
  one.state !== 'linked' && other.state === 'linked' ? [other, one] : [one, other]

export const decidePair = async (
  ctx: Ctx,
  input: Input<typeof devicePairs.decide>,
): Promise<Output<typeof devicePairs.decide>> => {
  const { pair, one, other } = await held(ctx, input.id)
  refuse(whyNotDecide(pair.state, [one.state, other.state]))
  const by = { id: ctx.actor.id, name: ctx.actor.name }
  if (!input.same) {
    await savePair(ctx.tx, pair.id, { state: 'different', by, at: ctx.now, moved: null })
    ctx.record({
      type: 'device.told-apart',
      subject: { kind: 'device', id: one.id },
      after: { other: other.id, name: other.name },
    })
    return showPair(ctx, pair.id)
  }
  const [stays, ends] = whichStays(one, other)
  // what was doubtful of the one that ends is doubtful of the one that stays
  const doubts = (await openPairsOf(ctx.tx, ends.id)).filter((doubt) => doubt.device !== stays.id)
  await notePairs(ctx.tx, ctx.actor.organisation, stays.id, doubts, ctx.now)
  const agents = await moveAgents(ctx.tx, ends.id, stays.id)
  await recountOf(
    ctx.tx,
    agents.map((agent) => agent.number),
  )
  // what an asset said of the one that ends stays with it, for whoever takes the merge back
  await saveState(ctx.tx, ends.id, { state: 'merged', asset: ends.asset_id, mergedInto: stays.id })
  await savePair(ctx.tx, pair.id, {
    state: 'same',
    by,
    at: ctx.now,
    moved: {
      ended: ends.id,
      stays: stays.id,
      agents: agents.map((agent) => agent.id),
      was: standing(ends),
    },
  })
  ctx.record({
    type: 'device.merged',
    subject: { kind: 'device', id: stays.id },
    after: { from: ends.id, name: ends.name, agents: agents.length },
  })
  return showPair(ctx, pair.id)
}

export const undoPair = async (
  ctx: Ctx,
  input: Input<typeof devicePairs.undo>,
): Promise<Output<typeof devicePairs.undo>> => {
  const { pair, one, other } = await held(ctx, input.id)
  const { moved } = pair
  refuse(whyNotUndo(pair.state, mergeOf(pair, [one, other], await seenAssets(ctx.tx, assetsOf([pair])))))
  if (moved !== null) {
    const back = await moveAgents(ctx.tx, moved.stays, moved.ended, moved.agents)
    await recountOf(
      ctx.tx,
      back.map((agent) => agent.number),
    )
    await saveState(ctx.tx, moved.ended, { ...moved.was, mergedInto: null })
  }
  await savePair(ctx.tx, pair.id, { state: 'open', by: null, at: ctx.now, moved: null })
  ctx.record({
    type: 'device.decision-undone',
    subject: { kind: 'device', id: one.id },
    before: { state: pair.state, name: other.name },
  })
  return showPair(ctx, pair.id)
}
