import { deflateSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../../contract/client.ts'
import { devicePairs, devices } from '../../contract/devices.ts'
import { agentKeys, agents, discoverySettings, inventories } from '../../contract/discovery.ts'
import { agentOf, newAgentKey, reportOf } from '../../test/support/agents.ts'
import { startTestServer, type TestServer } from '../../test/support/server.ts'
import { sql } from '../platform/db.ts'

let server: TestServer
let keeper: Client
let key: { id: string; key: string }
beforeAll(async () => {
  server = await startTestServer({ work: true })
  keeper = (await server.key('coordinator')).client
  key = await newAgentKey(server)
})
afterAll(() => server.stop())

const deviceNamed = async (name: string) => (await keeper(devices.list, { q: name })).items
const sections = async (name: string) => {
  const [device] = await deviceNamed(name)
  return (await keeper(devices.show, { id: device!.id })).seen
}
const installed = async (name: string, alsoGone = false) =>
  (
    await sql<{ name: string; version: string; gone: boolean }>`
      select n.name, p.version, i.gone_at is not null as gone from installed_programs i join programs p on p.id = i.program join program_names n on n.id = p.name_id
      join agents a on a.number = i.agent join devices d on d.id = a.device_id where d.name = ${name} ${alsoGone ? sql`` : sql`and i.gone_at is null`} order by 1, 2, i.first_seen_at`.execute(
      server.db,
    )
  ).rows

describe('an agent', () => {
  it('is asked for its key in the form it knows, and refused with another', async () => {
    const answer = await agentOf(server, null)(reportOf({}))
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toMatch(/^Basic realm="[^"]+"$/)
    expect(answer.text).toContain('<ERROR>')
    expect((await agentOf(server, 'lpa_wrong')(reportOf({}))).status).toBe(401)
  })

  it('of FusionInventory is told to send, sends, and is one device also the second time', async () => {
    const send = agentOf(server, key.key)
    const prolog = await send('<REQUEST><DEVICEID>pc-1</DEVICEID><QUERY>PROLOG</QUERY></REQUEST>')
    expect(prolog).toMatchObject({ status: 200, type: 'application/x-compress-zlib' })
    expect(prolog.text).toContain('<RESPONSE>SEND</RESPONSE><PROLOG_FREQ>24</PROLOG_FREQ>')
    const programs: [string, string][] = [
      ['Editor', '1.0'],
      ['Browser', '99'],
    ]
    expect((await send(reportOf({ programs }))).status).toBe(200)
    const [device, ...others] = await deviceNamed('pc-4711')
    expect(others).toEqual([])
    expect(device).toMatchObject({
      serial: 'SN-4711',
      model: 'Latitude 7440',
      os: 'Microsoft Windows 11 Pro',
      address: '10.1.2.3',
      state: 'waiting',
    })
    const [before] = (await keeper(agents.list, { device: device!.id })).items
    await send(reportOf({ programs }))
    const after = (await keeper(agents.list, { device: device!.id })).items
    expect(after).toHaveLength(1)
    expect(after[0]!.changedAt).toBe(before!.changedAt)
    expect(after[0]!.lastSeenAt > before!.lastSeenAt).toBe(true)
    // what said nothing new is not kept again
    expect((await keeper(inventories.list, { agent: after[0]!.id })).items).toHaveLength(1)
    expect(await installed('pc-4711')).toHaveLength(2)
  })

  it('of OCS gets its answer packed with zlib under the name it accepts, and is the same device', async () => {
    const send = agentOf(server, key.key, {
      userAgent: 'OCS-NG_unified_unix_agent_v2.10.0',
      type: 'application/x-compress',
      path: '/ocsinventory',
    })
    const report = reportOf({ sentId: 'pc-ocs', uuid: null, client: 'OCS' })
    const answer = await send(report)
    expect(answer).toMatchObject({ status: 200, type: 'application/x-compressed' })
    expect(answer.text).toContain('<RESPONSE>NO_ACCOUNT_UPDATE</RESPONSE>')
    await send(report)
    const found = await deviceNamed('pc-4711')
    expect(found).toHaveLength(1)
    expect((await keeper(agents.list, { device: found[0]!.id })).items.map((one) => one.dialect).toSorted()).toEqual([
      'fusioninventory',
      'ocs',
    ])
  })

  it('changes what it says, and only that is written; what is gone stays as history', async () => {
    const send = agentOf(server, key.key)
    await send(
      reportOf({
        programs: [
          ['Editor', '1.0'],
          ['Browser', '100'],
        ],
        memoryMb: 32768,
      }),
    )
    expect(await installed('pc-4711', true)).toEqual([
      { name: 'Browser', version: '100', gone: false },
      { name: 'Browser', version: '99', gone: true },
      { name: 'Editor', version: '1.0', gone: false },
    ])
    const [device] = await deviceNamed('pc-4711')
    const fusion = (await keeper(agents.list, { device: device!.id })).items.find(
      (one) => one.dialect === 'fusioninventory',
    )!
    const [last] = (await keeper(inventories.list, { agent: fusion.id })).items
    expect(last).toMatchObject({ outcome: 'changed', sections: ['hardware'], programsAdded: 1, programsGone: 1 })
    const types = await sql<{ type: string }>`
      select type from events where subject_id = ${device!.id} order by id`.execute(server.db)
    expect(types.rows.map((row) => row.type).slice(0, 1)).toEqual(['device.appeared'])
    expect(types.rows.map((row) => row.type)).toContain('device.changed')
  })

  it('installed anew under another id goes on on the same device', async () => {
    await agentOf(server, key.key)(reportOf({ sentId: 'pc-new-id', programs: [['Editor', '1.0']] }))
    const [device, ...others] = await deviceNamed('pc-4711')
    expect(others).toEqual([])
    expect((await keeper(agents.list, { device: device!.id })).items).toHaveLength(2)
    expect((await installed('pc-4711')).map((one) => one.name)).toEqual(['Editor'])
  })
})

describe('the protocol of GLPI', () => {
  const id = '2b6f1d32-8c3f-4c53-9a3c-0d5f1b5f4a10'
  const glpi = (more: Record<string, string> = {}) =>
    agentOf(server, key.key, { userAgent: 'GLPI-Agent_v1.12-dev', headers: { 'glpi-agent-id': id, ...more } })
  const content = {
    bios: { ssn: 'GLPI-1', smanufacturer: 'HP', smodel: 'EliteBook 840' },
    hardware: { name: 'glpi-1', uuid: '5c4c4544-0034-3010-8048-b6c04f503799' },
    networks: [{ description: 'eth0', mac: '3c:52:82:aa:bb:cc', type: 'ethernet', virtualdev: false }],
    softwares: [{ name: 'Editor', version: '1.0' }],
    batteries: [{ name: 'B1', capacity: 50000, real_capacity: 40000 }],
    versionclient: 'GLPI-Agent_v1.12-dev',
  }
  const inventory = (given: object) =>
    JSON.stringify({ action: 'inventory', deviceid: 'glpi-1', itemtype: 'Computer', content, ...given })

  it('begins in XML, goes on with a contact and ends with an inventory', async () => {
    const first = await glpi()(
      '<?xml version="1.0"?><REQUEST><DEVICEID>glpi-1</DEVICEID><QUERY>PROLOG</QUERY></REQUEST>',
    )
    expect(JSON.parse(first.text)).toEqual({ status: 'pending', expiration: 0 })
    const second = await glpi()(
      JSON.stringify({ action: 'contact', deviceid: 'glpi-1', name: 'GLPI-Agent', 'installed-tasks': ['inventory'] }),
    )
    expect(JSON.parse(second.text)).toMatchObject({
      status: 'ok',
      expiration: 24,
      tasks: { inventory: { server: 'glpi' } },
    })
    const third = await glpi()(inventory({}))
    expect(third.type).toBe('application/x-compress-zlib')
    expect(JSON.parse(third.text)).toEqual({ status: 'ok', expiration: 24 })
    expect(await deviceNamed('glpi-1')).toHaveLength(1)
  })

  it('a partial inventory replaces the sections it carries and no other', async () => {
    const before = (await sections('glpi-1'))[0]!.sections
    await glpi()(
      inventory({
        partial: true,
        content: {
          bios: content.bios,
          batteries: [{ name: 'B1', capacity: 50000, real_capacity: 30000 }],
          versionclient: 'x',
        },
      }),
    )
    const after = (await sections('glpi-1'))[0]!.sections
    expect(after.map((one) => one.section)).toEqual(before.map((one) => one.section))
    const differing = after.filter((one, at) => JSON.stringify(one.entries) !== JSON.stringify(before[at]!.entries))
    expect(differing.map((one) => one.section)).toEqual(['batteries'])
    expect(await installed('glpi-1')).toHaveLength(1)
  })

  it('a whole inventory ends the sections it leaves out', async () => {
    const { batteries: _, ...rest } = content
    await glpi()(inventory({ content: rest }))
    expect((await sections('glpi-1'))[0]!.sections.map((one) => one.section)).not.toContain('batteries')
  })

  it('what departs from the published form is taken in, and the violations are kept with it', async () => {
    const answer = await glpi()(
      inventory({ extra: 1, content: { ...content, storages: [{ name: 'sda', disksize: 'large', interface: 7 }] } }),
    )
    expect(JSON.parse(answer.text)).toEqual({ status: 'ok', expiration: 24 })
    const [agent] = (await keeper(agents.list, { q: 'glpi-1' })).items
    expect(agent!.violations).toBeGreaterThan(1)
    const [last] = (await keeper(inventories.list, { agent: agent!.id })).items
    expect(last!.violations).toContainEqual({ path: '/content/storages/0/disksize', message: 'must be integer' })
    expect(last!.violations.some((one) => one.message.includes('extra'))).toBe(true)
  })

  it('relays are counted, loops refused, other questions answered politely', async () => {
    const many = await glpi({ 'glpi-proxy-id': 'a,b,c,d,e,f' })(inventory({}))
    expect(many.status).toBe(400)
    expect(JSON.parse(many.text)).toMatchObject({ status: 'error' })
    expect((await glpi({ 'glpi-proxy-id': 'a,b,a' })(inventory({}))).status).toBe(400)
    expect((await glpi({ 'glpi-proxy-id': 'a,b' })(inventory({}))).status).toBe(200)
    const params = await glpi()(JSON.stringify({ action: 'get_params', deviceid: 'glpi-1' }))
    expect(params.status).toBe(501)
    expect(JSON.parse(params.text)).toMatchObject({ status: 'error' })
    const config = await fetch(`${server.base}/plugins/fusioninventory/?action=getConfig&machineid=x`)
    expect([config.status, await config.json()]).toEqual([200, {}])
  })

  it('a token for the key is as good as the key', async () => {
    const ask = (secret: string) =>
      fetch(`${server.base}/inventory/api.php/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          grant_type: 'client_credentials',
          client_id: 'x',
          client_secret: secret,
          scope: 'inventory',
        }),
      })
    expect((await ask('wrong')).status).toBe(401)
    const token = (await (await ask(key.key)).json()) as {
      token_type: string
      access_token: string
      expires_in: number
    }
    expect(token).toMatchObject({ token_type: 'Bearer', expires_in: 3600 })
    const send = agentOf(server, null, { headers: { authorization: `Bearer ${token.access_token}` } })
    expect((await send(reportOf({}))).status).toBe(200)
    const forged = agentOf(server, null, { headers: { authorization: `Bearer ${token.access_token.slice(0, -2)}xx` } })
    expect((await forged(reportOf({}))).status).toBe(401)
  })

  it('a large report is kept first and read by a job; the agent asks whether it is done', async () => {
    const softwares = Array.from({ length: 30_000 }, (_, at) => ({
      name: `Program ${at}`,
      version: '1',
      comments: 'x'.repeat(150),
    }))
    const answer = await glpi()(
      inventory({
        deviceid: 'big-1',
        content: { ...content, bios: { ssn: 'BIG-1' }, hardware: { name: 'big-1' }, networks: [], softwares },
      }),
    )
    expect(answer.status).toBe(202)
    const requestId = answer.headers.get('glpi-request-id')!
    expect(requestId).toMatch(/^[0-9A-F]{8}$/)
    const poll = async () => {
      const response = await fetch(`${server.base}/inventory`, {
        headers: { authorization: `Bearer ${key.key}`, 'glpi-agent-id': id, 'glpi-request-id': requestId },
      })
      return (await response.json()) as { status: string }
    }
    await expect.poll(poll, { timeout: 20_000, interval: 200 }).toEqual({ status: 'ok', expiration: 24 })
    expect(await installed('big-1')).toHaveLength(30_000)
    const broken = await glpi()(`{"action":"inventory","content":"${'x'.repeat(5_000_000)}`)
    expect(broken.status).toBe(202)
    await expect
      .poll(
        async () =>
          (await keeper(inventories.list, { unreadable: true })).items.some(
            (one) => one.size > 5_000_000 && one.outcome === 'unreadable',
          ),
        { timeout: 20_000 },
      )
      .toBe(true)
  })
})

describe('hostile and broken reports', () => {
  it('a bomb is refused in words, and costs no memory', async () => {
    const bomb = deflateSync(Buffer.alloc(200 * 1024 * 1024, 0x20))
    const before = process.memoryUsage().rss
    const answers = await Promise.all(Array.from({ length: 6 }, () => agentOf(server, key.key)(bomb)))
    for (const answer of answers) {
      expect(answer.status).toBe(413)
      expect(answer.text).toContain('64 MB')
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024)
  })

  it('what cannot be read is said, kept and shown', async () => {
    const send = agentOf(server, key.key)
    const broken = await send('<REQUEST><CONTENT><BIOS></CONTENT></REQUEST>')
    expect(broken.status).toBe(400)
    expect(broken.text).toContain('<ERROR>')
    expect((await send('{"action":')).status).toBe(400)
    expect((await send('<!DOCTYPE a [<!ENTITY b "c">]><REQUEST><CONTENT>&b;</CONTENT></REQUEST>')).status).toBe(400)
    expect((await agentOf(server, key.key)(Buffer.from('no zlib at all'))).status).toBe(400)
    const kept = (await keeper(inventories.list, { unreadable: true })).items
    expect(kept.length).toBeGreaterThanOrEqual(3)
    expect(kept[0]).toMatchObject({ outcome: 'unreadable', agent: null })
    expect(kept[0]!.error).toContain('XML')
  })

  it('bytes of ISO-8859-1 are read as what they are', async () => {
    const report = reportOf({
      name: 'poste-réseau',
      serial: 'LATIN-1',
      mac: '3c:52:82:00:00:02',
      uuid: null,
      sentId: 'latin',
    })
    await agentOf(server, key.key)(deflateSync(Buffer.from(report, 'latin1')))
    expect(await deviceNamed('poste-réseau')).toHaveLength(1)
  })

  it('the packing is recognised by what is said and by the bytes; the answer comes back in it', async () => {
    const report = reportOf({})
    const plain = await agentOf(server, key.key, { type: 'Application/XML' })(report)
    expect(plain).toMatchObject({ status: 200, type: 'application/xml' })
    const gzip = await fetch(`${server.base}/front/inventory.php`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-compress-gzip', authorization: `Bearer ${key.key}` },
      body: new Uint8Array(gzipSync(report)),
    })
    expect([gzip.status, gzip.headers.get('content-type')]).toEqual([200, 'application/x-compress-gzip'])
  })

  it('3,000 programs at once are taken in', async () => {
    const programs = Array.from({ length: 3000 }, (_, at): [string, string] => [`Package &amp; ${at}`, '1.0'])
    const report = reportOf({
      name: 'many',
      serial: 'MANY-1',
      mac: '3c:52:82:00:00:03',
      uuid: null,
      sentId: 'many',
      programs,
    })
    expect((await agentOf(server, key.key)(report)).status).toBe(200)
    expect(await installed('many')).toHaveLength(3000)
  })
})

describe('which machine it is', () => {
  const send = (machine: Parameters<typeof reportOf>[0]) => agentOf(server, key.key)(reportOf(machine))
  const pairs = async () => (await keeper(devicePairs.list, { limit: 200 })).items

  it('clones of one disk image are two', async () => {
    const image = { sentId: 'image', uuid: '9c4c4544-0034-3010-8048-b6c04f503700' }
    await send({ ...image, name: 'clone-1', serial: 'CL-1', mac: '3c:52:82:01:00:01' })
    await send({ ...image, name: 'clone-2', serial: 'CL-2', mac: '3c:52:82:01:00:02' })
    await send({ ...image, name: 'clone-1', serial: 'CL-1', mac: '3c:52:82:01:00:01' })
    expect(await deviceNamed('clone-')).toHaveLength(2)
    expect((await pairs()).filter((pair) => pair.one.name.startsWith('clone'))).toEqual([])
  })

  it('machines whose makers filled in the serial are as many as they are; a name joins none', async () => {
    const filler = 'To Be Filled By O.E.M.'
    await send({ sentId: 'oem-1', name: 'oem', serial: filler, uuid: null, mac: '3c:52:82:02:00:01' })
    await send({ sentId: 'oem-2', name: 'oem', serial: filler, uuid: null, mac: '3c:52:82:02:00:02' })
    expect(await deviceNamed('oem')).toHaveLength(2)
  })

  it('a doubtful one waits in the queue: decided, taken back, and everything is as before', async () => {
    await send({
      sentId: 'd-1',
      name: 'doubt-1',
      serial: 'DBL',
      uuid: '1c4c4544-0034-3010-8048-b6c04f503701',
      mac: '3c:52:82:03:00:01',
      programs: [['A', '1']],
    })
    await send({
      sentId: 'd-2',
      name: 'doubt-2',
      serial: 'DBL',
      uuid: '1c4c4544-0034-3010-8048-b6c04f503702',
      mac: '3c:52:82:03:00:02',
      programs: [['B', '1']],
    })
    const pair = (await pairs()).find((one) => one.one.name.startsWith('doubt'))!
    expect(pair.reasons.toSorted()).toEqual(['other-macs', 'other-uuid', 'same-serial'])
    const shown = await keeper(devicePairs.show, { id: pair.id })
    expect(shown.seenOfOne[0]!.sections.length).toBeGreaterThan(2)
    const before = [await keeper(devices.show, { id: pair.one.id }), await keeper(devices.show, { id: pair.other.id })]
    expect((await keeper(devicePairs.decide, { id: pair.id, same: true })).state).toBe('same')
    await expect(keeper(devicePairs.decide, { id: pair.id, same: false })).rejects.toMatchObject({
      code: 'discovery.pair-decided',
    })
    expect(await deviceNamed('doubt-')).toHaveLength(1)
    // the next runs stay where the person put them
    await send({
      sentId: 'd-2',
      name: 'doubt-2',
      serial: 'DBL',
      uuid: '1c4c4544-0034-3010-8048-b6c04f503702',
      mac: '3c:52:82:03:00:02',
      programs: [['B', '2']],
    })
    expect((await deviceNamed('doubt-')).map((one) => one.agents)).toEqual([2])
    expect((await keeper(devicePairs.undo, { id: pair.id })).state).toBe('open')
    const after = [await keeper(devices.show, { id: pair.one.id }), await keeper(devices.show, { id: pair.other.id })]
    for (const [at, was] of before.entries()) {
      expect(after[at]!.state).toBe('waiting')
      expect(after[at]!.seen.map((one) => one.agent.id)).toEqual(was.seen.map((one) => one.agent.id))
    }
    await keeper(devicePairs.decide, { id: pair.id, same: false })
    await send({
      sentId: 'd-2',
      name: 'doubt-2',
      serial: 'DBL',
      uuid: '1c4c4544-0034-3010-8048-b6c04f503702',
      mac: '3c:52:82:03:00:02',
      programs: [['B', '3']],
    })
    expect((await pairs()).filter((one) => one.one.name.startsWith('doubt'))).toEqual([])
    expect(await deviceNamed('doubt-')).toHaveLength(2)
  })

  it.each([
    ['serial number', { serial: 'RACE', uuid: null }],
    ['hardware id', { serial: null, uuid: '1c4c4544-0034-3010-8048-b6c04f503777' }],
    ['network address', { serial: null, uuid: null }],
  ])('many reports at once of one new machine, known by its %s alone, make one device', async (what, known) => {
    const name = `race by ${what}`
    const machines = Array.from({ length: 8 }, (_, at) => ({
      sentId: `${name} ${at}`,
      name,
      ...known,
      mac: what === 'network address' ? '3c:52:82:04:00:99' : '00:00:00:00:00:00',
      memoryMb: 1000 + at,
    }))
    await Promise.all(machines.map(send))
    expect(await deviceNamed(name)).toHaveLength(1)
  })

  it('a scan of the network finds devices of their own', async () => {
    const scan = `<REQUEST><CONTENT><DEVICE><INFO><TYPE>NETWORKING</TYPE><NAME>sw-7</NAME><SERIAL>SW7</SERIAL><MAC>00:23:04:ee:be:02</MAC><MANUFACTURER>Cisco</MANUFACTURER><IPS><IP>10.0.0.7</IP></IPS></INFO>
      <PORTS><PORT><IFNUMBER>1</IFNUMBER><IFNAME>Gi1</IFNAME><IFSTATUS>1</IFSTATUS><IFSPEED>1000000000</IFSPEED></PORT></PORTS></DEVICE></CONTENT><DEVICEID>scanner</DEVICEID><QUERY>SNMPQUERY</QUERY></REQUEST>`
    await agentOf(server, key.key)(scan)
    await agentOf(server, key.key)(scan)
    const [found, ...others] = await deviceNamed('sw-7')
    expect(others).toEqual([])
    expect(found).toMatchObject({ kind: 'network', serial: 'SW7', manufacturer: 'Cisco', address: '10.0.0.7' })
    const [agent] = await sections('sw-7')
    expect(agent!.sections.find((one) => one.section === 'ports')!.entries[0]).toMatchObject({
      name: 'Gi1',
      status: 'up',
      speedMbps: 1000,
    })
  })
})

describe('keys, settings and waiting devices', () => {
  it('a key is shown once, stored by its hash, and refused once revoked', async () => {
    const made = await newAgentKey(server)
    expect(made.key).toMatch(/^lpa_/)
    expect(JSON.stringify(await keeper(agentKeys.list, {}))).not.toContain(made.key)
    const send = agentOf(server, made.key)
    expect((await send('<REQUEST><QUERY>PROLOG</QUERY></REQUEST>')).status).toBe(200)
    expect((await keeper(agentKeys.list, {})).items.find((one) => one.id === made.id)!.lastUsedAt).not.toBeNull()
    expect((await keeper(agentKeys.revoke, { id: made.id })).revokedAt).not.toBeNull()
    await expect
      .poll(async () => (await send('<REQUEST><QUERY>PROLOG</QUERY></REQUEST>')).status, { timeout: 8000 })
      .toBe(401)
    const { client } = await server.key('technician')
    await expect(client(agentKeys.list, {})).rejects.toMatchObject({ status: 403 })
  })

  it('agents are told how often to report', async () => {
    const saved = await keeper(discoverySettings.save, { everyHours: 8 })
    await expect(keeper(discoverySettings.save, { everyHours: 9, version: saved.version - 1 })).rejects.toMatchObject({
      code: 'stale',
    })
    await expect(keeper(discoverySettings.save, { everyHours: 0 })).rejects.toMatchObject({ status: 400 })
    const prolog = async () => (await agentOf(server, key.key)('<REQUEST><QUERY>PROLOG</QUERY></REQUEST>')).text
    await expect.poll(prolog, { timeout: 8000 }).toContain('<PROLOG_FREQ>8</PROLOG_FREQ>')
  })

  it('a device that is not ours is put aside and back', async () => {
    const [device] = await deviceNamed('sw-7')
    expect((await keeper(devices.ignore, { id: device!.id, version: device!.version })).state).toBe('ignored')
    await expect(keeper(devices.ignore, { id: device!.id })).rejects.toMatchObject({
      code: 'discovery.not-waiting-ignored',
    })
    expect((await keeper(devices.wait, { id: device!.id })).state).toBe('waiting')
    await expect(keeper(devices.wait, { id: device!.id })).rejects.toMatchObject({ code: 'discovery.not-ignored' })
  })

  it('a report is handed out as it was sent, to whoever manages discovery', async () => {
    const [device] = await deviceNamed('sw-7')
    const [agent] = (await keeper(agents.list, { device: device!.id })).items
    const [report] = (await keeper(inventories.list, { agent: agent!.id })).items
    const ask = async (role: 'coordinator' | 'technician') =>
      fetch(`${server.base}/api/v1/inventories/${report!.id}/raw`, {
        headers: { authorization: `Bearer ${(await server.key(role)).key}` },
      })
    expect(await (await ask('coordinator')).text()).toContain('<SERIAL>SW7</SERIAL>')
    expect((await ask('technician')).status).toBe(403)
  })
})
