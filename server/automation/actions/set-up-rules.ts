import type { Input, Output } from '../../../contract/action.ts'
import {
  mayNeedSkills,
  type RuleCondition,
  type RuleEffect,
  type TicketRule,
  type ticketRules,
} from '../../../contract/ticket-rules.ts'
import { demandSkills } from '../../people/public.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { invalid, notFound, Problem, stale } from '../../platform/errors.ts'
import { changes } from '../../platform/events.ts'
import { isId, newId } from '../../platform/identifiers.ts'
import { isFit, namesOf } from '../../tickets/public.ts'
import {
  deleteRule,
  holdOrder,
  insertRule,
  orderRules,
  ruleById,
  type RuleColumns,
  rulesOf,
  saveRule,
  type StoredRule,
} from '../rules-store.ts'
import { idsIn, ruleSentence } from '../sentences.ts'

async function shown(ctx: Ctx, rules: readonly StoredRule[]): Promise<TicketRule[]> {
  const names = await namesOf(ctx.tx, ctx.actor.organisation, [...new Set(rules.flatMap(idsIn))])
  return rules.map((rule, place) => ({
    id: rule.id,
    version: rule.version,
    position: rules.length > 1 ? place + 1 : rule.position,
    active: rule.active,
    name: rule.name,
    event: rule.event,
    waitsSeconds: rule.waits_seconds,
    conditions: rule.conditions,
    effects: rule.effects,
    stops: rule.stops,
    sentence: ruleSentence(rule, names),
    names: Object.fromEntries(idsIn(rule).flatMap((id) => (names[id] === undefined ? [] : [[id, names[id]]]))),
    fired: rule.fired,
    lastFiredAt: rule.last_fired_at,
    refusals: {},
  }))
}

async function rule(ctx: Ctx, id: string, lock = false): Promise<StoredRule> {
  const found = await ruleById(ctx.tx, ctx.actor.organisation, id, lock)
  if (found === undefined) throw notFound('rule')
  return found
}

const one = async (ctx: Ctx, id: string): Promise<TicketRule> => (await shown(ctx, [await rule(ctx, id)]))[0]!

/** 400 for a value that does not fit, names nothing, or a rule of time without its time. */
async function demandSound(
  ctx: Ctx,
  given: Pick<RuleColumns, 'event' | 'waits_seconds' | 'conditions' | 'effects'>,
): Promise<void> {
  if ((given.event === 'waits') !== (given.waits_seconds !== null)) throw invalid('waitsSeconds', 'rules.time-needed')
  await demandConditions(ctx, given.conditions)
  await demandEffects(ctx, given.effects)
}

export async function demandEffects(ctx: Ctx, effects: readonly RuleEffect[]): Promise<void> {
  effects.forEach((effect, place) => {
    if (!isFit('do', effect.do, effect.value, isId))
      throw invalid(`effects.${place}.value`, 'rules.value-unfit', { value: effect.value })
    if ((effect.skills ?? []).length > 0 && !mayNeedSkills('do', effect))
      throw invalid(`effects.${place}.skills`, 'rules.skills-unfit')
  })
  for (const [place, { skills = [] }] of effects.entries()) await demandSkills(ctx, `effects.${place}.skills`, skills)
  await demandKnown(ctx, { conditions: [], effects })
}

export async function demandConditions(ctx: Ctx, conditions: readonly RuleCondition[]): Promise<void> {
  conditions.forEach((condition, place) => {
    const unfit = condition.any.find((value) => !isFit('if', condition.field, value, isId))
    if (unfit !== undefined) throw invalid(`conditions.${place}.any`, 'rules.value-unfit', { value: unfit })
  })
  await demandKnown(ctx, { conditions, effects: [] })
}

async function demandKnown(ctx: Ctx, given: Parameters<typeof idsIn>[0]): Promise<void> {
  const names = await namesOf(ctx.tx, ctx.actor.organisation, idsIn(given))
  const demand = (path: string, values: readonly string[]): void => {
    const missing = values.find((value) => isId(value) && names[value] === undefined)
    if (missing !== undefined) throw invalid(path, 'rules.names-nothing', { id: missing })
  }
  given.conditions.forEach(({ any }, place) => demand(`conditions.${place}.any`, any))
  given.effects.forEach(({ value }, place) => demand(`effects.${place}.value`, [value]))
}

export const listRules = async (ctx: Ctx): Promise<Output<typeof ticketRules.list>> => ({
  items: await shown(ctx, await rulesOf(ctx.tx, ctx.actor.organisation)),
})

export const showRule = (ctx: Ctx, input: { id: string }): Promise<TicketRule> => one(ctx, input.id)

const columnsOf = (
  given: Omit<Input<typeof ticketRules.create>, 'waitsSeconds'> & { waitsSeconds: number | null },
  active: boolean,
): RuleColumns => ({
  name: given.name,
  event: given.event,
  waits_seconds: given.waitsSeconds,
  conditions: given.conditions,
  effects: given.effects,
  stops: given.stops,
  active,
})

export async function createRule(ctx: Ctx, input: Input<typeof ticketRules.create>): Promise<TicketRule> {
  const columns = columnsOf(input, false)
  await demandSound(ctx, columns)
  const id = newId()
  await holdOrder(ctx.tx, ctx.actor.organisation)
  await insertRule(ctx.tx, { ...columns, id, organisation_id: ctx.actor.organisation })
  ctx.record({ type: 'ticket-rule.created', subject: { kind: 'ticket-rule', id }, after: { ...columns } })
  return one(ctx, id)
}

export async function editRule(ctx: Ctx, input: Input<typeof ticketRules.edit>): Promise<TicketRule> {
  const before = await rule(ctx, input.id, true)
  if (input.version !== undefined && input.version !== before.version) throw stale(await one(ctx, input.id), input)
  const was = columnsOf({ ...before, waitsSeconds: before.waits_seconds }, before.active)
  const after = columnsOf(
    {
      name: input.name ?? was.name,
      event: input.event ?? was.event,
      waitsSeconds: input.waitsSeconds === undefined ? was.waits_seconds : input.waitsSeconds,
      conditions: input.conditions ?? was.conditions,
      effects: input.effects ?? was.effects,
      stops: input.stops ?? was.stops,
    },
    input.active ?? was.active,
  )
  const change = changes({ ...was }, { ...after })
  if (Object.keys(change.after).length === 0) ctx.unchanged()
  else {
    // a rule whose queue is gone can still be switched off
    if (after.active || Object.keys(change.after).some((field) => field !== 'active')) await demandSound(ctx, after)
    await saveRule(ctx.tx, before.id, after)
    ctx.record({ type: 'ticket-rule.changed', subject: { kind: 'ticket-rule', id: before.id }, ...change })
  }
  return one(ctx, before.id)
}

export async function moveRule(
  ctx: Ctx,
  input: Input<typeof ticketRules.move>,
): Promise<Output<typeof ticketRules.move>> {
  await holdOrder(ctx.tx, ctx.actor.organisation)
  const moved = await rule(ctx, input.id)
  const ids = (await rulesOf(ctx.tx, ctx.actor.organisation)).map(({ id }) => id)
  const from = ids.indexOf(moved.id)
  const to = Math.min(input.position, ids.length) - 1
  if (from === to) ctx.unchanged()
  else {
    ids.splice(to, 0, ...ids.splice(from, 1))
    await orderRules(ctx.tx, ids)
    ctx.record({
      type: 'ticket-rule.moved',
      subject: { kind: 'ticket-rule', id: moved.id },
      before: { position: from + 1 },
      after: { position: to + 1 },
    })
  }
  return listRules(ctx)
}

export async function removeRule(ctx: Ctx, input: { id: string }): Promise<Output<typeof ticketRules.remove>> {
  const before = await rule(ctx, input.id, true)
  if (before.active) throw new Problem(409, 'rules.switch-off-first')
  await deleteRule(ctx.tx, before.id)
  ctx.record({
    type: 'ticket-rule.removed',
    subject: { kind: 'ticket-rule', id: before.id },
    before: { name: before.name },
  })
  return { removed: true }
}
