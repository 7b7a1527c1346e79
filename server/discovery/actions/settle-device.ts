import type { Input, Output } from '../../../contract/action.ts'
import type { Device, devices } from '../../../contract/devices.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { assetByKey } from '../../assets/public.ts'
import type { CustomValues } from '../../fields/public.ts'
import { invalid, notFound, Problem, refuse, stale } from '../../platform/errors.ts'
import { agentsOfDevice } from '../agents-store.ts'
import { deviceOfAsset } from '../facts-store.ts'
import { linkDevice, registerDevice, type Saying } from '../register-device.ts'
import { admitAsset, deviceById, refuseAsset, saveState, type StoredDevice } from '../devices-store.ts'
import { sourceOf } from '../rules/trust.ts'
import { whyNotIgnore, whyNotLink, whyNotWait } from '../rules/why-not-device.ts'
import { devicesById, showDevices } from '../seen-store.ts'

export async function shownDevice(ctx: Ctx, id: string): Promise<Device> {
  const rows = await devicesById(ctx.tx, ctx.actor.organisation, [id])
  if (rows.length === 0) throw notFound('device')
  return (await showDevices(ctx.tx, ctx.actor.organisation, rows))[0]!
}

/** The device, held; refuses what was decided on an older version of it. */
export async function heldDevice(ctx: Ctx, input: { id: string; version?: number | undefined }): Promise<StoredDevice> {
  const device = await deviceById(ctx.tx, ctx.actor.organisation, input.id, true)
  if (device === undefined) throw notFound('device')
  if (input.version !== undefined && input.version !== device.version) throw stale(await shownDevice(ctx, input.id), {})
  return device
}

export const ignoreDevice = async (
  ctx: Ctx,
  input: Input<typeof devices.ignore>,
): Promise<Output<typeof devices.ignore>> => {
  const device = await heldDevice(ctx, input)
  refuse(whyNotIgnore(device.state))
  await saveState(ctx.tx, device.id, { state: 'ignored', asset: null, mergedInto: null })
  ctx.record({ type: 'device.ignored', subject: { kind: 'device', id: device.id }, after: { name: device.name } })
  return shownDevice(ctx, device.id)
}

export const waitAgain = async (ctx: Ctx, input: Input<typeof devices.wait>): Promise<Output<typeof devices.wait>> => {
  const device = await heldDevice(ctx, input)
  refuse(whyNotWait(device.state))
  await saveState(ctx.tx, device.id, { state: 'waiting', asset: null, mergedInto: null })
  if (device.state === 'linked') await refuseAsset(ctx.tx, device.id, device.asset_id!)
  ctx.record({ type: 'device.waits', subject: { kind: 'device', id: device.id }, after: { name: device.name } })
  return shownDevice(ctx, device.id)
}

/** What the agent that looks deepest says of a device; null where none reports it any more. */
export async function latestSaying(ctx: Ctx, device: StoredDevice): Promise<Saying | null> {
  const agents = await agentsOfDevice(ctx.tx, device.id)
  const agent = agents.find((one) => one.task === 'inventory') ?? agents[0]
  if (agent === undefined) return null
  const { kind, name, serial, manufacturer, model, os, address } = device
  return {
    summary: { kind, name, serial, manufacturer, model, os, address },
    source: sourceOf(agent.task),
    agent: agent.id,
  }
}

const settled = async (ctx: Ctx, device: StoredDevice): Promise<Saying> => {
  refuse(whyNotLink(device.state))
  const saying = await latestSaying(ctx, device)
  if (saying === null) throw new Problem(409, 'discovery.no-agent')
  return saying
}

export const registerSeen =
  (customValues: CustomValues) =>
  async (ctx: Ctx, input: Input<typeof devices.register>): Promise<Output<typeof devices.register>> => {
    const device = await heldDevice(ctx, input)
    await registerDevice(ctx, customValues, device, await settled(ctx, device), input)
    return shownDevice(ctx, device.id)
  }

export async function linkSeen(ctx: Ctx, input: Input<typeof devices.link>): Promise<Output<typeof devices.link>> {
  const device = await heldDevice(ctx, input)
  const saying = await settled(ctx, device)
  const asset = await assetByKey(ctx.tx, ctx.actor, input.asset)
  if (asset === undefined) throw invalid('asset', 'discovery.asset-unknown')
  if ((await deviceOfAsset(ctx.tx, asset.id)) !== undefined)
    throw new Problem(409, 'discovery.asset-seen', { tag: asset.tag })
  await admitAsset(ctx.tx, device.id, asset.id)
  await linkDevice(ctx, device, asset.id, saying)
  return shownDevice(ctx, device.id)
}
