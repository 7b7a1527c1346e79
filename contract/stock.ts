import { z } from 'zod'
import { basedOn, command, id, line, listOf, page, query, queryBoolean, ref, refusals } from './action.ts'
import { assetClass } from './asset-models.ts'
import { money } from './money.ts'
import { ticketClock } from './tickets.ts'

/** Something that is counted: an accessory, a consumable. */
export const stockItem = z.object({
  id,
  version: z.int(),
  name: z.string(),
  number: z.string().nullable(),
  class: assetClass,
  category: ref,
  manufacturer: ref.nullable(),
  location: ref.nullable(),
  vendor: ref.nullable(),
  quantity: z.int(),
  /** Below this it must be ordered; null: nobody minds. */
  minimum: z.int().nullable(),
  low: z.boolean(),
  /** Cost of one. */
  cost: money.nullable(),
  note: z.string(),
  active: z.boolean(),
  refusals,
})
export type StockItem = z.output<typeof stockItem>

const given = {
  name: line(120),
  number: line(120).nullable(),
  category: id,
  manufacturer: id.nullable(),
  location: id.nullable(),
  vendor: id.nullable(),
  minimum: z.int().min(0).max(1e9).nullable(),
  cost: money.nullable(),
  note: z.string().trim().max(5000),
  active: z.boolean(),
}

export const stock = {
  list: query({
    name: 'stock.list',
    path: '/stock',
    permission: 'assets.read',
    summary: 'Accessories and consumables, by name.',
    input: z.object({
      q: z.string().max(200).optional(),
      low: queryBoolean.optional().meta({ description: 'Only those below their minimum' }),
      category: id.optional(),
      location: id.optional(),
      active: queryBoolean.optional(),
      ...page,
    }),
    output: listOf(stockItem),
  }),
  show: query({
    name: 'stock.show',
    path: '/stock/{id}',
    permission: 'assets.read',
    summary: 'One item of stock, with what is promised about it.',
    input: z.object({ id }),
    output: stockItem.extend({ commitments: z.array(ticketClock) }),
  }),
  create: command({
    name: 'stock.create',
    method: 'POST',
    path: '/stock',
    permission: 'assets.write',
    summary: 'Add an item of stock.',
    input: z
      .object(given)
      .partial()
      .extend({ name: given.name, category: given.category, quantity: z.int().min(0).max(1e9).default(0) }),
    output: stockItem,
  }),
  edit: command({
    name: 'stock.edit',
    method: 'PATCH',
    path: '/stock/{id}',
    permission: 'assets.write',
    summary: 'Change an item of stock; its quantity moves by what comes and goes.',
    input: z.object(given).partial().extend({ id, version: basedOn }),
    output: stockItem,
  }),
  move: command({
    name: 'stock.move',
    method: 'POST',
    path: '/stock/{id}/movements',
    permission: 'assets.work',
    summary: 'Add to an item or take from it, saying why. Nobody can take more than is there.',
    input: z.object({ id, change: z.int().min(-1e9).max(1e9), reason: z.string().trim().min(2).max(500) }),
    output: stockItem,
  }),
}
