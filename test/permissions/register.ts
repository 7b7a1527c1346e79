import {
  assetCategories,
  assetModels,
  depreciationClasses,
  loanPools,
  manufacturers,
} from '../../contract/asset-models.ts'
import { assets } from '../../contract/assets.ts'
import { custodies } from '../../contract/custody.ts'
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
  /** An asset that the location has, or the person. */
  givenAsset(person: string | null): Promise<string>
  newStock(): Promise<string>
  /** Accessories issued to the location. */
  issued(): Promise<string>
  /** Something given to a person whose terms wait for an answer. */
  toAnswer(person: string): Promise<string>
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
  const terms = await id(client(assetCategories.create, { name: 'Things with terms', class: 'device' }))
  await client(custodies.saveTerms, { category: terms, body: 'Handle with care' })
  const accessories = await id(client(assetCategories.create, { name: 'Some accessories', class: 'accessory' }))
  let items = 0
  const newStock = () => id(client(stock.create, { name: `Some mouse ${++items}`, category: accessories, quantity: 5 }))
  const holderOf = (person: string | null) =>
    person === null ? { kind: 'location' as const, id: location } : { kind: 'person' as const, id: person }
  const given = async (person: string | null, category: string) => {
    const asset = await id(client(assets.register, { category, location }))
    const { items: made } = await client(custodies.handOut, { assets: [asset], to: holderOf(person) })
    return { asset, custody: made[0]!.id }
  }
  return {
    newStock,
    givenAsset: async (person) => (await given(person, category)).asset,
    toAnswer: async (person) => (await given(person, terms)).custody,
    issued: async () => id(client(custodies.issue, { stock: await newStock(), quantity: 1, to: holderOf(null) })),
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
