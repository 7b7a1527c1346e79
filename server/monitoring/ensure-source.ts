import type { AlertWay } from '../../contract/monitoring.ts'
import { sentence } from '../platform/catalogue.ts'
import type { Actor, Ctx } from '../platform/ctx.ts'
import { Problem } from '../platform/errors.ts'
import { newId } from '../platform/identifiers.ts'
import { type Platform, runCommand } from '../platform/platform.ts'
import { queueGiven } from '../tickets/public.ts'
import { insertSource, sourceBySlug, type SourceColumns, type StoredSource } from './sources-store.ts'

export const usual: Omit<SourceColumns, 'name' | 'way' | 'queue_id'> = {
  mapping: null,
  active: true,
  opens_from: 'warning',
  one_ticket_for: 'alert',
  hold_seconds: 0,
  quiet_seconds: 0,
  flap_changes: 6,
  flap_seconds: 1800,
  resolves: true,
}

/** The source of that name, with usual settings and the default queue where it is not there yet. 409 without a default queue. */
export async function sourceNamed(ctx: Ctx, slug: string, way: AlertWay): Promise<StoredSource> {
  const { organisation } = ctx.actor
  const known = await sourceBySlug(ctx.tx, organisation, slug)
  if (known !== undefined) return known
  const queue = await queueGiven(ctx.tx, organisation, undefined)
  if (queue === undefined) throw new Problem(409, 'tickets.no-default-queue')
  const id = newId()
  const name = sentence(`monitoring.way.${slug}`)
  if (await insertSource(ctx.tx, { ...usual, id, organisation_id: organisation, slug, name, way, queue_id: queue.id }))
    ctx.record({ type: 'alert-source.created', subject: { kind: 'alert-source', id }, after: { name, way } })
  return (await sourceBySlug(ctx.tx, organisation, slug))!
}

/** A known format that is handed in for the first time gets its source. */
export const ensureSource = (platform: Platform, actor: Actor, way: AlertWay): Promise<StoredSource> =>
  runCommand(platform, actor, async (ctx) => {
    ctx.unchanged()
    return sourceNamed(ctx, way, way)
  })
