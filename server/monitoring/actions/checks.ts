import { isIP } from 'node:net'
import type { Input, Output } from '../../../contract/action.ts'
import type { serviceChecks } from '../../../contract/service-checks.ts'
import { sentence } from '../../platform/catalogue.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { invalid, notFound, refuse, stale } from '../../platform/errors.ts'
import { changes } from '../../platform/events.ts'
import { newId } from '../../platform/identifiers.ts'
import { whyNotAddress } from '../../platform/outgoing.ts'
import type { Platform } from '../../platform/platform.ts'
import { isReachable } from '../../platform/private-addresses.ts'
import { editedColumns } from '../edited-columns.ts'
import { sourceNamed } from '../ensure-source.ts'
import { hostAndPort, whyNotCheckNow } from '../rules/check-result.ts'
import {
  type CheckColumns,
  deleteWatched,
  insertWatched,
  saveWatched,
  shownCheck,
  type StoredCheck,
  watchedById,
  watchedPage,
} from '../watched-store.ts'
import { assetGiven, demandName, endAlert } from './watched.ts'

const columns = {
  name: 'name',
  kind: 'kind',
  target: 'target',
  active: 'active',
  everySeconds: 'every_seconds',
  timeoutSeconds: 'timeout_seconds',
  failuresNeeded: 'failures_needed',
  expectedText: 'expected_text',
  warnDays: 'warn_days',
  severity: 'severity',
  asset: 'asset_id',
} as const satisfies Record<string, keyof CheckColumns>

async function check(ctx: Ctx, id: string, lock = false) {
  const found = await watchedById(ctx.tx, 'service_checks', ctx.actor.organisation, id, lock)
  if (found === undefined) throw notFound('service check')
  return found
}

const over = (ctx: Ctx, { id, source_id, name }: StoredCheck): Promise<void> =>
  endAlert(ctx, source_id, `check/${id}`, sentence('monitoring.words.check', { name }))

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
      asset_id: await assetGiven(ctx, input.asset),
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
    const { was, after } = editedColumns<CheckColumns>(columns, before, {
      ...input,
      asset: await assetGiven(ctx, input.asset),
    })
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
      if (!after.active) await over(ctx, before)
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
    await over(ctx, before)
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
