import type { Input, Output } from '../../../contract/action.ts'
import type { categories, queues, ticketSetup } from '../../../contract/queues.ts'
import { demandSkills, tellAccess } from '../../people/public.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { notFound, refuse, stale } from '../../platform/errors.ts'
import { changes } from '../../platform/events.ts'
import { newId } from '../../platform/identifiers.ts'
import { categoryById, categoryList, saveCategory, skillsNeeded } from '../categories-store.ts'
import {
  allQueues,
  assigneesOf,
  hasOpenTickets,
  openCounts,
  queueById,
  saveQueue,
  type StoredQueue,
} from '../queues-store.ts'
import { whyNotBelow, whyNotRetire } from '../rules/queue-rules.ts'
import { saveTicketSettings, ticketSettings } from '../settings.ts'

async function shownQueues(ctx: Ctx, rows: readonly StoredQueue[]) {
  const counts = await openCounts(
    ctx.tx,
    ctx.actor,
    rows.map((q) => q.id),
  )
  return rows.map((q) => ({
    id: q.id,
    version: q.version,
    name: q.name,
    description: q.description,
    teams: q.teams,
    isDefault: q.is_default,
    active: q.active,
    ...(counts.get(q.id) ?? { open: 0, openCapped: false }),
    refusals: {},
  }))
}

export async function listQueues(ctx: Ctx, input: Input<typeof queues.list>): Promise<Output<typeof queues.list>> {
  return { items: await shownQueues(ctx, await allQueues(ctx.tx, ctx.actor.organisation, input.active)) }
}

const reread = async (ctx: Ctx, id: string) =>
  (await shownQueues(ctx, [(await queueById(ctx.tx, ctx.actor.organisation, id))!]))[0]!

/** The first queue is the default one. */
export async function createQueue(ctx: Ctx, input: Input<typeof queues.create>): Promise<Output<typeof queues.create>> {
  const id = newId()
  const first = (await allQueues(ctx.tx, ctx.actor.organisation, true)).length === 0
  const queue = {
    name: input.name,
    description: input.description ?? '',
    isDefault: input.isDefault ?? first,
    active: input.active ?? true,
    teams: input.teams ?? [],
  }
  await saveQueue(ctx.tx, id, ctx.actor.organisation, queue)
  await tellAccess(ctx.tx)
  ctx.record({ type: 'queue.created', subject: { kind: 'queue', id }, after: queue })
  return reread(ctx, id)
}

export async function editQueue(ctx: Ctx, input: Input<typeof queues.edit>): Promise<Output<typeof queues.edit>> {
  const before = await queueById(ctx.tx, ctx.actor.organisation, input.id, true)
  if (before === undefined) throw notFound('queue')
  if (input.version !== undefined && input.version !== before.version)
    throw stale((await shownQueues(ctx, [before]))[0]!, input)
  const was = {
    name: before.name,
    description: before.description,
    isDefault: before.is_default,
    active: before.active,
    teams: before.teams.map((t) => t.id),
  }
  const given = Object.fromEntries(
    Object.entries(input).filter(([field, value]) => field in was && value !== undefined),
  ) as Partial<typeof was>
  const queue = { ...was, ...given }
  refuse(whyNotRetire(was, queue, queue.active ? false : await hasOpenTickets(ctx.tx, input.id)))
  const change = changes(was, queue)
  if (Object.keys(change.after).length === 0) ctx.unchanged()
  else {
    await saveQueue(ctx.tx, input.id, ctx.actor.organisation, queue)
    await tellAccess(ctx.tx)
    ctx.record({ type: 'queue.changed', subject: { kind: 'queue', id: input.id }, ...change })
  }
  return reread(ctx, input.id)
}

export async function listAssignees(
  ctx: Ctx,
  input: Input<typeof queues.assignees>,
): Promise<Output<typeof queues.assignees>> {
  if ((await queueById(ctx.tx, ctx.actor.organisation, input.id)) === undefined) throw notFound('queue')
  const needs = await skillsNeeded(ctx.tx, ctx.actor.organisation, input.category ?? null)
  const needed = needs.map(({ id }) => id)
  return { needs, items: await assigneesOf(ctx.tx, ctx.actor, input.id, needed, ctx.now) }
}

export async function listCategories(ctx: Ctx): Promise<Output<typeof categories.list>> {
  return { items: await categoryList(ctx.tx, ctx.actor.organisation) }
}

const shownCategory = async (ctx: Ctx, id: string) =>
  (await categoryList(ctx.tx, ctx.actor.organisation)).find((c) => c.id === id)!

export async function createCategory(
  ctx: Ctx,
  input: Input<typeof categories.create>,
): Promise<Output<typeof categories.create>> {
  const id = newId()
  if (input.parent !== null && (await categoryById(ctx.tx, ctx.actor.organisation, input.parent)) === undefined)
    throw notFound('category')
  await demandSkills(ctx, 'skills', input.skills)
  await saveCategory(ctx.tx, id, ctx.actor.organisation, {
    name: input.name,
    parent: input.parent,
    active: true,
    skills: input.skills,
  })
  ctx.record({
    type: 'category.created',
    subject: { kind: 'category', id },
    after: { name: input.name, parent: input.parent, skills: input.skills },
  })
  return shownCategory(ctx, id)
}

export async function editCategory(
  ctx: Ctx,
  input: Input<typeof categories.edit>,
): Promise<Output<typeof categories.edit>> {
  const all = await categoryList(ctx.tx, ctx.actor.organisation)
  const before = all.find((c) => c.id === input.id)
  if (before === undefined) throw notFound('category')
  if (input.version !== undefined && input.version !== before.version) throw stale(before, input)
  if (input.parent != null && !all.some((c) => c.id === input.parent)) throw notFound('category')
  const had = before.skills.map(({ id }) => id).toSorted()
  const after = {
    name: input.name ?? before.name,
    parent: input.parent === undefined ? before.parent : input.parent,
    active: input.active ?? before.active,
    skills: [...new Set(input.skills ?? had)].toSorted(),
  }
  await demandSkills(ctx, 'skills', after.skills, had)
  refuse(whyNotBelow(all, input.id, after.parent))
  const change = changes({ name: before.name, parent: before.parent, active: before.active, skills: had }, after)
  if (Object.keys(change.after).length === 0) ctx.unchanged()
  else {
    await saveCategory(ctx.tx, input.id, ctx.actor.organisation, after)
    ctx.record({ type: 'category.changed', subject: { kind: 'category', id: input.id }, ...change })
  }
  return shownCategory(ctx, input.id)
}

export const showSettings = (ctx: Ctx): Promise<Output<typeof ticketSetup.show>> =>
  ticketSettings(ctx.tx, ctx.actor.organisation)

export async function editSettings(
  ctx: Ctx,
  input: Input<typeof ticketSetup.edit>,
): Promise<Output<typeof ticketSetup.edit>> {
  const before = await ticketSettings(ctx.tx, ctx.actor.organisation, true)
  if (input.version !== undefined && input.version !== before.version) throw stale(before, input)
  const after = {
    ...before,
    ...(input.matrix === undefined ? {} : { matrix: input.matrix }),
    ...(input.reopenDays === undefined ? {} : { reopenDays: input.reopenDays }),
  }
  const change = changes(before, after)
  if (Object.keys(change.after).length === 0) {
    ctx.unchanged()
    return before
  }
  await saveTicketSettings(ctx.tx, ctx.actor.organisation, after)
  ctx.record({
    type: 'ticket-settings.changed',
    subject: { kind: 'organisation', id: ctx.actor.organisation },
    ...change,
  })
  return ticketSettings(ctx.tx, ctx.actor.organisation, true)
}
