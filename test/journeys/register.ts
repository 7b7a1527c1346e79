import {
  assetCategories,
  assetModels,
  depreciationClasses,
  loanPools,
  manufacturers,
} from '../../contract/asset-models.ts'
import { assetAudits } from '../../contract/asset-audits.ts'
import { assets } from '../../contract/assets.ts'
import { attestations } from '../../contract/attestations.ts'
import type { Client } from '../../contract/client.ts'
import { custodies } from '../../contract/custody.ts'
import { mine } from '../../contract/mine.ts'
import { fields } from '../../contract/fields.ts'
import { locations } from '../../contract/locations.ts'
import { relations, services } from '../../contract/relations.ts'
import { stock } from '../../contract/stock.ts'

/** A few devices on a few shelves. Answers the tag of one that has something of everything, and an item of stock that runs low. */
export async function furnishRegister(admin: Client): Promise<{
  asset: string
  stock: string
  audit: string
  myThing: string
  campaign: string
}> {
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  const site = await admin(locations.create, { kind: 'site', name: 'Berlin', city: 'Berlin', country: 'DE' })
  const house = await admin(locations.create, { kind: 'building', name: 'Head office', parent: site.id })
  const store = await admin(locations.create, { kind: 'stock_room', name: 'Store', parent: house.id })
  const depreciation = (await admin(depreciationClasses.create, { name: 'Computers, 3 years', months: 36 })).id
  const category = (
    await admin(assetCategories.create, { name: 'Laptops', class: 'device', lifeMonths: 48, depreciation })
  ).id
  const toner = (await admin(assetCategories.create, { name: 'Toner', class: 'consumable' })).id
  const manufacturer = (await admin(manufacturers.create, { name: 'Lenovo' })).id
  const model = (await admin(assetModels.create, { name: 'ThinkPad T14', number: '21CF', category, manufacturer })).id
  const pool = (await admin(loanPools.create, { name: 'Loan laptops', location: store.id })).id
  const field = { kind: 'asset', type: 'text' } as const
  await admin(fields.define, { ...field, key: 'cost_code', label: 'Cost code' })
  await admin(fields.define, { ...field, key: 'bios_password', label: 'BIOS password', encrypted: true })
  for (let i = 0; i < 5; i++)
    await admin(assets.register, {
      model,
      location: store.id,
      serial: `PF2ABC3${i}`,
      warrantyUntil: inDays(90 + 60 * i),
      ...(i < 2 ? { pool } : {}),
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
    fields: { cost_code: 'KS-100', bios_password: 'invented' },
  })
  const payroll = await admin(services.create, { name: 'Payroll', description: 'Pay slips, bank files' })
  await admin(relations.relate, {
    kind: 'runs_on',
    from: { kind: 'service', id: payroll.id },
    to: { kind: 'asset', id: made.id },
  })
  const low = await admin(stock.create, {
    name: 'Toner 26X',
    number: 'CF226X',
    category: toner,
    location: store.id,
    quantity: 1,
    minimum: 3,
  })
  await admin(custodies.saveTerms, { category: null, body: 'I take care of it and give it back when I leave.' })
  const self = (await admin(mine.show, {})).person
  const held = await admin(assets.list, { limit: 3 })
  if (self !== null)
    await admin(custodies.handOut, {
      assets: held.items.filter((row) => row.id !== made.id).map((row) => row.id),
      to: { kind: 'person', id: self.id },
      dueBackOn: inDays(30),
    })
  const audit = await admin(assetAudits.plan, {
    name: 'Store, before the move',
    scope: { kind: 'location', id: site.id },
    plannedOn: inDays(1),
    dueOn: inDays(8),
  })
  await admin(assetAudits.start, { id: audit.id })
  const now = new Date().toISOString()
  await admin(assetAudits.scan, {
    id: audit.id,
    scans: [
      { id: crypto.randomUUID(), code: made.tag, location: store.id, scannedAt: now, condition: 'worn' },
      { id: crypto.randomUUID(), code: 'OLD-4711', location: house.id, scannedAt: now, note: 'grey box, no label' },
    ],
  })
  await admin(assetAudits.endScanning, { id: audit.id })
  const myThing = held.items.find((row) => row.id !== made.id)?.tag ?? 'none'
  const campaign =
    self === null
      ? ''
      : (
          await admin(attestations.start, {
            name: 'Still yours?',
            note: 'We move house next month.',
            dueOn: inDays(14),
            who: { kind: 'people', people: [self.id] },
          })
        ).id
  if (self !== null)
    await admin(attestations.answerFor, {
      id: campaign,
      person: self.id,
      gaps: [{ id: crypto.randomUUID(), note: 'A second monitor' }],
    })
  return { asset: made.tag, stock: low.id, audit: audit.id, myThing, campaign }
}
