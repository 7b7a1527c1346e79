import { afterAll, beforeAll, expect, it } from 'vitest'
import { ApiError } from '../../contract/client.ts'
import { queues } from '../../contract/queues.ts'
import { tickets } from '../../contract/tickets.ts'
import { search } from '../../contract/search.ts'
import { startTestServer, type TestServer } from '../../test/support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await server.queue('Field', ['Field team'])
})
afterAll(() => server.stop())

it('lets an auditor read the tickets it answers for, and change nothing', async () => {
  const tech = await server.person({ name: 'Tess', role: 'technician', teams: ['Field team'] })
  const auditor = await server.person({ name: 'Aud', role: 'auditor' })
  const made = await tech.client(tickets.open, { title: 'Badger in the server room' })
  expect(await auditor.client(tickets.show, { id: made.id })).toMatchObject({
    id: made.id,
    refusals: { reply: { code: 'forbidden' }, resolve: { code: 'tickets.not-yours-to-work' } },
  })
  expect((await auditor.client(tickets.list, { open: true })).items).toHaveLength(1)
  expect((await auditor.client(tickets.timeline, { id: made.id })).items).toHaveLength(1)
  expect((await auditor.client(queues.list, {})).items).toMatchObject([{ name: 'Field', open: 1 }])
  expect((await auditor.client(search.everything, { q: 'badger' })).items).toHaveLength(1)
  const refused = await auditor.client(tickets.open, { title: 'No' }).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(ApiError)
  expect((refused as ApiError).status).toBe(403)
})
