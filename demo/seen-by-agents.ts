import { devices } from '../contract/devices.ts'
import { custodies } from '../contract/custody.ts'
import { agentKeys } from '../contract/discovery.ts'
import type { Opened } from '../server/main.ts'
import type { Actor } from '../server/platform/ctx.ts'
import { sql } from '../server/platform/db.ts'
import type { Cast } from './load-demo.ts'
import { holdersOf, type Seen, userOf, whatDiffers } from './what-differs.ts'

interface Machine {
  name: string
  serial: string
  mac: string
  uuid: string
  maker: string
  model: string
  chassis: string
  os: readonly [name: string, version: string]
  memoryMb: number
  encrypted: boolean
  antivirus: boolean
  /** Who last worked on it. */
  user?: string
}

const models = [
  ['Dell Inc.', 'Latitude 7440', 'Laptop'],
  ['LENOVO', 'ThinkPad T14 Gen 4', 'Laptop'],
  ['HP', 'EliteDesk 800 G9', 'Desktop'],
] as const
const systems = [
  ['Microsoft Windows 11 Pro', '10.0.22631'],
  ['Microsoft Windows 10 Pro', '10.0.19045'],
  ['Debian GNU/Linux 12 (bookworm)', '12.11'],
] as const
const usual: readonly (readonly [name: string, version: string, publisher: string])[] = [
  ['7-Zip', '23.01', 'Igor Pavlov'],
  ['Mozilla Firefox', '128.4.0', 'Mozilla'],
  ['LibreOffice', '24.2.6', 'The Document Foundation'],
  ['Notepad++', '8.6.9', 'Notepad++ Team'],
  ['VLC media player', '3.0.21', 'VideoLAN'],
  ['Zoom Workplace', '6.2.3', 'Zoom'],
  ['PuTTY', '0.81', 'Simon Tatham'],
  ['GIMP', '2.10.38', 'The GIMP Team'],
  ['Greenshot', '1.2.10', 'Greenshot'],
  ['Thunderbird', '115.16.0', 'Mozilla'],
]

const hex = (n: number, digits: number): string => n.toString(16).padStart(digits, '0')
const machine = (n: number): Machine => {
  const [maker, model, chassis] = models[n % models.length]!
  return {
    name: `hm-${chassis === 'Laptop' ? 'nb' : 'pc'}-${String(100 + n)}`,
    serial: `HM${String(7000 + n * 37)}X`,
    mac: `3c:52:82:0b:${hex(n >> 8, 2)}:${hex(n & 255, 2)}`,
    uuid: `4c4c4544-00${hex(n, 2)}-3010-8048-b6c04f5037${hex(n, 2)}`,
    maker,
    model,
    chassis,
    os: systems[[1, 0, 0, 0, 0, 2, 0][n % 7]!]!,
    memoryMb: n % 3 === 0 ? 32_768 : 16_384,
    encrypted: n % 6 !== 1,
    antivirus: n % 8 !== 3,
  }
}

const reportOf = (m: Machine, sentId: string, programs: typeof usual, more: object = {}): string =>
  JSON.stringify({
    action: 'inventory',
    deviceid: sentId,
    itemtype: 'Computer',
    content: {
      versionclient: 'GLPI-Agent_v1.11',
      bios: { smanufacturer: m.maker, smodel: m.model, ssn: m.serial, bversion: '1.14.0' },
      hardware: {
        name: m.name,
        uuid: m.uuid,
        chassis_type: m.chassis,
        memory: m.memoryMb,
        workgroup: 'HALVORSEN',
        ...(m.user === undefined ? {} : { lastloggeduser: m.user }),
      },
      operatingsystem: {
        name: m.os[0].split(' ').slice(0, 2).join(' '),
        full_name: m.os[0],
        version: m.os[1],
        arch: 'x86_64',
      },
      cpus: [{ name: 'Intel(R) Core(TM) i5-1345U', manufacturer: 'Intel', core: 10, thread: 12, speed: 1600 }],
      memories: [
        { capacity: m.memoryMb / 2, type: 'DDR5', speed: '4800', numslots: 1 },
        { capacity: m.memoryMb / 2, type: 'DDR5', speed: '4800', numslots: 2 },
      ],
      networks: [
        {
          description: 'Ethernet',
          mac: m.mac,
          ipaddress: `10.20.1.${parseInt(m.mac.slice(-2), 16) + 10}`,
          type: 'ethernet',
          virtualdev: false,
        },
      ],
      storages: [
        { name: 'nvme0n1', model: 'SAMSUNG MZVL2512', serial: `S6${m.serial}`, disksize: 512_110, type: 'disk' },
      ],
      drives: [{ letter: 'C:', filesystem: 'NTFS', total: 475_000, encrypt_status: m.encrypted ? 'Yes' : 'No' }],
      antivirus: m.antivirus
        ? [{ name: 'Microsoft Defender', company: 'Microsoft', enabled: true, uptodate: true }]
        : [],
      softwares: programs.map(([name, version, publisher]) => ({
        name,
        version,
        publisher,
        from: 'registry',
        arch: 'x86_64',
        install_date: '2026-01-12',
      })),
      ...more,
    },
  })

const scan = `<REQUEST><CONTENT><DEVICE><INFO><TYPE>NETWORKING</TYPE><NAME>hm-sw-floor3</NAME><SERIAL>FOC2231X0AB</SERIAL><MAC>00:23:04:ee:be:02</MAC>
<MANUFACTURER>Cisco</MANUFACTURER><MODEL>Catalyst 9200-24T</MODEL><LOCATION>Floor 3, cabinet B</LOCATION><IPS><IP>10.20.0.3</IP></IPS></INFO><PORTS>
${Array.from({ length: 24 }, (_, at) => `<PORT><IFNUMBER>${at + 1}</IFNUMBER><IFNAME>Gi1/0/${at + 1}</IFNAME><IFSTATUS>${at % 3 === 2 ? 2 : 1}</IFSTATUS><IFSPEED>1000000000</IFSPEED></PORT>`).join('')}
</PORTS></DEVICE></CONTENT><DEVICEID>hm-scanner</DEVICEID><QUERY>SNMPQUERY</QUERY></REQUEST>`

const howMany = 24
const registered = 16

/** What agents report of the invented company: assets, devices that are new, two that may be one. Nothing where some of it is there already. */
export async function seenByAgents(opened: Opened, cast: Cast): Promise<void> {
  const { db } = opened.platform.database
  if ((await sql`select 1 from devices limit 1`.execute(db)).rows.length > 0) return
  const coordinator: Actor = [...cast.actors.values()].find((actor) => actor.role === 'coordinator')!
  const { key } = await opened.act(coordinator, agentKeys.create, { name: 'Head office' })
  const send = async (payload: string, userAgent = 'GLPI-Agent_v1.11') => {
    await opened.app.inject({
      method: 'POST',
      url: '/inventory',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'user-agent': userAgent },
      payload,
    })
  }
  const seen: Seen[] = []
  const programs = (n: number) => usual.filter((_, at) => at < 4 || (n + at) % 3 === 0)
  const holders = holdersOf(cast)
  for (let n = 0; n < howMany; n++) {
    const one = { ...machine(n), ...userOf(holders, n) }
    const violations = n === 5 ? { storages: [{ name: 'nvme0n1', interface: 4, disksize: '512 GB' }] } : {}
    // an older report first, so that there is history
    const older = programs(n).map(
      ([name, version, by]) => [name, name === 'Mozilla Firefox' ? '115.9.1' : version, by] as const,
    )
    await send(reportOf(one, `${one.name}-2026-01-12-08-00-00`, older))
    await send(reportOf(one, `${one.name}-2026-01-12-08-00-00`, programs(n), violations))
    if (n < registered) {
      const found = (await opened.act(coordinator, devices.list, { q: one.name })).items[0]
      if (found === undefined) continue
      const { asset } = await opened.act(coordinator, devices.register, { id: found.id })
      const holder = holders[n % holders.length]!
      await opened.act(coordinator, custodies.handOut, { assets: [asset!.id], to: { kind: 'person', id: holder.id } })
      seen.push({ device: found.id, asset: asset!.id })
    }
  }
  // a board was changed under warranty: the same machine, or another?
  const moved = { ...machine(3), serial: 'HM7111Y', uuid: machine(90).uuid }
  await send(reportOf(moved, `${moved.name}-2026-01-12-08-00-00`, programs(3)))
  await whatDiffers(opened, coordinator, seen, {
    lost: () =>
      send(reportOf({ ...machine(6), ...userOf(holders, 6) }, `${machine(6).name}-2026-01-12-08-00-00`, programs(5))),
  })
  await send(scan, 'FusionInventory-Agent_v2.6-3')
  await send('<REQUEST><CONTENT><BIOS></CONTENT></REQUEST>', 'OCS-NG_unified_unix_agent_v2.10.0')
}
