import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../../contract/client.ts'
import { devices } from '../../contract/devices.ts'
import { snmpScans } from '../../contract/snmp-scans.ts'
import { sql } from '../../server/platform/db.ts'
import { freePort } from '../support/free-port.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const snmpd = '/usr/sbin/snmpd'
const isThere = existsSync(snmpd)
if (!isThere) console.log(`skipped: snmpd is not installed (${snmpd})`)

let server: TestServer
let keeper: Client
let peer: ChildProcess | null = null
let folder: string
let port: number
const v3 = { user: 'linchpin', authenticationKey: 'authentication', privacyKey: 'privacy-key' }

beforeAll(async () => {
  server = await startTestServer({ work: true, config: { outgoingAllow: '127.0.0.1' } })
  keeper = (await server.key('coordinator')).client
  folder = await mkdtemp(join(tmpdir(), 'linchpin-snmp-'))
  port = await freePort()
  if (!isThere) return
  const settings = join(folder, 'snmpd.conf')
  await writeFile(
    settings,
    `agentAddress udp:127.0.0.1:${port}\nrocommunity opened 127.0.0.1\ncreateUser ${v3.user} SHA "${v3.authenticationKey}" AES "${v3.privacyKey}"\nrouser ${v3.user} authPriv\nsysName cabinet-7\nsysLocation Floor 3\nsysContact it@example.test\n`,
  )
  peer = spawn(snmpd, ['-f', '-C', '-c', settings, '-Lf', join(folder, 'log'), '-p', join(folder, 'pid')], {
    env: { ...process.env, SNMP_PERSISTENT_DIR: folder },
    stdio: 'ignore',
  })
})
afterAll(async () => {
  peer?.kill()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

const network = { name: 'Lab', networks: '127.0.0.1', everyHours: null }
/** The scan once it has ended, after the time that it ended before. */
const finished = async (id: string, before = '') => {
  const shown = async () => (await keeper(snmpScans.list, {})).items.find((one) => one.id === id)!
  await expect.poll(async () => ((await shown()).finishedAt ?? '') > before, { timeout: 30_000 }).toBe(true)
  return shown()
}

describe('a network looked through by SNMP', () => {
  it.skipIf(!isThere)('a real device answers in v2c and v3, and is one', { timeout: 90_000 }, async () => {
    const open = await keeper(snmpScans.create, { ...network, port, access: { protocol: '2c', community: 'opened' } })
    const first = await finished(open.id)
    expect(first).toMatchObject({ asked: 1, found: 1 })
    const locked = await keeper(snmpScans.create, {
      ...network,
      name: 'Lab, locked',
      port,
      access: { protocol: '3', authentication: 'sha', privacy: 'aes', ...v3 },
    })
    expect(await finished(locked.id)).toMatchObject({ asked: 1, found: 1 })
    const found = (await keeper(devices.list, { q: 'cabinet-7' })).items
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ kind: 'network', state: 'waiting' })
    const { seen } = await keeper(devices.show, { id: found[0]!.id })
    const entriesOf = (section: string) => seen[0]!.sections.find((one) => one.section === section)?.entries ?? []
    expect(entriesOf('networkDevice')[0]).toMatchObject({
      name: 'cabinet-7',
      location: 'Floor 3',
      contact: 'it@example.test',
    })
    expect(entriesOf('networkDevice')[0]!['mac']).toMatch(/^[\da-f:]{17}$/)
    expect(entriesOf('ports').map((one) => one['name'])).toContain('lo')
    // what is asked again is not there twice
    await keeper(snmpScans.start, { id: open.id })
    expect(await finished(open.id, first.finishedAt!)).toMatchObject({ asked: 1, found: 1 })
    expect((await keeper(devices.list, { q: 'cabinet-7' })).items).toHaveLength(1)
  })

  it('nobody answers: that is said, and nothing is found', { timeout: 40_000 }, async () => {
    const scan = await keeper(snmpScans.create, {
      ...network,
      name: 'Silent',
      port: await freePort(),
      access: { protocol: '2c', community: 'x' },
    })
    expect(await finished(scan.id)).toMatchObject({ asked: 1, found: 0 })
    await keeper(snmpScans.remove, { id: scan.id })
    await expect(keeper(snmpScans.start, { id: scan.id })).rejects.toMatchObject({ status: 404 })
  })

  it('private networks are refused unless allowed, and what is none is named; the secret is sealed', async () => {
    const access = { protocol: '2c', community: 'sesame-of-the-lab' } as const
    await expect(keeper(snmpScans.create, { ...network, networks: '10.0.0.0/24', access })).rejects.toMatchObject({
      status: 400,
      code: 'outgoing.private',
    })
    await expect(keeper(snmpScans.create, { ...network, networks: 'switch', access })).rejects.toMatchObject({
      code: 'discovery.no-network',
    })
    const scan = await keeper(snmpScans.create, { ...network, port: await freePort(), access })
    expect(JSON.stringify(scan)).not.toContain(access.community)
    const { rows } = await sql<{ secret: Buffer }>`select secret from snmp_scans where id = ${scan.id}`.execute(
      server.db,
    )
    expect(rows[0]!.secret.toString('latin1')).not.toContain(access.community)
    const { client } = await server.key('technician')
    await expect(client(snmpScans.list, {})).rejects.toMatchObject({ status: 403 })
  })
})
