import type { Input, Output } from '../../../contract/action.ts'
import type { heartbeats } from '../../../contract/heartbeats.ts'
import { sentence } from '../../platform/catalogue.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { notFound, stale } from '../../platform/errors.ts'
import { changes } from '../../platform/events.ts'
import { hashOf, newId, newSecret } from '../../platform/identifiers.ts'
import { editedColumns } from '../edited-columns.ts'
import { sourceNamed } from '../ensure-source.ts'
import {
  deleteWatched,
  type HeartbeatColumns,
  insertWatched,
  saveWatched,
  shownHeartbeat,
  type StoredHeartbeat,
  watchedById,
  watchedPage,
} from '../watched-store.ts'
import { assetGiven, demandName, endAlert } from './watched.ts'

const columns = {
  name: 'name',
  active: 'active',
  everySeconds: 'every_seconds',
  graceSeconds: 'grace_seconds',
  severity: 'severity',
  asset: 'asset_id',
} as const satisfies Record<string, keyof HeartbeatColumns>

async function heartbeat(ctx: Ctx, id: string, lock = false) {
  const found = await watchedById(ctx.tx, 'heartbeats', ctx.actor.organisation, id, lock)
  if (found === undefined) throw notFound('heartbeat')
  return found
}

const over = (ctx: Ctx, { id, source_id, name }: StoredHeartbeat): Promise<void> =>
  endAlert(ctx, source_id, `heartbeat/${id}`, sentence('monitoring.words.heartbeat', { name }))

export const listHeartbeats = async (
  ctx: Ctx,
  input: Input<typeof heartbeats.list>,
): Promise<Output<typeof heartbeats.list>> => {
  const { rows, next } = await watchedPage(ctx.tx, 'heartbeats', ctx.actor.organisation, input.limit, input.after)
  return { items: rows.map(shownHeartbeat), next }
}

export function heartbeatActions(publicUrl: string) {
  async function create(ctx: Ctx, input: Input<typeof heartbeats.create>): Promise<Output<typeof heartbeats.create>> {
    const id = newId()
    await demandName(ctx, 'heartbeats', input.name, id)
    const token = newSecret()
    const source = await sourceNamed(ctx, 'heartbeats', 'own')
    await insertWatched(ctx.tx, 'heartbeats', {
      id,
      organisation_id: ctx.actor.organisation,
      name: input.name,
      active: input.active,
      every_seconds: input.everySeconds,
      grace_seconds: input.graceSeconds,
      severity: input.severity,
      asset_id: await assetGiven(ctx, input.asset),
      source_id: source.id,
      token_hash: hashOf(token),
      token_prefix: token.slice(0, 6),
    })
    ctx.record({ type: 'heartbeat.created', subject: { kind: 'heartbeat', id }, after: { name: input.name } })
    return {
      record: shownHeartbeat(await heartbeat(ctx, id)),
      secret: `${publicUrl.replace(/\/$/, '')}/api/v1/pings/${token}`,
    }
  }

  async function edit(ctx: Ctx, input: Input<typeof heartbeats.edit>): Promise<Output<typeof heartbeats.edit>> {
    const before = await heartbeat(ctx, input.id, true)
    if (input.version !== undefined && input.version !== before.version) throw stale(shownHeartbeat(before), input)
    const { was, after } = editedColumns<HeartbeatColumns>(columns, before, {
      ...input,
      asset: await assetGiven(ctx, input.asset),
    })
    const change = changes({ ...was }, { ...after })
    if (Object.keys(change.after).length === 0) ctx.unchanged()
    else {
      await demandName(ctx, 'heartbeats', after.name, before.id)
      // what it reported last counts on, with the new times; what rests is not due
      const due =
        !after.active || before.last_at === null || before.failing
          ? null
          : new Date(Date.parse(before.last_at) + (after.every_seconds + after.grace_seconds) * 1000).toISOString()
      await saveWatched(
        ctx.tx,
        'heartbeats',
        before.id,
        { ...after, due_at: due, ...(after.active ? {} : { failing: false }) },
        true,
      )
      ctx.record({ type: 'heartbeat.changed', subject: { kind: 'heartbeat', id: before.id }, ...change })
      if (!after.active && before.failing) await over(ctx, before)
    }
    return shownHeartbeat(await heartbeat(ctx, before.id))
  }

  async function remove(ctx: Ctx, input: { id: string }): Promise<Output<typeof heartbeats.remove>> {
    const before = await heartbeat(ctx, input.id, true)
    await over(ctx, before)
    await deleteWatched(ctx.tx, 'heartbeats', before.id)
    ctx.record({
      type: 'heartbeat.removed',
      subject: { kind: 'heartbeat', id: before.id },
      before: { name: before.name },
    })
    return { removed: true }
  }
  return { create, edit, remove }
}
