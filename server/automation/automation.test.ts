import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import type { Sent } from '../../contract/action.ts'
import { categories } from '../../contract/queues.ts'
import { ticketRules } from '../../contract/ticket-rules.ts'
import { tickets } from '../../contract/tickets.ts'
import { importInto, realLog } from '../../test/support/imports.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../test/support/server.ts'
import { sql } from '../platform/db.ts'
import { eventsById } from '../platform/events.ts'
import { followRules, RuleTimer } from './fire-rules.ts'
import { codeOf, placeOf } from '../../test/support/refusals.ts'

let server: TestServer
let cora: TestPerson
let tess: TestPerson
let tom: TestPerson
let rita: TestPerson
let desk: string
let finance: string
let payroll: string

beforeAll(async () => {
  server = await startTestServer({ work: true })
  desk = await server.queue('Desk', ['Desk team'])
  finance = await server.queue('Finance apps', ['Finance team'])
  cora = await server.person({ name: 'Cora', role: 'coordinator' })
  tess = await server.person({ name: 'Tess', role: 'technician', teams: ['Finance team'] })
  tom = await server.person({ name: 'Tom', role: 'technician', teams: ['Finance team'] })
  rita = await server.person({ name: 'Rita', role: 'requester' })
  payroll = (await cora.client(categories.create, { name: 'Payroll' })).id
})
afterAll(async () => await server.stop())

let made: string[] = []
/** A rule that is on; all are off again after each test. */
async function ruled(given: Partial<Sent<typeof ticketRules.create>>) {
  const rule = await cora.client(ticketRules.create, {
    name: 'Rule',
    event: 'opened',
    effects: [{ do: 'urgency', value: '1' }],
    ...given,
  })
  made.push(rule.id)
  return cora.client(ticketRules.edit, { id: rule.id, active: true })
}
async function off() {
  for (const id of made) await cora.client(ticketRules.edit, { id, active: false })
  made = []
}
const opened = (title: string, more: object = {}) => rita.client(tickets.open, { title, ...more })
const now = (id: string) => cora.client(tickets.show, { id })
const firings = async (id: string) => (await cora.client(ticketRules.ofTicket, { id })).items
const fired = async (id: string, n: number) =>
  await expect.poll(async () => (await firings(id)).length, { timeout: 10_000 }).toBe(n)

describe('a rule', () => {
  it('reads as a sentence, rests until it is switched on, and does what it says', async () => {
    const rule = await cora.client(ticketRules.create, {
      name: 'Payroll',
      event: 'opened',
      conditions: [
        { field: 'channel', any: ['web'] },
        { field: 'text', any: ['payroll', 'pay slip'] },
      ],
      effects: [
        { do: 'queue', value: finance },
        { do: 'urgency', value: '1' },
        { do: 'category', value: payroll },
      ],
    })
    expect(rule).toMatchObject({
      active: false,
      sentence:
        'When a ticket is opened and it came by the portal and its text mentions “payroll” or “pay slip”, put it in Finance apps, set its urgency to high, and set its category to Payroll.',
    })
    made.push(rule.id)
    await cora.client(ticketRules.edit, { id: rule.id, active: true })
    const ticket = await opened('The payroll export stops')
    const other = await opened('Printer is out of paper')
    await fired(ticket.id, 1)
    expect(await now(ticket.id)).toMatchObject({ queue: { id: finance }, urgency: 1, category: { id: payroll } })
    expect(await now(other.id)).toMatchObject({ queue: { id: desk }, urgency: 2 })
    const [trace] = await firings(ticket.id)
    expect(trace).toMatchObject({
      rule: { id: rule.id, name: 'Payroll' },
      because: ['it came by the portal', 'its text mentions “payroll”'],
      did: [
        'put it in Finance apps (before: Desk)',
        'set its urgency to high (before: medium)',
        'set its category to Payroll (before: nothing)',
      ],
      undone: null,
    })
    const { items } = await cora.client(tickets.timeline, { id: ticket.id })
    expect(items.filter((entry) => entry.by.kind === 'automation').map((entry) => entry.by.name)).toContain('Payroll')
    await off()
  })

  it('is put back, except where somebody went on since', async () => {
    await ruled({
      effects: [
        { do: 'queue', value: finance },
        { do: 'urgency', value: '1' },
        { do: 'note', value: 'Seen by a rule' },
      ],
    })
    const ticket = await opened('To be put back')
    await fired(ticket.id, 1)
    await cora.client(tickets.edit, { id: ticket.id, urgency: 3 })
    const [trace] = await firings(ticket.id)
    await cora.client(ticketRules.undo, { id: trace!.id })
    expect(await now(ticket.id)).toMatchObject({ queue: { id: desk }, urgency: 3 })
    expect(await codeOf(cora.client(ticketRules.undo, { id: trace!.id }))).toBe('rules.undone-already')
    expect((await firings(ticket.id))[0]).toMatchObject({
      undone: { by: 'Cora' },
      refusals: { undo: { code: 'rules.undone-already' } },
    })
    await off()
  })

  it('comes in order, and a rule that ends the asking keeps later ones out', async () => {
    await ruled({ name: 'First', effects: [{ do: 'urgency', value: '3' }] })
    const last = await ruled({ name: 'Last', effects: [{ do: 'urgency', value: '1' }], stops: true })
    const ticket = await opened('Two rules')
    await fired(ticket.id, 2)
    expect(await now(ticket.id)).toMatchObject({ urgency: 1 })
    const { items } = await cora.client(ticketRules.move, { id: last.id, position: 1 })
    expect(items[0]).toMatchObject({ id: last.id, position: 1 })
    const next = await opened('Only one rule')
    await fired(next.id, 1)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect((await firings(next.id)).map((one) => one.rule.name)).toEqual(['Last'])
    await off()
  })

  it('gives tickets in turn, to whoever is there', async () => {
    await ruled({
      effects: [
        { do: 'queue', value: finance },
        { do: 'assignee', value: 'in-turn' },
      ],
    })
    const given: (string | undefined)[] = []
    for (const n of [1, 2, 3, 4]) {
      const ticket = await opened(`Turn ${n}`)
      await fired(ticket.id, 1)
      given.push((await now(ticket.id)).assignee?.name)
    }
    expect(given.map((name) => name ?? '').toSorted((a, b) => a.localeCompare(b))).toEqual([
      'Tess',
      'Tess',
      'Tom',
      'Tom',
    ])
    expect(given[0]).not.toBe(given[1])
    await sql`insert into notification_settings (person_id, absent_from, absent_until) values (${tess.id}, now() - interval '1 hour', now() + interval '1 day')
      on conflict (person_id) do update set absent_from = excluded.absent_from, absent_until = excluded.absent_until`.execute(
      server.db,
    )
    for (const n of [5, 6]) {
      const ticket = await opened(`Turn ${n}`)
      await fired(ticket.id, 1)
      expect((await now(ticket.id)).assignee?.name).toBe('Tom')
    }
    await off()
  })

  it('says what was refused, and does the rest', async () => {
    await ruled({
      effects: [
        { do: 'assignee', value: tess.id },
        { do: 'urgency', value: '3' },
      ],
    })
    const ticket = await opened('Tess does not serve the desk')
    await fired(ticket.id, 1)
    expect((await firings(ticket.id))[0]!.did[0]).toMatch(/^assign it to Tess: refused\. /)
    expect(await now(ticket.id)).toMatchObject({ urgency: 3, assignee: null })
    await off()
  })

  it('does not hear what rules do, and does not go round in circles', async () => {
    await ruled({ event: 'replied', effects: [{ do: 'reply', value: 'Thank you for writing' }] })
    const ticket = await opened('Circles')
    await rita.client(tickets.addNote, { id: ticket.id, public: true, body: 'Any news?' })
    await fired(ticket.id, 1)
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(await firings(ticket.id)).toHaveLength(1)
    for (let n = 0; n < 25; n++)
      await rita.client(tickets.addNote, { id: ticket.id, public: true, body: `Automatic ${n}` })
    await new Promise((resolve) => setTimeout(resolve, 2500))
    expect((await firings(ticket.id)).length).toBeLessThanOrEqual(20)
    await off()
  })

  it('happens once for one event, however often it is told', async () => {
    await ruled({ effects: [{ do: 'note', value: 'Once' }] })
    const ticket = await opened('Told twice')
    await fired(ticket.id, 1)
    const { rows } = await sql<{
      id: string
    }>`select id from events where subject_id = ${ticket.id} and type = 'ticket.opened'`.execute(server.db)
    const [event] = await eventsById(server.db, [rows[0]!.id])
    await followRules(server.opened.platform).react(event!)
    expect(await firings(ticket.id)).toHaveLength(1)
    await off()
  })

  it('reaches confidential tickets, and shows them to nobody else', async () => {
    const rule = await ruled({ effects: [{ do: 'urgency', value: '1' }] })
    const trudy = await server.person({ name: 'Trudy', role: 'technician', teams: ['Desk team'], confidential: true })
    const ticket = await trudy.client(tickets.open, { title: 'A secret of HR', confidential: true })
    await expect.poll(async () => (await trudy.client(tickets.show, { id: ticket.id })).urgency).toBe(1)
    expect((await trudy.client(ticketRules.ofTicket, { id: ticket.id })).items).toHaveLength(1)
    expect(await codeOf(cora.client(ticketRules.ofTicket, { id: ticket.id }))).toBe('not-found')
    expect((await cora.client(ticketRules.firings, { id: rule.id })).items).toEqual([])
    const trial = await cora.client(ticketRules.tryOut, { conditions: [{ field: 'text', any: ['secret'] }] })
    expect(trial.items).toEqual([])
    await off()
  })
})

describe('a rule of time', () => {
  it('finds all that waited, once, and again after something happened', async () => {
    const waiting = []
    for (let n = 0; n < 12; n++) waiting.push(await opened(`Waiting ${n}`))
    await ruled({
      event: 'waits',
      waitsSeconds: 5 * 86_400,
      conditions: [{ field: 'title', any: ['waiting'] }],
      effects: [{ do: 'urgency', value: '1' }],
    })
    let at = Date.now() + 4 * 86_400_000
    const timer = new RuleTimer(server.opened.platform, () => at)
    await timer.round()
    expect(await firings(waiting[0]!.id)).toEqual([])
    at = Date.now() + 5.1 * 86_400_000
    await timer.round()
    await timer.round()
    for (const { id } of waiting) expect(await firings(id)).toHaveLength(1)
    await rita.client(tickets.addNote, { id: waiting[0]!.id, public: true, body: 'Still waiting' })
    await timer.round()
    expect(await firings(waiting[0]!.id)).toHaveLength(1)
    at = Date.now() + 11 * 86_400_000
    await timer.round()
    expect(await firings(waiting[0]!.id)).toHaveLength(2)
    await off()
  })
})

describe('two rules of time', () => {
  it('a reminder does not keep the later one from closing', async () => {
    const ticket = await opened('Forgotten matter')
    const conditions = [{ field: 'title' as const, any: ['forgotten'] }]
    await ruled({
      event: 'waits',
      waitsSeconds: 3 * 86_400,
      conditions,
      effects: [{ do: 'reply', value: 'Still needed?' }],
    })
    await ruled({
      event: 'waits',
      waitsSeconds: 7 * 86_400,
      conditions,
      effects: [{ do: 'resolve', value: 'No answer.' }],
    })
    let at = Date.now() + 3.5 * 86_400_000
    const timer = new RuleTimer(server.opened.platform, () => at)
    await timer.round()
    expect(await firings(ticket.id)).toHaveLength(1)
    at = Date.now() + 7.5 * 86_400_000
    await timer.round()
    expect(await now(ticket.id)).toMatchObject({ state: 'resolved' })
    await off()
  })
})

it('goes on after an interruption where it stopped', async () => {
  await ruled({
    name: 'Moves',
    conditions: [{ field: 'queue', any: [desk] }],
    effects: [{ do: 'queue', value: finance }],
    stops: true,
  })
  await ruled({ name: 'Never asked', effects: [{ do: 'reply', value: 'Wrong' }] })
  const ticket = await opened('Interrupted')
  await fired(ticket.id, 1)
  const { rows } = await sql<{
    id: string
  }>`select id from events where subject_id = ${ticket.id} and type = 'ticket.opened'`.execute(server.db)
  const [event] = await eventsById(server.db, [rows[0]!.id])
  await followRules(server.opened.platform).react(event!)
  expect((await firings(ticket.id)).map((one) => one.rule.name)).toEqual(['Moves'])
  await off()
})

it('moves a confidential ticket on, and what follows too', async () => {
  const trudy = await server.person({ name: 'Trude', role: 'technician', teams: ['Desk team'], confidential: true })
  await ruled({
    effects: [
      { do: 'queue', value: finance },
      { do: 'urgency', value: '1' },
    ],
  })
  const ticket = await trudy.client(tickets.open, { title: 'Moved in secret', confidential: true })
  await expect
    .poll(async () => (await trudy.client(tickets.show, { id: ticket.id })).urgency, { timeout: 10_000 })
    .toBe(1)
  expect((await trudy.client(tickets.show, { id: ticket.id })).queue).toMatchObject({ id: finance })
  await off()
})

describe('what does not fit', () => {
  test.each<[string, string, Partial<Sent<typeof ticketRules.create>>]>([
    [
      'a queue that is not there',
      'effects.0.value',
      { effects: [{ do: 'queue', value: '0190aaaa-bbbb-7ccc-8ddd-eeeeffff0000' }] },
    ],
    ['a queue by name', 'effects.0.value', { effects: [{ do: 'queue', value: 'Desk' }] }],
    ['a priority of 7', 'conditions.0.any', { conditions: [{ field: 'priority', any: ['7'] }] }],
    ['a state that needs a vendor', 'effects.0.value', { effects: [{ do: 'state', value: 'waiting_vendor' }] }],
    ['a rule of time without a time', 'waitsSeconds', { event: 'waits' }],
    ['a time where none is needed', 'waitsSeconds', { waitsSeconds: 86_400 }],
    ['no effects', 'effects', { effects: [] }],
  ])('%s', async (_, place, given) => {
    expect(
      await placeOf(
        cora.client(ticketRules.create, {
          name: 'x',
          event: 'opened',
          conditions: [{ field: 'title', any: ['x'] }],
          effects: [{ do: 'urgency', value: '1' }],
          ...given,
        }),
      ),
    ).toBe(place)
  })

  it('an old version, a rule that is on, and whoever may not', async () => {
    const rule = await ruled({})
    expect(await codeOf(cora.client(ticketRules.edit, { id: rule.id, version: 1, name: 'Other' }))).toBe('stale')
    expect(await codeOf(cora.client(ticketRules.remove, { id: rule.id }))).toBe('rules.switch-off-first')
    expect(await codeOf(tom.client(ticketRules.list, {}))).toBe('forbidden')
    await off()
    expect(await cora.client(ticketRules.remove, { id: rule.id })).toEqual({ removed: true })
  })
})

const log = realLog()
describe.skipIf(log === null)('the imported log', () => {
  it('shows what a rule would have matched before it is switched on', async () => {
    await importInto(server, log!, { asOf: '2016-04-01T00:00', zone: 'America/Sao_Paulo' })
    const { rows } = await sql<{
      n: number
    }>`select count(*) as n from tickets where source = 'import' and priority <= 2`.execute(server.db)
    const trial = await cora.client(ticketRules.tryOut, {
      conditions: [
        { field: 'channel', any: ['import'] },
        { field: 'priority', any: ['1', '2'] },
      ],
      newest: 50_000,
    })
    expect(rows[0]!.n).toBeGreaterThan(20)
    expect(trial.matched).toBe(rows[0]!.n)
    expect(trial.of).toBeGreaterThan(trial.matched)
    expect(trial.items[0]!.because).toContain('it came by an import')
  }, 120_000)
})
