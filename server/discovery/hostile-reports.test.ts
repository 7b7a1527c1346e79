import { createSocket } from 'node:dgram'
import { connect } from 'node:net'
import { deflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../../contract/client.ts'
import { devices } from '../../contract/devices.ts'
import { agents, inventories } from '../../contract/discovery.ts'
import { agentOf, newAgentKey, reportOf } from '../../test/support/agents.ts'
import { startTestServer, type TestServer } from '../../test/support/server.ts'
import { sql } from '../platform/db.ts'
import { hashOf } from '../platform/identifiers.ts'
import { addJob } from '../platform/platform.ts'
import { insertInventory } from './inventories-store.ts'
import { stillText } from './protocol/read-message.ts'
import { askDevice } from './snmp/ask-device.ts'
import { cpuClock } from '../../test/support/cpu-time.ts'

let server: TestServer
let keeper: Client
let key: { id: string; key: string }
beforeAll(async () => {
  server = await startTestServer({ work: true })
  keeper = (await server.key('coordinator')).client
  key = await newAgentKey(server)
})
afterAll(() => server.stop())

const asJson = (given: { headers?: Record<string, string> } = {}) =>
  agentOf(server, key.key, { userAgent: 'GLPI-Agent_v1.12', type: 'application/json', ...given })
const deviceNamed = async (name: string) => (await keeper(devices.list, { q: name })).items
const unreadable = async () => (await keeper(inventories.list, { unreadable: true, limit: 200 })).items

/** What the server answers to a head alone, while the body it announces is still to come. */
const answerToHead = (head: string[], bodyLength: number): Promise<string> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(server.base)
    const socket = connect(Number(port), '127.0.0.1', () =>
      socket.write([...head, 'Host: localhost', `Content-Length: ${bodyLength}`, '', ''].join('\r\n')),
    )
    socket.setTimeout(3000, () => {
      socket.destroy()
      reject(new Error('no answer before the body'))
    })
    socket.once('data', (bytes) => {
      socket.destroy()
      resolve(bytes.toString('latin1'))
    })
    socket.once('error', reject)
  })

describe('who has no key', () => {
  it('is refused by the head alone, in the form and the packing of the agent', async () => {
    const xml = await answerToHead(['POST /inventory HTTP/1.1', 'Content-Type: application/xml'], 60_000_000)
    expect(xml).toMatch(/^HTTP\/1\.1 401 /)
    expect(xml).toMatch(/www-authenticate: Basic realm="Linchpin agents"/i)
    expect(xml).toContain('<ERROR>')
    const json = await answerToHead(
      ['POST /front/inventory.php HTTP/1.1', 'Content-Type: application/json', 'Authorization: Bearer lpa_wrong'],
      60_000_000,
    )
    expect(json).toMatch(/^HTTP\/1\.1 401 /)
    expect(json).toContain('"status":"error"')
    const zlib = await answerToHead(['POST /ocsinventory HTTP/1.1', 'Content-Type: application/x-compress'], 60_000_000)
    expect(zlib).toMatch(/^HTTP\/1\.1 401 /)
    expect(zlib).toMatch(/content-type: application\/x-compressed/i)
  })

  it('may send little where tokens are given', async () => {
    const answer = await fetch(`${server.base}/inventory/api.php/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ client_secret: 'x'.repeat(10_001) }),
    })
    expect(answer.status).toBe(413)
  })
})

describe('a report made to keep the server busy', () => {
  it('of opened process lists is refused at once', { timeout: 120_000 }, async () => {
    const spent = cpuClock()
    const body = `<REQUEST><DEVICEID>busy</DEVICEID><CONTENT>${'<PROCESSES>'.repeat(350_000)}`
    expect((await agentOf(server, key.key)(body)).status).toBe(400)
    expect(spent()).toBeLessThan(5000)
  })

  it('of one interface with very many addresses is read at once', { timeout: 120_000 }, async () => {
    const networks = Array.from({ length: 40_000 }, (_, at) => ({
      description: 'eth0',
      mac: '3c:52:82:31:00:01',
      ipaddress: `10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`,
    }))
    const spent = cpuClock()
    const sent = { action: 'inventory', deviceid: 'many-ips', content: { hardware: { name: 'many-ips' }, networks } }
    expect((await asJson()(JSON.stringify(sent))).status).toBe(200)
    expect(spent()).toBeLessThan(4000)
  })

  it('of very many network addresses takes few locks and few rows', { timeout: 60_000 }, async () => {
    const mac = (at: number) =>
      `3c:52:82:${[at >> 16, (at >> 8) & 255, at & 255].map((b) => b.toString(16).padStart(2, '0')).join(':')}`
    const networks = Array.from({ length: 20_000 }, (_, at) => ({ description: `en${at}`, mac: mac(at) }))
    const sent = { action: 'inventory', deviceid: 'many-macs', content: { hardware: { name: 'many-macs' }, networks } }
    const [answer, other] = await Promise.all([
      asJson()(JSON.stringify(sent)),
      agentOf(
        server,
        key.key,
      )(reportOf({ sentId: 'beside', name: 'beside', serial: 'BESIDE', uuid: null, mac: '3c:52:82:ff:00:01' })),
    ])
    expect([answer.status, other.status]).toEqual([200, 200])
    expect(await deviceNamed('many-macs')).toHaveLength(1)
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from seen_identities i join agents a on a.id = i.agent_id where a.sent_id = 'many-macs' and i.kind = 'mac'`.execute(
      server.db,
    )
    expect(rows[0]!.n).toBe(64)
  })
})

describe('a report with values of no kind', () => {
  it('is read as far as it says something', async () => {
    const odd = { toString: 1, valueOf: 1 }
    const sent = {
      action: 'inventory',
      deviceid: 'odd-values',
      partial: odd,
      content: {
        bios: { ssn: 'ODD-1' },
        hardware: { name: 'odd-values', memory: odd },
        networks: [{ description: 'eth0', mac: '3c:52:82:32:00:01', virtualdev: odd, speed: odd }],
        antivirus: [{ name: 'Guard', enabled: odd }],
      },
    }
    expect((await asJson()(JSON.stringify(sent))).status).toBe(200)
    expect(await deviceNamed('odd-values')).toHaveLength(1)
  })

  it('of halves of signs, NUL and very long words is taken in', async () => {
    const half = '\\ud83d'
    const long = Array.from({ length: 3000 }, (_, at) => String.fromCodePoint(0x4e00 + ((at * 7919) % 20_000))).join('')
    const edge = `${'x'.repeat(119)}😀`
    const sent = JSON.stringify({
      action: 'inventory',
      deviceid: `HALF-${long}`,
      tag: 'HALF',
      content: {
        bios: { ssn: `SN${long}`, smanufacturer: `HALF${edge}`, smodel: edge },
        hardware: { name: `torn-${long}`, uuid: 'HALF' },
        networks: [{ description: 'HALF\\u0000', mac: '3c:52:82:33:00:01' }],
        softwares: [{ name: `${'p'.repeat(299)}😀`, version: 'HALF' }],
        [`HALF${'k'.repeat(180)}😀`]: [{ 'a\u0000HALF': 1 }],
        storages: [{ [`${'q'.repeat(270)}😀😀😀😀😀😀😀😀😀😀😀😀`]: 1, 'z\u0000HALF': 1 }],
      },
      [`${'k'.repeat(260)}😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀`]: 1,
      'nul\u0000HALF': 1,
    }).replaceAll('HALF', half)
    expect((await asJson()(sent)).status).toBe(200)
    const [device] = await deviceNamed('torn-')
    expect(device!.name.length).toBeLessThanOrEqual(300)
    expect(device!.serial!.length).toBeLessThanOrEqual(300)
    const [agent] = (await keeper(agents.list, { device: device!.id })).items
    expect(agent!.sentId.length).toBeLessThanOrEqual(300)
    const [kept] = (await keeper(inventories.list, { agent: agent!.id })).items
    expect(kept!.outcome).toBe('first')
    // what departs from the published form is kept in words a database can hold
    expect(kept!.violationCount).toBeGreaterThan(2)
    // said again it is known
    expect((await asJson()(sent)).status).toBe(200)
    expect((await keeper(inventories.list, { agent: agent!.id })).items).toHaveLength(1)
    // and it becomes an asset
    expect((await keeper(devices.register, { id: device!.id })).state).toBe('linked')
  })

  it('that failed are kept up to a number, like those that could not be read', async () => {
    await sql`
      insert into inventories (id, organisation_id, key_id, received_at, content_type, body, size, outcome)
      select ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, organisation_id, id, now(), 'text/plain', '', 0, case when n % 2 = 0 then 'failed' else 'unreadable' end
      from agent_keys, generate_series(1, 240) n where id = ${key.id}`.execute(server.db)
    await asJson()('{')
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from inventories where agent_id is null and outcome in ('failed', 'unreadable')`.execute(
      server.db,
    )
    expect(rows[0]!.n).toBe(100)
  })
})

describe('a report that says nothing', () => {
  const whole = {
    action: 'inventory',
    deviceid: 'emptied',
    content: {
      bios: { ssn: 'EMPTIED-1' },
      hardware: { name: 'emptied', memory: 4096 },
      softwares: [{ name: 'Editor', version: '1' }],
    },
  }

  it('empties no record: it is refused in words and kept', async () => {
    expect((await asJson()(JSON.stringify(whole))).status).toBe(200)
    const [device] = await deviceNamed('emptied')
    const before = await keeper(devices.show, { id: device!.id })
    for (const given of [
      '{"action":"inventory","deviceid":"emptied"}',
      '{"action":"inventory","deviceid":"emptied","content":"x"}',
      '{"action":"inventory","deviceid":"emptied","content":[]}',
      '{"action":"inventory","deviceid":"emptied","content":{}}',
    ]) {
      const answer = await asJson()(given)
      expect([given, answer.status]).toEqual([given, 400])
      expect(answer.text).toContain('without content')
    }
    const xml = await agentOf(
      server,
      key.key,
    )('<REQUEST><CONTENT/><DEVICEID>emptied</DEVICEID><QUERY>INVENTORY</QUERY></REQUEST>')
    expect(xml.status).toBe(400)
    expect((await unreadable())[0]!.error).toContain('without content')
    const after = await keeper(devices.show, { id: device!.id })
    expect(after.seen[0]!.sections).toEqual(before.seen[0]!.sections)
  })

  it('empties none when it is read apart either', { timeout: 60_000 }, async () => {
    const large = JSON.stringify({ action: 'inventory', deviceid: 'emptied', content: 'x'.repeat(5_000_000) })
    expect((await asJson({ headers: { 'glpi-agent-id': 'a' } })(large)).status).toBe(202)
    await expect
      .poll(async () => (await unreadable()).find((one) => one.size > 5_000_000)?.error, { timeout: 30_000 })
      .toContain('without content')
  })

  it('of nothing that tells a machine is kept, and that is said', async () => {
    const nameless = JSON.stringify({ action: 'inventory', content: { hardware: { memory: 4096 } } })
    const answer = await asJson()(nameless)
    expect(answer.status).toBe(400)
    expect(answer.text).toContain('serial number')
    expect((await unreadable())[0]!.error).toContain('serial number')
  })
})

describe('a scan', () => {
  const scanOf = (serials: (string | null)[]) =>
    `<REQUEST><CONTENT>${serials
      .map(
        (serial) =>
          `<DEVICE><INFO><TYPE>NETWORKING</TYPE><NAME>${serial === null ? 'none' : `scan-${serial}`}</NAME>${serial === null ? '' : `<SERIAL>${serial}</SERIAL>`}</INFO></DEVICE>`,
      )
      .join('')}</CONTENT><DEVICEID>scanner</DEVICEID><QUERY>SNMPQUERY</QUERY></REQUEST>`

  it('whose first device says nothing is done with the first that does', { timeout: 60_000 }, async () => {
    const serials = [null, 'LATER-1', 'LATER-2']
    const large = scanOf(serials).replace('<DEVICEID>', `<!--${'x'.repeat(4_300_000)}--><DEVICEID>`)
    const answer = await asJson({ headers: { 'glpi-agent-id': 'b' } })(large)
    expect(answer.status).toBe(202)
    const id = answer.headers.get('glpi-request-id')!
    const poll = async () =>
      (
        await fetch(`${server.base}/inventory`, {
          headers: { authorization: `Bearer ${key.key}`, 'glpi-request-id': id },
        })
      ).status
    await expect.poll(poll, { timeout: 30_000 }).toBe(200)
    expect(await deviceNamed('scan-LATER')).toHaveLength(2)
    const { rows } = await sql`select 1 from inventories where request_id = ${id} and outcome = 'waiting'`.execute(
      server.db,
    )
    expect(rows).toEqual([])
  })

  it(
    'and its mirror at once take in each device once, and neither waits for the other',
    { timeout: 60_000 },
    async () => {
      const serials = Array.from({ length: 200 }, (_, at) => `MIRROR-${at}`)
      const answers = await Promise.all(
        [serials, serials.toReversed()].map((order, at) =>
          agentOf(server, key.key)(scanOf(order).replace('scanner', `scanner-${at}`)),
        ),
      )
      expect(answers.map((one) => one.status)).toEqual([200, 200])
      const { rows } = await sql<{ devices: number; waiting: number }>`
      select (select count(*)::int from devices where serial like 'MIRROR-%') as devices,
        (select count(*)::int from inventories where outcome in ('waiting', 'failed') and size > 0) as waiting`.execute(
        server.db,
      )
      expect(rows[0]).toEqual({ devices: 200, waiting: 0 })
    },
  )

  it('is kept once, and handed out with each of its devices as long as one is kept', async () => {
    const serials = ['ONCE-1', 'ONCE-2', 'ONCE-3']
    const send = (xml: string) => agentOf(server, key.key)(xml)
    await send(scanOf(serials))
    const bodies = async () =>
      (
        await sql<{ id: string; held: boolean }>`
          select i.id, length(i.body) > 0 as held from inventories i join agents a on a.id = i.agent_id join devices d on d.id = a.device_id
          where d.serial like 'ONCE-%' order by i.id`.execute(server.db)
      ).rows
    const first = await bodies()
    expect(first.map((one) => one.held)).toEqual([true, false, false])
    const raw = async (id: string) => {
      const answer = await fetch(`${server.base}/api/v1/inventories/${id}/raw`, {
        headers: { authorization: `Bearer ${(await server.key('coordinator')).key}` },
      })
      return answer.text()
    }
    for (const { id } of first) expect(await raw(id)).toContain('<SERIAL>ONCE-3</SERIAL>')
    // the first device moves on; what the others name stays
    for (let at = 0; at < 12; at++) await send(scanOf(['ONCE-1']).replace('<TYPE>', `<LOCATION>${at}</LOCATION><TYPE>`))
    expect(await raw(first[1]!.id)).toContain('<SERIAL>ONCE-3</SERIAL>')
  })

  it('of more devices than one report may hold is refused in words', async () => {
    const answer = await agentOf(server, key.key)(scanOf(Array.from({ length: 2001 }, (_, at) => `MANY-${at}`)))
    expect(answer.status).toBe(400)
    expect(answer.text).toMatch(/2,?000 devices/)
    expect(await deviceNamed('scan-MANY')).toEqual([])
  })
})

describe('a report that comes late', () => {
  const taskOf = (sentId: string) =>
    sql<{ content_hash: Buffer; text_hash: Buffer | null }>`
    select content_hash, text_hash from agents where sent_id = ${sentId}`.execute(server.db)

  it('overwrites no newer words', { timeout: 40_000 }, async () => {
    const machine = { sentId: 'late', name: 'late-new', serial: 'LATE-1', uuid: null, mac: '3c:52:82:34:00:01' }
    const body = deflateSync(reportOf({ ...machine, name: 'late-old', programs: [['Old', '1']] }))
    await agentOf(server, key.key)(reportOf({ ...machine, programs: [['New', '1']] }))
    const organisation = (await sql<{ id: string }>`select organisation_id as id from agent_keys`.execute(server.db))
      .rows[0]!.id
    const received = {
      organisation,
      key: key.id,
      requestId: null,
      contentType: 'application/x-compress-zlib',
      body,
      size: 1000,
      address: null,
    }
    const id = await insertInventory(
      server.db,
      { ...received, receivedAt: new Date(Date.now() - 60_000).toISOString(), client: 'FusionInventory-Agent_v2.6-3' },
      { outcome: 'waiting' },
    )
    await addJob(server.db, { task: 'take-inventory', payload: { inventory: id }, options: {} })
    const kept = async () => (await sql`select 1 from inventories where id = ${id}`.execute(server.db)).rows.length
    await expect.poll(kept, { timeout: 20_000 }).toBe(0)
    expect((await deviceNamed('late-')).map((one) => one.name)).toEqual(['late-new'])
  })

  it('after an update is read anew, whatever the version before wrote down', async () => {
    const report = reportOf({ sentId: 'anew', name: 'anew', serial: 'ANEW-1', uuid: null, mac: '3c:52:82:34:00:02' })
    await agentOf(server, key.key)(report)
    const before = (await taskOf('anew')).rows[0]!
    // a version without a number for its rules kept the hash of the text alone
    await sql`update agents set text_hash = ${hashOf(stillText(report))}, content_hash = '' where sent_id = 'anew'`.execute(
      server.db,
    )
    await agentOf(server, key.key)(report)
    expect((await taskOf('anew')).rows[0]).toEqual(before)
  })
})

/** A device that has always one more row: whatever is asked, its answer is a larger number under the same column. */
async function endlessDevice(isMute = false): Promise<{ port: number; close: () => void }> {
  const lengthOf = (bytes: Buffer): Buffer =>
    bytes.length < 128 ? Buffer.from([bytes.length]) : Buffer.from([0x82, bytes.length >> 8, bytes.length & 255])
  const of = (tag: number, ...parts: Buffer[]): Buffer => {
    const whole = Buffer.concat(parts)
    return Buffer.concat([Buffer.from([tag]), lengthOf(whole), whole])
  }
  const read = (bytes: Buffer, at: number): [whole: Buffer, inner: Buffer, next: number] => {
    const isLong = bytes[at + 1]! > 127
    const head = isLong ? 2 + (bytes[at + 1]! & 127) : 2
    const length = isLong ? bytes.readUIntBE(at + 2, head - 2) : bytes[at + 1]!
    return [bytes.subarray(at, at + head + length), bytes.subarray(at + head, at + head + length), at + head + length]
  }
  // 1.3.6.1.2.1.47.1.1.1.1.x is eleven bytes
  const column = 11
  let count = 0
  const socket = createSocket('udp4', (asked, peer) => {
    const [, message] = read(asked, 0)
    const [version, , community] = read(message, 0)
    const [secret, , pdu] = read(message, community)
    const [, inner] = read(message, pdu)
    const [id, , status] = read(inner, 0)
    const [, , index] = read(inner, status)
    const [, , list] = read(inner, index)
    const [, first] = read(read(inner, list)[1], 0)
    const [, oid] = read(first, 0)
    const said: Buffer[] = []
    if (message[pdu] === 0xa0)
      for (let at = 0, [, all] = read(inner, list); at < all.length;) {
        const [, one, next] = read(all, at)
        said.push(of(0x30, read(one, 0)[0], of(4, Buffer.from('endless'))))
        at = next
      }
    else if (!isMute) {
      count++
      const row = Buffer.from([0x81, 0x80 | (count >> 14), 0x80 | ((count >> 7) & 127), count & 127])
      said.push(of(0x30, of(6, oid.subarray(0, column), row), of(4, Buffer.from('part'))))
    }
    const zero = of(2, Buffer.from([0]))
    socket.send(of(0x30, version, secret, of(0xa2, id, zero, zero, of(0x30, ...said))), peer.port, peer.address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  return { port: socket.address().port, close: () => socket.close() }
}

describe('a device asked by SNMP', () => {
  it('that never comes to an end holds nobody', { timeout: 20_000 }, async () => {
    const device = await endlessDevice()
    const start = performance.now()
    const access = { protocol: '2c', community: 'x' } as const
    expect(await askDevice('127.0.0.1', device.port, access, AbortSignal.timeout(500))).toBeNull()
    expect(performance.now() - start).toBeGreaterThan(400)
    device.close()
  })

  it('that answers with no rows has none', { timeout: 20_000 }, async () => {
    const device = await endlessDevice(true)
    const access = { protocol: '2c', community: 'x' } as const
    const said = await askDevice('127.0.0.1', device.port, access, new AbortController().signal)
    expect(said).toMatchObject({ network_device: { name: 'endless' }, network_ports: [] })
    device.close()
  })

  it('that says more than any device has is left', { timeout: 60_000 }, async () => {
    const device = await endlessDevice()
    const access = { protocol: '2c', community: 'x' } as const
    expect(await askDevice('127.0.0.1', device.port, access, new AbortController().signal, 500)).toBeNull()
    device.close()
  })
})
