import { afterAll, beforeAll, expect, test } from 'vitest'
import { imports } from '../../contract/imports.ts'
import { tickets } from '../../contract/tickets.ts'
import { startTestServer, type TestServer } from '../../test/support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ work: true })
})
afterAll(() => server.stop())

const file =
  'number,incident_state,opened_at,sys_updated_at,assignment_group\nINC-1,New,1/3/2016 09:00,1/3/2016 09:00,Desk\nINC-1,Active,1/3/2016 09:00,never,Desk\n'

test('a file is uploaded, imported by a job, and its verdicts are fetched', async () => {
  const { client, key } = await server.key('coordinator')
  const form = new FormData()
  form.set('file', new Blob([file], { type: 'text/csv' }), 'log.csv')
  const authorization = `Bearer ${key}`
  const uploaded = await fetch(`${server.base}/api/v1/files`, {
    method: 'POST',
    body: form,
    headers: { authorization },
  })
  const { id: uploadedId } = (await uploaded.json()) as { id: string }
  const { id } = await client(imports.start, { source: 'servicenow-incidents', file: uploadedId })
  await expect.poll(async () => (await client(imports.show, { id })).status, { timeout: 15_000 }).toBe('done')
  expect(await client(imports.show, { id })).toMatchObject({
    counts: { rows: 2, incidents: 1, created: 1, rejected: 1 },
    progress: 1,
  })
  expect(await client(tickets.show, { id: 'INC-1' })).toMatchObject({ state: 'new', queue: { name: 'Desk' } })
  const result = await fetch(`${server.base}/api/v1/imports/${id}/result.csv`, { headers: { authorization } })
  expect(result.headers.get('content-disposition')).toContain('attachment')
  expect(await result.text()).toBe(
    'row,key,verdict,messages\r\n2,INC-1,created,\r\n3,INC-1,rejected,"Column sys_updated_at: ""never"" is no date and time."\r\n',
  )
})

test('who may not run imports sees none, nor their verdicts', async () => {
  const { client, key } = await server.key('technician')
  await expect(client(imports.list, {})).rejects.toMatchObject({ status: 403 })
  const result = await fetch(`${server.base}/api/v1/imports/019b0000-0000-7000-8000-000000000000/result.csv`, {
    headers: { authorization: `Bearer ${key}` },
  })
  expect(result.status).toBe(403)
  expect((await fetch(`${server.base}/api/v1/imports/019b0000-0000-7000-8000-000000000000/result.csv`)).status).toBe(
    401,
  )
})
