import { assetByKey } from '../../assets/public.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { invalid } from '../../platform/errors.ts'
import { anySource } from '../sources-store.ts'
import { sourceActor, takeAlert } from '../take-alerts.ts'
import { isNameTaken, type WatchedTable } from '../watched-store.ts'

/** 400 where another heartbeat, or another check, has the name. */
export async function demandName(ctx: Ctx, table: WatchedTable, name: string, but: string): Promise<void> {
  if (await isNameTaken(ctx.tx, table, ctx.actor.organisation, name, but))
    throw invalid('name', 'monitoring.name-taken', { name })
}

/** The id of a device named by id or tag; 400 where the actor sees none. Nothing given stays nothing. */
export async function assetGiven<T extends string | null | undefined>(ctx: Ctx, key: T): Promise<string | T> {
  if (key == null) return key
  const asset = await assetByKey(ctx.tx, ctx.actor, key)
  if (asset === undefined) throw invalid('asset', 'monitoring.no-asset', { asset: key })
  return asset.id
}

/** What is watched no more has no alert: the one it has is over. */
export async function endAlert(ctx: Ctx, source: string, fingerprint: string, title: string): Promise<void> {
  const stored = (await anySource(ctx.tx, source))!
  const over = { status: 'resolved' as const, severity: 'info' as const, text: '', host: null, link: null, at: null }
  await takeAlert({ ...ctx, actor: sourceActor(stored) }, stored, { ...over, fingerprint, title, labels: {} })
}
