import { z } from 'zod'
import {
  basedOn,
  command,
  givenDate,
  id,
  instant,
  line,
  listOf,
  page,
  plainDate,
  query,
  queryList,
  ref,
  refusals,
} from './action.ts'
import { assetClass } from './asset-models.ts'
import { disposal, disposalGiven } from './disposals.ts'
import { fieldFilters, fieldKey, fieldShown, valuesGiven } from './fields.ts'
import { money } from './money.ts'
import { ticketClock, timelineEntry } from './tickets.ts'

export const assetStates = [
  'ordered',
  'received',
  'in_stock',
  'reserved',
  'deployed',
  'in_repair',
  'lost',
  'stolen',
  'retired',
  'disposed',
] as const
export const assetState = z.enum(assetStates)
export type AssetState = z.output<typeof assetState>
/** A tag that is given: one word, which stands in addresses and in lists with commas. */
export const assetTag = line(60).regex(/^[^\s/?#,;"]+$/, 'must be one word without / ? # , ; "')
/** An asset is named by its id or its tag (`AST-1001`). */
export const assetKey = z.string().min(1).max(60)

/** Who or what has an asset. */
export const holderKind = z.enum(['person', 'location', 'asset'])
export type HolderKind = z.output<typeof holderKind>
export const holder = z.object({ kind: holderKind, id, name: z.string() })

export const assetRow = z.object({
  id,
  tag: z.string(),
  version: z.int(),
  name: z.string(),
  serial: z.string().nullable(),
  state: assetState,
  stateSince: instant,
  class: assetClass,
  category: ref,
  model: ref.nullable(),
  manufacturer: ref.nullable(),
  location: ref.nullable(),
  holder: holder.nullable(),
  dueBackOn: plainDate.nullable(),
  warrantyUntil: plainDate.nullable(),
  pool: ref.nullable(),
  createdAt: instant,
  updatedAt: instant,
  refusals,
})
export type AssetRow = z.output<typeof assetRow>

export const asset = assetRow.extend({
  modelNumber: z.string().nullable(),
  heldSince: instant.nullable(),
  vendor: ref.nullable(),
  orderNumber: z.string().nullable(),
  purchasedOn: plainDate.nullable(),
  receivedOn: plainDate.nullable(),
  inServiceOn: plainDate.nullable(),
  retiredOn: plainDate.nullable(),
  disposedOn: plainDate.nullable(),
  cost: money.nullable(),
  warrantyVendor: ref.nullable(),
  supportTerms: z.string().nullable(),
  leaseUntil: plainDate.nullable(),
  /** What it is worth in the books today, straight line from the day in service; null for what is leased or lacks cost, day or class. */
  depreciation: z.object({ class: z.string(), book: money, monthly: money, endsOn: plainDate }).nullable(),
  disposal: disposal.nullable(),
  /** When it should be replaced, and what says so. */
  endOfLife: z.object({ on: plainDate, from: z.enum(['asset', 'model', 'model_life', 'category_life']) }).nullable(),
  nextAuditOn: plainDate.nullable(),
  /** The last audit that found it, once that was closed. */
  lastAudit: z
    .object({
      audit: z.object({ id, reference: z.string(), name: z.string() }),
      at: instant,
      by: z.string(),
      location: ref.nullable(),
      condition: z.enum(['good', 'worn', 'damaged', 'incomplete']).nullable(),
    })
    .nullable(),
  note: z.string(),
  fields: z.array(fieldShown),
  commitments: z.array(ticketClock),
  /** Where it can go from here, each with the reason why not at present. */
  moves: z.array(
    z.object({
      state: assetState,
      needsReason: z.boolean(),
      refusal: z.object({ code: z.string(), sentence: z.string() }).nullable(),
    }),
  ),
})
export type Asset = z.output<typeof asset>

const given = {
  tag: assetTag,
  serial: line(120).nullable(),
  name: z.string().trim().max(120),
  model: id.nullable(),
  category: id,
  location: id.nullable(),
  pool: id.nullable(),
  vendor: id.nullable(),
  orderNumber: line(60).nullable(),
  purchasedOn: givenDate.nullable(),
  receivedOn: givenDate.nullable(),
  inServiceOn: givenDate.nullable(),
  cost: money.nullable(),
  warrantyUntil: givenDate.nullable(),
  warrantyVendor: id.nullable(),
  supportTerms: line(500).nullable(),
  leaseUntil: givenDate.nullable(),
  endOfLifeOn: givenDate.nullable(),
  nextAuditOn: givenDate.nullable(),
  note: z.string().trim().max(10_000),
  fields: valuesGiven,
}
const key = { id: assetKey }
const changing = { ...key, version: basedOn }

export const assets = {
  list: query({
    name: 'assets.list',
    path: '/assets',
    permission: 'assets.read',
    summary: 'Assets, filtered, sorted, page by page.',
    input: z.object({
      q: z
        .string()
        .max(200)
        .optional()
        .meta({ description: 'Words of tag, serial, name, order number, model or holder' }),
      state: queryList(assetState).optional(),
      class: queryList(assetClass).optional(),
      category: id.optional(),
      model: id.optional(),
      manufacturer: id.optional(),
      location: id.optional().meta({ description: 'A location, with everything inside it' }),
      holder: z.string().max(60).optional().meta({ description: 'Id of a person, location or asset, or `none`' }),
      pool: id.optional(),
      vendor: id.optional(),
      serial: z.string().max(120).optional(),
      warranty_before: plainDate.optional().meta({ description: 'Warranty ends before this date' }),
      end_of_life_before: plainDate.optional(),
      audit_before: plainDate.optional(),
      field: fieldFilters.optional().meta({ description: 'Custom fields, each `key:value`' }),
      sort: z
        .enum(['tag', '-tag', 'name', '-name', 'created', '-created', 'updated', '-updated', 'warranty', '-warranty'])
        .default('tag'),
      ...page,
    }),
    output: listOf(assetRow),
  }),
  show: query({
    name: 'assets.show',
    path: '/assets/{id}',
    permission: 'assets.read',
    summary: 'One asset, by id or tag.',
    input: z.object(key),
    output: asset,
  }),
  history: query({
    name: 'assets.history',
    path: '/assets/{id}/history',
    permission: 'assets.read',
    summary: 'Everything that happened to an asset, newest first.',
    input: z.object({ ...key, ...page }),
    output: listOf(timelineEntry),
  }),
  register: command({
    name: 'assets.register',
    method: 'POST',
    path: '/assets',
    permission: 'assets.write',
    summary: 'Register an asset. A model or a category is required; a tag is made unless given.',
    input: z
      .object(given)
      .partial()
      .extend({
        state: z
          .enum(['ordered', 'received', 'in_stock'])
          .optional()
          .meta({ description: 'Without one: in stock where a location is named, received otherwise' }),
      }),
    output: asset,
  }),
  edit: command({
    name: 'assets.edit',
    method: 'PATCH',
    path: '/assets/{id}',
    permission: 'assets.write',
    summary: 'Change fields of an asset.',
    input: z.object(given).partial().extend(changing),
    output: asset,
  }),
  editMany: command({
    name: 'assets.edit-many',
    method: 'POST',
    path: '/assets/bulk-edit',
    permission: 'assets.write',
    summary: 'Change the same fields of many assets at once: all of them or none.',
    input: z.object({
      assets: z.array(id).min(1).max(500),
      change: z.object({
        model: id.optional(),
        location: given.location.optional(),
        pool: given.pool.optional(),
        vendor: given.vendor.optional(),
        purchasedOn: given.purchasedOn.optional(),
        warrantyUntil: given.warrantyUntil.optional(),
        leaseUntil: given.leaseUntil.optional(),
        nextAuditOn: given.nextAuditOn.optional(),
        fields: valuesGiven.optional(),
      }),
    }),
    output: z.object({ changed: z.int(), unchanged: z.int() }),
  }),
  changeState: command({
    name: 'assets.change-state',
    method: 'PUT',
    path: '/assets/{id}/state',
    permission: 'assets.work',
    summary: 'Move an asset on in its life cycle.',
    input: z.object({
      ...changing,
      state: assetState,
      reason: z.string().trim().max(500).default(''),
      location: id.nullable().optional().meta({ description: 'Where it is from then on' }),
    }),
    output: asset,
  }),
  dispose: command({
    name: 'assets.dispose',
    method: 'POST',
    path: '/assets/{id}/disposal',
    permission: 'assets.write',
    summary: 'Dispose of a retired asset, with what became of its media (NIST SP 800-88), and certify it.',
    input: z.object({ ...changing, ...disposalGiven }),
    output: asset,
  }),
  reveal: command({
    name: 'assets.reveal',
    method: 'POST',
    path: '/assets/{id}/fields/{field}/reading',
    permission: 'fields.secrets',
    summary: 'Read one encrypted value of an asset. The reading is recorded.',
    input: z.object({ ...key, field: fieldKey }),
    output: z.object({ value: z.union([z.string(), z.number(), z.boolean()]) }),
    answersSecret: true,
  }),
}
