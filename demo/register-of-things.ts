import type { Action, Sent } from '../contract/action.ts'
import {
  assetCategories,
  assetModels,
  depreciationClasses,
  loanPools,
  manufacturers,
} from '../contract/asset-models.ts'
import { assets } from '../contract/assets.ts'
import { fields } from '../contract/fields.ts'
import { locations } from '../contract/locations.ts'
import { teams } from '../contract/people.ts'
import { relations, services } from '../contract/relations.ts'
import { stock } from '../contract/stock.ts'
import { type NewAsset, registerAssets } from '../server/assets/public.ts'
import { openCustomValues } from '../server/fields/public.ts'
import type { Opened } from '../server/main.ts'
import { personNames } from '../server/people/public.ts'
import { sql } from '../server/platform/db.ts'
import { runCommand } from '../server/platform/platform.ts'
import { company } from './company.ts'
import type { Cast } from './load-demo.ts'
import { seeded } from './random.ts'
import { dayIn } from './day-in.ts'

const kinds = [
  { name: 'Laptops', class: 'device', lifeMonths: 48, written: 'Computers, 3 years' },
  { name: 'Monitors', class: 'device', lifeMonths: 72, written: 'Computers, 3 years' },
  { name: 'Phones', class: 'device', lifeMonths: 36, written: 'Phones, 2 years' },
  { name: 'Switches', class: 'device', lifeMonths: 84, written: 'Network, 5 years' },
  { name: 'SIM cards', class: 'sim', lifeMonths: null, written: null },
  { name: 'Circuits', class: 'circuit', lifeMonths: null, written: null },
  { name: 'Toner', class: 'consumable', lifeMonths: null, written: null },
  { name: 'Headsets', class: 'accessory', lifeMonths: null, written: null },
] as const

const made = [
  { maker: 'Nordtek', name: 'Fjord 14', number: 'NF14-G3', kind: 'Laptops', cost: 134_900 },
  { maker: 'Nordtek', name: 'Fjord 16', number: 'NF16-G2', kind: 'Laptops', cost: 189_900 },
  { maker: 'Kestrel', name: 'View 27', number: 'KV27Q', kind: 'Monitors', cost: 31_900 },
  { maker: 'Pebble Mobile', name: 'P9', number: 'PM-P9', kind: 'Phones', cost: 64_900 },
  { maker: 'Halden Networks', name: 'HX-48', number: 'HX48-PoE', kind: 'Switches', cost: 420_000 },
] as const

/** What the invented company has: laptops, monitors, phones, switches, SIMs, toner that runs low, laptops to lend. Nothing where there are assets already. */
export async function fillRegister(opened: Opened, cast: Cast): Promise<void> {
  const { db } = opened.platform.database
  if ((await sql`select 1 from assets limit 1`.execute(db)).rows.length > 0) return
  const coordinator = [...cast.actors.values()].find((actor) => actor.role === 'coordinator')!
  const act = <A extends Action>(action: A, input: Sent<A>) => opened.act(coordinator, action, input)
  const random = seeded(31)

  const places = new Map<string, { store: string; rooms: string[] }>()
  for (const name of company.sites) {
    const site = await act(locations.create, { kind: 'site', name, contact: coordinator.id })
    const house = await act(locations.create, { kind: 'building', name: 'Works', parent: site.id })
    const floor = await act(locations.create, { kind: 'floor', name: 'Ground floor', parent: house.id })
    const rooms = []
    for (const room of ['0.04', '0.11', '0.12', 'Calibration hall'])
      rooms.push((await act(locations.create, { kind: 'room', name: room, parent: floor.id })).id)
    const store = await act(locations.create, { kind: 'stock_room', name: 'IT store', parent: floor.id })
    places.set(name, { store: store.id, rooms })
  }
  const home = places.get(company.sites[0]!)!

  const written = new Map<string, string>()
  for (const [name, months, salvagePercent] of [
    ['Computers, 3 years', 36, 0],
    ['Phones, 2 years', 24, 10],
    ['Network, 5 years', 60, 5],
  ] as const)
    written.set(name, (await act(depreciationClasses.create, { name, months, salvagePercent })).id)
  const categories = new Map<string, string>()
  for (const kind of kinds)
    categories.set(
      kind.name,
      (
        await act(assetCategories.create, {
          name: kind.name,
          class: kind.class,
          lifeMonths: kind.lifeMonths,
          depreciation: kind.written === null ? null : written.get(kind.written)!,
        })
      ).id,
    )
  const makers = new Map<string, string>()
  for (const maker of new Set(made.map((one) => one.maker)))
    makers.set(
      maker,
      (
        await act(manufacturers.create, {
          name: maker,
          supportUrl: `https://support.${maker.toLowerCase().replaceAll(' ', '-')}.example/`,
          supportPhone: '+49 30 5550 200',
        })
      ).id,
    )
  const models = new Map<string, string>()
  for (const { maker, name, number, kind } of made)
    models.set(
      name,
      (
        await act(assetModels.create, {
          name,
          number,
          category: categories.get(kind)!,
          manufacturer: makers.get(maker)!,
          ...(name === 'P9' ? { endOfLifeOn: dayIn(75) } : {}),
        })
      ).id,
    )
  const laptops = categories.get('Laptops')!
  await act(fields.define, { kind: 'asset', key: 'cost_centre', label: 'Cost centre', type: 'text', pattern: '\\d{4}' })
  await act(fields.define, {
    kind: 'asset',
    key: 'keyboard',
    label: 'Keyboard',
    type: 'choice',
    choices: ['German', 'Polish', 'Norwegian'],
    sets: [laptops],
  })
  await act(fields.define, {
    kind: 'asset',
    key: 'bios_password',
    label: 'BIOS password',
    type: 'text',
    encrypted: true,
    sets: [laptops],
  })
  await act(fields.define, {
    kind: 'asset',
    key: 'phone_number',
    label: 'Phone number',
    type: 'text',
    unique: true,
    sets: [categories.get('SIM cards')!],
  })
  const pool = (await act(loanPools.create, { name: 'Loan laptops', location: home.store, loanDays: 14 })).id
  const vendor = [...cast.vendors.values()]

  const list: NewAsset[] = []
  const serial = (): string => `${random.pick(['PF', 'NK', 'H9'])}${1_000_000 + random.below(9_000_000)}`
  const bought = (name: string, daysAgo: number): NewAsset['given'] => ({
    model: models.get(name)!,
    serial: serial(),
    purchasedOn: dayIn(-daysAgo),
    inServiceOn: dayIn(-daysAgo + 12),
    warrantyUntil: dayIn(-daysAgo + 3 * 365),
    cost: { minor: made.find((one) => one.name === name)!.cost, currency: 'EUR' },
    orderNumber: `B-${2000 + Math.floor(daysAgo / 30)}`,
    ...(vendor.length === 0 ? {} : { vendor: vendor[daysAgo % vendor.length]! }),
  })
  const roomOf = (): string => random.pick(random.pick([...places.values()]).rooms)
  const people = cast.requesters.slice(0, 70)
  for (const [i, name] of people.entries()) {
    const holder = { holder_kind: 'person', holder_id: cast.actors.get(name)!.id } as const
    const daysAgo = 40 + ((i * 53) % 1300)
    list.push({
      given: {
        ...bought(i % 4 === 0 ? 'Fjord 16' : 'Fjord 14', daysAgo),
        location: roomOf(),
        name: `HMI-L${String(i + 1).padStart(3, '0')}`,
        ...(i % 6 === 0 ? { nextAuditOn: dayIn(3 + i) } : {}),
      },
      fields: {
        cost_centre: random.pick(['4100', '4200', '3100', '2100']),
        keyboard: random.pick(['German', 'Polish', 'Norwegian']),
        bios_password: `invented-${i}`,
      },
      state: 'deployed',
      holder,
    })
    if (i % 2 === 0)
      list.push({ given: { ...bought('View 27', daysAgo), location: roomOf() }, state: 'deployed', holder })
    if (i % 3 === 0) {
      list.push({ given: { ...bought('P9', daysAgo), serial: serial() }, state: 'deployed', holder })
      list.push({
        given: { category: categories.get('SIM cards')!, serial: `89490200001${100_000_000 + i}` },
        fields: { phone_number: `+49 471 555${String(1000 + i)}` },
        state: 'deployed',
        holder,
      })
    }
  }
  for (const [i, room] of [...places.values()].flatMap((place) => place.rooms.slice(0, 2)).entries())
    list.push({
      given: {
        ...bought('HX-48', 300 + i * 90),
        name: `sw-${i + 1}`,
        location: room,
        leaseUntil: dayIn(200 + i * 40),
      },
      state: 'deployed',
      holder: { holder_kind: 'location', holder_id: room },
    })
  for (let i = 0; i < 6; i++)
    list.push({
      given: { ...bought('Fjord 14', 500 + i), pool, location: home.store, name: `LOAN-${i + 1}` },
      state: 'in_stock',
    })
  for (let i = 0; i < 9; i++)
    list.push({ given: { ...bought('Fjord 14', 15 + i), location: home.store }, state: 'in_stock' })
  for (let i = 0; i < 5; i++)
    list.push({ given: { model: models.get('Fjord 16')!, orderNumber: 'B-2101' }, state: 'ordered' })
  list.push({
    given: { category: categories.get('Circuits')!, name: 'Fibre Bremerhaven, 1 Gbit/s', location: home.rooms[0]! },
    state: 'received',
  })

  const customValues = openCustomValues({ secret: opened.platform.secret, personNames })
  const stored = await runCommand(opened.platform, coordinator, (ctx) => registerAssets(ctx, customValues, list))
  for (const [index, state, reason] of [
    [0, 'in_repair', 'Screen flickers; sent to the maker'],
    [5, 'lost', 'Left on the train to Gdańsk'],
    [9, 'retired', 'Battery swollen'],
    [12, 'stolen', 'Taken from a car, reported to the police'],
  ] as const)
    await act(assets.changeState, { id: stored[index]!.id, state, reason })

  const usedBy = (await act(teams.list, { limit: 200 })).items.slice(0, 2).map((team) => team.id)
  const database = await act(services.create, {
    name: 'Calibration database',
    description: 'Certificates of instruments',
    teams: usedBy,
  })
  const switches = stored.filter((asset) => asset.name.startsWith('sw-'))
  const asset = (one: { id: string }) => ({ kind: 'asset' as const, id: one.id })
  await act(relations.relate, { kind: 'runs_on', from: { kind: 'service', id: database.id }, to: asset(switches[1]!) })
  for (const one of switches.slice(1))
    await act(relations.relate, { kind: 'connected_to', from: asset(one), to: asset(switches[0]!) })

  for (const [name, number, kind, quantity, minimum] of [
    ['Toner black', 'KT-26', 'Toner', 2, 4],
    ['Toner cyan', 'KT-27', 'Toner', 6, 3],
    ['Drum unit', 'KT-D9', 'Toner', 1, 1],
    ['Headset, two ears', 'HS-200', 'Headsets', 14, 5],
  ] as const)
    await act(stock.create, {
      name,
      number,
      category: categories.get(kind)!,
      location: home.store,
      quantity,
      minimum,
      cost: { minor: kind === 'Toner' ? 8_900 : 5_400, currency: 'EUR' },
    })
}
