import { afterAll, beforeAll, expect, it } from 'vitest'
import { calendars } from '../../contract/calendars.ts'
import { serviceLevels } from '../../contract/service-levels.ts'
import { tickets } from '../../contract/tickets.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../test/support/server.ts'
import { sql } from '../platform/db.ts'

let server: TestServer
let coordinator: TestPerson
let [urgent, rest, field] = ['', '', '']

beforeAll(async () => {
  server = await startTestServer()
  field = await server.queue('Field', ['Field team'])
  await server.queue('Payroll', ['Payroll team'])
  coordinator = await server.person({ name: 'Cora', role: 'coordinator' })
  const calendar = await coordinator.client(calendars.create, {
    name: 'Office',
    zone: 'UTC',
    week: { mon: [{ from: '09:00', to: '17:00' }] },
  })
  const level = async (name: string, conditions: object) =>
    (
      await coordinator.client(serviceLevels.create, {
        name,
        calendar: calendar.id,
        conditions,
        targets: [{ kind: 'resolution', seconds: 3600 }],
      })
    ).id
  urgent = await level('Urgent', { priorities: [1] })
  rest = await level('A rest that sorts first by name', {})
  const open = (title: string, queue: string, urgency: number, impact: number) =>
    coordinator.client(tickets.open, { title, queue, urgency, impact })
  await open('one', 'Field', 1, 1)
  await open('two', 'Field', 2, 2)
  await open('three', 'Payroll', 2, 2)
  const old = await open('old', 'Field', 2, 2)
  await sql`update tickets set created_at = now() - interval '40 days' where id = ${old.id}`.execute(server.db)
  const trusted = await server.person({ name: 'Tina', role: 'technician', teams: ['Field team'], confidential: true })
  await trusted.client(tickets.open, { title: 'secret', queue: 'Field', confidential: true })
})
afterAll(() => server.stop())

const tried = (input: object) => coordinator.client(serviceLevels.tried, input)

it('plays the last month through the order, with the level at its place', async () => {
  expect(await tried({ conditions: { queues: [field] }, position: 1 })).toMatchObject({
    looked: 3,
    taken: 2,
    from: expect.arrayContaining([
      { level: { id: urgent, name: 'Urgent' }, tickets: 1 },
      { level: { id: rest, name: 'A rest that sorts first by name' }, tickets: 1 },
    ]),
  })
  // behind the urgent ones, it takes what they leave; behind everything, nothing
  expect(await tried({ conditions: { queues: [field] }, position: 2 })).toMatchObject({
    taken: 1,
    items: [{ title: 'two' }],
  })
  expect(await tried({ conditions: { queues: [field] } })).toMatchObject({ looked: 3, taken: 0, items: [] })
})

it('keeps to the order, never to the names (Zammad: SLAs by alphabet)', async () => {
  expect(await tried({ id: urgent })).toMatchObject({ taken: 1, items: [{ title: 'one', now: { name: 'Urgent' } }] })
  expect(await tried({ id: urgent, position: 2 })).toMatchObject({ taken: 0 })
})

it('knows neither what the reader does not see nor a level that is not there', async () => {
  const all = await tried({ conditions: {}, position: 1 })
  expect(all.items.map((item) => item.title)).not.toContain('secret')
  await expect(tried({ id: field })).rejects.toMatchObject({ status: 404 })
})

it('looks further back where asked', async () => {
  const since = new Date(Date.now() - 60 * 86_400_000).toISOString()
  expect(await tried({ conditions: { queues: [field] }, position: 1, since })).toMatchObject({ looked: 4, taken: 3 })
})
