import {
  assetCategories,
  assetModels,
  depreciationClasses,
  loanPools,
  manufacturers,
} from '../../contract/asset-models.ts'
import { assets } from '../../contract/assets.ts'
import type { Client } from '../../contract/client.ts'
import { fields } from '../../contract/fields.ts'
import { locations } from '../../contract/locations.ts'
import { stock } from '../../contract/stock.ts'

/** One of everything in the register, by id; fields by key too. */
export interface Register {
  location: string
  manufacturer: string
  category: string
  counted: string
  depreciation: string
  model: string
  pool: string
  asset: string
  stock: string
  field: string
  fieldId: string
  secret: string
  newAsset(): Promise<string>
}

export async function prepareRegister(client: Client): Promise<Register> {
  const id = async (made: Promise<{ id: string }>) => (await made).id
  const location = await id(client(locations.create, { kind: 'site', name: 'Some site' }))
  const manufacturer = await id(client(manufacturers.create, { name: 'Some maker' }))
  const category = await id(client(assetCategories.create, { name: 'Some devices', class: 'device' }))
  const counted = await id(client(assetCategories.create, { name: 'Some consumables', class: 'consumable' }))
  const model = await id(client(assetModels.create, { name: 'Some model', category, manufacturer }))
  const field = { kind: 'asset', key: 'some_field', label: 'Some field', type: 'text' } as const
  const fieldId = await id(client(fields.define, field))
  await client(fields.define, { ...field, key: 'some_secret', label: 'Some secret', encrypted: true })
  const newAsset = () =>
    id(client(assets.register, { model, location, fields: { some_field: 'seen', some_secret: 'unseen' } }))
  return {
    location,
    manufacturer,
    category,
    counted,
    depreciation: await id(client(depreciationClasses.create, { name: 'Some years', months: 36 })),
    model,
    pool: await id(client(loanPools.create, { name: 'Some pool' })),
    asset: await newAsset(),
    stock: await id(client(stock.create, { name: 'Some toner', category: counted, quantity: 5 })),
    field: field.key,
    fieldId,
    secret: 'some_secret',
    newAsset,
  }
}
