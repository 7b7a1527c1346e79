import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { assets } from '../../../contract/assets.ts'
import { assetSeen, devices } from '../../../contract/devices.ts'
import { people } from '../../../contract/people.ts'
import {
  eventCount,
  importInto,
  type ImportGiven,
  sourceOf,
  verdictsOf,
  writeTemporary,
} from '../../../test/support/imports.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../../test/support/server.ts'

let server: TestServer
let cora: TestPerson
beforeAll(async () => {
  server = await startTestServer()
  cora = await server.person({ name: 'Cora', role: 'coordinator' })
  await cora.client(people.create, { name: 'Ida Lund', emails: ['ida@x.example'] })
})
afterAll(() => server.stop())

const run = async (source: string, text: string, given: ImportGiven = {}) =>
  importInto(server, await writeTemporary('export.csv', text), given, sourceOf(server, source))
const device = async (name: string) => {
  const { items } = await cora.client(devices.list, { q: name })
  return items[0]
}

const intune =
  'Device ID,Device name,Enrollment date,Last check-in,Azure AD Device ID,OS version,Serial number,Manufacturer,Model,Wi-Fi MAC,Primary user UPN,Primary user email address,Compliance,Managed by,Ownership,Encrypted,OS,EthernetMAC\n' +
  'd1,LAP-01,2024-01-02 08:00:00.0000000,2024-05-01 10:30:00.0000000,11111111-2222-3333-4444-555555555555,10.0.22631,INT-SER-1,Dell Inc.,Latitude 5440,0011AABBCC01,ida@x.example,ida@x.example,Compliant,Intune,Corporate,True,Windows,0011AABBCC02\n' +
  'd2,TAB-02,2024-01-02,2024-05-02,,17.4,INT-SER-2,Apple,iPad,,,,Noncompliant,Intune,Personal,False,iOS,\n' +
  'd3,NOBODY,2024-01-02,2024-05-02,,17.4,,,,,,,,,,,Windows,\n'

describe('an export of Intune', () => {
  test('brings devices that wait, with what it says of them; a row that names none is rejected', async () => {
    const done = await run('intune', intune)
    expect(done).toMatchObject({ status: 'done', error: null, counts: { rows: 3, created: 2, rejected: 1 } })
    const seen = (await device('LAP-01'))!
    expect(seen).toMatchObject({
      state: 'waiting',
      kind: 'computer',
      serial: 'INT-SER-1',
      lastSeenAt: '2024-05-01T10:30:00Z',
    })
    expect(await device('TAB-02')).toMatchObject({ kind: 'phone', os: 'iOS 17.4' })
    expect((await verdictsOf(server, done.id))[2]!.messages[0]!.code).toBe('imports.device-nameless')
  })

  test('the same export again changes nothing but what is newer', async () => {
    const events = await eventCount(server.db)
    expect((await run('intune', intune)).counts).toMatchObject({ created: 0, updated: 0, unchanged: 2 })
    expect(await eventCount(server.db)).toBe(events)
    const later = await run('intune', intune.replace('2024-05-01 10:30', '2024-06-01 10:30'))
    expect(later.counts).toMatchObject({ unchanged: 2 })
    expect(await device('LAP-01')).toMatchObject({ lastSeenAt: '2024-06-01T10:30:00Z' })
    const moved = await run('intune', intune.replace('Compliant,Intune', 'Noncompliant,Intune'))
    expect(moved.counts).toMatchObject({ updated: 1, unchanged: 1 })
    // an older export does not turn the clock back
    expect(await device('LAP-01')).toMatchObject({ lastSeenAt: '2024-06-01T10:30:00Z' })
  })

  test('an asset that is registered with the serial number is that device, and says where its values come from', async () => {
    const list = await importInto(
      server,
      await writeTemporary('a.csv', 'tag,serial,category\nEXP-1,int-ser-1,Laptops\n'),
      {},
      sourceOf(server, 'assets'),
    )
    expect(list.counts).toMatchObject({ created: 1 })
    expect(await device('LAP-01')).toMatchObject({ state: 'linked' })
    expect(await cora.client(assets.show, { id: 'EXP-1' })).toMatchObject({
      name: 'LAP-01',
      model: { name: 'Latitude 5440' },
    })
    const seen = await cora.client(assetSeen.show, { id: 'EXP-1' })
    expect(JSON.stringify(seen)).toContain('"source":"export"')
    expect(JSON.stringify(seen)).toContain('Intune')
  })
})

test('other programs tell of the same machine: each is an observer of its own on one device', async () => {
  const entra = await run(
    'entra-devices',
    'displayName,deviceId,operatingSystem,operatingSystemVersion,isCompliant,approximateLastSignInDateTime,userNames\nLAP-01,11111111-2222-3333-4444-555555555555,Windows,10.0.22631,True,8/19/2024 1:25:31 PM,ida@x.example\n',
  )
  expect(entra.counts).toMatchObject({ created: 0, updated: 1 })
  expect(await device('LAP-01')).toMatchObject({ lastSeenAt: '2024-08-19T13:25:31Z' })
  const sccm = await run(
    'sccm',
    'Name0,Manufacturer0,Model0,SerialNumber0,UserName0,Caption0\nLAP-01,Dell Inc.,Latitude 5440,INT-SER-1,X\\ida,Microsoft Windows 11\n',
  )
  expect(sccm.counts).toMatchObject({ updated: 1 })
  const lansweeper = await run(
    'lansweeper',
    'AssetID,AssetName,AssetType,OS,Model,Manufacturer,IPAddress,MACAddress,Lastseen,Serialnumber\n7,PRN-1,Printer,,LaserJet,HP,10.0.0.9,AA:BB:CC:00:11:22,2024-05-01,PRN-S1\n',
  )
  expect(lansweeper.counts).toMatchObject({ created: 1 })
  expect(await device('PRN-1')).toMatchObject({ kind: 'printer', address: '10.0.0.9' })
  const jamf = await run(
    'jamf',
    'Computer Name,JSS Computer ID,Serial Number,UDID,Model,Operating System,Operating System Version,Last Check-in,MAC Address,FileVault 2 Status,Username,Email Address\nMAC-1,4,C02ABC,AAAAAAAA-1111-2222-3333-444444444444,MacBook Pro,macOS,14.5,2024-05-01,AABBCC001133,Not Encrypted,ida,ida@x.example\n',
  )
  expect(jamf.counts).toMatchObject({ created: 1 })
  expect((await run('intune', intune.replace('Compliant,Intune', 'Noncompliant,Intune'))).counts).toMatchObject({
    unchanged: 2,
  })
})
