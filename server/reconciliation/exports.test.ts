import { afterAll, beforeAll, expect, test } from 'vitest'
import { assets } from '../../contract/assets.ts'
import { calendars } from '../../contract/calendars.ts'
import { people } from '../../contract/people.ts'
import { differences } from '../../contract/reconciliation.ts'
import { importInto, sourceOf, writeTemporary } from '../../test/support/imports.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../test/support/server.ts'

let server: TestServer
let cora: TestPerson
beforeAll(async () => {
  server = await startTestServer({ work: true })
  cora = await server.person({ name: 'Cora', role: 'coordinator' })
  await cora.client(calendars.create, { name: 'Office', zone: 'UTC', week: { mon: [{ from: '09:00', to: '17:00' }] } })
  await cora.client(people.create, { name: 'Ida Lund', emails: ['ida@x.example'] })
})
afterAll(() => server.stop())

const run = async (source: string, text: string) =>
  importInto(server, await writeTemporary('file.csv', text), {}, sourceOf(server, source))
const open = async (asset: string) =>
  (await cora.client(differences.list, { asset, state: 'open' })).items.map((one) => one.kind).toSorted()

test('what an export says of an asset is compared with the register as an agent is', { timeout: 60_000 }, async () => {
  await run('assets', 'tag,serial,category,username,user\nREC-1,REC-S1,Laptops,,ida@x.example\n')
  const { id } = await cora.client(assets.show, { id: 'REC-1' })
  const head = 'Device ID,Device name,Last check-in,Serial number,Primary user UPN,Encrypted,OS\n'
  const longAgo = new Date(Date.now() - 60 * 86_400_000).toISOString()
  await run('intune', `${head}d1,LAP-9,${longAgo},REC-S1,ida@x.example,False,Windows\n`)
  await expect.poll(() => open(id), { timeout: 20_000 }).toEqual(expect.arrayContaining(['unencrypted', 'unseen']))
  await run('intune', `${head}d1,LAP-9,${new Date().toISOString()},REC-S1,ida@x.example,True,Windows\n`)
  await expect
    .poll(async () => (await open(id)).filter((kind) => kind === 'unencrypted' || kind === 'unseen'), {
      timeout: 40_000,
    })
    .toEqual([])
})
