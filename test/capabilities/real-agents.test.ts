import { execFile } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { devices } from '../../contract/devices.ts'
import { agents, inventories } from '../../contract/discovery.ts'
import { installedSoftware } from '../../contract/installed-software.ts'
import { assets } from '../../contract/assets.ts'
import { custodies } from '../../contract/custody.ts'
import { differences, reconciliationSettings } from '../../contract/reconciliation.ts'
import { sql } from '../../server/platform/db.ts'
import type { Client } from '../../contract/client.ts'
import { newAgentKey } from '../support/agents.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const run = promisify(execFile)
const isThere = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
const fusion = '/usr/bin/fusioninventory-agent'
const ocs = '/usr/bin/ocsinventory-agent'
const missing = [fusion, ocs].filter((path) => !isThere(path))
if (missing.length > 0) console.log(`skipped: the real agents are not installed (${missing.join(', ')})`)

let server: TestServer
let keeper: Client
let key: string
let folder: string
beforeAll(async () => {
  server = await startTestServer({ work: true })
  keeper = (await server.key('coordinator')).client
  key = (await newAgentKey(server)).key
  folder = await mkdtemp(join(tmpdir(), 'linchpin-agents-'))
})
afterAll(async () => {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

const runFusion = () =>
  run(
    fusion,
    [
      '--server',
      `${server.base}/plugins/fusioninventory/`,
      '--user',
      'agent',
      '--password',
      key,
      '--no-task',
      'Deploy,Collect,NetDiscovery,NetInventory,ESX,WakeOnLan',
      '--force',
      '--logger=stderr',
      '--debug',
    ],
    { timeout: 120_000 },
  )
// its settings hold name and password in base64
const base64 = (text: string) => Buffer.from(text).toString('base64')
const runOcs = () =>
  run(
    ocs,
    [
      '--server',
      `${server.base}/ocsinventory`,
      '--user',
      base64('agent'),
      '--password',
      base64(key),
      '--realm',
      'Linchpin agents',
      '--basevardir',
      folder,
      // Debian's settings say to write into a folder
      '--nolocal',
      '--force',
      '--debug',
    ],
    { timeout: 120_000 },
  )

it.skipIf(missing.length > 0)(
  'two real agents reporting this very machine, twice each, are one device',
  { timeout: 300_000 },
  async () => {
    for (const turn of [1, 2]) {
      const { stderr } = await runFusion()
      expect(stderr, `FusionInventory, run ${turn}`).not.toMatch(/\[error\]/)
      const { stdout } = await runOcs()
      expect(stdout, `OCS, run ${turn}`).not.toMatch(/\[error\].*(?:server|communication|deflat)/i)
    }
    const found = (await keeper(devices.list, {})).items
    expect(found).toHaveLength(1)
    const reporting = (await keeper(agents.list, { device: found[0]!.id })).items
    expect(reporting.map((one) => one.dialect).toSorted()).toEqual(['fusioninventory', 'ocs'])
    for (const agent of reporting) {
      const kept = (await keeper(inventories.list, { agent: agent.id })).items
      expect(kept.at(-1)!.outcome).toBe('first')
      expect(agent.programs!).toBeGreaterThan(50)
    }
    const { seen } = await keeper(devices.show, { id: found[0]!.id })
    for (const { sections } of seen)
      expect(sections.map((one) => one.section)).toEqual(
        expect.arrayContaining(['hardware', 'operatingSystem', 'network']),
      )
    const adduser = (await keeper(installedSoftware.ofDevice, { id: found[0]!.id, q: 'adduser' })).items
    expect(adduser.filter((one) => one.name === 'adduser')).toHaveLength(1)
  },
)

it.skipIf(missing.length > 0)(
  'what the real agents say differs from the register, and closes as it is mended',
  { timeout: 300_000 },
  async () => {
    const device = (await keeper(devices.list, {})).items[0]!
    const open = async () => (await keeper(differences.list, {})).items.map((f) => f.kind)
    const soon = { timeout: 30_000 }
    await sql`update devices set first_seen_at = now() - interval '5 days'`.execute(server.db)
    await keeper(reconciliationSettings.save, { kinds: { unknown: { days: 4 } } })
    await expect.poll(open, soon).toContain('unknown')
    const unknown = (await keeper(differences.list, { kind: ['unknown'] })).items[0]!
    await keeper(differences.mend, { id: unknown.id })
    expect((await keeper(devices.show, { id: device.id })).state).toBe('linked')
    expect(await open()).not.toContain('unknown')
    const asset = (await keeper(devices.show, { id: device.id })).asset!
    const kim = await server.person({ name: 'Kim', role: 'requester' })
    await keeper(custodies.handOut, { assets: [asset.id], to: { kind: 'person', id: kim.id } })
    // a name that somebody wrote, against what both agents say
    await keeper(assets.edit, { id: asset.id, name: 'Reception, left' })
    await expect.poll(open, soon).toContain('contested')
    await keeper(differences.mend, { id: (await keeper(differences.list, { kind: ['contested'] })).items[0]!.id })
    expect((await keeper(assets.show, { id: asset.id })).name).toBe(device.name)
    // not seen for long, then reporting again with nothing new to say
    await sql`update agents set last_seen_at = now() - interval '60 days'`.execute(server.db)
    await keeper(reconciliationSettings.save, { kinds: { unseen: { days: 31 } } })
    await expect.poll(open, soon).toContain('unseen')
    await runFusion()
    await expect.poll(open, soon).not.toContain('unseen')
    // lost, and it reports
    await keeper(assets.changeState, { id: asset.id, state: 'lost', reason: 'left on the train' })
    await runFusion()
    await expect.poll(open, soon).toContain('seen_though_gone')
    await keeper(differences.mend, {
      id: (await keeper(differences.list, { kind: ['seen_though_gone'] })).items[0]!.id,
      note: 'handed in',
    })
    expect((await keeper(assets.show, { id: asset.id })).state).toBe('deployed')
    expect(await open()).not.toContain('seen_though_gone')
  },
)
