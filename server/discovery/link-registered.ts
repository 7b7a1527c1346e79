import { assetsById, serialKey } from '../assets/public.ts'
import { systemActor } from '../platform/ctx.ts'
import type { Reaction } from '../platform/outbox.ts'
import { type Platform, runCommand } from '../platform/platform.ts'
import { latestSaying } from './actions/settle-device.ts'
import { deviceById } from './devices-store.ts'
import { deviceOfAsset, waitingWithSerial } from './facts-store.ts'
import { linkDevice } from './register-device.ts'

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
      if (asset === undefined || key === null || (await deviceOfAsset(ctx.tx, asset.id)) !== undefined) return
      // two that bear it are for a person
      const [id, ...others] = await waitingWithSerial(ctx.tx, ctx.actor.organisation, key)
      if (id === undefined || others.length > 0) return
      const device = (await deviceById(ctx.tx, ctx.actor.organisation, id, true))!
      const saying = await latestSaying(ctx, device)
      if (device.not_asset_ids.includes(asset.id)) return
      if (device.state === 'waiting' && saying !== null) await linkDevice(ctx, device, asset.id, saying)
    })
  },
})
