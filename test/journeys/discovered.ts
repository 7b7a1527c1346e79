import { setTimeout as sleep } from 'node:timers/promises'
import { assets } from '../../contract/assets.ts'
import type { Client } from '../../contract/client.ts'
import { devicePairs, devices } from '../../contract/devices.ts'
import { agentKeys, agents } from '../../contract/discovery.ts'
import { installedSoftware } from '../../contract/installed-software.ts'
import { differences } from '../../contract/reconciliation.ts'
import { agentOf, type Machine, reportOf } from '../support/agents.ts'
import { snmpScans } from '../../contract/snmp-scans.ts'
import { recountPrograms } from '../../server/discovery/programs-store.ts'
import type { TestServer } from '../support/server.ts'

/** What agents see: an asset, a device that is new, two that may be one, a report that could not be read. */
export interface Discovered {
  seenAsset: string
  device: string
  agent: string
  pair: string
  program: string
  /** Something of the asset that differs. */
  difference: string
}

const programs: [string, string][] = [
  ['7-Zip', '23.01'],
  ['Firefox', '128.4.0'],
  ['LibreOffice', '24.2.6'],
]

export async function furnishDiscovery(server: TestServer, admin: Client): Promise<Discovered> {
  const { key } = await admin(agentKeys.create, { name: 'Head office' })
  const send = agentOf(server, key)
  const see = async (machine: Machine) => {
    await send(reportOf({ programs, ...machine }))
    return (await admin(devices.list, { q: machine.name! })).items[0]!.id
  }
  const known = await see({ sentId: 'known', name: 'desk-12', serial: 'SEEN-12', uuid: null, mac: '3c:52:82:0a:00:01' })
  await see({
    sentId: 'known',
    name: 'desk-12',
    serial: 'SEEN-12',
    uuid: null,
    mac: '3c:52:82:0a:00:01',
    programs: programs.slice(1),
  })
  const { asset } = await admin(devices.register, { id: known })
  const device = await see({ sentId: 'new', name: 'desk-13', serial: 'SEEN-13', uuid: null, mac: '3c:52:82:0a:00:02' })
  await admin(assets.edit, { id: asset!.id, name: 'Reception' })
  await see({
    sentId: 'twin-1',
    name: 'twin-1',
    serial: 'TWIN',
    uuid: '1c4c4544-0034-3010-8048-b6c04f503711',
    mac: '3c:52:82:0a:00:03',
  })
  await see({
    sentId: 'twin-2',
    name: 'twin-2',
    serial: 'TWIN',
    uuid: '1c4c4544-0034-3010-8048-b6c04f503712',
    mac: '3c:52:82:0a:00:04',
  })
  await send('<REQUEST><CONTENT><BIOS></CONTENT></REQUEST>')
  const [installed] = (await admin(installedSoftware.ofDevice, { id: device })).items
  // what a timer does within seconds
  await recountPrograms(server.db, 1000)
  // one that is asked once, where nobody answers (discard, RFC 863)
  await admin(snmpScans.create, {
    name: 'Cabinets',
    networks: '127.0.0.1',
    port: 9,
    access: { protocol: '2c', community: 'invented' },
    everyHours: null,
  })
  // compared within seconds
  let found = await admin(differences.list, { asset: asset!.id, kind: ['contested'] })
  for (let tries = 0; found.items.length === 0 && tries < 60; tries++) {
    await sleep(250)
    found = await admin(differences.list, { asset: asset!.id, kind: ['contested'] })
  }
  return {
    difference: found.items[0]!.id,
    seenAsset: asset!.tag,
    device,
    agent: (await admin(agents.list, { device })).items[0]!.id,
    pair: (await admin(devicePairs.list, {})).items[0]!.id,
    program: String(installed!.program),
  }
}
