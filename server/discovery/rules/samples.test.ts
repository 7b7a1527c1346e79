import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readXml } from '../protocol/read-xml.ts'
import { identityOf } from './identity.ts'
import { programKey, readReport, type Report } from './read-report.ts'
import { dayOf, macOf } from './values.ts'
import { tellingMacs, uuidKey } from './junk.ts'
import { readEdid } from './edid.ts'

const folder = join(import.meta.dirname, '../../../../shared/data/inventory')
const isThere = existsSync(folder)
if (!isThere) console.log('skipped: the sample inventories are not there')

const read = (file: string): Report => {
  const text = readFileSync(join(folder, file), 'utf8')
  return readReport(file.endsWith('.json') ? (JSON.parse(text) as Record<string, unknown>) : readXml(text)!)
}

/** Sections with how many entries, kind, number of programs, serial as compared. */
const samples: Record<string, [kind: string, sections: string, programs: number | null, serial: string | null]> = {
  'json/computer_1.json': [
    'computer',
    'bios:1 hardware:1 operatingSystem:1 processors:1 memory:2 disks:1 volumes:6 network:5 monitors:1 batteries:1 firewalls:1 users:2 printers:1 remoteAccess:1',
    6,
    '640HP72',
  ],
  'json/computer_1_partial_batteries.json': ['computer', 'bios:1 hardware:1 batteries:1', null, '640HP72'],
  'json/computer_1_partial_cpu.json': ['computer', 'bios:1 hardware:1 processors:1', null, '640HP72'],
  'json/computer_1_partial_memory.json': ['computer', 'bios:1 hardware:1 memory:2', null, '640HP72'],
  'json/computer_1_partial_softs.json': ['computer', 'bios:1 hardware:1 operatingSystem:1', 6, '640HP72'],
  'json/computer_1_partial_volumes.json': ['computer', 'bios:1 hardware:1 volumes:6', null, '640HP72'],
  'json/computer_2.json': ['computer', 'bios:1 hardware:1 virtualMachines:6', null, '2FAGP34'],
  'json/computer_2_partial_dbs.json': ['computer', 'bios:1 hardware:1 databases:2', null, '2FAGP34'],
  'json/computer_2_partial_vms.json': ['computer', 'bios:1 hardware:1 virtualMachines:6', null, '2FAGP34'],
  'json/networkequipment_1.json': [
    'network',
    'networkDevice:1 ports:183 components:66 firmwares:1',
    null,
    'SSI1912014B',
  ],
  'json/networkequipment_2.json': [
    'network',
    'networkDevice:1 ports:475 components:342 firmwares:1',
    null,
    'FOC1243W0ED',
  ],
  'json/phone_1.json': [
    'phone',
    'bios:1 hardware:1 operatingSystem:1 processors:1 memory:1 volumes:4 network:1 batteries:1 users:1 simCards:1',
    3,
    'af8d8fcfa6fa4794',
  ],
  'json/printer_1.json': ['printer', 'networkDevice:1 ports:2 firmwares:1', null, 'PHCVN191TG'],
  'xml/1.xml': [
    'computer',
    'bios:1 hardware:1 operatingSystem:1 processors:1 memory:2 disks:1 volumes:3 network:8 monitors:1 batteries:1 users:1 virtualMachines:3 printers:1',
    42,
    '9E113232I',
  ],
  'xml/2.xml': [
    'computer',
    'bios:1 hardware:1 operatingSystem:1 processors:1 memory:2 disks:1 volumes:3 network:6 monitors:1 batteries:1 antivirus:2 users:1 printers:5 remoteAccess:1',
    8,
    'CZC0479792',
  ],
  'xml/12.xml': [
    'computer',
    'bios:1 hardware:1 operatingSystem:1 processors:1 memory:2 disks:1 volumes:3 network:6 monitors:1 batteries:1 antivirus:2 users:1 printers:5 remoteAccess:1',
    8,
    'CZC0479792',
  ],
  'xml/5.xml': ['network', 'networkDevice:1 ports:18 components:1', null, '486280'],
  'xml/5-good.xml': ['network', 'networkDevice:1 ports:18', null, '486280'],
  'xml/6.xml': ['network', 'networkDevice:1 ports:183 components:66 firmwares:1', null, 'SSI1912014B'],
  'xml/7.xml': ['network', 'networkDevice:1 ports:1 firmwares:1', null, 'SSI1912014B'],
  'xml/10.xml': ['network', 'networkDevice:1', null, null],
  'xml/11.xml': ['printer', 'networkDevice:1', null, null],
  'xml/15.xml': ['other', 'networkDevice:0 ports:1 firmwares:1', null, null],
  'xml/16.xml': ['network', 'networkDevice:1', null, 'cn3afrt37n'],
  'xml/17.xml': ['network', 'networkDevice:1 ports:1 firmwares:2', null, 'cn3afrt37n'],
}

describe.skipIf(!isThere)('the sample inventories', () => {
  it('are all in the table', () => {
    const files = ['json', 'xml'].flatMap((kind) => readdirSync(join(folder, kind)).map((name) => `${kind}/${name}`))
    expect(files.toSorted()).toEqual(Object.keys(samples).toSorted())
  })

  it.each(Object.entries(samples))('%s', (file, [kind, sections, programs, serial]) => {
    const report = read(file)
    expect(report.devices).toHaveLength(1)
    const [device] = report.devices
    expect(device!.kind).toBe(kind)
    expect(
      Object.entries(device!.sections)
        .map(([name, entries]) => `${name}:${entries.length}`)
        .join(' '),
    ).toBe(sections)
    expect(device!.programs?.length ?? null).toBe(programs)
    expect(identityOf(device!.sections, null, (text) => text).serial).toBe(serial)
    expect(report.partial).toBe(file.includes('partial'))
  })

  it('the same switch in XML and in JSON is the same', () => {
    const [xml, json] = [read('xml/6.xml').devices[0]!, read('json/networkequipment_1.json').devices[0]!]
    for (const section of ['ports', 'components', 'firmwares'] as const)
      expect(xml.sections[section]!.length).toBe(json.sections[section]!.length)
    expect(xml.sections.networkDevice![0]).toMatchObject({
      name: json.sections.networkDevice![0]!.name,
      mac: json.sections.networkDevice![0]!.mac,
    })
  })

  it('encryption, screens and antivirus are read', () => {
    const volumes = read('json/computer_1.json').devices[0]!.sections.volumes!
    expect(volumes.find((one) => one.mount === '/')).toMatchObject({
      encrypted: 'yes',
      encryption: 'LUKS1 aes-xts-plain64',
    })
    expect(read('xml/2.xml').devices[0]!.sections.monitors![0]).toMatchObject({
      name: 'DELL 1707FP',
      serial: 'C975661HAB2R',
    })
    expect(read('xml/2.xml').devices[0]!.sections.antivirus!.map((one) => one.enabled)).toEqual([true, true])
  })
})

const machine = (content: Record<string, unknown>) => readReport({ deviceid: 'x', content }).devices[0]!

describe('small things of reports', () => {
  it.each<[unknown, boolean, string | null]>([
    ['2024-03-04', true, '2024-03-04'],
    ['2025/05/24 14:37:46', true, '2025-05-24'],
    ['20240304', true, '2024-03-04'],
    ['03/04/2024', true, '2024-04-03'],
    ['03/04/2024', false, '2024-03-04'],
    ['25/04/2024', false, '2024-04-25'],
    ['04/25/2024', true, '2024-04-25'],
    ['Fri Jun 12 14:15:00 2020', true, '2020-06-12'],
    ['1970-00-01', true, null],
    ['1970-01-01', true, null],
    ['2024-02-30', true, null],
    ['soon', true, null],
  ])('the day %s', (text, dayFirst, day) => expect(dayOf(text, dayFirst)).toBe(day))

  it.each([
    ['3C-52-82-11-22-33', '3c:52:82:11:22:33'],
    ['3c52.8211.2233', '3c:52:82:11:22:33'],
    ['d5:c9:gh:81:cf:80', null],
    ['', null],
  ])('the address %s', (text, mac) => expect(macOf(text)).toBe(mac))

  it('a hardware id is the same in either byte order, and fillers are none', () => {
    expect(uuidKey('4C4C4544-0034-3010-8048-B6C04F503732')).toBe(uuidKey('44454c4c-3400-1030-8048-b6c04f503732'))
    for (const filler of [
      '00000000-0000-0000-0000-000000000000',
      'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
      '03000200-0400-0500-0006-000700080009',
      'none',
      '',
    ])
      expect(uuidKey(filler)).toBeNull()
  })

  const seen = (name: string, mac: string, virtual: boolean | null = null) => ({
    name,
    mac,
    kind: 'ethernet',
    model: null,
    virtual,
  })
  it('addresses of docks, virtual interfaces and dice tell nothing while there is another', () => {
    expect(
      tellingMacs([
        seen('eth0', '3c:52:82:11:22:33'),
        seen('docker0', '02:42:11:22:33:44'),
        seen('vboxnet0', '0a:00:27:00:00:00'),
        seen('enx', '00:e0:4c:68:01:db'),
        seen('wlan0', '9e:46:f7:61:01:08'),
        seen('Ethernet 3', '10:20:30:40:50:60', true),
      ]),
    ).toEqual(['3c:52:82:11:22:33'])
    // a virtual machine has no other
    expect(tellingMacs([seen('ifb0', '9e:46:f7:61:01:08'), seen('eth0', '02:fc:00:00:00:01')])).toEqual([
      '02:fc:00:00:00:01',
    ])
  })

  it('an interface with several addresses is one', () => {
    const one = { description: 'eth0', mac: '3C:52:82:11:22:33' }
    const { network } = machine({
      networks: [
        { ...one, ipaddress: '10.0.0.1' },
        { ...one, ipaddress6: 'fe80::1' },
      ],
    }).sections
    expect(network).toEqual([expect.objectContaining({ mac: '3c:52:82:11:22:33', addresses: ['10.0.0.1', 'fe80::1'] })])
  })

  it('OCS says the system beside the hardware, and programs under other names', () => {
    const device = machine({
      hardware: { osname: 'Debian GNU/Linux 12', osversion: '12', oscomments: 'Debian GNU/Linux 12 (bookworm)' },
      cpus: { type: 'Xeon', cores: '2', cpuarch: 'x86_64' },
      softwares: { name: 'adduser', version: '3.134', architecture: 'all', installdate: '2025/04/20 00:00:00' },
    })
    expect(device.sections.operatingSystem![0]).toMatchObject({ name: 'Debian GNU/Linux 12', version: '12' })
    expect(device.sections.processors![0]).toMatchObject({ name: 'Xeon', cores: 2, arch: 'x86_64' })
    expect(device.programs).toEqual([
      expect.objectContaining({ name: 'adduser', arch: 'all', installedOn: '2025-04-20' }),
    ])
  })

  it('a program that is there twice is one, in any order the same', () => {
    const a = { name: 'A', version: '1', install_date: '2024-02-01' }
    const b = { name: 'B', version: '1' }
    const one = machine({ softwares: [a, b, { ...a, install_date: '2024-01-01' }] }).programs!
    expect(one.map((program) => program.installedOn)).toEqual(['2024-01-01', null])
    expect(machine({ softwares: [b, { ...a, install_date: '2024-01-01' }, a] }).programs).toEqual(one)
    expect(new Set(one.map(programKey)).size).toBe(2)
  })

  it('a value of no form is left out, and breaks nothing', () => {
    const content = {
      bios: 7,
      hardware: [[], 'x', null],
      networks: 'none',
      softwares: [null, { name: {} }, { name: 'A\u0000\nB' }],
      monitors: [{ base64: '§§' }],
    }
    expect(machine(content).programs!.map((program) => program.name)).toEqual(['A B'])
    expect(readReport({}).devices).toHaveLength(1)
  })

  it('no block of a screen is none', () => expect(readEdid(new Uint8Array(128))).toBeNull())
})
