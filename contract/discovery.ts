import { z } from 'zod'
import { basedOn, command, id, instant, line, listOf, page, query, queryBoolean, refusals } from './action.ts'
import { assetKey, assetTag } from './assets.ts'
import { type SectionName, sectionNames } from './inventories.ts'

export const deviceKind = z.enum(['computer', 'phone', 'network', 'printer', 'other'])
export const deviceState = z.enum(['waiting', 'linked', 'ignored', 'merged'])
export const dialect = z.enum(['glpi', 'fusioninventory', 'ocs', 'snmp', 'other'])
/** `id` of the asset, its tag, and what it is called. */
const assetRef = z.object({ id, tag: z.string(), name: z.string() })

/** What was seen on the network, by however many agents. */
export const device = z.object({
  id,
  version: z.int(),
  kind: deviceKind,
  name: z.string(),
  serial: z.string().nullable(),
  manufacturer: z.string().nullable(),
  model: z.string().nullable(),
  os: z.string().nullable(),
  address: z.string().nullable(),
  state: deviceState,
  asset: assetRef.nullable(),
  agents: z.int(),
  /** Pairs with it that nobody has decided. */
  doubts: z.int(),
  firstSeenAt: instant,
  lastSeenAt: instant.nullable(),
  refusals,
})
export type Device = z.output<typeof device>

export const agent = z.object({
  id,
  device: z.object({ id, name: z.string(), state: deviceState, asset: assetRef.nullable() }),
  sentId: z.string(),
  task: z.enum(['inventory', 'scan']),
  dialect,
  /** Name and version of the program. */
  client: z.string().nullable(),
  tag: z.string().nullable(),
  address: z.string().nullable(),
  key: z.object({ id, name: z.string() }).nullable(),
  firstSeenAt: instant,
  lastSeenAt: instant,
  /** When it last said something new. */
  changedAt: instant,
  violations: z.int(),
  programs: z.int().nullable(),
})
export type Agent = z.output<typeof agent>

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())])
export const seenSection = z.object({
  section: z.enum(sectionNames as [SectionName, ...SectionName[]]),
  changedAt: instant,
  entries: z.array(z.record(z.string(), scalar)),
})
export type SeenSection = z.output<typeof seenSection>

/** Where a report departs from the published form of inventories. */
export const violation = z.object({ path: z.string(), message: z.string() })

export const inventory = z.object({
  id,
  agent: id.nullable(),
  receivedAt: instant,
  takenAt: instant.nullable(),
  contentType: z.string(),
  /** Bytes, once inflated. */
  size: z.int(),
  client: z.string().nullable(),
  address: z.string().nullable(),
  partial: z.boolean(),
  outcome: z.enum(['waiting', 'first', 'changed', 'unreadable', 'failed']),
  sections: z.array(z.string()),
  programsAdded: z.int(),
  programsGone: z.int(),
  violations: z.array(violation),
  violationCount: z.int(),
  /** Why it could not be read. */
  error: z.string().nullable(),
})
export type Inventory = z.output<typeof inventory>

/** Everything an agent sees of a device. */
const seenBy = z.object({ agent, sections: z.array(seenSection) })

export const agents = {
  list: query({
    name: 'agents.list',
    path: '/agents',
    permission: 'discovery.read',
    summary: 'Agents that report devices, the one heard last first.',
    input: z.object({
      q: z.string().max(200).optional(),
      device: id.optional(),
      /** Not heard for so many days. */
      silentDays: z.coerce.number().int().min(1).max(3650).optional(),
      violations: queryBoolean.optional(),
      ...page,
    }),
    output: listOf(agent),
  }),
  show: query({
    name: 'agents.show',
    path: '/agents/{id}',
    permission: 'discovery.read',
    summary: 'One agent with the sections it last reported.',
    input: z.object({ id }),
    output: agent.extend({ sections: z.array(seenSection) }),
  }),
}

export const inventories = {
  list: query({
    name: 'inventories.list',
    path: '/inventories',
    permission: 'discovery.read',
    summary: 'Reports as they came: those kept of an agent, or those that could not be read.',
    input: z.object({ agent: id.optional(), unreadable: queryBoolean.optional(), ...page }),
    output: listOf(inventory),
  }),
  show: query({
    name: 'inventories.show',
    path: '/inventories/{id}',
    permission: 'discovery.read',
    summary: 'One report with its violations; `/inventories/{id}/raw` holds it as it was sent.',
    input: z.object({ id }),
    output: inventory,
  }),
}

export const devices = {
  list: query({
    name: 'devices.list',
    path: '/devices',
    permission: 'discovery.read',
    summary: 'Devices as seen on the network; with `state=waiting`, those that nobody has said anything about.',
    input: z.object({ q: z.string().max(200).optional(), state: deviceState.optional(), ...page }),
    output: listOf(device),
  }),
  show: query({
    name: 'devices.show',
    path: '/devices/{id}',
    permission: 'discovery.read',
    summary: 'One device with everything each of its agents sees.',
    input: z.object({ id }),
    output: device.extend({ seen: z.array(seenBy) }),
  }),
  register: command({
    name: 'devices.register',
    method: 'POST',
    path: '/devices/{id}/register',
    permission: 'discovery.manage',
    summary: 'Make a device an asset, with what is seen of it; model and maker are found or made.',
    input: z.object({
      id,
      version: basedOn,
      name: line(120).optional(),
      model: id.optional(),
      category: id.optional(),
      location: id.optional(),
      tag: assetTag.optional(),
    }),
    output: device,
  }),
  link: command({
    name: 'devices.link',
    method: 'POST',
    path: '/devices/{id}/link',
    permission: 'discovery.manage',
    summary: 'Say which asset a device is.',
    input: z.object({ id, version: basedOn, asset: assetKey }),
    output: device,
  }),
  ignore: command({
    name: 'devices.ignore',
    method: 'POST',
    path: '/devices/{id}/ignore',
    permission: 'discovery.manage',
    summary: 'Say that a device is not ours: it no longer waits.',
    input: z.object({ id, version: basedOn }),
    output: device,
  }),
  wait: command({
    name: 'devices.wait',
    method: 'POST',
    path: '/devices/{id}/wait',
    permission: 'discovery.manage',
    summary: 'Put a device back among those that wait: it was ignored, or taken for the wrong asset.',
    input: z.object({ id, version: basedOn }),
    output: device,
  }),
}

export const pairReason = z.enum([
  'same-serial',
  'same-uuid',
  'same-macs',
  'some-macs',
  'same-agent',
  'other-serial',
  'other-uuid',
  'other-macs',
])
export const devicePair = z.object({
  id,
  one: device,
  other: device,
  reasons: z.array(pairReason),
  state: z.enum(['open', 'same', 'different']),
  foundAt: instant,
  decidedAt: instant.nullable(),
  decidedBy: z.string().nullable(),
  refusals,
})
export type DevicePair = z.output<typeof devicePair>

export const devicePairs = {
  list: query({
    name: 'device-pairs.list',
    path: '/device-pairs',
    permission: 'discovery.read',
    summary: 'Devices that may be one: those still open, or those decided.',
    input: z.object({ decided: queryBoolean.default(false), ...page }),
    output: listOf(devicePair),
  }),
  show: query({
    name: 'device-pairs.show',
    path: '/device-pairs/{id}',
    permission: 'discovery.read',
    summary: 'Two devices side by side with everything that is seen of them.',
    input: z.object({ id }),
    output: devicePair.extend({ seenOfOne: z.array(seenBy), seenOfOther: z.array(seenBy) }),
  }),
  decide: command({
    name: 'device-pairs.decide',
    method: 'POST',
    path: '/device-pairs/{id}/decide',
    permission: 'discovery.manage',
    summary: 'Say that two devices are the same, or that they are not. It can be taken back.',
    input: z.object({ id, same: z.boolean() }),
    output: devicePair,
  }),
  undo: command({
    name: 'device-pairs.undo',
    method: 'POST',
    path: '/device-pairs/{id}/undo',
    permission: 'discovery.manage',
    summary: 'Take a decision back: two devices again, each with what it had.',
    input: z.object({ id }),
    output: devicePair,
  }),
}

/** What agents report with; `key` itself is answered once, when it is made. */
export const agentKey = z.object({
  id,
  name: z.string(),
  prefix: z.string(),
  createdAt: instant,
  lastUsedAt: instant.nullable(),
  revokedAt: instant.nullable(),
  /** Agents that last came with it. */
  agents: z.int(),
})
export type AgentKey = z.output<typeof agentKey>

export const agentKeys = {
  list: query({
    name: 'agent-keys.list',
    path: '/agent-keys',
    permission: 'discovery.manage',
    summary: 'Keys that agents report with, never their secret.',
    input: z.object({ ...page }),
    output: listOf(agentKey),
  }),
  create: command({
    name: 'agent-keys.create',
    answersSecret: true,
    method: 'POST',
    path: '/agent-keys',
    permission: 'discovery.manage',
    summary: 'Make a key for agents; the answer is the only place that shows it.',
    input: z.object({ name: line(80) }),
    output: agentKey.extend({ key: z.string() }),
  }),
  revoke: command({
    name: 'agent-keys.revoke',
    method: 'DELETE',
    path: '/agent-keys/{id}',
    permission: 'discovery.manage',
    summary: 'Revoke a key: agents that come with it are refused.',
    input: z.object({ id }),
    output: agentKey,
  }),
}

const settings = z.object({
  version: z.int(),
  /** How often agents are told to report, in hours. */
  everyHours: z.int().min(1).max(720),
  /** What becomes of a device that is no asset: it waits for a person, or becomes one. */
  unknown: z.enum(['wait', 'create']),
  /** Reports kept of each agent as they came. */
  keep: z.int().min(1).max(50),
})
export type DiscoverySettings = z.output<typeof settings>

export const discoverySettings = {
  show: query({
    name: 'discovery-settings.show',
    path: '/discovery/settings',
    permission: 'discovery.read',
    summary: 'How agents are told to report, and what becomes of what they find.',
    input: z.object({}),
    output: settings,
  }),
  save: command({
    name: 'discovery-settings.save',
    method: 'PUT',
    path: '/discovery/settings',
    permission: 'discovery.manage',
    summary: 'Change how agents report and what becomes of what they find.',
    input: settings.omit({ version: true }).partial().extend({ version: basedOn }),
    output: settings,
  }),
}

/** A field of an asset: what stands there, who said so and when, and what every source says. */
export const assetFact = z.object({
  field: z.enum(['name', 'serial', 'model']),
  current: z.string(),
  origin: z
    .object({ source: z.enum(['agent', 'scan', 'person']), by: z.string().nullable(), at: instant.nullable() })
    .nullable(),
  said: z.array(
    z.object({
      source: z.enum(['agent', 'scan']),
      by: z.string().nullable(),
      value: z.string(),
      at: instant,
      isSame: z.boolean(),
    }),
  ),
})
export type AssetFact = z.output<typeof assetFact>

export const assetSeen = {
  show: query({
    name: 'asset-seen.show',
    path: '/assets/{id}/seen',
    permission: 'assets.read',
    summary: 'An asset as its agents see it, and where the values of its record come from.',
    input: z.object({ id: assetKey }),
    output: z.object({ device: device.nullable(), seen: z.array(seenBy), facts: z.array(assetFact) }),
  }),
}
