import { isIP } from 'node:net'
import type { Input, Output } from '../../../contract/action.ts'
import type { heartbeats } from '../../../contract/heartbeats.ts'
import type { serviceChecks } from '../../../contract/service-checks.ts'
import { assetByKey } from '../../assets/public.ts'
import { sentence } from '../../platform/catalogue.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { invalid, notFound, refuse, stale } from '../../platform/errors.ts'
import { changes } from '../../platform/events.ts'
import { hashOf, newId, newSecret } from '../../platform/identifiers.ts'
import { whyNotAddress } from '../../platform/outgoing.ts'
import type { Platform } from '../../platform/platform.ts'
import { isReachable } from '../../platform/private-addresses.ts'
import { sourceNamed } from '../ensure-source.ts'
import { hostAndPort, whyNotCheckNow } from '../rules/check-result.ts'
import { anySource } from '../sources-store.ts'
import { sourceActor, takeAlert } from '../take-alerts.ts'
import {
  type CheckColumns,
  deleteWatched,
  type HeartbeatColumns,
  insertWatched,
  isNameTaken,
  saveWatched,
  shownCheck,
  shownHeartbeat,
  watchedById,
  watchedPage,
} from '../watched-store.ts'

type Table = 'heartbeats' | 'service_checks'

async function demandName(ctx: Ctx, table: Table, name: string, but: string): Promise<void> {
  if (await isNameTaken(ctx.tx, table, ctx.actor.organisation, name, but))
    throw invalid('name', 'monitoring.name-taken', { name })
}

async function assetGiven(ctx: Ctx, key: string | null | undefined): Promise<string | null | undefined> {
  if (key == null) return key
  const asset = await assetByKey(ctx.tx, ctx.actor, key)
  if (asset === undefined) throw invalid('asset', 'monitoring.no-asset', { asset: key })
  return asset.id
}

async function heartbeat(ctx: Ctx, id: string, lock = false) {
  const found = await watchedById(ctx.tx, 'heartbeats', ctx.actor.organisation, id, lock)
  if (found === undefined) throw notFound('heartbeat')
  return found
}

async function check(ctx: Ctx, id: string, lock = false) {
  const found = await watchedById(ctx.tx, 'service_checks', ctx.actor.organisation, id, lock)
  if (found === undefined) throw notFound('service check')
  return found
}

/** What is watched no more has no alert: the one it has is over. */
async function endAlert(ctx: Ctx, source: string, fingerprint: string, title: string): Promise<void> {
  const stored = (await anySource(ctx.tx, source))!
  const over = { status: 'resolved' as const, severity: 'info' as const, text: '', host: null, link: null, at: null }
  await takeAlert({ ...ctx, actor: sourceActor(stored) }, stored, { ...over, fingerprint, title, labels: {} })
}

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
      asset_id: (await assetGiven(ctx, input.asset)) ?? null,
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
    const asset = await assetGiven(ctx, input.asset)
    const was: HeartbeatColumns = {
      name: before.name,
      active: before.active,
      every_seconds: before.every_seconds,
      grace_seconds: before.grace_seconds,
      severity: before.severity,
      asset_id: before.asset_id,
    }
    const after: HeartbeatColumns = {
      name: input.name ?? was.name,
      active: input.active ?? was.active,
      every_seconds: input.everySeconds ?? was.every_seconds,
      grace_seconds: input.graceSeconds ?? was.grace_seconds,
      severity: input.severity ?? was.severity,
      asset_id: asset === undefined ? was.asset_id : asset,
    }
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
      if (!after.active && before.failing)
        await endAlert(
          ctx,
          before.source_id,
          `heartbeat/${before.id}`,
          sentence('monitoring.words.heartbeat', { name: before.name }),
        )
    }
    return shownHeartbeat(await heartbeat(ctx, before.id))
  }

  async function remove(ctx: Ctx, input: { id: string }): Promise<Output<typeof heartbeats.remove>> {
    const before = await heartbeat(ctx, input.id, true)
    await endAlert(
      ctx,
      before.source_id,
      `heartbeat/${before.id}`,
      sentence('monitoring.words.heartbeat', { name: before.name }),
    )
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

export const listChecks = async (
  ctx: Ctx,
  input: Input<typeof serviceChecks.list>,
): Promise<Output<typeof serviceChecks.list>> => {
  const { rows, next } = await watchedPage(ctx.tx, 'service_checks', ctx.actor.organisation, input.limit, input.after)
  return { items: rows.map(shownCheck), next }
}

export function checkActions({ outgoing }: Pick<Platform, 'outgoing'>) {
  function demandTarget({ kind, target }: Pick<CheckColumns, 'kind' | 'target'>): void {
    if (kind === 'http') {
      const refusal = whyNotAddress(target, outgoing.allowed)
      if (refusal !== null) throw invalid('target', refusal.code, refusal.params)
      return
    }
    const found = hostAndPort(target, kind === 'certificate' ? 443 : null)
    if (found === null) throw invalid('target', 'monitoring.check.no-target')
    if (isIP(found.host) !== 0 && !isReachable(found.host, outgoing.allowed))
      throw invalid('target', 'outgoing.private')
  }

  async function create(
    ctx: Ctx,
    input: Input<typeof serviceChecks.create>,
  ): Promise<Output<typeof serviceChecks.create>> {
    const id = newId()
    await demandName(ctx, 'service_checks', input.name, id)
    demandTarget(input)
    const source = await sourceNamed(ctx, 'checks', 'own')
    await insertWatched(ctx.tx, 'service_checks', {
      id,
      organisation_id: ctx.actor.organisation,
      name: input.name,
      kind: input.kind,
      target: input.target,
      active: input.active,
      every_seconds: input.everySeconds,
      timeout_seconds: input.timeoutSeconds,
      failures_needed: input.failuresNeeded,
      expected_text: input.expectedText,
      warn_days: input.warnDays,
      severity: input.severity,
      asset_id: (await assetGiven(ctx, input.asset)) ?? null,
      source_id: source.id,
      next_at: input.active ? ctx.now : null,
    })
    ctx.record({
      type: 'service-check.created',
      subject: { kind: 'service-check', id },
      after: { name: input.name, kind: input.kind, target: input.target },
    })
    return shownCheck(await check(ctx, id))
  }

  async function edit(ctx: Ctx, input: Input<typeof serviceChecks.edit>): Promise<Output<typeof serviceChecks.edit>> {
    const before = await check(ctx, input.id, true)
    if (input.version !== undefined && input.version !== before.version) throw stale(shownCheck(before), input)
    const asset = await assetGiven(ctx, input.asset)
    const was: CheckColumns = {
      name: before.name,
      kind: before.kind,
      target: before.target,
      active: before.active,
      every_seconds: before.every_seconds,
      timeout_seconds: before.timeout_seconds,
      failures_needed: before.failures_needed,
      expected_text: before.expected_text,
      warn_days: before.warn_days,
      severity: before.severity,
      asset_id: before.asset_id,
    }
    const after: CheckColumns = {
      name: input.name ?? was.name,
      kind: input.kind ?? was.kind,
      target: input.target ?? was.target,
      active: input.active ?? was.active,
      every_seconds: input.everySeconds ?? was.every_seconds,
      timeout_seconds: input.timeoutSeconds ?? was.timeout_seconds,
      failures_needed: input.failuresNeeded ?? was.failures_needed,
      expected_text: input.expectedText === undefined ? was.expected_text : input.expectedText,
      warn_days: input.warnDays === undefined ? was.warn_days : input.warnDays,
      severity: input.severity ?? was.severity,
      asset_id: asset === undefined ? was.asset_id : asset,
    }
    const change = changes({ ...was }, { ...after })
    if (Object.keys(change.after).length === 0) ctx.unchanged()
    else {
      await demandName(ctx, 'service_checks', after.name, before.id)
      demandTarget(after)
      await saveWatched(
        ctx.tx,
        'service_checks',
        before.id,
        { ...after, next_at: after.active ? ctx.now : null, failures: 0 },
        true,
      )
      ctx.record({ type: 'service-check.changed', subject: { kind: 'service-check', id: before.id }, ...change })
      if (!after.active)
        await endAlert(
          ctx,
          before.source_id,
          `check/${before.id}`,
          sentence('monitoring.words.check', { name: before.name }),
        )
    }
    return shownCheck(await check(ctx, before.id))
  }

  /** It is made in the next round, by whichever node is first. */
  async function now(ctx: Ctx, input: { id: string }): Promise<Output<typeof serviceChecks.now>> {
    const before = await check(ctx, input.id, true)
    refuse(whyNotCheckNow(before.active))
    await saveWatched(ctx.tx, 'service_checks', before.id, { next_at: ctx.now }, false)
    ctx.record({ type: 'service-check.asked', subject: { kind: 'service-check', id: before.id } })
    return shownCheck(await check(ctx, before.id))
  }

  async function remove(ctx: Ctx, input: { id: string }): Promise<Output<typeof serviceChecks.remove>> {
    const before = await check(ctx, input.id, true)
    await endAlert(
      ctx,
      before.source_id,
      `check/${before.id}`,
      sentence('monitoring.words.check', { name: before.name }),
    )
    await deleteWatched(ctx.tx, 'service_checks', before.id)
    ctx.record({
      type: 'service-check.removed',
      subject: { kind: 'service-check', id: before.id },
      before: { name: before.name },
    })
    return { removed: true }
  }
  return { create, edit, now, remove }
}
