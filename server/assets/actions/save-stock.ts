import type { Input, Output } from '../../../contract/action.ts'
import type { stock, StockItem } from '../../../contract/stock.ts'
import { clocksOf, keepMoments } from '../../commitments/public.ts'
import { sentence } from '../../platform/catalogue.ts'
import { type Ctx, dayAfter } from '../../platform/ctx.ts'
import { invalid, notFound, refuse, stale } from '../../platform/errors.ts'
import { changes } from '../../platform/events.ts'
import { newId } from '../../platform/identifiers.ts'
import { demandLocation } from '../given-columns.ts'
import { categoryById, isClassCounted } from '../models-store.ts'
import { refOf } from '../shown-asset.ts'
import {
  insertStock,
  isLow,
  moveQuantity,
  saveStock,
  stockById,
  type StockColumns,
  stockPage,
  type StoredStock,
} from '../stock-store.ts'

/** Until then something that ran low should be ordered. */
const daysToOrder = 7

const shown = (s: StoredStock): StockItem => ({
  id: s.id,
  version: s.version,
  name: s.name,
  number: s.number,
  class: s.class,
  category: { id: s.category_id, name: s.category_name },
  manufacturer: refOf(s.manufacturer_id, s.manufacturer_name),
  location: refOf(s.location_id, s.location_name),
  vendor: refOf(s.vendor_id, s.vendor_name),
  quantity: s.quantity,
  minimum: s.minimum,
  low: isLow(s),
  cost: s.cost_minor === null ? null : { minor: s.cost_minor, currency: s.currency! },
  note: s.note,
  active: s.active,
  refusals: {},
})

export async function listStock(ctx: Ctx, input: Input<typeof stock.list>): Promise<Output<typeof stock.list>> {
  const { rows, next } = await stockPage(ctx.tx, ctx.actor.organisation, input, input.limit, input.after)
  return { items: rows.map(shown), next }
}

export async function showStock(ctx: Ctx, input: Input<typeof stock.show>): Promise<Output<typeof stock.show>> {
  const found = await stockById(ctx.tx, ctx.actor.organisation, input.id)
  if (found === undefined) throw notFound('stock')
  return { ...shown(found), commitments: await clocksOf(ctx, found.id) }
}

/** Somebody must order what ran low; once there is enough again, that was done. */
async function keepStocked(ctx: Ctx, before: StoredStock | null, after: StoredStock, cause: string): Promise<void> {
  const wasLow = before !== null && isLow(before)
  if (wasLow === isLow(after)) return
  const on = isLow(after) ? dayAfter(ctx, daysToOrder) : null
  await keepMoments(ctx, after.organisation_id, [
    {
      subject: { kind: 'stock', id: after.id },
      owner: { person: null, teams: [] },
      moments: [
        {
          kind: 'restock',
          title: sentence('assets.moment.restock', { name: after.name }),
          on,
          warnSeconds: 0,
          done: on === null,
          anew: true,
        },
      ],
      cause,
    },
  ])
}

type Given = Omit<Input<typeof stock.edit>, 'id' | 'version'>
const columnsOf = (given: Given, before: StockColumns): StockColumns => ({
  name: given.name ?? before.name,
  number: given.number === undefined ? before.number : given.number,
  category_id: given.category ?? before.category_id,
  manufacturer_id: given.manufacturer === undefined ? before.manufacturer_id : given.manufacturer,
  location_id: given.location === undefined ? before.location_id : given.location,
  vendor_id: given.vendor === undefined ? before.vendor_id : given.vendor,
  minimum: given.minimum === undefined ? before.minimum : given.minimum,
  cost_minor: given.cost === undefined ? before.cost_minor : (given.cost?.minor ?? null),
  currency: given.cost === undefined ? before.currency : (given.cost?.currency ?? null),
  note: given.note ?? before.note,
  active: given.active ?? before.active,
})
const nothing: StockColumns = {
  name: '',
  number: null,
  category_id: '',
  manufacturer_id: null,
  location_id: null,
  vendor_id: null,
  minimum: null,
  cost_minor: null,
  currency: null,
  note: '',
  active: true,
}

async function check(ctx: Ctx, columns: StockColumns, before: StockColumns): Promise<void> {
  const category = await categoryById(ctx.tx, ctx.actor.organisation, columns.category_id)
  if (category === undefined) throw invalid('category', 'assets.category-unknown')
  if (!isClassCounted(category.class))
    throw invalid('category', 'assets.named-not-counted', { category: category.name })
  if (columns.location_id !== before.location_id) await demandLocation(ctx, columns.location_id)
}

const reread = async (ctx: Ctx, id: string): Promise<StoredStock> =>
  (await stockById(ctx.tx, ctx.actor.organisation, id))!

export async function createStock(ctx: Ctx, input: Input<typeof stock.create>): Promise<Output<typeof stock.create>> {
  const id = newId()
  const columns = { ...columnsOf(input, nothing), quantity: input.quantity }
  await check(ctx, columns, nothing)
  await insertStock(ctx.tx, ctx.actor.organisation, id, columns)
  const cause = ctx.record({ type: 'stock.created', subject: { kind: 'stock', id }, after: columns })
  const after = await reread(ctx, id)
  await keepStocked(ctx, null, after, cause)
  return shown(after)
}

async function held(ctx: Ctx, id: string): Promise<StoredStock> {
  const found = await stockById(ctx.tx, ctx.actor.organisation, id, true)
  if (found === undefined) throw notFound('stock')
  return found
}

export async function editStock(ctx: Ctx, input: Input<typeof stock.edit>): Promise<Output<typeof stock.edit>> {
  const before = await held(ctx, input.id)
  if (input.version !== undefined && input.version !== before.version) throw stale(shown(before), input)
  const columns = columnsOf(input, before)
  await check(ctx, columns, before)
  const change = changes(columnsOf({}, before), columns)
  if (Object.keys(change.after).length === 0) {
    ctx.unchanged()
    return shown(before)
  }
  await saveStock(ctx.tx, before.id, columns)
  const cause = ctx.record({ type: 'stock.changed', subject: { kind: 'stock', id: before.id }, ...change })
  const after = await reread(ctx, before.id)
  await keepStocked(ctx, before, after, cause)
  return shown(after)
}

/** Adds to an item or takes from it. 409 where less is there than is taken: of two who take the last one, one gets it. */
export async function moveStock(
  ctx: Ctx,
  id: string,
  change: number,
  act: { type: string; reason: string; params?: Record<string, unknown> },
): Promise<StoredStock> {
  const before = await held(ctx, id)
  if (!(await moveQuantity(ctx.tx, id, change)))
    refuse({ code: 'assets.not-enough', params: { name: before.name, quantity: before.quantity } })
  const after = await reread(ctx, id)
  const cause = ctx.record({
    type: act.type,
    subject: { kind: 'stock', id },
    before: { quantity: before.quantity },
    after: { quantity: after.quantity, change, reason: act.reason, ...act.params },
  })
  await keepStocked(ctx, before, after, cause)
  return after
}

export async function countStock(ctx: Ctx, input: Input<typeof stock.move>): Promise<Output<typeof stock.move>> {
  if (input.change === 0) throw invalid('change', 'assets.no-change')
  return shown(await moveStock(ctx, input.id, input.change, { type: 'stock.moved', reason: input.reason }))
}
