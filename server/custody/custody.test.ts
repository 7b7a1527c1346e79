import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assetCategories, loanPools } from '../../contract/asset-models.ts'
import { type Asset, assets } from '../../contract/assets.ts'
import { calendars } from '../../contract/calendars.ts'
import type { ApiError } from '../../contract/client.ts'
import { commitments } from '../../contract/commitments.ts'
import { custodies } from '../../contract/custody.ts'
import { locations } from '../../contract/locations.ts'
import { notifications } from '../../contract/notifications.ts'
import { stock } from '../../contract/stock.ts'
import { textOf } from '../../test/support/pdf-text.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../test/support/server.ts'
import { sql } from '../platform/db.ts'
import { placeOf } from '../../test/support/refusals.ts'

let server: TestServer
let tess: TestPerson
let cora: TestPerson
let rita: TestPerson
let tom: TestPerson
let auditor: TestPerson
let shelf: string
let laptops: string
let mice: string
let toner: string

const register = (given: object = {}) => cora.client(assets.register, { category: laptops, location: shelf, ...given })
const to = (person: TestPerson) => ({ kind: 'person' as const, id: person.id })
const give = (asset: Asset, person: TestPerson, more: object = {}) =>
  tess.client(custodies.handOut, { assets: [asset.id], to: to(person), ...more })
const openMoments = async (asset: Asset) =>
  (await cora.client(assets.show, { id: asset.id })).commitments
    .filter((c) => c.phase === 'running')
    .map((c) => c.kind)
    .toSorted()
const momentsOf = async (asset: Asset) =>
  (await cora.client(assets.show, { id: asset.id })).commitments.map((c) => [c.kind, c.phase]).toSorted(byKindThenEnd)
const waitingFor = async (asset: Asset) =>
  (await cora.client(assets.show, { id: asset.id })).commitments.filter((c) => c.phase === 'running')
const byKindThenEnd = ([a, x]: string[], [b, y]: string[]) =>
  a!.localeCompare(b!) || Number(x === 'running') - Number(y === 'running') || x!.localeCompare(y!)
const historyOf = async (asset: Asset) =>
  (await tess.client(custodies.list, { asset: asset.id })).items.map((c) => [c.holder.name, c.ended?.how ?? 'open'])

beforeAll(async () => {
  server = await startTestServer({ work: true })
  tess = await server.person({ name: 'Tess Tech', role: 'technician', teams: ['Desk'] })
  cora = await server.person({ name: 'Cora Coordinator', role: 'coordinator' })
  rita = await server.person({ name: 'Rita Ångström', role: 'requester' })
  tom = await server.person({ name: 'Tom', role: 'requester' })
  auditor = await server.person({ name: 'Audrey', role: 'auditor' })
  await cora.client(calendars.create, {
    name: 'Hours',
    zone: 'Europe/Berlin',
    week: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((d) => [d, [{ from: '09:00', to: '17:00' }]])),
  })
  shelf = (await cora.client(locations.create, { kind: 'stock_room', name: 'Store' })).id
  laptops = (await cora.client(assetCategories.create, { name: 'Laptops', class: 'device' })).id
  mice = (await cora.client(assetCategories.create, { name: 'Mice', class: 'accessory' })).id
  toner = (await cora.client(assetCategories.create, { name: 'Toner', class: 'consumable' })).id
})
afterAll(() => server.stop())

describe('handing out', () => {
  it('gives an asset to a person, a place or a device, and keeps who had it', async () => {
    const laptop = await register({ name: 'ThinkPad' })
    const { items } = await give(laptop, rita, { note: 'new starter' })
    expect(items).toMatchObject([
      {
        asset: { tag: laptop.tag },
        holder: { name: 'Rita Ångström' },
        by: 'Tess Tech',
        ended: null,
        acceptance: 'none',
      },
    ])
    expect(await tess.client(assets.show, { id: laptop.id })).toMatchObject({
      state: 'deployed',
      holder: { kind: 'person', id: rita.id },
      inServiceOn: expect.any(String),
    })
    const dock = await register({ name: 'Dock' })
    await tess.client(custodies.handOut, { assets: [dock.tag], to: { kind: 'asset', id: laptop.id } })
    await tess.client(custodies.transfer, { assets: [dock.tag], to: { kind: 'location', id: shelf } })
    await tess.client(custodies.transfer, { assets: [laptop.tag, dock.tag], to: to(tom) })
    await tess.client(custodies.takeBack, { assets: [laptop.tag], condition: 'worn', note: 'hinge loose' })
    expect(await historyOf(laptop)).toEqual([
      ['Tom', 'returned'],
      ['Rita Ångström', 'transferred'],
    ])
    expect((await historyOf(dock)).map(([, how]) => how)).toEqual(['open', 'transferred', 'transferred'])
    expect(await tess.client(assets.show, { id: laptop.id })).toMatchObject({ state: 'in_stock', holder: null })
    const told = (await tess.client(assets.history, { id: laptop.id })).items.map((i) => i.event?.sentence)
    expect(told).toEqual(
      expect.arrayContaining([
        'handed it out to Rita Ångström: new starter',
        'passed it on from Rita Ångström to Tom',
        'took it back from Tom: worn: hinge loose',
      ]),
    )
  })
  it('is refused in words, all of it or none', async () => {
    const [one, two] = [await register(), await register()]
    await give(one, rita)
    const both = { assets: [two.id, one.id], to: to(tom) }
    const error: unknown = await tess.client(custodies.handOut, both).catch((e: unknown) => e)
    expect((error as ApiError).body.message).toBe(`Rita Ångström has ${one.tag}. Pass it on, or take it back first.`)
    expect((await tess.client(assets.show, { id: two.id })).state).toBe('in_stock')
    expect(await placeOf(tess.client(custodies.transfer, both))).toBe('custody.with-nobody')
    expect(await placeOf(tess.client(custodies.transfer, { ...both, assets: [one.id], to: to(rita) }))).toBe(
      'custody.same-holder',
    )
    expect(await placeOf(tess.client(custodies.takeBack, { assets: [two.id] }))).toBe('custody.with-nobody')
    const nobody = { kind: 'person' as const, id: two.id }
    expect(await placeOf(tess.client(custodies.handOut, { assets: [two.id], to: nobody }))).toBe('to')
    expect(await placeOf(give(two, tom, { dueBackOn: '2020-01-01' }))).toBe('dueBackOn')
    await tess.client(custodies.handOut, { assets: [two.id], to: { kind: 'asset', id: one.id } })
    expect(
      await placeOf(tess.client(custodies.transfer, { assets: [one.id], to: { kind: 'asset', id: two.id } })),
    ).toBe('custody.circle')
    expect(await placeOf(auditor.client(custodies.handOut, both))).toBe('forbidden')
    expect(await placeOf(rita.client(custodies.list, {}))).toBe('forbidden')
  })
  it('lends: what should be back is a commitment, kept by the return', async () => {
    const loan = await register()
    await give(loan, rita, { dueBackOn: '2035-03-01' })
    expect(await openMoments(loan)).toEqual(['expected_return'])
    await tess.client(custodies.takeBack, { assets: [loan.id] })
    const after = (await cora.client(assets.show, { id: loan.id })).commitments
    expect(after.find((c) => c.kind === 'expected_return')?.phase).toBe('stopped')
    await give(loan, rita, { dueBackOn: '2035-03-01' })
    await sql`update custodies set due_back_on = current_date - 3 where asset_id = ${loan.id} and ended_at is null`.execute(
      server.db,
    )
    expect((await tess.client(custodies.list, { overdue: true })).items.map((c) => c.asset?.tag)).toEqual([loan.tag])
  })
  it('lends on, for the same day: the next one is waited for as well', async () => {
    const loan = await register()
    await give(loan, rita, { dueBackOn: '2035-03-01' })
    await tess.client(custodies.transfer, { assets: [loan.id], to: to(tom), dueBackOn: '2035-03-01' })
    expect(await momentsOf(loan)).toEqual([
      ['expected_return', 'stopped'],
      ['expected_return', 'running'],
    ])
    await tess.client(custodies.takeBack, { assets: [loan.id] })
    await give(loan, rita, { dueBackOn: '2035-03-01' })
    expect(await openMoments(loan)).toEqual(['expected_return'])
  })
  it('lends what is of a pool for as long as the pool says, unless a day is named', async () => {
    const pool = (await cora.client(loanPools.create, { name: 'Loaners', loanDays: 5 })).id
    const [one, two, own] = [await register({ pool }), await register({ pool }), await register()]
    const assetsGiven = [one.id, own.id]
    const { items } = await tess.client(custodies.handOut, { assets: assetsGiven, to: to(rita) })
    const back = Temporal.Now.plainDateISO('Europe/Berlin').add({ days: 5 }).toString()
    expect(new Map(items.map((c) => [c.asset!.id, c.dueBackOn]))).toEqual(
      new Map([
        [one.id, back],
        [own.id, null],
      ]),
    )
    expect((await tess.client(assets.show, { id: one.id })).dueBackOn).toBe(back)
    expect(await openMoments(one)).toEqual(['expected_return'])
    expect((await give(two, tom, { dueBackOn: '2035-03-01' })).items[0]!.dueBackOn).toBe('2035-03-01')
    const passed = await tess.client(custodies.transfer, { assets: [two.id], to: to(rita) })
    expect(passed.items[0]!.dueBackOn).toBe(back)
  })
  it('puts no two things into each other, whoever is quicker', async () => {
    for (let round = 0; round < 12; round++) {
      const [one, two] = [await register(), await register()]
      const into = (a: Asset, b: Asset) =>
        placeOf(tess.client(custodies.handOut, { assets: [a.id], to: { kind: 'asset', id: b.id } }))
      const codes = await Promise.all([into(one, two), into(two, one)])
      expect(codes.toSorted()).toEqual(['allowed', 'custody.circle'])
    }
  })
  it('takes back what was stolen and came to light, and says why not what nobody has', async () => {
    const found = await register()
    const refused = async () => (await tess.client(assets.show, { id: found.id })).refusals['takeBack']?.code ?? null
    expect(await refused()).toBe('custody.with-nobody')
    await give(found, rita)
    await tess.client(assets.changeState, { id: found.id, state: 'stolen', reason: 'from the car' })
    expect(await refused()).toBeNull()
    await tess.client(custodies.takeBack, { assets: [found.id] })
    expect(await tess.client(assets.show, { id: found.id })).toMatchObject({ state: 'in_stock', holder: null })
    expect((await auditor.client(assets.show, { id: found.id })).refusals['takeBack']?.code).toBe('forbidden')
  })
  it('gives one thing to exactly one of fifty who take it at the same moment', async () => {
    const last = await register()
    const codes = await Promise.all(Array.from({ length: 50 }, (_, i) => placeOf(give(last, i % 2 === 0 ? rita : tom))))
    expect(codes.filter((code) => code === 'allowed')).toHaveLength(1)
    expect(codes.filter((code) => code === 'custody.held')).toHaveLength(49)
    expect(await historyOf(last)).toHaveLength(1)
  })
  it('follows what else changes a holder: an order of the life cycle, an import', async () => {
    const one = await register()
    await give(one, rita)
    await tess.client(assets.changeState, { id: one.id, state: 'retired', reason: 'too old' })
    expect(await historyOf(one)).toEqual([['Rita Ångström', 'released']])
    const two = await register()
    await sql`update assets set state = 'deployed', holder_kind = 'person', holder_id = ${tom.id}, held_since = now() where id = ${two.id}`.execute(
      server.db,
    )
    expect(await historyOf(two)).toEqual([['Tom', 'open']])
  })
})

describe('terms', () => {
  const body = 'I take care of it, and give it back when I leave. Grüße, Łódź.'
  it('are accepted by a typed name, as they were shown, and are a document', async () => {
    await cora.client(custodies.saveTerms, { category: null, body: 'For everything' })
    await cora.client(custodies.saveTerms, { category: laptops, body })
    const laptop = await register({ tag: 'ноутбук-1' })
    const [given] = (await give(laptop, rita)).items
    expect(given).toMatchObject({ acceptance: 'waiting', terms: body })
    expect(await openMoments(laptop)).toEqual(['acceptance'])
    expect((await rita.client(notifications.list, {})).items[0]!.sentence).toContain('Please accept the terms')
    // worded anew meanwhile: what was shown counts
    const worded = await cora.client(custodies.saveTerms, { category: laptops, body: `${body} And more.` })
    expect(worded.revision).toBe(2)
    const id = given!.id
    expect(await placeOf(tom.client(custodies.answer, { id, accept: true, signature: 'Tom' }))).toBe('not-found')
    expect(await placeOf(tess.client(custodies.answer, { id, accept: true, signature: 'Tess' }))).toBe(
      'custody.not-yours',
    )
    expect(await placeOf(rita.client(custodies.answer, { id, accept: true }))).toBe('signature')
    const accepted = await rita.client(custodies.answer, { id, accept: true, signature: 'Rita Ångström' })
    expect(accepted).toMatchObject({ acceptance: 'accepted', terms: body, answer: { signature: 'Rita Ångström' } })
    expect(await placeOf(rita.client(custodies.answer, { id, accept: true, signature: 'R' }))).toBe(
      'custody.answered-accepted',
    )
    expect(await openMoments(laptop)).toEqual([])
    const kept = (await cora.client(assets.show, { id: laptop.id })).commitments.find((c) => c.kind === 'acceptance')
    expect(kept?.phase).toBe('stopped')
    const get = (person: TestPerson) =>
      fetch(`${server.base}/api/v1/custody/${id}/receipt.pdf`, {
        headers: { cookie: `${person.cookie.name}=${person.cookie.value}` },
      })
    const sent = await get(rita)
    const name = `receipt-${encodeURIComponent('ноутбук-1')}.pdf`
    expect(sent.headers.get('content-disposition')).toBe(`attachment; filename*=UTF-8''${name}`)
    const pdf = Buffer.from(await sent.arrayBuffer())
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect((await get(auditor)).status).toBe(200)
    expect((await get(tom)).status).toBe(404)
    const text = textOf(pdf)
    if (text !== null)
      for (const words of [laptop.tag, 'Łódź', 'Rita Ångström', 'Tess Tech']) expect(text).toContain(words)
  })
  it('are declined with a reason, which somebody must settle', async () => {
    const laptop = await register()
    const [given] = (await give(laptop, tom)).items
    const { id } = given!
    expect(await placeOf(tom.client(custodies.answer, { id, accept: false }))).toBe('reason')
    await tom.client(custodies.answer, { id, accept: false, reason: 'The screen is broken' })
    expect(await openMoments(laptop)).toEqual(['declined'])
    expect((await tess.client(notifications.list, {})).items[0]).toMatchObject({
      sentence: `Tom declined ${laptop.tag}: The screen is broken`,
      subject: { kind: 'asset', id: laptop.id, reference: laptop.tag },
    })
    const mine = await tess.client(commitments.list, { owner: 'me' })
    expect(mine.items.map((c) => c.kind)).toContain('declined')
    await tess.client(custodies.takeBack, { assets: [laptop.id], condition: 'damaged', repair: true, note: 'screen' })
    expect(await openMoments(laptop)).toEqual([])
    expect((await tess.client(assets.show, { id: laptop.id })).state).toBe('in_repair')
    expect(await placeOf(tom.client(custodies.answer, { id, accept: true, signature: 'Tom' }))).toBe('custody.over')
  })
  it('are asked of each who gets it, on the same day too, in the name of who hands it out', async () => {
    const laptop = await register()
    const first = (await give(laptop, rita)).items[0]!
    await rita.client(custodies.answer, { id: first.id, accept: true, signature: 'Rita Ångström' })
    const second = (await tess.client(custodies.transfer, { assets: [laptop.id], to: to(tom) })).items[0]!
    expect(await momentsOf(laptop)).toEqual([
      ['acceptance', 'stopped'],
      ['acceptance', 'running'],
    ])
    await tom.client(custodies.answer, { id: second.id, accept: false, reason: 'Not mine' })
    await cora.client(custodies.transfer, { assets: [laptop.id], to: to(rita) })
    const third = await waitingFor(laptop)
    expect(third.map((c) => [c.title, c.owner?.name])).toEqual([
      [`Rita Ångström accepts the terms for ${laptop.tag}`, 'Cora Coordinator'],
    ])
    await tess.client(custodies.transfer, { assets: [laptop.id], to: to(tom) })
    expect((await waitingFor(laptop)).map((c) => [c.title, c.owner?.name])).toEqual([
      [`Tom accepts the terms for ${laptop.tag}`, 'Tess Tech'],
    ])
    expect((await momentsOf(laptop)).map(([kind, phase]) => `${kind} ${phase}`)).toEqual([
      'acceptance cancelled',
      'acceptance stopped',
      'acceptance stopped',
      'acceptance running',
      'declined stopped',
    ])
  })
  it('are waited for no more once the asset is with nobody, whatever took it away', async () => {
    const [waiting, declined] = [await register(), await register()]
    await give(waiting, rita)
    const [given] = (await give(declined, tom)).items
    await tom.client(custodies.answer, { id: given!.id, accept: false, reason: 'Not mine' })
    expect(await openMoments(waiting)).toEqual(['acceptance'])
    expect(await openMoments(declined)).toEqual(['declined'])
    await tess.client(assets.changeState, { id: waiting.id, state: 'in_stock' })
    await tess.client(assets.changeState, { id: declined.id, state: 'retired', reason: 'too old' })
    await expect.poll(() => openMoments(waiting), { timeout: 10_000 }).toEqual([])
    await expect.poll(() => openMoments(declined), { timeout: 10_000 }).toEqual([])
  })
  it('are not asked for where they are empty, and are worded by those who configure', async () => {
    await cora.client(custodies.saveTerms, { category: laptops, body: '' })
    expect((await give(await register(), rita)).items[0]!.acceptance).toBe('none')
    expect(await placeOf(tess.client(custodies.saveTerms, { category: null, body: 'x' }))).toBe('forbidden')
    expect(await placeOf(cora.client(custodies.saveTerms, { category: shelf, body: 'x' }))).toBe('category')
    const { items } = await tess.client(custodies.terms, {})
    expect(items.map((t) => [t.category?.name ?? null, t.revision, t.body])).toEqual(
      expect.arrayContaining([
        [null, 1, 'For everything'],
        ['Laptops', 3, ''],
      ]),
    )
  })
})

describe('counted items', () => {
  it('are issued by number, never more than there are, and accessories come back', async () => {
    const mouse = await cora.client(stock.create, { name: 'Mouse', category: mice, location: shelf, quantity: 10 })
    const issued = await tess.client(custodies.issue, { stock: mouse.id, quantity: 4, to: to(rita) })
    expect(issued).toMatchObject({
      quantity: 4,
      stock: { name: 'Mouse' },
      acceptance: 'waiting',
      terms: 'For everything',
    })
    expect((await tess.client(stock.show, { id: mouse.id })).quantity).toBe(6)
    expect(await placeOf(tess.client(custodies.issue, { stock: mouse.id, quantity: 7, to: to(tom) }))).toBe(
      'assets.not-enough',
    )
    const codes = await Promise.all(
      Array.from({ length: 20 }, () =>
        placeOf(tess.client(custodies.issue, { stock: mouse.id, quantity: 1, to: to(tom) })),
      ),
    )
    expect(codes.filter((code) => code === 'allowed')).toHaveLength(6)
    expect(codes.filter((code) => code === 'assets.not-enough')).toHaveLength(14)
    await tess.client(custodies.takeIssued, { id: issued.id, condition: 'good' })
    expect((await tess.client(stock.show, { id: mouse.id })).quantity).toBe(4)
    expect(await placeOf(tess.client(custodies.takeIssued, { id: issued.id }))).toBe('custody.over')
    const broken = (await tess.client(custodies.list, { stock: mouse.id, open: true })).items[0]!
    await tess.client(custodies.takeIssued, { id: broken.id, condition: 'damaged' })
    expect((await tess.client(stock.show, { id: mouse.id })).quantity).toBe(4)
    const black = await cora.client(stock.create, { name: 'Toner', category: toner, location: shelf, quantity: 2 })
    const used = await tess.client(custodies.issue, {
      stock: black.id,
      quantity: 1,
      to: { kind: 'location', id: shelf },
    })
    expect(await placeOf(tess.client(custodies.takeIssued, { id: used.id }))).toBe('custody.used-up')
  })
})

it('shows everybody what they have and had, and nothing else', async () => {
  const mine = (await tom.client(custodies.mine, {})).items
  expect(mine.length).toBeGreaterThan(3)
  expect(new Set(mine.map((c) => c.holder.name))).toEqual(new Set(['Tom']))
  const ofTom = await tess.client(custodies.list, { holder: tom.id, limit: 200, count: 'exact' })
  expect(ofTom.items.map((c) => c.id)).toEqual(mine.map((c) => c.id))
  expect(ofTom.total).toBe(mine.length)
  const first = await tess.client(custodies.list, { holder: tom.id, limit: 2 })
  const rest = await tess.client(custodies.list, { holder: tom.id, limit: 200, after: first.next! })
  expect([...first.items, ...rest.items].map((c) => c.id)).toEqual(mine.map((c) => c.id))
})

it('always says of an asset what the register says', async () => {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from assets a full join (select * from custodies where ended_at is null and asset_id is not null) c on c.asset_id = a.id
    where a.holder_id is distinct from c.holder_id or a.holder_kind is distinct from c.holder_kind`.execute(server.db)
  expect(rows[0]!.n).toBe(0)
})
