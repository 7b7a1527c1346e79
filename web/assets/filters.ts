import type { Sent } from '../../contract/action.ts'
import type { assets } from '../../contract/assets.ts'
import type { AddressFields } from '../platform/address.ts'

export type AssetFilter = Sent<typeof assets.list>
const filterFields = [
  'q',
  'state',
  'class',
  'category',
  'model',
  'manufacturer',
  'location',
  'holder',
  'pool',
  'vendor',
  'warranty_before',
  'end_of_life_before',
  'field',
] as const
export type FilterField = (typeof filterFields)[number]

/** What the address asks for. */
export function filterOf(address: AddressFields): AssetFilter {
  const narrowed: Record<string, string> = {}
  for (const field of filterFields) {
    const value = address[field]
    if (value !== undefined && value !== '') narrowed[field] = value
  }
  return { ...narrowed, sort: (address['sort'] ?? 'tag') as NonNullable<AssetFilter['sort']> }
}
export const filtersOn = (address: AddressFields): FilterField[] =>
  filterFields.filter((field) => (address[field] ?? '') !== '')
export const noFilters: AddressFields = Object.fromEntries(filterFields.map((field) => [field, undefined]))
