import { assetsById, serialKey } from '../assets/public.ts'
import { type Ctx, systemActor } from '../platform/ctx.ts'
import type { Reaction } from '../platform/outbox.ts'
import { type Platform, runCommand } from '../platform/platform.ts'
import { latestSaying } from './actions/settle-device.ts'
import { deviceById } from './devices-store.ts'
import { deviceOfAsset, waitingWithSerials } from './facts-store.ts'
import { linkDevice } from './register-device.ts'

/** The device that waits and bears the serial number of an asset is that asset; two that bear it are for a person. */
async function linkOne(ctx: Ctx, asset: { id: string }, waiting: readonly string[]): Promise<void> {
  const [id, ...others] = waiting
  if (id === undefined || others.length > 0 || (await deviceOfAsset(ctx.tx, asset.id)) !== undefined) return
  const device = (await deviceById(ctx.tx, ctx.actor.organisation, id, true))!
  const saying = await latestSaying(ctx, device)
  if (device.not_asset_ids.includes(asset.id)) return
  if (device.state === 'waiting' && saying !== null) await linkDevice(ctx, device, asset.id, saying)
}

/** The same for the many assets that an import brings at once: one question for all of them. */
export async function linkImported(
  ctx: Ctx,
  assets: readonly { id: string; serial_key: string | null }[],
): Promise<void> {
  const keys = assets.flatMap((a) => a.serial_key ?? [])
  const waiting = await waitingWithSerials(ctx.tx, ctx.actor.organisation, keys)
  for (const asset of assets)
    if (asset.serial_key !== null && waiting.has(asset.serial_key))
      await linkOne(ctx, asset, waiting.get(asset.serial_key)!)
}

/** An asset that comes into the register with the serial number of a device that waits is that device. */
export const linkRegistered = (platform: Platform): Reaction => ({
  name: 'discovery.link-registered',
  hears: ['asset.registered', 'asset.changed'],
  async react(event) {
    if (event.organisation === null || event.after === null || !('serial' in event.after)) return
    await runCommand(platform, systemActor(event.organisation, 'Linchpin', 'job'), async (ctx) => {
      ctx.unchanged()
      const [asset] = await assetsById(ctx.tx, ctx.actor.organisation, [event.subject.id])
      const key = serialKey(asset?.serial)
      if (asset === undefined || key === null) return
      const waiting = await waitingWithSerials(ctx.tx, ctx.actor.organisation, [key])
      await linkOne(ctx, asset, waiting.get(key) ?? [])
    })
  },
})
