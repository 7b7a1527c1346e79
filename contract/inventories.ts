import { z } from 'zod'

/**
 * What an agent sees of a device, in one form whatever dialect it spoke: the sections in the order in which they are shown. A section of one
 * entry describes the device itself. Sizes are MB of 1,048,576 bytes unless the name says otherwise; days are `yyyy-mm-dd`.
 */
const text = z.string().nullable()
const count = z.number().nullable()
const yes = z.boolean().nullable()
const texts = z.array(z.string())

export const sections = {
  bios: z.object({
    manufacturer: text,
    model: text,
    serial: text,
    assetTag: text,
    sku: text,
    boardManufacturer: text,
    boardModel: text,
    boardSerial: text,
    version: text,
    date: text,
    secureBoot: text,
  }),
  hardware: z.object({
    name: text,
    uuid: text,
    chassis: text,
    memoryMb: count,
    virtualisation: text,
    domain: text,
    lastUser: text,
  }),
  operatingSystem: z.object({
    name: text,
    version: text,
    kernel: text,
    arch: text,
    fullName: text,
    servicePack: text,
    domainName: text,
    installedOn: text,
  }),
  networkDevice: z.object({
    name: text,
    kind: text,
    manufacturer: text,
    model: text,
    serial: text,
    mac: text,
    addresses: texts,
    firmware: text,
    location: text,
    contact: text,
    description: text,
  }),
  processors: z.object({
    name: text,
    manufacturer: text,
    cores: count,
    threads: count,
    speedMhz: count,
    arch: text,
  }),
  memory: z.object({
    caption: text,
    sizeMb: count,
    kind: text,
    speedMhz: count,
    manufacturer: text,
    serial: text,
    slot: count,
  }),
  disks: z.object({
    name: text,
    model: text,
    manufacturer: text,
    serial: text,
    sizeMb: count,
    kind: text,
    interface: text,
    firmware: text,
    encrypted: text,
  }),
  volumes: z.object({
    mount: text,
    device: text,
    label: text,
    fileSystem: text,
    totalMb: count,
    encrypted: text,
    encryption: text,
  }),
  network: z.object({
    name: text,
    mac: text,
    addresses: texts,
    kind: text,
    speedMbps: count,
    virtual: yes,
    model: text,
  }),
  monitors: z.object({ name: text, manufacturer: text, serial: text, port: text }),
  batteries: z.object({
    name: text,
    manufacturer: text,
    serial: text,
    chemistry: text,
    designedMwh: count,
    holdsMwh: count,
  }),
  antivirus: z.object({
    name: text,
    company: text,
    version: text,
    enabled: yes,
    upToDate: yes,
    expiresOn: text,
  }),
  firewalls: z.object({ profile: text, status: text, description: text }),
  users: z.object({ login: text, domain: text }),
  virtualMachines: z.object({
    name: text,
    uuid: text,
    kind: text,
    status: text,
    memoryMb: count,
    processors: count,
    image: text,
  }),
  databases: z.object({ name: text, kind: text, version: text, port: count }),
  printers: z.object({ name: text, driver: text, port: text, shared: yes }),
  simCards: z.object({ iccid: text, operator: text, country: text, phone: text }),
  remoteAccess: z.object({ kind: text, id: text, version: text }),
  ports: z.object({
    number: count,
    name: text,
    alias: text,
    mac: text,
    speedMbps: count,
    status: text,
    addresses: texts,
    vlans: texts,
    connectedTo: texts,
  }),
  components: z.object({ name: text, kind: text, model: text, serial: text, firmware: text }),
  /** What a program that manages the device says of it. */
  management: z.object({ compliant: text, primaryUser: text, ownership: text, managedBy: text, enrolledOn: text }),
  firmwares: z.object({ name: text, manufacturer: text, version: text, kind: text, date: text }),
} as const
export type SectionName = keyof typeof sections
export const sectionNames = Object.keys(sections) as SectionName[]
export type Entry<S extends SectionName> = z.output<(typeof sections)[S]>
/** Only the sections that were reported. */
export type Sections = { [S in SectionName]?: Entry<S>[] }

/** A program as it was seen. */
export const program = z.object({
  name: z.string(),
  publisher: z.string(),
  version: z.string(),
  /** Where the agent read it: `deb`, `rpm`, `registry`, `msi`, ... */
  source: z.string(),
  arch: z.string(),
})
export type Program = z.output<typeof program>
