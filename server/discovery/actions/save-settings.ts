import type { Input, Output } from '../../../contract/action.ts'
import type { discoverySettings } from '../../../contract/discovery.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { stale } from '../../platform/errors.ts'
import { changes } from '../../platform/events.ts'
import { discoverySettings as settingsOf, saveDiscoverySettings } from '../settings.ts'

export async function saveSettings(
  ctx: Ctx,
  input: Input<typeof discoverySettings.save>,
): Promise<Output<typeof discoverySettings.save>> {
  const before = await settingsOf(ctx.tx, ctx.actor.organisation, true)
  if (input.version !== undefined && input.version !== before.version) throw stale(before, input)
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
  const after = { ...before, ...given, version: before.version }
  const change = changes(before, after)
  if (Object.keys(change.after).length === 0) {
    ctx.unchanged()
    return before
  }
  await saveDiscoverySettings(ctx.tx, ctx.actor.organisation, after)
  ctx.record({
    type: 'discovery.settings-changed',
    subject: { kind: 'organisation', id: ctx.actor.organisation },
    ...change,
  })
  return settingsOf(ctx.tx, ctx.actor.organisation)
}
