import { z } from 'zod'
import { basedOn, command, id, instant, line, listOf, page, query, queryBoolean } from './action.ts'
import { type SectionName, sectionNames } from './inventories.ts'

export const deviceState = z.enum(['waiting', 'linked', 'ignored', 'merged'])
export const dialect = z.enum([
  'glpi',
  'fusioninventory',
  'ocs',
  'snmp',
  'other',
  'intune',
  'entra',
  'jamf',
  'sccm',
  'lansweeper',
])
/** `id` of the asset, its tag, and what it is called. */
export const assetRef = z.object({ id, tag: z.string(), name: z.string() })

export const agent = z.object({
  id,
  device: z.object({ id, name: z.string(), state: deviceState, asset: assetRef.nullable() }),
  sentId: z.string(),
  task: z.enum(['inventory', 'scan', 'export']),
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
export const seenBy = z.object({ agent, sections: z.array(seenSection) })

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
