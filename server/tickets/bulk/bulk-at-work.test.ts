import { afterAll, beforeAll, expect, test } from 'vitest'
import { notifications } from '../../../contract/notifications.ts'
import { ticketBulkEdits } from '../../../contract/ticket-bulk-edits.ts'
import { tickets } from '../../../contract/tickets.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../../test/support/server.ts'

let server: TestServer
let cora: TestPerson
let tess: TestPerson
let rita: TestPerson

beforeAll(async () => {
  server = await startTestServer({ work: true })
  await server.queue('Field', ['Field team'])
  cora = await server.person({ name: 'Cora', role: 'coordinator' })
  tess = await server.person({ name: 'Tess', role: 'technician', teams: ['Field team'] })
  rita = await server.person({ name: 'Rita', role: 'requester' })
})
afterAll(async () => await server.stop())

test('it goes on by itself, tells whoever is given many tickets once, and each who asked of theirs', async () => {
  for (let i = 0; i < 30; i++) await rita.client(tickets.open, { title: `Halyard ${i}` })
  const edit = await cora.client(ticketBulkEdits.start, {
    filter: { q: 'Halyard' },
    change: { assignee: tess.id, note: { public: true, body: 'Soon' } },
  })
  await expect
    .poll(async () => (await cora.client(ticketBulkEdits.show, { id: edit.id })).status, { timeout: 20_000 })
    .toBe('done')
  const words = async (who: TestPerson) =>
    (await who.client(notifications.list, { limit: 200 })).items.map((notice) => notice.sentence)
  await expect
    .poll(async () => (await words(rita)).filter((one) => one.includes('Halyard')).length, { timeout: 20_000 })
    .toBe(30)
  const told = await words(tess)
  expect(told.filter((one) => one === 'Cora gave you tickets, many at once')).toHaveLength(1)
  expect(told.filter((one) => one.includes('Halyard'))).toEqual([])
})
