import { installedSoftware, programs } from '../../contract/installed-software.ts'
import { assetByKey } from '../assets/public.ts'
import { notFound } from '../platform/errors.ts'
import { type Route, serve } from '../platform/mount.ts'
import { deviceById } from './devices-store.ts'
import { deviceOfAsset } from './facts-store.ts'
import { devicesWith, installedOn, programById, programPage, versionsOf } from './installed-store.ts'

export const softwareRoutes: Route[] = [
  serve(installedSoftware.ofAsset, async (ctx, input) => {
    const asset = await assetByKey(ctx.tx, ctx.actor, input.id)
    if (asset === undefined) throw notFound('asset')
    const device = await deviceOfAsset(ctx.tx, asset.id)
    return device === undefined ? { items: [], next: null } : installedOn(ctx.tx, device, input)
  }),
  serve(installedSoftware.ofDevice, async (ctx, input) => {
    const device = await deviceById(ctx.tx, ctx.actor.organisation, input.id)
    if (device === undefined) throw notFound('device')
    return installedOn(ctx.tx, device.id, input)
  }),
  serve(programs.list, (ctx, input) => programPage(ctx.tx, ctx.actor.organisation, input.q, input.limit, input.after)),
  serve(programs.show, async (ctx, input) => {
    const found = await programById(ctx.tx, ctx.actor.organisation, input.id)
    if (found === undefined) throw notFound('program')
    return { ...found, versions: await versionsOf(ctx.tx, found.id) }
  }),
  serve(programs.devices, async (ctx, input) => {
    const found = await programById(ctx.tx, ctx.actor.organisation, input.id)
    if (found === undefined) throw notFound('program')
    return devicesWith(ctx.tx, ctx.actor.organisation, found.id, input.version, input.limit, input.after)
  }),
]
