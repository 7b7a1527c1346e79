import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { calendars } from '../../contract/calendars.ts'
import { catalogue, catalogueSetup } from '../../contract/catalogue.ts'
import { createClient } from '../../contract/client.ts'
import { commitments } from '../../contract/commitments.ts'
import { actLinks } from '../../contract/notifications.ts'
import { portal } from '../../contract/portal.ts'
import { ratings } from '../../contract/ratings.ts'
import { tickets } from '../../contract/tickets.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../test/support/server.ts'
import { linkFor } from '../notifications/links-store.ts'
import { sql } from '../platform/db.ts'
import { placeOf } from '../../test/support/refusals.ts'

let server: TestServer
let [rita, max, tess, lea, cora]: TestPerson[] = []
let made = 0
const today = new Date().toISOString().slice(0, 10)

async function resolved(): Promise<string> {
  const { id } = await rita!.client(tickets.open, { title: `Trouble ${made++}` })
  await tess!.client(tickets.resolve, { id, resolution: 'Done' })
  return id
}
const rate = (id: string, score: number, by = rita!) => by.client(ratings.rate, { id, score, words: `mark ${score}` })
const promisedOf = async (id: string) =>
  (await cora!.client(commitments.list, { subject: id, by_hand: true })).items.map((c) => [c.kind, c.owner.name])

beforeAll(async () => {
  server = await startTestServer({ work: true })
  await server.queue('Desk', ['Desk team'])
  rita = await server.person({ name: 'Rita', role: 'requester' })
  max = await server.person({ name: 'Max', role: 'requester' })
  tess = await server.person({ name: 'Tess', role: 'technician', teams: ['Desk team'] })
  lea = await server.person({ name: 'Lea Lead', role: 'technician', teams: ['Desk team'] })
  cora = await server.person({ name: 'Cora', role: 'coordinator' })
  await sql`update teams set lead_id = ${lea.id} where id = ${await server.team('Desk team')}`.execute(server.db)
  await cora.client(calendars.create, {
    name: 'Hours',
    zone: 'Europe/Berlin',
    week: { mon: [{ from: '09:00', to: '17:00' }] },
  })
})
afterAll(() => server.stop())

describe('a mark', () => {
  it('is given by the requester once it is resolved, and changed for some days', async () => {
    const { id } = await rita!.client(tickets.open, { title: 'Still open' })
    expect(await placeOf(rate(id, 5))).toBe('ratings.not-resolved')
    const done = await resolved()
    expect(await rate(done, 5)).toMatchObject({ score: 5, words: 'mark 5', by: { name: 'Rita' } })
    expect(await rate(done, 4)).toMatchObject({ score: 4 })
    expect(await placeOf(rate(done, 5, tess))).toBe('ratings.not-yours')
    expect(await placeOf(rate(done, 5, max))).toBe('not-found')
    expect(await placeOf(rate(done, 6))).toBe('score')
    expect((await tess!.client(ratings.show, { id: done })).score).toBe(4)
    await sql`update tickets set resolved_at = now() - interval '15 days' where id = ${done}`.execute(server.db)
    expect(await placeOf(rate(done, 1))).toBe('ratings.too-late')
    expect(await promisedOf(done)).toEqual([])
  })

  it('that is bad is followed up once, by the lead of the queue’s team', async () => {
    const id = await resolved()
    await rate(id, 1)
    expect(await promisedOf(id)).toEqual([['follow_up', 'Lea Lead']])
    await rate(id, 2)
    expect(await promisedOf(id)).toHaveLength(1)
    // the requester gave a mark; that somebody comes back to it is not an act of theirs
    const { items } = await cora!.client(tickets.timeline, { id })
    const making = items.filter(({ event }) => event?.type === 'commitment.made')
    expect(making.map(({ by }) => [by.kind, by.name])).toEqual([['system', 'Linchpin']])
  })

  it('is given from a mail by the button of a page', async () => {
    const id = await resolved()
    const token = await linkFor(server.db, server.opened.platform.secret, {
      person: rita!.id,
      act: 'rate',
      target: { kind: 'ticket', id },
      madeFor: `test:${made++}`,
      days: 7,
    })
    const visitor = createClient({ base: server.base })
    expect((await visitor(actLinks.show, { token })).sentence).toContain('how were you served')
    expect((await rita!.client(ratings.show, { id })).score).toBeNull()
    expect(await placeOf(visitor(actLinks.act, { token }))).toBe('score')
    await visitor(actLinks.act, { token, score: 5, reason: 'Quick' })
    expect(await rita!.client(ratings.show, { id })).toMatchObject({ score: 5, words: 'Quick' })
  })

  it('counts in the report of its queue', async () => {
    const { rows } = await cora!.client(ratings.report, { from: today, to: today })
    const desk = rows.find((row) => row.queue.name === 'Desk')!
    expect(desk).toMatchObject({ rated: 2, bad: 1 })
    expect(desk.mean).toBe(3.5)
    const outsider = await server.person({ name: 'Otto', role: 'technician', teams: ['Other team'] })
    expect((await outsider.client(ratings.report, { from: today, to: today })).rows).toEqual([])
    expect(await placeOf(rita!.client(ratings.report, { from: today, to: today }))).toBe('forbidden')
  })

  it('stands behind the report with its words and its ticket, page by page, to those who see it there', async () => {
    const span = { from: today, to: today }
    const all = await cora!.client(ratings.marks, span)
    expect(all.items.map((m) => [m.score, m.words, m.by.name, m.queue.name])).toEqual([
      [5, 'Quick', 'Rita', 'Desk'],
      [2, 'mark 2', 'Rita', 'Desk'],
    ])
    const first = await cora!.client(ratings.marks, { ...span, limit: 1 })
    const second = await cora!.client(ratings.marks, { ...span, limit: 1, after: first.next! })
    expect([...first.items, ...second.items]).toEqual(all.items)
    expect(second.next).toBeNull()
    for (const count of ['exact', 'capped'] as const)
      expect(await cora!.client(ratings.marks, { ...span, limit: 1, count })).toMatchObject({
        total: 2,
        totalCapped: false,
      })
    const bad = await tess!.client(ratings.marks, { ...span, queue: all.items[0]!.queue.id, bad: true })
    expect(bad.items).toEqual([all.items[1]])
    await sql`update tickets set confidential = true where id = ${all.items[1]!.ticket.id}`.execute(server.db)
    expect((await cora!.client(ratings.marks, span)).items).toEqual([all.items[0]])
    await sql`update tickets set confidential = false where id = ${all.items[1]!.ticket.id}`.execute(server.db)
    expect(await placeOf(cora!.client(ratings.marks, { ...span, after: 'nonsense' }))).toBe('bad-cursor')
    expect(await placeOf(rita!.client(ratings.marks, span))).toBe('forbidden')
  })
})

it('the portal shows what waits for its reader, how far requests are, and finds what they look for', async () => {
  const ina = await server.person({ name: 'Ina', role: 'requester' })
  await sql`update persons set manager_id = ${max!.id} where id = ${ina.id}`.execute(server.db)
  const category = (await cora!.client(catalogueSetup.createCategory, { name: 'Hardware' })).id
  const { id } = await cora!.client(catalogueSetup.create, {
    category,
    definition: {
      name: 'Docking station',
      approval: { stages: [{ name: 'Manager', approvers: [{ kind: 'manager', level: 1 }] }] },
      tasks: [{ title: 'Bring it' }],
    },
  })
  await cora!.client(catalogueSetup.publish, { id })
  const { ticket } = await ina.client(catalogue.order, { id })
  const home = await ina.client(portal.home, {})
  expect(home).toMatchObject({ approvals: { items: [] }, questions: [], terms: 0, checks: 0 })
  expect(home.requests).toMatchObject([
    { id: ticket.id, approval: { stage: 'Manager', who: ['Max'] }, tasks: { done: 0, of: 1, now: [] }, rating: null },
  ])
  expect(home.services.map((s) => s.name)).toEqual(['Docking station'])
  expect((await max!.client(portal.home, {})).approvals.items).toHaveLength(1)
  const asked = await ina.client(tickets.open, { title: 'Docking does not charge' })
  await tess!.client(tickets.changeState, { id: asked.id, state: 'waiting_requester' })
  expect((await ina.client(portal.home, {})).questions.map((r) => r.id)).toEqual([asked.id])
  await tess!.client(tickets.resolve, { id: asked.id, resolution: 'Cable' })
  expect((await ina.client(portal.home, {})).confirmations.map((r) => r.id)).toEqual([asked.id])
  const found = await ina.client(portal.search, { q: 'docking' })
  expect(found.services).toHaveLength(1)
  expect(found.requests.map((r) => r.id)).toEqual([asked.id, ticket.id])
  expect((await max!.client(portal.search, { q: 'docking' })).requests).toEqual([])
  const first = await ina.client(portal.requests, { limit: 1 })
  const second = await ina.client(portal.requests, { limit: 1, after: first.next! })
  expect([...first.items, ...second.items].map((r) => r.id)).toEqual([asked.id, ticket.id])
  expect((await ina.client(portal.requests, { open: true })).items.map((r) => r.id)).toEqual([ticket.id])
  // five newer ones that were rated push nothing out
  for (let n = 0; n < 5; n++) {
    const newer = await ina.client(tickets.open, { title: `Rated at once ${n}` })
    await tess!.client(tickets.resolve, { id: newer.id, resolution: 'Done' })
    await rate(newer.id, 5, ina)
  }
  expect((await ina.client(portal.home, {})).confirmations.map((r) => r.id)).toEqual([asked.id])
  // however many requests of others a reader who sees them all could find
  await sql`update accounts set role = 'coordinator' where person_id = ${ina.id}`.execute(server.db)
  for (let n = 0; n < 51; n++) await max!.client(tickets.open, { title: `Docking of others ${n}` })
  expect((await ina.client(portal.search, { q: 'docking' })).requests.map((r) => r.id)).toEqual([asked.id, ticket.id])
})
