import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Sent } from '../../../contract/action.ts'
import { categories } from '../../../contract/queues.ts'
import { type BulkChange, ticketBulkEdits } from '../../../contract/ticket-bulk-edits.ts'
import { tickets } from '../../../contract/tickets.ts'
import { codeOf, placeOf } from '../../../test/support/refusals.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../../test/support/server.ts'
import { sql } from '../../platform/db.ts'
import { bulkEditJob } from './run-bulk.ts'

let server: TestServer
let cora: TestPerson
let tess: TestPerson
let tom: TestPerson
let rita: TestPerson
let desk: string

beforeAll(async () => {
  // nothing works by itself here, so that the test says when an edit goes on
  server = await startTestServer()
  desk = await server.queue('Desk', ['Desk team'])
  await server.queue('Field', ['Field team'])
  cora = await server.person({ name: 'Cora', role: 'coordinator' })
  tess = await server.person({ name: 'Tess', role: 'technician', teams: ['Field team'] })
  tom = await server.person({ name: 'Tom', role: 'technician', teams: ['Field team', 'Desk team'] })
  rita = await server.person({ name: 'Rita', role: 'requester' })
})
afterAll(async () => await server.stop())

const opened = async (n: number, title: string, queue = 'Field') => {
  const made = []
  for (let i = 0; i < n; i++) made.push(await rita.client(tickets.open, { title: `${title} ${i}`, queue }))
  return made
}
const start = (who: TestPerson, which: Omit<Sent<typeof ticketBulkEdits.start>, 'change'>, change: BulkChange) =>
  who.client(ticketBulkEdits.start, { ...which, change })
const goOn = (who: TestPerson) =>
  bulkEditJob(server.opened.platform).run({ person: who.id }, new AbortController().signal)
const over = async (who: TestPerson, id: string) => {
  // a slice lasts a second, in which a busy machine does not come to the end
  for (let slice = 0; slice < 30; slice++) {
    await goOn(who)
    const edit = await who.client(ticketBulkEdits.show, { id })
    if (edit.status !== 'waiting' && edit.status !== 'running') return edit
  }
  throw new Error('the bulk edit comes to no end')
}
const rowsOf = async (who: TestPerson, id: string) => (await who.client(ticketBulkEdits.rows, { id, limit: 200 })).items
const now = (id: string) => cora.client(tickets.show, { id })
describe('a bulk edit', () => {
  it('changes all that a filter finds, in the order of the list, through the acts of one ticket', async () => {
    const made = await opened(25, 'Anchor')
    const category = (await cora.client(categories.create, { name: 'Anchors' })).id
    const edit = await start(
      cora,
      { filter: { q: 'Anchor', sort: 'created' } },
      { assignee: tom.id, urgency: 1, category, note: { public: false, body: 'All anchors' }, state: 'in_progress' },
    )
    expect(edit).toMatchObject({ total: 25, byFilter: true })
    expect(edit.change).toEqual([
      'Assigned to Tom',
      'Category Anchors',
      'Urgency high',
      'An internal note',
      'In progress',
    ])
    const done = await over(cora, edit.id)
    expect(done).toMatchObject({ status: 'done', settled: 25, counts: { done: 25, refused: 0 } })
    const rows = await rowsOf(cora, edit.id)
    expect(rows.map((row) => row.ticket?.id)).toEqual(made.map((ticket) => ticket.id))
    for (const { id } of made) {
      const ticket = await now(id)
      expect(ticket).toMatchObject({
        state: 'in_progress',
        urgency: 1,
        assignee: { id: tom.id },
        category: { id: category },
      })
      const { items } = await cora.client(tickets.timeline, { id })
      expect(items.filter((entry) => entry.note?.body.includes('All anchors'))).toHaveLength(1)
      expect(items.every((entry) => entry.by.name !== 'Linchpin' || entry.kind === 'event')).toBe(true)
    }
  })

  it('says for each ticket why it was refused, and goes on', async () => {
    const made = await opened(3, 'Buoy')
    await cora.client(tickets.resolve, { id: made[1]!.id, resolution: 'Found' })
    const edit = await start(cora, { tickets: made.map(({ id }) => ({ id })) }, { queue: desk })
    expect(await over(cora, edit.id)).toMatchObject({ counts: { done: 2, refused: 1 } })
    const [, refused] = await rowsOf(cora, edit.id)
    expect(refused).toMatchObject({ verdict: 'refused', why: expect.stringMatching(/reopen/i) })
    expect((await now(made[1]!.id)).queue.name).toBe('Field')
    // refused in its second act: nothing of the first stays
    const both = await start(cora, { tickets: [{ id: made[0]!.id }] }, { urgency: 1, state: 'closed' })
    expect(await over(cora, both.id)).toMatchObject({ counts: { refused: 1 } })
    expect((await now(made[0]!.id)).urgency).toBe(2)
  })

  it('leaves alone what was changed meanwhile, what no longer matches, and what is so already', async () => {
    const made = await opened(4, 'Capstan')
    const [a, b, c] = made as [(typeof made)[0], (typeof made)[0], (typeof made)[0]]
    const chosen = await start(cora, { tickets: [a, b].map(({ id, version }) => ({ id, version })) }, { impact: 1 })
    await cora.client(tickets.edit, { id: a.id, title: 'Capstan, again' })
    await goOn(cora)
    expect((await rowsOf(cora, chosen.id)).map((row) => row.verdict)).toEqual(['changed', 'done'])
    const found = await start(cora, { filter: { q: 'Capstan', open: true, sort: 'created' } }, { impact: 1 })
    await cora.client(tickets.resolve, { id: c.id, resolution: 'Done' })
    await goOn(cora)
    expect((await rowsOf(cora, found.id)).map((row) => row.verdict)).toEqual(['done', 'same', 'left', 'done'])
  })

  it('acts with the rights of whoever asked, as they are when it is done', async () => {
    const [mine] = await opened(1, 'Davit')
    const [other] = await opened(1, 'Davit at the desk', 'Desk')
    const preview = await tess.client(ticketBulkEdits.preview, { filter: { q: 'Davit' }, change: { urgency: 1 } })
    expect(preview).toEqual({ matched: 1, tooMany: false, allowed: 1, refused: [] })
    expect(await codeOf(start(tess, { tickets: [{ id: mine!.id }, { id: other!.id }] }, { urgency: 1 }))).toBe(
      'not-found',
    )
    const edit = await start(cora, { tickets: [{ id: mine!.id }] }, { urgency: 1 })
    await sql`update accounts set role = 'manager' where id = ${cora.account}`.execute(server.db)
    await goOn(cora)
    await sql`update accounts set role = 'coordinator' where id = ${cora.account}`.execute(server.db)
    expect(await rowsOf(cora, edit.id)).toMatchObject([{ verdict: 'refused' }])
    const gone = await start(cora, { tickets: [{ id: mine!.id }] }, { urgency: 1 })
    await sql`update accounts set disabled_at = now() where id = ${cora.account}`.execute(server.db)
    await goOn(cora)
    await sql`update accounts set disabled_at = null where id = ${cora.account}`.execute(server.db)
    expect(await cora.client(ticketBulkEdits.show, { id: gone.id })).toMatchObject({
      status: 'failed',
      error: 'Whoever asked for it can no longer sign in.',
    })
  })

  it('is previewed: how many, and how many one may not change, in words', async () => {
    const made = await opened(3, 'Ensign')
    await cora.client(tickets.resolve, { id: made[0]!.id, resolution: 'Hoisted' })
    const preview = await cora.client(ticketBulkEdits.preview, {
      filter: { q: 'Ensign' },
      change: { state: 'resolved' },
    })
    expect(preview).toMatchObject({ matched: 3, tooMany: false, allowed: 2, refused: [{ n: 1 }] })
  })

  it.each([
    ['nothing to change', { filter: {} }, {}, 'bulk.nothing', 'bulk.nothing'],
    ['neither filter nor tickets', {}, { urgency: 1 }, 'bulk.filter-or-tickets', 'bulk.filter-or-tickets'],
    [
      'a vendor that is not named',
      { filter: {} },
      { state: 'waiting_vendor' },
      'tickets.name-vendor',
      'tickets.name-vendor',
    ],
    ['nothing that matches', { filter: { q: 'Zeppelin' } }, { urgency: 1 }, 'bulk.none', 'bulk.none'],
    ['a filter that is none', { filter: { colour: 'red' } }, { urgency: 1 }, 'invalid', 'filter'],
    [
      'a queue that is none',
      { filter: {} },
      { queue: '01a00000-0000-7000-8000-000000000000' },
      'bulk.unknown',
      'change.queue',
    ],
  ] as [string, object, BulkChange, string, string][])('refuses %s', async (_, which, change, code, place) => {
    const asked = start(cora, which, change)
    expect(await codeOf(asked)).toBe(code)
    expect(await placeOf(asked)).toBe(place)
  })

  it('is for those who work on tickets, and each sees their own', async () => {
    const [ticket] = await opened(1, 'Fender')
    expect(await codeOf(start(rita, { tickets: [{ id: ticket!.id }] }, { urgency: 1 }))).toBe('forbidden')
    const { client } = await server.key('coordinator')
    const asked = { tickets: [{ id: ticket!.id }], change: { urgency: 1 } }
    expect(await codeOf(client(ticketBulkEdits.start, asked))).toBe('bulk.persons-only')
    const edit = await start(tess, { tickets: [{ id: ticket!.id }] }, { urgency: 1 })
    expect(await codeOf(cora.client(ticketBulkEdits.show, { id: edit.id }))).toBe('not-found')
    expect(await codeOf(cora.client(ticketBulkEdits.stop, { id: edit.id }))).toBe('not-found')
    await over(tess, edit.id)
    expect(await codeOf(tess.client(ticketBulkEdits.stop, { id: edit.id }))).toBe('bulk.over')
  })

  it('is stopped; one of a person runs after the other', async () => {
    const made = await opened(30, 'Gaff')
    const edit = await start(cora, { filter: { q: 'Gaff' } }, { urgency: 1 })
    const second = await start(cora, { tickets: [{ id: made[0]!.id }] }, { impact: 1 })
    const control = new AbortController()
    control.abort()
    await bulkEditJob(server.opened.platform).run({ person: cora.id }, control.signal)
    expect(await cora.client(ticketBulkEdits.show, { id: edit.id })).toMatchObject({ settled: 0 })
    const stopped = await cora.client(ticketBulkEdits.stop, { id: edit.id })
    expect(stopped.status).toBe('stopped')
    await goOn(cora)
    expect(await cora.client(ticketBulkEdits.show, { id: edit.id })).toMatchObject({ status: 'stopped', settled: 0 })
    expect(await over(cora, second.id)).toMatchObject({ status: 'done', counts: { done: 1 } })
  })

  it('is reported as a file, without the names of what one no longer sees', async () => {
    const made = await opened(2, '=Jib, "fore"')
    const edit = await start(tess, { tickets: made.map(({ id }) => ({ id })) }, { urgency: 1 })
    await over(tess, edit.id)
    await cora.client(tickets.assign, { id: made[1]!.id, queue: desk })
    const headers = { cookie: `${tess.cookie.name}=${tess.cookie.value}` }
    const address = `${server.base}/api/v1/ticket-bulk-edits/${edit.id}/report.csv`
    const text = await (await fetch(address, { headers })).text()
    const lines = text.trim().split('\r\n')
    expect(lines[0]).toBe('position,ticket,title,verdict,why')
    expect(lines[1]).toContain(made[0]!.reference)
    expect(lines[2]).toBe('2,,,done,')
    const other = { cookie: `${tom.cookie.name}=${tom.cookie.value}` }
    expect((await fetch(address, { headers: other })).status).toBe(404)
  })
})
