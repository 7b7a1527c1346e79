import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assetCategories } from '../../contract/asset-models.ts'
import { type Audit, assetAudits, buckets, type ScanGiven } from '../../contract/asset-audits.ts'
import { type Asset, assets } from '../../contract/assets.ts'
import { calendars } from '../../contract/calendars.ts'
import { commitments } from '../../contract/commitments.ts'
import { custodies } from '../../contract/custody.ts'
import { events } from '../../contract/events.ts'
import { locations } from '../../contract/locations.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../test/support/server.ts'
import { placeOf } from '../../test/support/refusals.ts'

let server: TestServer
let tess: TestPerson
let cora: TestPerson
let rita: TestPerson
let auditor: TestPerson
let laptops: string
let circuits: string

let made = 0
/** A house with two rooms, for one test alone. */
async function house() {
  const site = (await cora.client(locations.create, { kind: 'site', name: `House ${made++}` })).id
  const room = async (name: string) => (await cora.client(locations.create, { kind: 'room', name, parent: site })).id
  return { site, one: await room('One'), two: await room('Two') }
}
const register = (location: string, given: object = {}) =>
  cora.client(assets.register, { category: laptops, location, ...given })
const plan = (location: string | null, given: object = {}) =>
  cora.client(assetAudits.plan, {
    name: `Audit ${made++}`,
    scope: location === null ? { kind: 'everything' } : { kind: 'location', id: location },
    plannedOn: '2090-01-10',
    dueOn: '2090-01-20',
    ...given,
  })
const start = (audit: Audit) => cora.client(assetAudits.start, { id: audit.id })
const running = async (location: string, given: object = {}) => start(await plan(location, given))
const scan = (code: string, location: string | null = null, given: object = {}): ScanGiven => ({
  id: randomUUID(),
  code,
  location,
  scannedAt: new Date().toISOString(),
  ...given,
})
const take = (audit: Audit, ...scans: ScanGiven[]) => tess.client(assetAudits.scan, { id: audit.id, scans })
const rowsOf = async (audit: Audit, who = cora) =>
  (await who.client(assetAudits.rows, { id: audit.id, limit: 200 })).items
const told = async (audit: Audit) =>
  Object.fromEntries(
    (await rowsOf(audit)).map((r) => [r.label, r.because === null ? r.bucket : `${r.bucket}: ${r.because}`]),
  )
const show = (audit: Audit, who = cora) => who.client(assetAudits.show, { id: audit.id })
/** Counters are kept, never counted: they must be what counting would find. */
async function tallied(audit: Audit) {
  const { counts } = await show(audit)
  const rows = await rowsOf(audit)
  expect(Object.fromEntries(buckets.map((one) => [one, counts[one]]))).toEqual(
    Object.fromEntries(buckets.map((one) => [one, rows.filter((r) => r.bucket === one).length])),
  )
  expect(counts.unsettled).toBe(rows.filter((r) => r.bucket !== 'excluded' && r.remedy === null).length)
  expect(counts.expected).toBe((counts.found ?? 0) + (counts.missing ?? 0))
  return counts
}

beforeAll(async () => {
  server = await startTestServer({ work: true })
  tess = await server.person({ name: 'Tess Tech', role: 'technician' })
  cora = await server.person({ name: 'Cora Coordinator', role: 'coordinator' })
  rita = await server.person({ name: 'Rita', role: 'requester' })
  auditor = await server.person({ name: 'Audrey', role: 'auditor' })
  await cora.client(calendars.create, {
    name: 'Hours',
    zone: 'Europe/Berlin',
    week: { mon: [{ from: '09:00', to: '17:00' }] },
  })
  laptops = (await cora.client(assetCategories.create, { name: 'Laptops', class: 'device' })).id
  circuits = (await cora.client(assetCategories.create, { name: 'Circuits', class: 'circuit' })).id
})
afterAll(() => server.stop())

describe('planning', () => {
  it('promises the day and the due moment, which the audit alone moves', async () => {
    const { site } = await house()
    const audit = await plan(site, { name: 'Spring audit' })
    expect(audit).toMatchObject({
      state: 'planned',
      owner: { name: 'Cora Coordinator' },
      scope: { kind: 'location', id: site },
      counts: { expected: 0 },
    })
    const promised = async () =>
      (await cora.client(commitments.list, { subject: audit.id })).items.map((c) => [c.kind, c.dueAt?.slice(0, 10)])
    expect((await promised()).toSorted(([a], [b]) => a!.localeCompare(b!))).toEqual([
      ['audit_due', '2090-01-20'],
      ['audit_start', '2090-01-10'],
    ])
    await cora.client(assetAudits.edit, { id: audit.id, dueOn: '2090-02-01' })
    expect(await promised()).toContainEqual(['audit_due', '2090-02-01'])
    await start(audit)
    expect(await promised()).toEqual([['audit_due', '2090-02-01']])
    await cora.client(assetAudits.cancel, { id: audit.id, reason: 'rebuilt' })
    expect(await promised()).toEqual([])
    expect(await placeOf(cora.client(assetAudits.edit, { id: audit.id, name: 'x' }))).toBe('assetAudits.over')
  })

  it('names what is wrong, and lets nobody but keepers of the register plan', async () => {
    const { site } = await house()
    expect(await placeOf(plan(site, { dueOn: '2089-01-01' }))).toBe('assetAudits.due-before-planned')
    expect(await placeOf(plan(site, { scope: { kind: 'location' } }))).toBe('scope')
    expect(await placeOf(plan(site, { scope: { kind: 'person', id: site } }))).toBe('scope')
    expect(await placeOf(plan(site, { owner: site }))).toBe('owner')
    expect(await placeOf(plan(site, { classes: [] }))).toBe('classes')
    const given = { name: 'x', scope: { kind: 'everything' as const }, plannedOn: '2090-01-01', dueOn: '2090-01-02' }
    expect(await placeOf(tess.client(assetAudits.plan, given))).toBe('forbidden')
    expect(await placeOf(auditor.client(assetAudits.plan, given))).toBe('forbidden')
    expect(await placeOf(rita.client(assetAudits.list, {}))).toBe('forbidden')
    const audit = await running(site)
    expect(await placeOf(start(audit))).toBe('assetAudits.not-planned')
    expect(await placeOf(cora.client(assetAudits.edit, { id: audit.id, blind: true }))).toBe('assetAudits.begun')
    expect(await placeOf(cora.client(assetAudits.edit, { id: audit.id, name: 'y', version: 1 }))).toBe('stale')
  })
})

describe('the five buckets', () => {
  it('are found, elsewhere, missing, new and excluded, and their counters add up', async () => {
    const { site, one, two } = await house()
    const other = await house()
    const [here, moved, gone] = [await register(one), await register(one), await register(two)]
    const foreign = await register(other.one)
    const circuit = await register(one, { category: circuits })
    const retired = await register(one)
    await cora.client(assets.changeState, { id: retired.id, state: 'retired', reason: 'worn out' })
    const serial = await register(two, { serial: 'SN-777-X' })
    const audit = await running(site)
    expect(await tallied(audit)).toMatchObject({ expected: 4, missing: 4, excluded: 2 })
    const answer = await take(
      audit,
      scan(`http://127.0.0.1/assets/${here.tag}`, one),
      scan(moved.tag.toLowerCase(), two),
      scan(foreign.tag, one),
      scan('sn-777-x', two),
      scan('MYSTERY-1', two, { note: 'grey box under the desk' }),
      scan('To be filled by O.E.M.', two),
      scan('To be filled by O.E.M.', one),
    )
    expect(answer.items.map((i) => i.result)).toEqual(['found', 'elsewhere', 'elsewhere', 'found', 'new', 'new', 'new'])
    const wanted = {
      [here.tag]: 'found',
      [moved.tag]: 'elsewhere',
      [gone.tag]: 'missing',
      [serial.tag]: 'found',
      [foreign.tag]: 'elsewhere',
      [circuit.tag]: 'excluded: class',
      [retired.tag]: 'excluded: state',
      'MYSTERY-1': 'new',
      'To be filled by O.E.M.': 'new',
    }
    expect(await told(audit)).toEqual(wanted)
    // two machines with the same filler for a serial number are two
    expect(await tallied(audit)).toMatchObject({ found: 2, elsewhere: 2, missing: 1, new: 3, excluded: 2 })
    await cora.client(assetAudits.endScanning, { id: audit.id })
    expect(await told(audit)).toEqual(wanted)
    const row = (await rowsOf(audit)).find((r) => r.label === 'MYSTERY-1')
    expect(row).toMatchObject({ asset: null, scan: { note: 'grey box under the desk', by: 'Tess Tech' } })
  })

  it('judge what others did meanwhile by what was true, and say so', async () => {
    const { site, one } = await house()
    const away = await house()
    const list = [] as Asset[]
    for (let i = 0; i < 6; i++) list.push(await register(i === 5 ? away.one : one))
    const [left, retired, handed, seenFirst, stays, came] = list as [Asset, Asset, Asset, Asset, Asset, Asset]
    const audit = await running(site)
    await take(audit, scan(seenFirst.tag, one))
    await cora.client(assets.edit, { id: left.id, location: away.one })
    await cora.client(assets.edit, { id: seenFirst.id, location: away.one })
    await cora.client(assets.edit, { id: came.id, location: one })
    await cora.client(assets.changeState, { id: retired.id, state: 'retired', reason: 'broke' })
    await tess.client(custodies.handOut, { assets: [handed.id], to: { kind: 'person', id: rita.id } })
    await take(audit, scan(came.tag, one))
    await cora.client(assetAudits.endScanning, { id: audit.id })
    expect(await told(audit)).toEqual({
      [left.tag]: 'excluded: moved',
      [retired.tag]: 'excluded: state',
      [handed.tag]: 'excluded: handed_out',
      [seenFirst.tag]: 'found',
      [came.tag]: 'found',
      [stays.tag]: 'missing',
    })
    await tallied(audit)
    const said = Object.fromEntries(
      (await rowsOf(audit)).map((r) => [r.label, r.meanwhile.map((m) => `${m.by} ${m.what}`)]),
    )
    expect(said[left.tag]).toEqual([expect.stringMatching(/^Cora Coordinator moved it to House \d+ \/ One$/)])
    expect(said[handed.tag]).toEqual(['Tess Tech gave it to Rita'])
    expect(said[retired.tag]).toEqual(['Cora Coordinator retired it'])
    expect(said[stays.tag]).toEqual([])
  })

  it('know what was registered after it was scanned, also where it was scanned again', async () => {
    const { site, one, two } = await house()
    const audit = await running(site)
    await take(audit, scan('LATER-1', one), scan('LATER-2', one), scan('LATER-3', two), scan('NEVER', one))
    for (const tag of ['LATER-1', 'LATER-2', 'LATER-3']) await register(one, { tag })
    await take(audit, scan('later-2', one))
    expect(await told(audit)).toMatchObject({ 'LATER-1': 'new', 'LATER-3': 'new' })
    await cora.client(assetAudits.endScanning, { id: audit.id })
    expect(await told(audit)).toEqual({
      'LATER-1': 'found',
      'LATER-2': 'found',
      'LATER-3': 'elsewhere',
      NEVER: 'new',
    })
    expect((await rowsOf(audit)).find((row) => row.label === 'LATER-2')?.scans).toBe(2)
    expect(await tallied(audit)).toMatchObject({ found: 2, elsewhere: 1, new: 1 })
  })

  it('of a person, a category and everything', async () => {
    const { one } = await house()
    const [hers, shelf] = [await register(one), await register(one)]
    await tess.client(custodies.handOut, { assets: [hers.id], to: { kind: 'person', id: rita.id } })
    const days = { plannedOn: '2090-01-01', dueOn: '2090-01-02' }
    const person = await start(
      await cora.client(assetAudits.plan, { name: 'Rita', scope: { kind: 'person', id: rita.id }, ...days }),
    )
    await take(person, scan(hers.tag), scan(shelf.tag))
    expect(await told(person)).toMatchObject({ [hers.tag]: 'found', [shelf.tag]: 'elsewhere' })
    const category = await start(
      await cora.client(assetAudits.plan, {
        name: 'Circuits',
        scope: { kind: 'category', id: circuits },
        classes: ['circuit'],
        ...days,
      }),
    )
    expect((await tallied(category)).excluded).toBe(0)
    const all = await start(await plan(null))
    const { counts } = await show(all)
    const { total } = await cora.client(assets.list, { count: 'exact' })
    expect(counts.missing! + counts.excluded!).toBe(total)
  })
})

describe('scanning', () => {
  it('changes nothing the second time, in whatever order', async () => {
    const { site, one, two } = await house()
    const [a, b] = [await register(one), await register(two)]
    const first = scan(a.tag, two, { scannedAt: new Date(Date.now() - 60_000).toISOString() })
    const second = scan(a.tag, one)
    const orders = [
      [first, second, scan(b.tag, two)],
      [scan(b.tag, two), second, first],
    ]
    for (const order of orders) {
      const audit = await running(site)
      for (const one of order) await take(audit, one)
      const was = [await told(audit), await tallied(audit), (await show(audit)).scans]
      expect(was[0]).toEqual({ [a.tag]: 'found', [b.tag]: 'found' })
      const again = await take(audit, ...order.toReversed())
      expect(again).toMatchObject({ taken: 0, repeated: 3, late: 0 })
      expect([await told(audit), await tallied(audit), (await show(audit)).scans]).toEqual(was)
    }
  })

  it('counts a thing once that two scanned at the same time, and keeps both', async () => {
    const { site, one } = await house()
    const a = await register(one, { serial: 'TWICE-1' })
    const audit = await running(site)
    await Promise.all([
      take(audit, scan(a.tag, one)),
      cora.client(assetAudits.scan, { id: audit.id, scans: [scan('twice-1', one)] }),
      take(audit, scan('NOBODY-KNOWS', one)),
      cora.client(assetAudits.scan, { id: audit.id, scans: [scan('nobody-knows', one)] }),
    ])
    expect(await tallied(audit)).toMatchObject({ found: 1, new: 1, missing: 0 })
    expect((await rowsOf(audit)).map((r) => r.scans)).toEqual([2, 2])
    expect((await cora.client(assetAudits.scans, { id: audit.id })).items).toHaveLength(4)
  })

  it('keeps what comes late, and lets it decide only where nobody has', async () => {
    const { site, one } = await house()
    const a = await register(one)
    const planned = await plan(site)
    expect(await placeOf(take(planned, scan(a.tag)))).toBe('assetAudits.not-begun')
    const audit = await start(planned)
    const made = scan(a.tag, one)
    await cora.client(assetAudits.endScanning, { id: audit.id })
    expect(await told(audit)).toEqual({ [a.tag]: 'missing' })
    expect(await take(audit, made)).toMatchObject({ taken: 1, late: 1 })
    expect(await told(audit)).toEqual({ [a.tag]: 'found' })
    expect((await rowsOf(audit))[0]).toMatchObject({ lateScans: 1, scan: { late: true } })
    await cora.client(assetAudits.cancel, { id: audit.id, reason: 'no longer needed' })
    expect(await take(audit, scan('ANOTHER', one))).toMatchObject({ taken: 1, late: 1 })
    expect(await show(audit)).toMatchObject({ scans: 2, lateScans: 2, counts: { unsettled: 1 } })
    await tallied(audit)
  })

  it('takes all of a batch or nothing, and says what is wrong', async () => {
    const { site } = await house()
    const audit = await running(site)
    expect(await placeOf(take(audit, scan('A'), scan('B', randomUUID())))).toBe('scans')
    expect(await placeOf(take(audit, scan('')))).toBe('scans.0.code')
    expect(await placeOf(take(audit, scan('A', null, { photo: randomUUID() })))).toBe('scans')
    expect((await show(audit)).scans).toBe(0)
    expect(await placeOf(rita.client(assetAudits.scan, { id: audit.id, scans: [scan('A')] }))).toBe('forbidden')
    expect(await placeOf(tess.client(assetAudits.scan, { id: randomUUID(), scans: [scan('A')] }))).toBe('not-found')
  })
})

describe('a blind audit', () => {
  it('tells whoever scans that it is taken down, and nothing of what is expected', async () => {
    const { site, one } = await house()
    const [a, b] = [await register(one), await register(one)]
    const audit = await running(site, { blind: true })
    const answer = await take(audit, scan(a.tag, one), scan('UNKNOWN', one))
    expect(answer.items.map((i) => [i.result, i.asset])).toEqual([
      ['taken', null],
      ['taken', null],
    ])
    for (const who of [tess, auditor]) {
      const seen = await show(audit, who)
      expect(seen.hidden).toBe(true)
      expect([...new Set(Object.values(seen.counts))]).toEqual([null])
      expect(seen.scans).toBe(2)
      expect(await placeOf(rowsOf(audit, who))).toBe('assetAudits.blind')
      const { items } = await who.client(assetAudits.scans, { id: audit.id })
      expect(items.map((s) => s.asset)).toEqual([null, null])
      const list = await who.client(assetAudits.list, { q: audit.reference })
      expect(list.items[0]?.counts.expected).toBe(null)
      expect((await who.client(assetAudits.ofAsset, { id: b.tag })).items).toEqual([])
    }
    const history = await tess.client(assetAudits.history, { id: audit.id })
    expect(history.items.map((e) => e.event?.sentence)).toEqual([
      'took 2 scans down',
      'started the audit; what is expected is frozen',
      expect.stringContaining(', blind, due 2090-01-20'),
    ])
    const log = await auditor.client(events.list, { subject: audit.id, limit: 50 })
    expect(JSON.stringify(log)).not.toMatch(/missing|expected":|excluded|"found"/)
    expect((await show(audit)).counts).toMatchObject({ expected: 2, found: 1, missing: 1, new: 1 })
    await cora.client(assetAudits.endScanning, { id: audit.id })
    expect(await placeOf(rowsOf(audit, tess))).toBe('assetAudits.blind')
    await cora.client(assetAudits.cancel, { id: audit.id, reason: 'only a trial' })
    expect(await rowsOf(audit, tess)).toHaveLength(3)
  })
})
