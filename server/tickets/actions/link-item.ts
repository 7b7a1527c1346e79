import type { Input, Output } from '../../../contract/action.ts'
import { may } from '../../../contract/permissions.ts'
import type { itemKind, ticketItems } from '../../../contract/ticket-items.ts'
import type { z } from 'zod'
import { assetByKey, type StoredAsset } from '../../assets/public.ts'
import { demandHolder } from '../../custody/public.ts'
import { locationById } from '../../locations/public.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { sql } from '../../platform/db.ts'
import { invalid, notFound, refuse, stale } from '../../platform/errors.ts'
import { changes } from '../../platform/events.ts'
import { isId, newId } from '../../platform/identifiers.ts'
import { lockedTicket, standing } from '../changing.ts'
import { beginTask } from '../carry-out-items.ts'
import { deleteItem, insertItem, type ItemPlan, itemsOf, savePlan, type StoredItem } from '../items-store.ts'
import { type ItemActor, whyNotLink, whyNotRedo, whyNotTask } from '../rules/item-tasks.ts'
import { shownItem } from '../shown-item.ts'
import { type StoredTicket, ticketByKey } from '../tickets-store.ts'

type Several = Output<typeof ticketItems.list>

const actorOn = (ctx: Ctx, ticket: StoredTicket): ItemActor => ({
  ...standing(ctx, ticket),
  handles: may(ctx.actor.role, 'assets.work'),
  merged: ticket.merged_into != null,
})

/** All items of a ticket, as the actor sees them. */
async function shown(ctx: Ctx, ticket: StoredTicket): Promise<Several> {
  const who = actorOn(ctx, ticket)
  return { items: (await itemsOf(ctx.tx, ticket.id)).map((item) => shownItem(ctx.actor, item, who)) }
}

export async function listItems(ctx: Ctx, input: Input<typeof ticketItems.list>): Promise<Several> {
  const ticket = await ticketByKey(ctx.tx, ctx.actor, input.id)
  if (ticket === undefined) throw notFound('ticket')
  return shown(ctx, ticket)
}

export interface Thing {
  kind: z.output<typeof itemKind>
  id: string
  reference: string
  asset: StoredAsset | null
}

/** What a ticket shall be about, where the actor sees it; 400 otherwise. */
export async function thingGiven(ctx: Ctx, kind: Thing['kind'], key: string): Promise<Thing> {
  if (kind === 'asset') {
    const asset = await assetByKey(ctx.tx, ctx.actor, key)
    if (asset !== undefined) return { kind, id: asset.id, reference: asset.tag, asset }
  } else if (isId(key) && kind === 'location') {
    const location = await locationById(ctx.tx, ctx.actor.organisation, key)
    if (location !== undefined) return { kind, id: key, reference: location.full_name, asset: null }
  } else if (isId(key)) {
    const { rows } = await sql<{
      name: string
    }>`select name from it_services where id = ${key} and organisation_id = ${ctx.actor.organisation}`.execute(ctx.tx)
    if (rows[0] !== undefined) return { kind, id: key, reference: rows[0].name, asset: null }
  }
  throw invalid('item', 'ticket-items.unknown', { kind })
}

const bare: ItemPlan = {
  task: 'affected',
  to_kind: null,
  to_id: null,
  due_back_on: null,
  warranty_until: null,
  place_id: null,
  cost_minor: null,
  currency: null,
}

type Planned = Pick<Input<typeof ticketItems.link>, 'to' | 'dueBackOn' | 'warrantyUntil' | 'place' | 'cost'>

/** The plan as it is after what is given; 400 for a holder or place that is not there. */
async function planOf(ctx: Ctx, before: ItemPlan, given: Planned & { task?: ItemPlan['task'] | undefined }) {
  if (given.to != null) await demandHolder(ctx, given.to, [])
  if (given.place != null) {
    const place = await locationById(ctx.tx, ctx.actor.organisation, given.place)
    if (place === undefined || !place.active) throw invalid('place', 'assets.location-unknown')
  }
  return {
    ...before,
    ...(given.task === undefined ? {} : { task: given.task }),
    ...(given.to === undefined ? {} : { to_kind: given.to?.kind ?? null, to_id: given.to?.id ?? null }),
    ...(given.dueBackOn === undefined ? {} : { due_back_on: given.dueBackOn }),
    ...(given.warrantyUntil === undefined ? {} : { warranty_until: given.warrantyUntil }),
    ...(given.place === undefined ? {} : { place_id: given.place }),
    ...(given.cost === undefined
      ? {}
      : { cost_minor: given.cost?.minor ?? null, currency: given.cost?.currency ?? null }),
  } satisfies ItemPlan
}

/** Writes a link and begins its task. False where the ticket is about it already. */
export async function linkThing(ctx: Ctx, ticket: StoredTicket, thing: Thing, plan: ItemPlan): Promise<boolean> {
  const made = await insertItem(ctx.tx, {
    ...plan,
    id: newId(),
    organisation: ticket.organisation_id,
    ticket: ticket.id,
    kind: thing.kind,
    item: thing.id,
    by: ctx.actor.name,
    at: ctx.now,
  })
  if (!made) return false
  ctx.record({
    type: 'ticket.item-linked',
    subject: { kind: 'ticket', id: ticket.id },
    after: { kind: thing.kind, item: thing.id, item_name: thing.reference, task: plan.task },
  })
  if (thing.asset !== null) await beginTask(ctx, ticket, thing.asset.id, plan.task)
  return true
}

/** The assets a ticket is opened with: what the actor sees, and where it is for oneself has. */
export async function linkOpened(ctx: Ctx, ticket: StoredTicket, keys: readonly string[]): Promise<void> {
  const who = { ...actorOn(ctx, ticket), requester: true }
  for (const key of new Set(keys)) {
    const thing = await thingGiven(ctx, 'asset', key)
    refuse(whyNotLink(factsOf(ctx, thing), 'affected', who))
    await linkThing(ctx, ticket, thing, bare)
  }
}

const factsOf = (ctx: Ctx, { kind, asset }: Thing) => ({
  kind,
  state: asset?.state ?? null,
  // who may not read the register sees what one has, and nothing else
  own: asset !== null && (!may(ctx.actor.role, 'assets.read') || asset.holder_id === ctx.actor.person),
})

export async function linkItem(ctx: Ctx, input: Input<typeof ticketItems.link>): Promise<Several> {
  const ticket = await lockedTicket(ctx, { id: input.id })
  const thing = await thingGiven(ctx, input.kind, input.item)
  refuse(whyNotLink(factsOf(ctx, thing), input.task, actorOn(ctx, ticket)))
  if (!(await linkThing(ctx, ticket, thing, await planOf(ctx, bare, input)))) ctx.unchanged()
  return shown(ctx, ticket)
}

async function held(
  ctx: Ctx,
  input: { id: string; link: string },
): Promise<{ ticket: StoredTicket; item: StoredItem }> {
  const ticket = await lockedTicket(ctx, { id: input.id })
  const item = (await itemsOf(ctx.tx, ticket.id)).find((one) => one.id === input.link)
  if (item === undefined) throw notFound('item')
  return { ticket, item }
}

/** What was carried out keeps its plan; its cost can be said at any time. */
export async function changeItem(ctx: Ctx, input: Input<typeof ticketItems.change>): Promise<Several> {
  const { ticket, item } = await held(ctx, input)
  const who = actorOn(ctx, ticket)
  if (input.version !== undefined && input.version !== item.version) throw stale(shownItem(ctx.actor, item, who), input)
  const { id: _id, link: _link, version: _version, cost: _cost, ...planned } = input
  const isReplanned = Object.values(planned).some((value) => value !== undefined)
  refuse(isReplanned ? whyNotRedo({ doneAt: item.done_at }, who) : whyNotRedo({ doneAt: null }, who))
  const task = input.task ?? item.task
  if (task !== item.task) refuse(whyNotTask(item, task, who))
  const { task: _task, ...before } = planColumns(item)
  const after = await planOf(ctx, { task: item.task, ...before }, input)
  const change = changes(planColumns(item), after)
  if (Object.keys(change.after).length === 0) {
    ctx.unchanged()
    return shown(ctx, ticket)
  }
  await savePlan(ctx.tx, item.id, after, isReplanned ? ctx.now : null)
  ctx.record({
    type: 'ticket.item-changed',
    subject: { kind: 'ticket', id: ticket.id },
    before: change.before,
    after: { ...change.after, item: item.item_id, item_name: item.reference },
  })
  if (task !== item.task && item.kind === 'asset') await beginTask(ctx, ticket, item.item_id, task)
  return shown(ctx, ticket)
}

const planColumns = (item: ItemPlan): ItemPlan =>
  Object.fromEntries(Object.keys(bare).map((name) => [name, item[name as keyof ItemPlan]])) as unknown as ItemPlan

export async function unlinkItem(ctx: Ctx, input: Input<typeof ticketItems.unlink>): Promise<Several> {
  const { ticket, item } = await held(ctx, input)
  refuse(whyNotRedo({ doneAt: item.done_at }, actorOn(ctx, ticket)))
  await deleteItem(ctx.tx, item.id)
  ctx.record({
    type: 'ticket.item-unlinked',
    subject: { kind: 'ticket', id: ticket.id },
    before: { kind: item.kind, item: item.item_id, item_name: item.reference, task: item.task },
  })
  return shown(ctx, ticket)
}
