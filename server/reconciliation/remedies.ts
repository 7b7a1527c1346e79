import type { Permission } from '../../contract/permissions.ts'
import type { Remedy } from '../../contract/reconciliation.ts'
import { assetsById, moveAsset, type StoredAsset } from '../assets/public.ts'
import { transfer } from '../custody/public.ts'
import { acceptFact, ignoreDevice, linkSeen, registerSeen, waitAgain } from '../discovery/public.ts'
import type { CustomValues } from '../fields/public.ts'
import { type Ctx, demand } from '../platform/ctx.ts'
import { Problem } from '../platform/errors.ts'
import type { StoredDifference } from './differences-store.ts'

/** What taking an act back needs to know; null where it cannot be taken back. */
export type Undo = NonNullable<StoredDifference['undo']> | null

/** What each remedy asks of whoever carries it out, beside seeing to differences. */
const needed: Record<Remedy, Permission> = {
  transfer: 'assets.work',
  mark_lost: 'assets.work',
  found: 'assets.work',
  register: 'discovery.manage',
  ignore: 'discovery.manage',
  relink: 'discovery.manage',
  accept: 'assets.write',
}

async function heldAsset(ctx: Ctx, f: StoredDifference): Promise<StoredAsset> {
  const [asset] = await assetsById(ctx.tx, ctx.actor.organisation, [f.asset_id ?? ''].filter(Boolean), true)
  if (asset === undefined) throw new Problem(409, 'reconciliation.changed-meanwhile')
  return asset
}

/** The facts a remedy was proposed on must still hold: somebody else may have been faster. */
function demandSame(isSame: boolean): void {
  if (!isSame) throw new Problem(409, 'reconciliation.changed-meanwhile')
}

/**
 * Carries a remedy out through the one way of the capability it belongs to. Throws what that way throws: 403 where the actor may not, 409 where it
 * cannot be done now.
 */
export async function carryOut(
  ctx: Ctx,
  customValues: CustomValues,
  f: StoredDifference,
  remedy: Remedy,
  { note, cause }: { note: string; cause: string },
): Promise<Undo> {
  demand(ctx.actor, needed[remedy])
  const given = f.remedy_with
  switch (remedy) {
    case 'transfer': {
      const asset = await heldAsset(ctx, f)
      demandSame(asset.holder_id === given['from'])
      await transfer(ctx, { assets: [asset.id], to: { kind: 'person', id: given['person']! }, note })
      return { remedy, asset: asset.id, person: given['from'], now: given['person'] }
    }
    case 'mark_lost': {
      const asset = await heldAsset(ctx, f)
      demandSame(asset.state === 'deployed')
      await moveAsset(ctx, asset, 'lost', { reason: note, cause })
      return { remedy, asset: asset.id }
    }
    case 'found': {
      const asset = await heldAsset(ctx, f)
      const to = asset.state === 'lost' && asset.holder_id !== null ? 'deployed' : 'in_stock'
      await moveAsset(ctx, asset, to, { reason: note, cause })
      return null
    }
    case 'register':
      await registerSeen(customValues)(ctx, { id: f.device_id! })
      return null
    case 'ignore':
      await ignoreDevice(ctx, { id: f.device_id! })
      return { remedy, device: f.device_id }
    case 'relink':
      await waitAgain(ctx, { id: f.device_id! })
      await linkSeen(ctx, { id: f.device_id!, asset: given['asset']! })
      return { remedy, device: f.device_id, asset: given['from'] }
    case 'accept':
      await acceptFact(ctx, f.asset_id!, f.detail as 'name', { reason: note, cause })
      return null
  }
}

/** Takes an act back through the same ways. */
export async function takeBack(ctx: Ctx, undo: NonNullable<Undo>, note: string): Promise<void> {
  demand(ctx.actor, needed[undo.remedy])
  const { organisation } = ctx.actor
  const text = (name: string): string => String(undo[name])
  if (undo.remedy === 'transfer') {
    const [asset] = await assetsById(ctx.tx, organisation, [text('asset')], true)
    demandSame(asset?.holder_id === text('now'))
    await transfer(ctx, { assets: [text('asset')], to: { kind: 'person', id: text('person') }, note })
  } else if (undo.remedy === 'mark_lost') {
    const [asset] = await assetsById(ctx.tx, organisation, [text('asset')], true)
    demandSame(asset?.state === 'lost')
    await moveAsset(ctx, asset!, 'deployed', { reason: note })
  } else if (undo.remedy === 'ignore') await waitAgain(ctx, { id: text('device') })
  else if (undo.remedy === 'relink') {
    await waitAgain(ctx, { id: text('device') })
    await linkSeen(ctx, { id: text('device'), asset: text('asset') })
  }
}
