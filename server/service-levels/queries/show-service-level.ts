import type { Input, Output } from '../../../contract/action.ts'
import type { ServiceLevel, serviceLevels } from '../../../contract/service-levels.ts'
import { may } from '../../../contract/permissions.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { notFound } from '../../platform/errors.ts'
import { shownRefusals } from '../../platform/refusals.ts'
import { allLevels, levelById, type StoredLevel } from '../store.ts'

export const shownLevel = (ctx: Ctx, s: StoredLevel): ServiceLevel => ({
  id: s.id,
  version: s.version,
  name: s.name,
  position: s.position,
  active: s.active,
  calendar: { id: s.calendar_id, name: s.calendar_name },
  conditions: s.conditions,
  targets: s.targets,
  revision: s.revision,
  revisedAt: s.revised_at,
  openClocks: s.open_clocks,
  refusals: shownRefusals({
    edit: may(ctx.actor.role, 'service-levels.write') ? null : { code: 'service-levels.not-yours-to-edit' },
  }),
})

export async function listServiceLevels(ctx: Ctx): Promise<Output<typeof serviceLevels.list>> {
  return { items: (await allLevels(ctx.tx, ctx.actor.organisation)).map((s) => shownLevel(ctx, s)) }
}

export async function showServiceLevel(
  ctx: Ctx,
  input: Input<typeof serviceLevels.show>,
): Promise<Output<typeof serviceLevels.show>> {
  const found = await levelById(ctx.tx, ctx.actor.organisation, input.id)
  if (found === undefined) throw notFound('service-level')
  return shownLevel(ctx, found)
}
