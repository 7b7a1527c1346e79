import type { Input, Output } from '../../../contract/action.ts'
import type { Conditions, serviceLevels, Target } from '../../../contract/service-levels.ts'
import { compiledCalendar, currentVersion } from '../../calendars/public.ts'
import { renameTerms } from '../../commitments/public.ts'
import { type Ctx, nowSeconds } from '../../platform/ctx.ts'
import { invalid, notFound, Problem, stale } from '../../platform/errors.ts'
import { canonical } from '../../platform/events.ts'
import { newId } from '../../platform/identifiers.ts'
import { tellLevels, termsOfTargets } from '../levels.ts'
import { shownLevel } from '../queries/show-service-level.ts'
import { addRetarget } from '../retarget.ts'
import { whyNotTargets } from '../rules/why-not-targets.ts'
import {
  allLevels,
  insertLevel,
  insertLevelVersion,
  isCalendarUsable,
  isNameTaken,
  levelById,
  saveLevel,
  saveOrder,
} from '../store.ts'

async function demandName(ctx: Ctx, name: string, but: string | null): Promise<void> {
  if (await isNameTaken(ctx.tx, ctx.actor.organisation, name, but))
    throw new Problem(409, 'service-levels.name-taken', { name })
}

export interface Definition {
  calendar: string
  conditions: Conditions
  targets: readonly Target[]
}

/** Writes an immutable version with its terms. 400 where the targets cannot be promised on the calendar (K19). */
export async function writeVersion(
  ctx: Ctx,
  level: { id: string; name: string; revision: number },
  d: Definition,
  by = ctx.actor.name,
): Promise<void> {
  const calendarVersion = await currentVersion(ctx.tx, d.calendar)
  const refusal = whyNotTargets(d.targets, await compiledCalendar(ctx.tx, calendarVersion), nowSeconds(ctx))
  if (refusal !== null) throw new Problem(400, refusal.code, refusal.params)
  await insertLevelVersion(ctx.tx, { ...d, id: level.id, revision: level.revision, calendarVersion, by })
  await termsOfTargets(ctx.tx, { ...level, calendarVersion }, d.targets)
}

export async function createServiceLevel(
  ctx: Ctx,
  input: Input<typeof serviceLevels.create>,
): Promise<Output<typeof serviceLevels.create>> {
  await demandName(ctx, input.name, null)
  if (!(await isCalendarUsable(ctx.tx, ctx.actor.organisation, input.calendar)))
    throw invalid('calendar', 'service-levels.calendar-unknown')
  const id = newId()
  await insertLevel(ctx.tx, { id, organisation: ctx.actor.organisation, name: input.name })
  await writeVersion(ctx, { id, name: input.name, revision: 1 }, input)
  await tellLevels(ctx.tx, ctx.actor.organisation)
  ctx.record({
    type: 'service-level.created',
    subject: { kind: 'service_level', id },
    after: { name: input.name, calendar: input.calendar, conditions: input.conditions, targets: input.targets },
  })
  return shownLevel(ctx, (await levelById(ctx.tx, ctx.actor.organisation, id))!)
}

export async function editServiceLevel(
  ctx: Ctx,
  input: Input<typeof serviceLevels.edit>,
): Promise<Output<typeof serviceLevels.edit>> {
  const before = await levelById(ctx.tx, ctx.actor.organisation, input.id, true)
  if (before === undefined) throw notFound('service-level')
  if (input.version !== undefined && input.version !== before.version) throw stale(shownLevel(ctx, before), input)
  const name = input.name ?? before.name
  const active = input.active ?? before.active
  const was: Definition = { calendar: before.calendar_id, conditions: before.conditions, targets: before.targets }
  const now: Definition = {
    calendar: input.calendar ?? was.calendar,
    conditions: input.conditions ?? was.conditions,
    targets: input.targets ?? was.targets,
  }
  const moved = canonical(now) !== canonical(was)
  if (!moved && name === before.name && active === before.active) {
    ctx.unchanged()
    return shownLevel(ctx, before)
  }
  if (name !== before.name) await demandName(ctx, name, before.id)
  if (now.calendar !== was.calendar && !(await isCalendarUsable(ctx.tx, ctx.actor.organisation, now.calendar)))
    throw invalid('calendar', 'service-levels.calendar-unknown')
  const isBack = active && !before.active
  const revision = before.revision + (moved || isBack ? 1 : 0)
  if (revision !== before.revision) await writeVersion(ctx, { id: before.id, name, revision }, now)
  await saveLevel(ctx.tx, before.id, { name, active, revision })
  if (name !== before.name) await renameTerms(ctx.tx, before.id, name)
  await tellLevels(ctx.tx, ctx.actor.organisation)
  const event = ctx.record({
    type: 'service-level.edited',
    subject: { kind: 'service_level', id: before.id },
    before: { name: before.name, active: before.active, revision: before.revision, ...(moved ? was : {}) },
    after: { name, active, revision, ...(moved ? now : {}) },
  })
  // W9: a rename moves no clock; W8: switching off cancels
  if (moved || active !== before.active)
    await addRetarget(ctx, { level: before.id, cause: event, reason: active ? 'level-edited' : 'level-off' })
  return shownLevel(ctx, (await levelById(ctx.tx, ctx.actor.organisation, before.id))!)
}

export async function reorderServiceLevels(
  ctx: Ctx,
  input: Input<typeof serviceLevels.reorder>,
): Promise<Output<typeof serviceLevels.reorder>> {
  const before = await allLevels(ctx.tx, ctx.actor.organisation)
  const known = new Set(before.map((s) => s.id))
  if (
    new Set(input.ids).size !== input.ids.length ||
    input.ids.length !== known.size ||
    !input.ids.every((id) => known.has(id))
  )
    throw invalid('ids', 'service-levels.order-incomplete')
  if (before.every((s, i) => s.id === input.ids[i])) ctx.unchanged()
  else {
    await saveOrder(ctx.tx, input.ids)
    await tellLevels(ctx.tx, ctx.actor.organisation)
    ctx.record({
      type: 'service-level.reordered',
      subject: { kind: 'organisation', id: ctx.actor.organisation },
      before: { order: before.map((s) => s.name) },
      after: { order: input.ids.map((id) => before.find((s) => s.id === id)!.name) },
    })
  }
  return { items: (await allLevels(ctx.tx, ctx.actor.organisation)).map((s) => shownLevel(ctx, s)) }
}
