import type { Input } from '../../contract/action.ts'
import type { assets } from '../../contract/assets.ts'
import { locationById } from '../locations/public.ts'
import type { Ctx } from '../platform/ctx.ts'
import { invalid } from '../platform/errors.ts'
import type { AssetColumns } from './assets-store.ts'
import { categoryById, isClassCounted, modelById } from './models-store.ts'
import { serialKey } from './rules/serial.ts'

export type AssetGiven = Partial<Omit<Input<typeof assets.register>, 'state' | 'fields'>>

/** Input field to column, where one is the other. */
const plain = {
  tag: 'tag',
  name: 'name',
  location: 'location_id',
  pool: 'pool_id',
  vendor: 'vendor_id',
  orderNumber: 'order_number',
  purchasedOn: 'purchased_on',
  receivedOn: 'received_on',
  inServiceOn: 'in_service_on',
  warrantyUntil: 'warranty_until',
  warrantyVendor: 'warranty_vendor_id',
  supportTerms: 'support_terms',
  leaseUntil: 'lease_until',
  endOfLifeOn: 'end_of_life_on',
  nextAuditOn: 'next_audit_on',
  note: 'note',
} as const satisfies Partial<Record<keyof AssetGiven, keyof AssetColumns>>

/** The columns that an input names; what it does not name is not there. */
export function columnsOf(given: AssetGiven): Partial<AssetColumns> {
  const columns: Record<string, unknown> = {}
  for (const [field, column] of Object.entries(plain) as [keyof typeof plain, keyof AssetColumns][])
    if (given[field] !== undefined) columns[column] = given[field]
  if (given.serial !== undefined) {
    columns['serial'] = given.serial
    columns['serial_key'] = serialKey(given.serial)
  }
  if (given.cost !== undefined) {
    columns['cost_minor'] = given.cost?.minor ?? null
    columns['currency'] = given.cost?.currency ?? null
  }
  return columns
}

/** Model and category of an input: a model brings its category. 400 where one is unknown, or names what is only counted. */
export async function kindOf(
  ctx: Ctx,
  given: { model?: string | null | undefined; category?: string | undefined },
  before: { model_id: string | null; category_id: string } | null,
): Promise<{ model_id: string | null; category_id: string }> {
  const { organisation } = ctx.actor
  const modelId = given.model === undefined ? (before?.model_id ?? null) : given.model
  const model = modelId === null ? null : await modelById(ctx.tx, organisation, modelId)
  if (model === undefined) throw invalid('model', 'assets.model-unknown')
  const categoryId = model?.category_id ?? given.category ?? before?.category_id
  if (categoryId === undefined) throw invalid('model', 'assets.model-or-category')
  const category = await categoryById(ctx.tx, organisation, categoryId)
  if (category === undefined) throw invalid('category', 'assets.category-unknown')
  if (isClassCounted(category.class)) throw invalid('category', 'assets.counted-not-named', { category: category.name })
  return { model_id: modelId, category_id: categoryId }
}

/** 400 where a location is not one of the organisation's, or is closed. */
export async function demandLocation(ctx: Ctx, location: string | null | undefined): Promise<void> {
  if (location == null) return
  const found = await locationById(ctx.tx, ctx.actor.organisation, location)
  if (found === undefined || !found.active) throw invalid('location', 'assets.location-unknown')
}
