import type { Input, Output } from '../../contract/action.ts'
import type { catalogue, ServiceDefinition, ServiceRow } from '../../contract/catalogue.ts'
import type { Ctx } from '../platform/ctx.ts'
import { notFound } from '../platform/errors.ts'
import type { Subjects } from '../platform/subjects.ts'
import { ticketByKey } from '../tickets/public.ts'
import { reread } from './actions/order-service.ts'
import { orderOf } from './orders-store.ts'
import { mayOrder } from './rules/form.ts'
import {
  colleagues,
  draftsOf,
  ordererOf,
  publishedServices,
  serviceById,
  type StoredService,
} from './services-store.ts'
import { shownForm, shownServiceRow } from './shown.ts'

/** Services the reader may order whose words contain every one of the query. */
async function findServices(
  ctx: Ctx,
  q: string | undefined,
): Promise<(StoredService & { definition: ServiceDefinition })[]> {
  const who = await ordererOf(ctx.tx, ctx.actor.person)
  const words = (q ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  return (await publishedServices(ctx.tx, ctx.actor.organisation)).flatMap((s) => {
    const { definition } = s
    if (definition === null || !mayOrder(definition.visibleTo, who)) return []
    const text = `${definition.name} ${definition.summary} ${definition.description} ${s.category_name}`.toLowerCase()
    return words.every((word) => text.includes(word)) ? [{ ...s, definition }] : []
  })
}

export async function listServices(
  ctx: Ctx,
  input: Input<typeof catalogue.list>,
): Promise<Output<typeof catalogue.list>> {
  const drafts = await draftsOf(ctx.tx, ctx.actor.person)
  return { items: (await findServices(ctx, input.q)).map((s) => shownServiceRow(s, s.definition, drafts.has(s.id))) }
}

/** What the reader may order, what is ordered most first. */
export async function listMostOrdered(ctx: Ctx, limit: number): Promise<ServiceRow[]> {
  const drafts = await draftsOf(ctx.tx, ctx.actor.person)
  return (await findServices(ctx, undefined))
    .toSorted((a, b) => b.orders - a.orders)
    .slice(0, limit)
    .map((s) => shownServiceRow(s, s.definition, drafts.has(s.id)))
}

/** The published service, if the reader may order it; 404 otherwise. */
export async function demandService(ctx: Ctx, id: string): Promise<StoredService & { definition: ServiceDefinition }> {
  const s = await serviceById(ctx.tx, ctx.actor.organisation, id)
  const definition = s?.definition ?? null
  if (s === undefined || definition === null || !s.category_active) throw notFound('service')
  if (!mayOrder(definition.visibleTo, await ordererOf(ctx.tx, ctx.actor.person))) throw notFound('service')
  return { ...s, definition }
}

export async function showService(
  ctx: Ctx,
  input: Input<typeof catalogue.show>,
): Promise<Output<typeof catalogue.show>> {
  const s = await demandService(ctx, input.id)
  return shownForm(s, s.definition, (await draftsOf(ctx.tx, ctx.actor.person)).get(s.id))
}

export async function listColleagues(
  ctx: Ctx,
  input: Input<typeof catalogue.people>,
): Promise<Output<typeof catalogue.people>> {
  return { items: await colleagues(ctx.tx, ctx.actor.organisation, input.q) }
}

export const showOrder =
  (subjects: Subjects) =>
  async (ctx: Ctx, input: Input<typeof catalogue.showOrder>): Promise<Output<typeof catalogue.showOrder>> => {
    const ticket = await ticketByKey(ctx.tx, ctx.actor, input.id)
    if (ticket === undefined || (await orderOf(ctx.tx, ticket.id)) === undefined) throw notFound('order')
    return reread(ctx, subjects, ticket.id)
  }
