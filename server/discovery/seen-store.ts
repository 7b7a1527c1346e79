import type { RawBuilder } from 'kysely'
import type { Device } from '../../contract/devices.ts'
import type { Agent, Inventory, SeenSection } from '../../contract/discovery.ts'
import { type SectionName, sectionNames, sections } from '../../contract/inventories.ts'
import { sentence } from '../platform/catalogue.ts'
import { cursorOf, type Db, sql } from '../platform/db.ts'
import { shownRefusals } from '../platform/refusals.ts'
import { nameAssets } from './asset-names.ts'
import { fromCursor } from './paging.ts'
import { isOpenPair } from './pairs-store.ts'
import type { Dialect } from './rules/media-types.ts'
import { deviceRefusals } from './rules/why-not-device.ts'
import { likeOf } from '../platform/like-of.ts'

type State = Device['state']

interface DeviceRow {
  id: string
  version: number
  kind: Device['kind']
  name: string
  serial: string | null
  manufacturer: string | null
  model: string | null
  os: string | null
  address: string | null
  state: State
  asset_id: string | null
  first_seen_at: string
  last_seen_at: string | null
  agents: number
  doubts: number
}

const wholeDevice = sql`
  select d.*, s.last_seen_at, coalesce(s.agents, 0) as agents,
    (select count(*) from device_pairs p where (p.one_id = d.id or p.other_id = d.id) and ${isOpenPair}) as doubts
  from devices d left join lateral (
    select max(a.last_seen_at) as last_seen_at, count(*) as agents from agents a where a.device_id = d.id) s on true`

export async function showDevices(db: Db, organisation: string, rows: readonly DeviceRow[]): Promise<Device[]> {
  const names = await nameAssets(
    db,
    organisation,
    rows.flatMap((row) => row.asset_id ?? []),
  )
  return rows.map((d) => {
    const asset = d.asset_id === null ? undefined : names.get(d.asset_id)
    return {
      id: d.id,
      version: d.version,
      kind: d.kind,
      name: d.name,
      serial: d.serial,
      manufacturer: d.manufacturer,
      model: d.model,
      os: d.os,
      address: d.address,
      state: d.state,
      asset: asset === undefined ? null : { id: d.asset_id!, ...asset },
      agents: d.agents,
      doubts: d.doubts,
      firstSeenAt: d.first_seen_at,
      lastSeenAt: d.last_seen_at,
      refusals: shownRefusals(deviceRefusals(d.state)),
    }
  })
}

/** Newest first. */
export async function devicePage(
  db: Db,
  organisation: string,
  filter: { q?: string | undefined; state?: State | undefined },
  limit: number,
  after: string | undefined,
): Promise<{ rows: DeviceRow[]; next: string | null }> {
  const from = fromCursor(after, 1)
  const like = likeOf(filter.q ?? '')
  const { rows } = await sql<DeviceRow>`
    ${wholeDevice} where d.organisation_id = ${organisation} and ${filter.state === undefined ? sql`d.state <> 'merged'` : sql`d.state = ${filter.state}`}
      ${filter.q === undefined ? sql`` : sql`and (lower(d.name) like ${like} or lower(coalesce(d.serial, '')) like ${like} or lower(coalesce(d.model, '')) like ${like} or coalesce(d.address, '') like ${like})`}
      ${from === null ? sql`` : sql`and d.id < ${from[0]}::uuid`}
    order by d.id desc limit ${limit + 1}`.execute(db)
  return { rows: rows.slice(0, limit), next: rows.length > limit ? cursorOf([rows[limit - 1]!.id]) : null }
}

export const devicesById = async (db: Db, organisation: string, ids: readonly string[]): Promise<DeviceRow[]> =>
  (
    await sql<DeviceRow>`${wholeDevice} where d.organisation_id = ${organisation} and d.id = any(${ids}::uuid[])`.execute(
      db,
    )
  ).rows

export interface AgentRow {
  id: string
  device_id: string
  device_name: string
  device_state: State
  asset_id: string | null
  sent_id: string
  task: Agent['task']
  dialect: Dialect
  client: string | null
  tag: string | null
  address: string | null
  key_id: string | null
  key_name: string | null
  first_seen_at: string
  last_seen_at: string
  changed_at: string
  violations: number
  programs: number | null
}
/** Those that `from` picks, each with its count: what is counted is only what is shown. */
const wholeAgent = (from: RawBuilder<unknown>) => sql`
  select a.*, d.name as device_name, d.state as device_state, d.asset_id, k.name as key_name,
    case when a.programs_at is null then null else (select count(*) from installed_programs i where i.agent = a.number and i.gone_at is null) end as programs
  from ${from} a join devices d on d.id = a.device_id left join agent_keys k on k.id = a.key_id`

export async function showAgents(db: Db, organisation: string, rows: readonly AgentRow[]): Promise<Agent[]> {
  const names = await nameAssets(
    db,
    organisation,
    rows.flatMap((row) => row.asset_id ?? []),
  )
  return rows.map((a) => {
    const asset = a.asset_id === null ? undefined : names.get(a.asset_id)
    return {
      id: a.id,
      device: {
        id: a.device_id,
        name: a.device_name,
        state: a.device_state,
        asset: asset === undefined ? null : { id: a.asset_id!, ...asset },
      },
      sentId: a.sent_id,
      task: a.task,
      dialect: a.dialect,
      client: a.client,
      tag: a.tag,
      address: a.address,
      key: a.key_id === null ? null : { id: a.key_id, name: a.key_name ?? '' },
      firstSeenAt: a.first_seen_at,
      lastSeenAt: a.last_seen_at,
      changedAt: a.changed_at,
      violations: a.violations,
      programs: a.programs,
    }
  })
}

export interface AgentFilter {
  q?: string | undefined
  device?: string | undefined
  silentDays?: number | undefined
  violations?: boolean | undefined
}

/** The one heard last first. */
export async function agentPage(
  db: Db,
  organisation: string,
  filter: AgentFilter,
  limit: number,
  after: string | undefined,
): Promise<{ rows: AgentRow[]; next: string | null }> {
  const from = fromCursor(after, 2)
  const like = likeOf(filter.q ?? '')
  const { rows } = await sql<AgentRow>`
    ${wholeAgent(sql`(select a.* from agents a join devices d on d.id = a.device_id where a.organisation_id = ${organisation}
      ${filter.q === undefined ? sql`` : sql`and (lower(d.name) like ${like} or lower(a.sent_id) like ${like} or lower(coalesce(a.tag, '')) like ${like} or lower(coalesce(a.client, '')) like ${like})`}
      ${filter.device === undefined ? sql`` : sql`and a.device_id = ${filter.device}`}
      ${filter.silentDays === undefined ? sql`` : sql`and a.last_seen_at < now() - make_interval(days => ${filter.silentDays})`}
      ${filter.violations === undefined ? sql`` : filter.violations ? sql`and a.violations > 0` : sql`and a.violations = 0`}
      ${from === null ? sql`` : sql`and (a.last_seen_at, a.id) < (${from[0]}::timestamptz, ${from[1]}::uuid)`}
      order by a.last_seen_at desc, a.id desc limit ${limit + 1})`)}
    order by a.last_seen_at desc, a.id desc`.execute(db)
  const last = rows[limit - 1]
  return {
    rows: rows.slice(0, limit),
    next: rows.length > limit && last !== undefined ? cursorOf([last.last_seen_at, last.id]) : null,
  }
}

export const agentsWhere = async (db: Db, organisation: string, condition: RawBuilder<boolean>): Promise<AgentRow[]> =>
  (
    await sql<AgentRow>`${wholeAgent(sql`agents`)} where a.organisation_id = ${organisation} and ${condition} order by a.last_seen_at desc, a.id`.execute(
      db,
    )
  ).rows

/** Sections of agents in the order in which they are shown. */
export async function sectionsOf(db: Db, agents: readonly string[]): Promise<Map<string, SeenSection[]>> {
  const { rows } = await sql<{
    agent_id: string
    section: SeenSection['section']
    content: SeenSection['entries']
    changed_at: string
  }>`select agent_id, section, content, changed_at from seen_sections where agent_id = any(${agents}::uuid[])`.execute(
    db,
  )
  const found = new Map<string, SeenSection[]>(agents.map((agent) => [agent, []]))
  const order = (section: SeenSection['section']) => sectionNames.indexOf(section)
  for (const row of rows.toSorted((a, b) => order(a.section) - order(b.section)))
    found.get(row.agent_id)!.push({
      section: row.section,
      changedAt: row.changed_at,
      entries: row.content.map((entry) => inOrder(row.section, entry)),
    })
  return found
}

/** The database keeps fields in an order of its own; they are shown in that of the contract. */
const inOrder = (section: SectionName, entry: SeenSection['entries'][number]): SeenSection['entries'][number] =>
  Object.fromEntries(Object.keys(sections[section].shape).map((field) => [field, entry[field] ?? null]))

interface InventoryRow {
  id: string
  agent_id: string | null
  received_at: string
  taken_at: string | null
  content_type: string
  size: number
  client: string | null
  address: string | null
  partial: boolean
  outcome: Inventory['outcome']
  changed: { sections: string[]; added: number; gone: number } | null
  violations: Inventory['violations']
  violation_count: number
  error: { code: string; params?: Record<string, unknown> } | null
}
const shownInventory = (i: InventoryRow): Inventory => ({
  id: i.id,
  agent: i.agent_id,
  receivedAt: i.received_at,
  takenAt: i.taken_at,
  contentType: i.content_type,
  size: i.size,
  client: i.client,
  address: i.address,
  partial: i.partial,
  outcome: i.outcome,
  sections: i.changed?.sections ?? [],
  programsAdded: i.changed?.added ?? 0,
  programsGone: i.changed?.gone ?? 0,
  violations: i.violations,
  violationCount: i.violation_count,
  error: i.error === null ? null : sentence(i.error.code, i.error.params),
})
const wholeInventory = sql`
  select id, agent_id, received_at, taken_at, content_type, size, client, address, partial, outcome, changed, violations, violation_count, error from inventories`

/** Newest first. */
export async function inventoryPage(
  db: Db,
  organisation: string,
  filter: { agent?: string | undefined; unreadable?: boolean | undefined },
  limit: number,
  after: string | undefined,
): Promise<{ items: Inventory[]; next: string | null }> {
  const from = fromCursor(after, 1)
  const { rows } = await sql<InventoryRow>`
    ${wholeInventory} where organisation_id = ${organisation}
      ${filter.agent === undefined ? sql`` : sql`and agent_id = ${filter.agent}`}
      ${filter.unreadable === true ? sql`and agent_id is null` : sql``}
      ${from === null ? sql`` : sql`and id < ${from[0]}::uuid`} order by id desc limit ${limit + 1}`.execute(db)
  return {
    items: rows.slice(0, limit).map(shownInventory),
    next: rows.length > limit ? cursorOf([rows[limit - 1]!.id]) : null,
  }
}

export const inventoryById = async (db: Db, organisation: string, id: string): Promise<Inventory | undefined> =>
  (
    await sql<InventoryRow>`${wholeInventory} where id = ${id} and organisation_id = ${organisation}`.execute(db)
  ).rows.map(shownInventory)[0]

export const rawInventory = async (db: Db, organisation: string, id: string): Promise<Buffer | undefined> =>
  (
    await sql<{ body: Buffer }>`
      select coalesce(h.body, i.body) as body from inventories i left join inventories h on h.id = i.body_of where i.id = ${id} and i.organisation_id = ${organisation}`.execute(
      db,
    )
  ).rows[0]?.body
