import { assetCategories, assetModels, manufacturers } from '../../contract/asset-models.ts'
import { assets } from '../../contract/assets.ts'
import type { Client } from '../../contract/client.ts'
import { locations } from '../../contract/locations.ts'

/** A few devices on a few shelves. Answers the tag of one that has something of everything. */
export async function furnishRegister(admin: Client): Promise<string> {
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  const site = await admin(locations.create, { kind: 'site', name: 'Berlin', city: 'Berlin', country: 'DE' })
  const store = await admin(locations.create, { kind: 'stock_room', name: 'Store', parent: site.id })
  const category = (await admin(assetCategories.create, { name: 'Laptops', class: 'device', lifeMonths: 48 })).id
  const manufacturer = (await admin(manufacturers.create, { name: 'Lenovo' })).id
  const model = (await admin(assetModels.create, { name: 'ThinkPad T14', number: '21CF', category, manufacturer })).id
  for (let i = 0; i < 5; i++)
    await admin(assets.register, {
      model,
      location: store.id,
      serial: `PF2ABC3${i}`,
      warrantyUntil: inDays(90 + 60 * i),
    })
  const made = await admin(assets.register, {
    model,
    location: store.id,
    name: 'Drawing office 2',
    serial: 'PF2XYZ99',
    purchasedOn: inDays(-200),
    warrantyUntil: inDays(165),
    nextAuditOn: inDays(20),
    cost: { minor: 143_900, currency: 'EUR' },
    note: 'Second battery in the drawer.',
  })
  return made.tag
}
