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
