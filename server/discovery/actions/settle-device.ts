import type { Input, Output } from '../../../contract/action.ts'
import type { Device, devices } from '../../../contract/discovery.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { notFound, refuse, stale } from '../../platform/errors.ts'
import { deviceById, saveState, type StoredDevice } from '../devices-store.ts'
import { whyNotIgnore, whyNotWait } from '../rules/why-not-device.ts'
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
  ctx.record({ type: 'device.waits', subject: { kind: 'device', id: device.id }, after: { name: device.name } })
  return shownDevice(ctx, device.id)
}
