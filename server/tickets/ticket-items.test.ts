import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assetCategories, assetModels } from '../../contract/asset-models.ts'
import { assets } from '../../contract/assets.ts'
import { calendars } from '../../contract/calendars.ts'
import { commitments } from '../../contract/commitments.ts'
import { custodies } from '../../contract/custody.ts'
import { locations } from '../../contract/locations.ts'
import { modelFailures } from '../../contract/model-failures.ts'
import { services } from '../../contract/relations.ts'
import { assetCosts, ticketItems } from '../../contract/ticket-items.ts'
import { ticketMerges } from '../../contract/ticket-merges.ts'
import { tickets } from '../../contract/tickets.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../test/support/server.ts'
import { codeOf, placeOf } from '../../test/support/refusals.ts'

let server: TestServer
let tess: TestPerson
let cora: TestPerson
let rita: TestPerson
let tom: TestPerson
let shelf: string
let laptops: string

const register = (given: object = {}) => cora.client(assets.register, { category: laptops, location: shelf, ...given })
const given = async (person: TestPerson) => {
  const asset = await register()
  await tess.client(custodies.handOut, { assets: [asset.id], to: { kind: 'person', id: person.id } })
  return asset
}
const asked = (by: TestPerson, more: object = {}) => by.client(tickets.open, { title: 'Help', ...more })
const assetNow = (id: string) => cora.client(assets.show, { id })
const link = (ticket: string, item: string, more: object = {}) =>
  tess.client(ticketItems.link, { id: ticket, item, ...more })
const resolve = (id: string) => tess.client(tickets.resolve, { id, resolution: 'Done' })

beforeAll(async () => {
  server = await startTestServer({ work: true })
  await server.queue('Desk', ['Desk team'])
  tess = await server.person({ name: 'Tess Tech', role: 'technician', teams: ['Desk team'] })
  cora = await server.person({ name: 'Cora Coordinator', role: 'coordinator' })
  rita = await server.person({ name: 'Rita', role: 'requester' })
  tom = await server.person({ name: 'Tom', role: 'requester' })
  await cora.client(calendars.create, {
    name: 'Hours',
    zone: 'Europe/Berlin',
    week: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((d) => [d, [{ from: '09:00', to: '17:00' }]])),
  })
  shelf = (await cora.client(locations.create, { kind: 'stock_room', name: 'Shelf' })).id
  laptops = (await cora.client(assetCategories.create, { name: 'Laptops', class: 'device' })).id
})
afterAll(async () => await server.stop())

describe('what a ticket is about', () => {
  it('is planned where a merged ticket goes on: a repair begun in it would never end', async () => {
    const device = await register()
    const [merged, into] = [await asked(rita), await asked(tom)]
    await link(merged.id, device.id)
    await tess.client(ticketMerges.merge, { id: merged.id, into: into.id })
    const other = await register()
    expect(await codeOf(link(merged.id, other.id))).toBe('tickets.merged')
    expect(await codeOf(link(merged.id, other.id, { task: 'repair' }))).toBe('tickets.merged')
    const [item] = (await tess.client(ticketItems.list, { id: merged.id })).items
    const planned = tess.client(ticketItems.change, { id: merged.id, link: item!.id, task: 'repair' })
    expect(await codeOf(planned)).toBe('tickets.merged')
    expect(await assetNow(device.id)).toMatchObject({ state: 'in_stock' })
    // what it cost can still be said
    const said = { id: merged.id, link: item!.id, cost: { minor: 1200, currency: 'EUR' } }
    expect(await codeOf(tess.client(ticketItems.change, said))).toBe('allowed')
  })
  it('is named by who asks, from what they have', async () => {
    const mine = await given(rita)
    const other = await given(tom)
    const ticket = await asked(rita, { assets: [mine.tag] })
    const { items } = await rita.client(ticketItems.list, { id: ticket.id })
    expect(items).toMatchObject([{ kind: 'asset', item: { reference: mine.tag }, task: 'affected', state: null }])
    expect(await placeOf(asked(rita, { assets: [other.tag] }))).toBe('item')
    expect(await placeOf(rita.client(ticketItems.link, { id: ticket.id, item: other.id }))).toBe('item')
    expect(await placeOf(rita.client(ticketItems.link, { id: ticket.id, item: mine.id, task: 'stolen' }))).toBe(
      'ticket-items.own-alone',
    )
    expect(await placeOf(rita.client(ticketItems.unlink, { id: ticket.id, link: items[0]!.id }))).toBe('forbidden')
    expect(await placeOf(tom.client(ticketItems.list, { id: ticket.id }))).toBe('not-found')
  })

  it('is a device, a service or a place, each once, and finds its tickets', async () => {
    const asset = await register()
    const mail = await cora.client(services.create, { name: 'Mail' })
    const ticket = await asked(rita)
    await link(ticket.id, asset.tag)
    await link(ticket.id, asset.id)
    await link(ticket.id, mail.id, { kind: 'service' })
    const { items } = await link(ticket.id, shelf, { kind: 'location' })
    expect(items.map((one) => [one.kind, one.item.reference])).toEqual([
      ['asset', asset.tag],
      ['service', 'Mail'],
      ['location', 'Shelf'],
    ])
    for (const about of [asset.id, mail.id])
      expect((await tess.client(tickets.list, { about, count: 'exact' })).items.map((one) => one.id)).toEqual([
        ticket.id,
      ])
    expect((await tess.client(tickets.list, { about: shelf })).items.map((one) => one.id)).toContain(ticket.id)
    expect(await placeOf(link(ticket.id, mail.id, { kind: 'service', task: 'repair' }))).toBe(
      'ticket-items.assets-alone',
    )
    expect(await placeOf(link(ticket.id, 'AST-nowhere'))).toBe('item')
    await expect(link(ticket.id, 'AST-nowhere')).rejects.toMatchObject({
      body: { fields: [{ path: 'item', message: 'There is no such asset, or you do not see it.' }] },
    })
    const left = await tess.client(ticketItems.unlink, { id: ticket.id, link: items[0]!.id })
    expect(left.items).toHaveLength(2)
    expect((await tess.client(tickets.list, { about: asset.id })).items).toEqual([])
  })
})

describe('a deployment', () => {
  it('hands the device to the requester as it is resolved, with its warranty', async () => {
    const asset = await register()
    const ticket = await asked(rita, { kind: 'request' })
    await link(ticket.id, asset.id, { task: 'deploy', warrantyUntil: '2040-05-01' })
    expect((await assetNow(asset.id)).holder).toBeNull()
    await resolve(ticket.id)
    const after = await assetNow(asset.id)
    expect(after).toMatchObject({ state: 'deployed', holder: { name: 'Rita' }, warrantyUntil: '2040-05-01' })
    expect(after.inServiceOn).not.toBeNull()
    const warranty = after.commitments.find((one) => one.kind === 'warranty_end')
    expect(warranty).toMatchObject({ phase: 'running' })
    const [custody] = (await tess.client(custodies.list, { asset: asset.id })).items
    expect(custody).toMatchObject({ holder: { name: 'Rita' }, note: ticket.reference, ended: null })
    const { items } = await tess.client(ticketItems.list, { id: ticket.id })
    expect(items[0]!.doneAt).not.toBeNull()
    // what was carried out is not planned anew, and is done once
    expect(await placeOf(tess.client(ticketItems.change, { id: ticket.id, link: items[0]!.id, to: null }))).toBe(
      'ticket-items.done',
    )
    await tess.client(custodies.takeBack, { assets: [asset.id] })
    await tess.client(tickets.reopen, { id: ticket.id })
    await resolve(ticket.id)
    expect((await assetNow(asset.id)).state).toBe('in_stock')
  })

  it('is not resolved while its device cannot be handed out, and nothing of it happens', async () => {
    const good = await register()
    const taken = await given(tom)
    const ticket = await asked(rita)
    await link(ticket.id, good.id, { task: 'deploy' })
    await link(ticket.id, taken.id, { task: 'deploy' })
    expect(await placeOf(resolve(ticket.id))).toMatch(/^custody\./)
    expect((await assetNow(good.id)).state).toBe('in_stock')
    expect((await tess.client(tickets.show, { id: ticket.id })).state).toBe('new')
    const { items } = await tess.client(ticketItems.list, { id: ticket.id })
    const other = items.find((one) => one.item.id === taken.id)!
    await tess.client(ticketItems.change, { id: ticket.id, link: other.id, task: 'take_back', place: shelf })
    await resolve(ticket.id)
    expect(await assetNow(good.id)).toMatchObject({ state: 'deployed', holder: { name: 'Rita' } })
    expect(await assetNow(taken.id)).toMatchObject({ state: 'in_stock', holder: null })
  })

  it('goes to whoever is named, for as long as is said', async () => {
    const asset = await register()
    const ticket = await asked(rita)
    await link(ticket.id, asset.id, { task: 'deploy', to: { kind: 'person', id: tom.id }, dueBackOn: '2040-02-01' })
    await resolve(ticket.id)
    expect(await assetNow(asset.id)).toMatchObject({ holder: { name: 'Tom' }, dueBackOn: '2040-02-01' })
    expect(await placeOf(link(ticket.id, shelf, { kind: 'location', to: { kind: 'person', id: shelf } }))).toBe('to')
  })
})

describe('a return', () => {
  it('is not carried out where the device was given to another since it was planned', async () => {
    const asset = await given(rita)
    const ticket = await asked(rita)
    const { items } = await link(ticket.id, asset.id, { task: 'take_back', place: shelf })
    await tess.client(custodies.transfer, { assets: [asset.id], to: { kind: 'person', id: tom.id } })
    expect(await placeOf(resolve(ticket.id))).toBe('ticket-items.with-another')
    expect((await assetNow(asset.id)).holder).toMatchObject({ name: 'Tom' })
    // said again, it is meant
    await tess.client(ticketItems.change, { id: ticket.id, link: items[0]!.id, place: null })
    await resolve(ticket.id)
    expect(await assetNow(asset.id)).toMatchObject({ state: 'in_stock', holder: null })
  })

  it('that is confidential is not named in the register', async () => {
    const asset = await given(rita)
    const trusted = await server.person({ name: 'Thea', role: 'technician', teams: ['Desk team'], confidential: true })
    const ticket = await trusted.client(tickets.open, { title: 'Under seal', confidential: true })
    await trusted.client(ticketItems.link, { id: ticket.id, item: asset.id, task: 'take_back', place: shelf })
    await trusted.client(tickets.resolve, { id: ticket.id, resolution: 'Done' })
    const said = [
      await cora.client(assets.history, { id: asset.id }),
      await cora.client(custodies.list, { asset: asset.id }),
    ]
    expect(JSON.stringify(said)).not.toContain(ticket.reference)
    expect(JSON.stringify(said)).toContain('A confidential ticket')
  })
})

describe('a repair', () => {
  it('keeps the history of the device, its holder, and what it cost', async () => {
    const asset = await given(rita)
    await cora.client(assets.edit, { id: asset.id, cost: { minor: 90_000, currency: 'EUR' } })
    const ticket = await asked(rita, { assets: [asset.tag] })
    const [item] = (await tess.client(ticketItems.list, { id: ticket.id })).items
    await tess.client(ticketItems.change, { id: ticket.id, link: item!.id, task: 'repair' })
    expect(await assetNow(asset.id)).toMatchObject({ state: 'in_repair', holder: { name: 'Rita' } })
    await resolve(ticket.id)
    expect(await assetNow(asset.id)).toMatchObject({ state: 'deployed', holder: { name: 'Rita' } })
    // the bill comes later
    const cost = { minor: 12_345, currency: 'EUR' }
    await tess.client(ticketItems.change, { id: ticket.id, link: item!.id, cost })
    const costs = await cora.client(assetCosts.show, { id: asset.tag })
    expect(costs).toEqual({
      tickets: 1,
      open: 0,
      totals: [
        {
          price: { minor: 90_000, currency: 'EUR' },
          work: cost,
          total: { minor: 102_345, currency: 'EUR' },
        },
      ],
    })
    const history = (await cora.client(assets.history, { id: asset.id })).items.map((one) => one.event?.sentence ?? '')
    expect(history.filter((sentence) => sentence.includes(ticket.reference))).toHaveLength(2)
    expect((await tess.client(custodies.list, { asset: asset.id })).items).toHaveLength(1)
  })

  it('counts the cost of hidden tickets for nobody who does not see them', async () => {
    const asset = await register()
    const secret = await server.person({
      name: 'Trusted',
      role: 'technician',
      teams: ['Desk team'],
      confidential: true,
    })
    const ticket = await secret.client(tickets.open, { title: 'Under seal', confidential: true })
    const cost = { minor: 500, currency: 'EUR' }
    await secret.client(ticketItems.link, { id: ticket.id, item: asset.id, cost })
    expect(await cora.client(assetCosts.show, { id: asset.id })).toEqual({ tickets: 0, open: 0, totals: [] })
    expect((await secret.client(assetCosts.show, { id: asset.id })).tickets).toBe(1)
  })
})

it('a theft opens its checklist, each step with an owner and a clock', async () => {
  const asset = await given(rita)
  const ticket = await asked(rita)
  await tess.client(tickets.assign, { id: ticket.id, assignee: 'me' })
  await link(ticket.id, asset.id, { task: 'stolen' })
  expect((await assetNow(asset.id)).state).toBe('stolen')
  const steps = (await tess.client(commitments.list, { subject: ticket.id, by_hand: true })).items
  expect(steps).toHaveLength(6)
  for (const step of steps) expect(step).toMatchObject({ owner: { name: 'Tess Tech' }, phase: 'running' })
  const police = steps.find((one) => one.byHand!.title.includes('police'))!
  expect(await placeOf(tess.client(commitments.complete, { id: police.id }))).not.toBe('allowed')
  await tess.client(commitments.complete, { id: police.id, evidence: 'Report 2026/1' })
  await resolve(ticket.id)
  expect((await assetNow(asset.id)).state).toBe('stolen')
})

it('work begun in a state that does not allow it is refused, and nothing is linked', async () => {
  const asset = await register()
  await cora.client(assets.changeState, { id: asset.id, state: 'lost', reason: 'not found' })
  const ticket = await asked(rita)
  expect(await placeOf(link(ticket.id, asset.id, { task: 'repair' }))).toBe('assets.no-way')
  expect((await tess.client(ticketItems.list, { id: ticket.id })).items).toEqual([])
})

it('a model that fails more often than its peers is proposed with figures, from the tickets one sees', async () => {
  const models = new Map<string, string>()
  for (const name of ['Weak', 'Strong', 'Stronger'])
    models.set(name, (await cora.client(assetModels.create, { name, category: laptops })).id)
  const inServiceOn = new Date(Date.now() - 300 * 86_400_000).toISOString().slice(0, 10)
  const made = new Map<string, string[]>()
  for (const [name, model] of models) {
    const devices: string[] = []
    for (let i = 0; i < 10; i++) devices.push((await register({ model, inServiceOn })).id)
    made.set(name, devices)
  }
  const fails = async (by: TestPerson, name: string, times: number, more: object = {}) => {
    for (let i = 0; i < times; i++) {
      const ticket = await by.client(tickets.open, { title: `${name} broke`, ...more })
      await by.client(ticketItems.link, { id: ticket.id, item: made.get(name)![i % 10]! })
    }
  }
  await fails(tess, 'Weak', 14)
  await fails(tess, 'Strong', 2)
  await fails(tess, 'Stronger', 2)
  // neither requests nor what is only planned are failures
  await fails(tess, 'Strong', 6, { kind: 'request' })
  const listed = async (by: TestPerson) => (await by.client(modelFailures.list, { category: laptops })).items
  const items = await listed(cora)
  expect(items.map((one) => [one.model.name, one.own.failures, one.verdict])).toEqual([
    ['Weak', 14, 'more'],
    ['Strong', 2, 'as_peers'],
    ['Stronger', 2, 'as_peers'],
  ])
  expect(items[0]).toMatchObject({ devices: 10, peers: { failures: 4 }, ratio: 7 })
  expect(items[0]!.own.deviceYears).toBeCloseTo((10 * 300) / 365.25, 1)
  expect(items[0]!.chance).toBeLessThan(0.001)
  const trusted = await server.person({ name: 'Trudy', role: 'technician', teams: ['Desk team'], confidential: true })
  await fails(trusted, 'Strong', 30, { confidential: true })
  expect((await listed(cora))[0]).toMatchObject({ model: { name: 'Weak' }, verdict: 'more' })
  expect((await listed(trusted))[0]).toMatchObject({
    model: { name: 'Strong' },
    own: { failures: 32 },
    verdict: 'more',
  })
  expect(await placeOf(rita.client(modelFailures.list, {}))).toBe('forbidden')
  expect(await placeOf(cora.client(modelFailures.list, { months: 0 }))).toBe('months')
})
