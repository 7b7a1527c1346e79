import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { assetCategories } from '../../contract/asset-models.ts'
import { type Audit, assetAudits, type Remedy, type ScanGiven } from '../../contract/asset-audits.ts'
import { assets } from '../../contract/assets.ts'
import { calendars } from '../../contract/calendars.ts'
import { commitments } from '../../contract/commitments.ts'
import { custodies } from '../../contract/custody.ts'
import { locations } from '../../contract/locations.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../test/support/server.ts'
import { placeOf } from '../../test/support/refusals.ts'

let server: TestServer
let tess: TestPerson
let cora: TestPerson
let rita: TestPerson
let tom: TestPerson
let laptops: string
let yearly: string

let made = 0
async function house() {
  const site = (await cora.client(locations.create, { kind: 'site', name: `House ${made++}` })).id
  const room = async (name: string) => (await cora.client(locations.create, { kind: 'room', name, parent: site })).id
  return { site, one: await room('One'), two: await room('Two') }
}
const register = (location: string, given: object = {}) =>
  cora.client(assets.register, { category: laptops, location, ...given })
const show = (tag: string) => cora.client(assets.show, { id: tag })
const started = async (scope: { kind: 'location' | 'person'; id: string }, given: object = {}) => {
  const { id } = await cora.client(assetAudits.plan, {
    name: `Audit ${made++}`,
    scope,
    plannedOn: '2090-01-10',
    dueOn: '2090-01-20',
    ...given,
  })
  return cora.client(assetAudits.start, { id })
}
const scan = (code: string, location: string | null = null, given: object = {}): ScanGiven => ({
  id: randomUUID(),
  code,
  location,
  scannedAt: new Date().toISOString(),
  ...given,
})
const take = (audit: Audit, ...scans: ScanGiven[]) => tess.client(assetAudits.scan, { id: audit.id, scans })
const end = (audit: Audit) => cora.client(assetAudits.endScanning, { id: audit.id })
const rowsOf = async (audit: Audit) => (await cora.client(assetAudits.rows, { id: audit.id, limit: 200 })).items
const idsOf = async (audit: Audit, ...labels: string[]) =>
  (await rowsOf(audit)).filter((row) => labels.includes(row.label)).map((row) => row.id)
const settle = async (audit: Audit, remedy: Remedy, labels: readonly string[], more: object = {}) =>
  cora.client(assetAudits.settle, { id: audit.id, rows: await idsOf(audit, ...labels), remedy, ...more })
const leave = (audit: Audit) => cora.client(assetAudits.leaveRest, { id: audit.id, reason: 'does not matter here' })

beforeAll(async () => {
  server = await startTestServer({ work: true })
  tess = await server.person({ name: 'Tess Tech', role: 'technician' })
  cora = await server.person({ name: 'Cora Coordinator', role: 'coordinator' })
  rita = await server.person({ name: 'Rita', role: 'requester' })
  tom = await server.person({ name: 'Tom', role: 'requester' })
  await cora.client(calendars.create, {
    name: 'Hours',
    zone: 'Europe/Berlin',
    week: { mon: [{ from: '09:00', to: '17:00' }] },
  })
  laptops = (await cora.client(assetCategories.create, { name: 'Laptops', class: 'device' })).id
  yearly = (await cora.client(assetCategories.create, { name: 'Servers', class: 'device', auditMonths: 12 })).id
})
afterAll(() => server.stop())

describe('what was found elsewhere', () => {
  it('gets its place corrected, many at once, and back again', async () => {
    const [here, there] = [await house(), await house()]
    const [a, b] = [await register(there.one), await register(there.two)]
    const audit = await started({ kind: 'location', id: here.site })
    await take(audit, scan(a.tag, here.one), scan(b.tag, here.two))
    expect(await placeOf(settle(audit, 'place', [a.tag]))).toBe('assetAudits.not-review')
    await end(audit)
    const done = await settle(audit, 'place', [a.tag, b.tag])
    expect(done.audit.counts.unsettled).toBe(0)
    expect([(await show(a.tag)).location?.id, (await show(b.tag)).location?.id]).toEqual([here.one, here.two])
    expect(await placeOf(settle(audit, 'leave', [a.tag], { reason: 'again' }))).toBe('assetAudits.settled-already')
    const rows = await idsOf(audit, a.tag)
    const reopened = await cora.client(assetAudits.reopen, { id: audit.id, rows })
    expect(reopened.audit.counts.unsettled).toBe(1)
    expect((await show(a.tag)).location?.id).toBe(there.one)
    // somebody moved the other on since: it is not put back behind their back
    await cora.client(assets.edit, { id: b.id, location: here.one })
    const other = await idsOf(audit, b.tag)
    expect(await placeOf(cora.client(assetAudits.reopen, { id: audit.id, rows: other }))).toBe(
      'assetAudits.changed-since',
    )
  })

  it('is taken back from whoever has it, or brought back from the lost', async () => {
    const { site, one } = await house()
    const [held, lost] = [await register(one), await register(one)]
    await cora.client(custodies.handOut, { assets: [held.id], to: { kind: 'person', id: rita.id } })
    await cora.client(assets.edit, { id: held.id, location: null })
    await cora.client(assets.changeState, { id: lost.id, state: 'lost', reason: 'nowhere' })
    const audit = await started({ kind: 'location', id: site })
    await take(audit, scan(held.tag, one), scan(lost.tag, one))
    await end(audit)
    expect(await placeOf(settle(audit, 'take_back', [lost.tag]))).toBe('assetAudits.with-nobody')
    await settle(audit, 'take_back', [held.tag], { condition: 'worn' })
    expect(await show(held.tag)).toMatchObject({ holder: null, state: 'in_stock', location: { id: one } })
    expect((await cora.client(custodies.list, { asset: held.id })).items[0]).toMatchObject({
      ended: { how: 'returned', condition: 'worn' },
    })
    await settle(audit, 'place', [lost.tag])
    expect(await show(lost.tag)).toMatchObject({ state: 'in_stock', location: { id: one } })
    const rows = await idsOf(audit, held.tag)
    expect(await placeOf(cora.client(assetAudits.reopen, { id: audit.id, rows }))).toBe('assetAudits.stays-done')
  })

  it('is given to the person who is audited', async () => {
    const { one } = await house()
    const [free, toms] = [await register(one), await register(one)]
    await cora.client(custodies.handOut, { assets: [toms.id], to: { kind: 'person', id: tom.id } })
    const audit = await started({ kind: 'person', id: rita.id })
    await take(audit, scan(free.tag), scan(toms.tag))
    await end(audit)
    await settle(audit, 'give', [free.tag, toms.tag])
    for (const { tag } of [free, toms]) expect((await show(tag)).holder?.id).toBe(rita.id)
    const elsewhere = await started({ kind: 'location', id: one })
    expect(await placeOf(end(elsewhere))).toBe('allowed')
  })
})

describe('what people did since it was scanned', () => {
  it('is not overwritten: not its place, not whoever has it, nor is it called lost', async () => {
    const { site, one, two } = await house()
    const other = await house()
    const [moved, given, stays] = [await register(other.one), await register(other.one), await register(other.one)]
    const [held, missing] = [await register(other.one), await register(one)]
    await cora.client(custodies.handOut, { assets: [held.id], to: { kind: 'person', id: rita.id } })
    const audit = await started({ kind: 'location', id: site })
    await take(audit, ...[moved, given, stays, held].map(({ tag }) => scan(tag, one)))
    await end(audit)
    await cora.client(assets.edit, { id: moved.id, location: two })
    await cora.client(custodies.handOut, { assets: [given.id, missing.id], to: { kind: 'person', id: tom.id } })
    await cora.client(custodies.transfer, { assets: [held.id], to: { kind: 'person', id: tom.id } })
    const refused = 'assetAudits.changed-since'
    expect(await placeOf(settle(audit, 'place', [moved.tag, stays.tag]))).toBe(refused)
    expect(await placeOf(settle(audit, 'place', [given.tag]))).toBe(refused)
    expect(await placeOf(settle(audit, 'take_back', [held.tag]))).toBe(refused)
    expect(await placeOf(settle(audit, 'lost', [missing.tag], { reason: 'nowhere' }))).toBe(refused)
    expect((await show(moved.tag)).location?.id).toBe(two)
    for (const { tag } of [given, held, missing]) expect((await show(tag)).holder?.id).toBe(tom.id)
    // the page says so before anybody tries
    const row = (await rowsOf(audit)).find(({ label }) => label === held.tag)
    expect(row?.refusals).toMatchObject({ place: { code: refused }, leave: null })
    await settle(audit, 'place', [stays.tag])
    await leave(audit)
    expect(await placeOf(cora.client(assetAudits.close, { id: audit.id }))).toBe('allowed')
  })

  it('stays with a person whom another is audited for', async () => {
    const { one } = await house()
    const laptop = await register(one)
    const audit = await started({ kind: 'person', id: rita.id })
    await take(audit, scan(laptop.tag))
    await end(audit)
    await cora.client(custodies.handOut, { assets: [laptop.id], to: { kind: 'person', id: tom.id } })
    expect(await placeOf(settle(audit, 'give', [laptop.tag]))).toBe('assetAudits.changed-since')
    expect((await show(laptop.tag)).holder?.id).toBe(tom.id)
  })
})

describe('what was not found', () => {
  it('is followed up, or called lost with a reason', async () => {
    const { site, one } = await house()
    const [a, b, c] = [await register(one), await register(one), await register(one)]
    const audit = await started({ kind: 'location', id: site })
    await end(audit)
    expect(await placeOf(settle(audit, 'lost', [a.tag]))).toBe('assetAudits.say-why')
    expect(await placeOf(settle(audit, 'confirm', [a.tag]))).toBe('assetAudits.no-such-remedy')
    await settle(audit, 'lost', [a.tag], { reason: 'not seen for a year' })
    expect((await show(a.tag)).state).toBe('lost')
    expect(await placeOf(settle(audit, 'follow_up', [b.tag, c.tag]))).toBe('followUp')
    const owner = { kind: 'person' as const, id: tess.id }
    expect(await placeOf(settle(audit, 'follow_up', [b.tag], { followUp: { owner, due: { on: '2020-01-01' } } }))).toBe(
      'due',
    )
    const { rows } = await settle(audit, 'follow_up', [b.tag, c.tag], {
      followUp: { owner, due: { on: '2090-03-01' } },
    })
    expect(new Set(rows.map((row) => row.commitment)).size).toBe(1)
    const promised = await cora.client(commitments.show, { id: rows[0]!.commitment! })
    expect(promised).toMatchObject({
      kind: 'follow_up',
      owner: { name: 'Tess Tech' },
      subject: { kind: 'asset_audit' },
    })
    expect(promised.byHand?.note).toContain(c.tag)
  })
})

describe('a blind audit in review', () => {
  it('says nothing of what it found where others read it', async () => {
    const { site, one, two } = await house()
    const [gone, open, held, lost] = [
      await register(one),
      await register(one),
      await register(two),
      await register(two),
    ]
    const moved = await register((await house()).one)
    await cora.client(custodies.handOut, { assets: [held.id], to: { kind: 'person', id: rita.id } })
    await cora.client(assets.edit, { id: held.id, location: null })
    await cora.client(assets.changeState, { id: lost.id, state: 'lost', reason: 'nowhere' })
    const audit = await started({ kind: 'location', id: site }, { blind: true })
    await take(audit, ...[moved, held, lost].map(({ tag }) => scan(tag, two)))
    await end(audit)
    const followUp = { owner: { kind: 'person' as const, id: tess.id }, due: { on: '2090-03-01' } }
    const { rows } = await settle(audit, 'follow_up', [open.tag], { followUp })
    await settle(audit, 'lost', [gone.tag], { reason: 'not seen for a year' })
    await settle(audit, 'place', [moved.tag, lost.tag])
    await settle(audit, 'take_back', [held.tag])
    await cora.client(assetAudits.reopen, { id: audit.id, rows: await idsOf(audit, moved.tag) })
    const told = await tess.client(commitments.show, { id: rows[0]!.commitment! })
    expect(told).toMatchObject({
      subject: { kind: 'asset_audit' },
      byHand: { title: `${audit.reference}: see to what it shows`, note: '' },
    })
    expect(JSON.stringify(told)).not.toContain(open.tag)
    for (const { id } of [gone, open, held, lost, moved]) {
      const history = await tess.client(assets.history, { id })
      const custody = await tess.client(custodies.list, { asset: id })
      expect(JSON.stringify([history, custody])).not.toMatch(new RegExp(`found in|${audit.reference}`, 'i'))
    }
    expect(await show(lost.tag)).toMatchObject({ state: 'in_stock', location: { id: two } })
  })
})

describe('what nobody knew', () => {
  it('is registered where it was found, as an unknown model unless one is named', async () => {
    const { site, one } = await house()
    const audit = await started({ kind: 'location', id: site })
    await take(audit, scan('FRESH-1', one, { note: 'no label' }), scan('two words', one), scan('FRESH-2', one))
    await end(audit)
    expect(await placeOf(settle(audit, 'register', ['FRESH-1']))).toBe('category')
    const register = { category: laptops }
    expect(await placeOf(settle(audit, 'register', ['FRESH-1', 'two words'], { register }))).toBe('codeIs')
    const { rows } = await settle(audit, 'register', ['FRESH-1'], { register })
    expect(rows[0]).toMatchObject({ bucket: 'new', remedy: 'register', asset: { tag: 'FRESH-1' } })
    expect(await show('FRESH-1')).toMatchObject({
      model: { name: 'Unknown model (Laptops)' },
      location: { id: one },
      state: 'in_stock',
      note: 'no label',
    })
    await settle(audit, 'register', ['two words'], { register: { ...register, codeIs: 'serial' } })
    expect((await cora.client(assets.list, { serial: 'two words' })).items[0]?.model?.name).toBe(
      'Unknown model (Laptops)',
    )
    await cora.client(assets.register, { category: laptops, tag: 'FRESH-2' })
    expect(await placeOf(settle(audit, 'register', ['FRESH-2'], { register }))).toBe('tag')
  })
})

describe('closing', () => {
  it('waits until every row is settled, then tells the things, and keeps how true the register was', async () => {
    const { site, one, two } = await house()
    const [a, b, c] = [
      await register(one, { nextAuditOn: '2089-12-31' }),
      await register(two, { category: yearly }),
      await register(two),
    ]
    const audit = await started({ kind: 'location', id: site }, { blind: true })
    const at = new Date(Date.now() - 5000).toISOString()
    await take(audit, scan(a.tag, one, { scannedAt: at, condition: 'worn' }), scan(b.tag, two), scan('FRESH-9', two))
    await end(audit)
    expect(await placeOf(cora.client(assetAudits.close, { id: audit.id }))).toBe('assetAudits.unsettled')
    expect((await cora.client(assetAudits.confirmFound, { id: audit.id })).counts.unsettled).toBe(2)
    expect((await show(a.tag)).lastAudit).toBe(null)
    await leave(audit)
    const closed = await cora.client(assetAudits.close, { id: audit.id })
    expect(closed).toMatchObject({ state: 'closed', closedBy: 'Cora Coordinator' })
    expect(await placeOf(cora.client(assetAudits.close, { id: audit.id }))).toBe('assetAudits.not-review')
    await vi.waitFor(async () => expect((await show(b.tag)).lastAudit).not.toBe(null), { timeout: 10_000 })
    expect(await show(a.tag)).toMatchObject({
      lastAudit: {
        audit: { reference: audit.reference },
        at,
        by: 'Tess Tech',
        location: { id: one },
        condition: 'worn',
      },
      nextAuditOn: '2089-12-31',
    })
    // the category says when it is audited again
    const next = (await show(b.tag)).nextAuditOn
    expect(next?.slice(0, 4)).toBe(String(new Date().getFullYear() + 1))
    expect((await show(c.tag)).lastAudit).toBe(null)
    const history = await cora.client(assets.history, { id: b.id })
    expect(history.items[0]?.event?.sentence).toBe(`found it in the audit ${audit.reference}; next audit ${next}`)
    expect((await tess.client(assetAudits.ofAsset, { id: c.id })).items).toMatchObject([{ bucket: 'missing' }])
    expect((await cora.client(commitments.list, { subject: audit.id })).items).toEqual([])

    const { months, places } = await tess.client(assetAudits.accuracy, { location: site })
    expect(months).toEqual([
      {
        month: new Date().toISOString().slice(0, 7),
        kind: 'audit',
        closed: 1,
        found: 2,
        missing: 1,
        elsewhere: 0,
        new: 1,
        share: 0.5,
      },
    ])
    expect(places.map((p) => [p.location?.id, p.share])).toEqual([
      [two, 1 / 3],
      [one, 1],
    ])
    const whole = await tess.client(assetAudits.accuracy, {})
    expect(whole.months[0]?.closed).toBeGreaterThanOrEqual(1)
    // what comes now is kept, and changes no figure
    await take(audit, scan(c.tag, one))
    expect((await rowsOf(audit)).find((row) => row.label === c.tag)).toMatchObject({ bucket: 'missing', lateScans: 1 })
    expect((await tess.client(assetAudits.accuracy, { location: site })).months).toEqual(months)
  })

  it('is for keepers of the register', async () => {
    const { site, one } = await house()
    const a = await register(one)
    const audit = await started({ kind: 'location', id: site }, { intervalMonths: 6 })
    await take(audit, scan(a.tag))
    await end(audit)
    const rows = await idsOf(audit, a.tag)
    const input = { id: audit.id, rows, remedy: 'confirm' as const }
    expect(await placeOf(tess.client(assetAudits.settle, input))).toBe('forbidden')
    expect(await placeOf(tess.client(assetAudits.close, { id: audit.id }))).toBe('forbidden')
    expect(await placeOf(cora.client(assetAudits.settle, { ...input, rows: [randomUUID()] }))).toBe('rows')
    await cora.client(assetAudits.settle, input)
    await cora.client(assetAudits.close, { id: audit.id })
    await vi.waitFor(async () => expect((await show(a.tag)).nextAuditOn).not.toBe(null), { timeout: 10_000 })
  })
})
