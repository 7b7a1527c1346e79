import type { Entry, SectionName, Sections } from '../../../contract/inventories.ts'
import { readEdid } from './edid.ts'
import { dayOf, entriesOf, macOf, numberOf, textOf, textsOf, type Tree, treeOf, wholeOf, yesOf } from './values.ts'

type Reader<S extends SectionName> = (content: Tree) => Entry<S>[] | null

const each = <T>(value: unknown, read: (one: Tree) => T): T[] | null =>
  value === undefined ? null : entriesOf(value).map(read)

const encryption = (one: Tree): string | null => textOf(one['encrypt_status'])?.toLowerCase() ?? null

const readers: { [S in SectionName]: Reader<S> } = {
  bios: ({ bios }) =>
    each(bios, (b) => ({
      manufacturer: textOf(b['smanufacturer'], b['mmanufacturer']),
      model: textOf(b['smodel'], b['mmodel']),
      serial: textOf(b['ssn'], b['enclosureserial'], b['biosserial']),
      assetTag: textOf(b['assettag']),
      sku: textOf(b['skunumber']),
      boardManufacturer: textOf(b['mmanufacturer']),
      boardModel: textOf(b['mmodel']),
      boardSerial: textOf(b['msn']),
      version: textOf(b['bversion']),
      date: dayOf(b['bdate'], false),
      secureBoot: textOf(b['secure_boot']),
    })),
  hardware: ({ hardware }) =>
    each(hardware, (h) => ({
      name: textOf(h['name']),
      uuid: textOf(h['uuid'])?.toLowerCase() ?? null,
      chassis: textOf(h['chassis_type']),
      memoryMb: wholeOf(h['memory']),
      virtualisation: textOf(h['vmsystem']),
      domain: textOf(h['workgroup']),
      lastUser: textOf(h['lastloggeduser']),
    })),
  operatingSystem(content) {
    const h = treeOf(content['hardware'])
    // OCS says it beside the hardware
    if (content['operatingsystem'] === undefined && h['osname'] === undefined) return null
    const o = treeOf(content['operatingsystem'])
    return [
      {
        name: textOf(o['name'], o['full_name'], h['osname']),
        version: textOf(o['version'], h['osversion']),
        kernel: textOf(o['kernel_version']),
        arch: textOf(o['arch']),
        fullName: textOf(o['full_name'], h['oscomments']),
        servicePack: textOf(o['service_pack']),
        domainName: textOf(o['fqdn']),
        installedOn: dayOf(o['install_date'], false),
      },
    ]
  },
  networkDevice: ({ network_device: device }) =>
    each(device, (d) => ({
      name: textOf(d['name'], d['snmphostname'], d['dnshostname'], d['netbiosname']),
      kind: textOf(d['type'])?.toLowerCase() ?? null,
      manufacturer: textOf(d['manufacturer']),
      model: textOf(d['model']),
      serial: textOf(d['serial']),
      mac: macOf(d['mac']),
      addresses: [...new Set([...textsOf(d['ips']), ...textsOf(d['ip'])])].toSorted(),
      firmware: textOf(d['firmware']),
      location: textOf(d['location']),
      contact: textOf(d['contact']),
      description: textOf(d['description'], d['comments']),
    })),
  processors: ({ cpus }) =>
    each(cpus, (c) => ({
      name: textOf(c['name'], c['type']),
      manufacturer: textOf(c['manufacturer']),
      cores: wholeOf(c['core'], c['corecount'], c['cores']),
      threads: wholeOf(c['thread'], c['threads'], c['logical_cpus']),
      speedMhz: wholeOf(c['speed']),
      arch: textOf(c['arch'], c['cpuarch']),
    })),
  memory: ({ memories }) =>
    each(memories, (m) => ({
      caption: textOf(m['caption'], m['description']),
      sizeMb: wholeOf(m['capacity']),
      kind: textOf(m['type']),
      speedMhz: wholeOf(m['speed']),
      manufacturer: textOf(m['manufacturer']),
      serial: textOf(m['serialnumber'], m['serial']),
      slot: wholeOf(m['numslots']),
    })),
  disks: ({ storages }) =>
    each(storages, (d) => ({
      name: textOf(d['name']),
      model: textOf(d['model']),
      manufacturer: textOf(d['manufacturer']),
      serial: textOf(d['serial'], d['serialnumber']),
      sizeMb: wholeOf(d['disksize']),
      kind: textOf(d['type'], d['description']),
      interface: textOf(d['interface']),
      firmware: textOf(d['firmware']),
      encrypted: encryption(d),
    })),
  volumes: ({ drives }) =>
    each(drives, (d) => ({
      mount: textOf(d['letter'], d['type']),
      device: textOf(d['volumn']),
      label: textOf(d['label']),
      fileSystem: textOf(d['filesystem']),
      totalMb: wholeOf(d['total']),
      encrypted: encryption(d),
      encryption: [d['encrypt_name'], d['encrypt_algo']].flatMap((one) => textOf(one) ?? []).join(' ') || null,
    })),
  network: ({ networks }) => (networks === undefined ? null : interfacesOf(entriesOf(networks))),
  monitors: ({ monitors }) =>
    each(monitors, (m) => {
      const edid = readEdid(bytesOf(m['base64']))
      const given = textOf(m['serial'])
      return {
        name: textOf(m['name'], edid?.name, m['caption'], m['description']),
        manufacturer: textOf(m['manufacturer'], edid?.manufacturer),
        serial: given === null || /^0+$/.test(given) ? (edid?.serial ?? null) : given,
        port: textOf(m['port']),
      }
    }),
  batteries: ({ batteries }) =>
    each(batteries, (b) => ({
      name: textOf(b['name']),
      manufacturer: textOf(b['manufacturer']),
      serial: textOf(b['serial']),
      chemistry: textOf(b['chemistry']),
      designedMwh: wholeOf(b['capacity']),
      holdsMwh: wholeOf(b['real_capacity']),
    })),
  antivirus: ({ antivirus }) =>
    each(antivirus, (a) => ({
      name: textOf(a['name']),
      company: textOf(a['company']),
      version: textOf(a['version']),
      enabled: yesOf(a['enabled']),
      upToDate: yesOf(a['uptodate']),
      expiresOn: dayOf(a['expiration'], false),
    })),
  firewalls: ({ firewalls }) =>
    each(firewalls, (f) => ({
      profile: textOf(f['profile']),
      status: textOf(f['status']),
      description: textOf(f['description']),
    })),
  users: ({ users }) => each(users, (u) => ({ login: textOf(u['login']), domain: textOf(u['domain']) })),
  virtualMachines: ({ virtualmachines }) =>
    each(virtualmachines, (v) => ({
      name: textOf(v['name']),
      uuid: textOf(v['uuid']),
      kind: textOf(v['vmtype'], v['subsystem']),
      status: textOf(v['status']),
      memoryMb: wholeOf(v['memory']),
      processors: wholeOf(v['vcpu']),
      image: textOf(v['image']),
    })),
  databases: ({ databases_services: services }) =>
    each(services, (d) => ({
      name: textOf(d['name']),
      kind: textOf(d['type']),
      version: textOf(d['version']),
      port: wholeOf(d['port']),
    })),
  printers: ({ printers }) =>
    each(printers, (p) => ({
      name: textOf(p['name']),
      driver: textOf(p['driver']),
      port: textOf(p['port']),
      shared: yesOf(p['shared']),
    })),
  simCards: ({ simcards }) =>
    each(simcards, (s) => ({
      iccid: textOf(s['iccid'], s['serial']),
      operator: textOf(s['operator_name']),
      country: textOf(s['country']),
      phone: textOf(s['phone_number'], s['line_number']),
    })),
  remoteAccess: ({ remote_mgmt: remote }) =>
    each(remote, (r) => ({ kind: textOf(r['type']), id: textOf(r['id']), version: textOf(r['version']) })),
  ports: ({ network_ports: ports }) =>
    each(ports, (p) => ({
      number: wholeOf(p['ifnumber']),
      name: textOf(p['ifname'], p['ifdescr']),
      alias: textOf(p['ifalias']),
      mac: macOf(p['mac']),
      speedMbps: bitsToMega(p['ifspeed']),
      status: portStatus[wholeOf(p['ifstatus']) ?? 4] ?? null,
      addresses: textsOf(p['ips']).toSorted(),
      vlans: entriesOf(p['vlans']).flatMap((v) => textOf(v['name'], v['number'], v['id']) ?? []),
      connectedTo: entriesOf(p['connections']).flatMap((c) => textOf(c['sysname'], c['mac'], c['ip']) ?? []),
    })),
  components: ({ network_components: components }) =>
    each(components, (c) => ({
      name: textOf(c['name'], c['description']),
      kind: textOf(c['type']),
      model: textOf(c['model']),
      serial: textOf(c['serial']),
      firmware: textOf(c['firmware'], c['version']),
    })),
  // agents do not manage
  management: () => null,
  firmwares: ({ firmwares }) =>
    each(firmwares, (f) => ({
      name: textOf(f['name']),
      manufacturer: textOf(f['manufacturer']),
      version: textOf(f['version']),
      kind: textOf(f['type']),
      date: dayOf(f['date'], false),
    })),
}

/** IF-MIB ifOperStatus (RFC 2863). */
const portStatus = ['', 'up', 'down', 'testing', 'unknown', 'dormant', 'not present', 'lower layer down']

const bitsToMega = (value: unknown): number | null => {
  const bits = numberOf(value)
  return bits === null ? null : Math.round(bits / 1e6)
}

function bytesOf(value: unknown): Uint8Array {
  const text = textOf(value)
  if (text === null) return new Uint8Array()
  try {
    return Uint8Array.fromBase64(text.replace(/\s/g, ''))
  } catch {
    return new Uint8Array()
  }
}

/** Agents write an interface once for each of its addresses. */
function interfacesOf(networks: readonly Tree[]): Entry<'network'>[] {
  const found = new Map<string, Omit<Entry<'network'>, 'addresses'> & { addresses: Set<string> }>()
  for (const one of networks) {
    const name = textOf(one['description'])
    const mac = macOf(one['mac'] ?? one['macaddr'])
    const key = `${name ?? ''} ${mac ?? ''}`
    let known = found.get(key)
    if (known === undefined) {
      known = {
        name,
        mac,
        addresses: new Set(),
        kind: textOf(one['type']),
        speedMbps: wholeOf(one['speed']),
        virtual: yesOf(one['virtualdev']),
        model: textOf(one['model'], one['driver']),
      }
      found.set(key, known)
    }
    for (const address of [textOf(one['ipaddress']), textOf(one['ipaddress6'])])
      if (address !== null) known.addresses.add(address)
  }
  return [...found.values()].map((one) => ({ ...one, addresses: [...one.addresses].toSorted() }))
}

const isEmpty = (entry: object): boolean =>
  Object.values(entry).every((value) => value === null || (Array.isArray(value) && value.length === 0))

/**
 * The sections a report carries, each in an order of its own so that the same things are the same text. A section that is there and empty is an
 * empty list: it says that there is none.
 */
export function readSections(content: Tree): Sections {
  const found: Record<string, object[]> = {}
  for (const [name, read] of Object.entries(readers)) {
    const entries = read(content)
    if (entries === null) continue
    const told = entries.filter((entry) => !isEmpty(entry))
    found[name] = told.length < 2 ? told : inOrder(told)
  }
  return found
}

const inOrder = (entries: object[]): object[] =>
  entries
    .map((entry) => ({ entry, key: JSON.stringify(entry) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ entry }) => entry)
