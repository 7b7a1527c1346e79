import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { assetAudits, type Audit } from '../../contract/asset-audits.ts'
import { assetCategories } from '../../contract/asset-models.ts'
import { assets } from '../../contract/assets.ts'
import { calendars } from '../../contract/calendars.ts'
import { custodies } from '../../contract/custody.ts'
import { locations } from '../../contract/locations.ts'
import { assetCosts, ticketItems } from '../../contract/ticket-items.ts'
import { tickets } from '../../contract/tickets.ts'
import { textOf } from '../support/pdf-text.ts'
import { startTestServer, type TestPerson, type TestServer } from '../support/server.ts'

let server: TestServer
let cora: TestPerson
let tess: TestPerson
let rita: TestPerson
beforeAll(async () => {
  server = await startTestServer({ work: true })
  await server.queue('Desk', ['Desk team'])
  cora = await server.person({ name: 'Cora', role: 'coordinator' })
  tess = await server.person({ name: 'Tess', role: 'technician', teams: ['Desk team'] })
  rita = await server.person({ name: 'Rita', role: 'requester' })
  await cora.client(calendars.create, {
    name: 'Hours',
    zone: 'Europe/Berlin',
    week: { mon: [{ from: '09:00', to: '17:00' }] },
  })
})
afterAll(async () => await server.stop())

/** Where the people of the tests are. */
const dayIn = (days: number): string => Temporal.Now.plainDateISO('Europe/Berlin').add({ days }).toString()
const until = async <T>(ask: () => Promise<T | undefined>): Promise<T> => {
  for (let tries = 0; tries < 200; tries++) {
    const answer = await ask()
    if (answer !== undefined) return answer
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('it did not happen in time')
}

it('a device is received, deployed by a ticket, audited, repaired and retired with its certificate', async () => {
  const store = await cora.client(locations.create, { kind: 'stock_room', name: 'Store' })
  const laptops = await cora.client(assetCategories.create, { name: 'Laptops', class: 'device' })
  const { id, tag } = await cora.client(assets.register, {
    category: laptops.id,
    name: 'Fjord 14',
    serial: 'FJ-0001',
    state: 'ordered',
    cost: { minor: 120_000, currency: 'EUR' },
    nextAuditOn: dayIn(20),
  })
  const now = () => cora.client(assets.show, { id })
  expect((await now()).commitments.filter((one) => one.phase === 'running')).toEqual([])
  await tess.client(assets.changeState, { id, state: 'received' })
  await tess.client(assets.changeState, { id, state: 'in_stock', location: store.id })

  const request = await rita.client(tickets.open, { title: 'A laptop for the new job', kind: 'request' })
  await tess.client(ticketItems.link, {
    id: request.id,
    item: tag,
    task: 'deploy',
    warrantyUntil: dayIn(1000),
  })
  await tess.client(tickets.resolve, { id: request.id, resolution: 'Here it is' })
  expect(await now()).toMatchObject({ state: 'deployed', holder: { name: 'Rita' }, warrantyUntil: dayIn(1000) })
  expect(
    (await now()).commitments
      .filter((one) => one.phase === 'running')
      .map((one) => one.kind)
      .toSorted(),
  ).toEqual(['next_audit', 'warranty_end'])

  let audit: Audit = await cora.client(assetAudits.plan, {
    name: 'What Rita has',
    scope: { kind: 'person', id: rita.id },
    plannedOn: dayIn(0),
    dueOn: dayIn(5),
    blind: true,
    intervalMonths: 12,
  })
  audit = await cora.client(assetAudits.start, { id: audit.id, version: audit.version })
  await tess.client(assetAudits.scan, {
    id: audit.id,
    scans: [{ id: randomUUID(), code: 'FJ-0001', scannedAt: new Date().toISOString() }],
  })
  audit = await cora.client(assetAudits.endScanning, { id: audit.id })
  expect(audit.counts).toMatchObject({ expected: 1, found: 1, missing: 0, new: 0, elsewhere: 0 })
  await cora.client(assetAudits.confirmFound, { id: audit.id })
  await cora.client(assetAudits.close, { id: audit.id })
  const audited = await until(async () => ((await now()).nextAuditOn === dayIn(20) ? undefined : await now()))
  expect(audited.nextAuditOn! > dayIn(330)).toBe(true)
  expect((await cora.client(assetAudits.ofAsset, { id: tag })).items).toMatchObject([{ bucket: 'found', by: 'Tess' }])

  const incident = await rita.client(tickets.open, { title: 'The hinge broke', assets: [tag] })
  const [item] = (await tess.client(ticketItems.list, { id: incident.id })).items
  const repair = { id: incident.id, link: item!.id, task: 'repair' as const, cost: { minor: 9_900, currency: 'EUR' } }
  await tess.client(ticketItems.change, repair)
  expect(await now()).toMatchObject({ state: 'in_repair', holder: { name: 'Rita' } })
  await tess.client(tickets.resolve, { id: incident.id, resolution: 'New hinge' })
  expect((await now()).state).toBe('deployed')

  await tess.client(custodies.takeBack, { assets: [tag], condition: 'worn', location: store.id })
  await cora.client(assets.changeState, { id, state: 'retired', reason: 'too slow' })
  const gone = await cora.client(assets.dispose, {
    id,
    method: 'recycled',
    recipient: 'Green Cycle',
    on: dayIn(0),
    reason: 'end of life',
    media: [
      {
        kind: 'flash',
        serial: 'SSD-77',
        sanitisation: 'purge',
        method: 'cryptographic_erase',
        tool: 'nvme-cli 2.8',
        verification: 'full',
        performedBy: 'Tess',
        verifiedBy: 'Cora',
        verifiedOn: dayIn(0),
      },
    ],
  })
  expect(gone).toMatchObject({ state: 'disposed', holder: null })
  expect(gone.commitments.filter((one) => one.phase === 'running')).toEqual([])
  const answer = await fetch(`${server.base}/api/v1/assets/${tag}/certificate.pdf`, {
    headers: { cookie: `${cora.cookie.name}=${cora.cookie.value}` },
  })
  const text = textOf(Buffer.from(await answer.arrayBuffer()))
  for (const said of [tag, 'SSD-77', gone.disposal!.certificate]) expect(text).toContain(said)

  expect(await cora.client(assetCosts.show, { id: tag })).toMatchObject({
    tickets: 2,
    open: 0,
    totals: [{ total: { minor: 129_900, currency: 'EUR' } }],
  })
  const told = (await cora.client(assets.history, { id, limit: 100 })).items.map((one) => one.event?.type)
  expect(told.toReversed()).toEqual([
    'asset.registered',
    'asset.state-changed',
    'asset.state-changed',
    'asset.handed-out',
    'asset.changed',
    'asset.audited',
    'asset.state-changed',
    'asset.state-changed',
    'asset.taken-back',
    'asset.state-changed',
    'asset.state-changed',
    'asset.disposed',
  ])
})
