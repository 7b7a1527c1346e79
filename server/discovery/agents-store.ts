import type { SectionName, Sections } from '../../contract/inventories.ts'
import { type Db, sql } from '../platform/db.ts'
import type { Identity } from './rules/identity.ts'
import type { KnownDevice } from './rules/match-device.ts'
import type { Dialect } from './rules/media-types.ts'
import type { Task } from './rules/read-report.ts'

/** One agent on one device; for a scan, one scanner and one device it found. */
export interface StoredAgent {
  id: string
  number: number
  device_id: string
  sent_id: string
  task: Task
  dialect: Dialect
  client: string | null
  tag: string | null
  identity_hash: Buffer
  content_hash: Buffer
  changed_at: string
  programs_hash: Buffer | null
  programs_at: string | null
  violations: number
}

export interface Heard {
  client: string | null
  address: string | null
  key: string | null
}

/** Who sends: the id an agent gave itself, in its dialect, at its task. */
export interface Sender {
  organisation: string
  sentId: string
  task: Task
  dialect: Dialect
}

const of = (s: Sender) =>
  sql`organisation_id = ${s.organisation} and sent_id = ${s.sentId} and task = ${s.task} and dialect = ${s.dialect}`

/** Moves `last seen` of the agent whose last words were the same; answers whether there is one. */
export async function seenUnchanged(
  db: Db,
  sender: Sender,
  by: { contentHash: Buffer } | { textHash: Buffer },
  heard: Heard,
  now: string,
): Promise<boolean> {
  const which = 'contentHash' in by ? sql`content_hash = ${by.contentHash}` : sql`text_hash = ${by.textHash}`
  const { rows } = await sql`
    update agents set last_seen_at = greatest(last_seen_at, ${now}), programs_at = case when programs_at is null then null else greatest(programs_at, ${now}) end,
      address = coalesce(${heard.address}, address), key_id = coalesce(${heard.key}, key_id)
    where ${of(sender)} and ${which} returning 1`.execute(db)
  return rows.length > 0
}

/** A greeting moves `last seen` of whoever sends it. */
export async function seenGreeting(
  db: Db,
  organisation: string,
  sentId: string,
  heard: Heard,
  now: string,
): Promise<void> {
  await sql`
    update agents set last_seen_at = greatest(last_seen_at, ${now}), address = coalesce(${heard.address}, address)
    where organisation_id = ${organisation} and sent_id = ${sentId}`.execute(db)
}

/** Locks of two numbers: nobody else's. */
const lockSpace = 41

/**
 * Reports of one machine are taken in one after another, whichever agent sends them. The locks are few, shared by hash: all nodes together have
 * room for some thousands. All that one report names are taken at once and in one order, so that no two wait for each other.
 */
export async function lockIdentities(
  tx: Db,
  organisation: string,
  identities: readonly Identity[],
  sentId: string,
): Promise<void> {
  const values = [sentId, ...identities.flatMap(({ serial, uuid, macs }) => [serial, uuid, ...macs])].filter(
    (one) => one !== null && one !== '',
  )
  await sql`
    select pg_advisory_xact_lock(${lockSpace}, k) from (
      select distinct (hashtextextended(${organisation} || v, 41) & 1023)::int as k from unnest(${values}::text[]) v order by 1) s`.execute(
    tx,
  )
}

export const agentsOfSender = async (tx: Db, sender: Sender): Promise<StoredAgent[]> =>
  (await sql<StoredAgent>`select * from agents where ${of(sender)}`.execute(tx)).rows

const mostCandidates = 20

/** The devices that share anything with an identity, with all that is known of them. */
export async function candidatesFor(tx: Db, organisation: string, identity: Identity): Promise<KnownDevice[]> {
  const asked = [
    ...(identity.serial === null ? [] : [{ kind: 'serial', value: identity.serial }]),
    ...(identity.uuid === null ? [] : [{ kind: 'uuid', value: identity.uuid }]),
    ...identity.macs.map((value) => ({ kind: 'mac', value })),
    ...(identity.agent === null ? [] : [{ kind: 'agent', value: identity.agent }]),
  ]
  if (asked.length === 0) return []
  const { rows } = await sql<{ device: string; kind: string; value: string }>`
    with hit as (
      select distinct a.device_id from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as g(kind text, value text)
      join seen_identities i on i.organisation_id = ${organisation} and i.kind = g.kind and i.value = g.value
      join agents a on a.id = i.agent_id limit ${mostCandidates})
    select distinct a.device_id as device, i.kind, i.value from hit h join agents a on a.device_id = h.device_id
    join seen_identities i on i.agent_id = a.id`.execute(tx)
  const found = new Map<string, { [kind: string]: string[] }>()
  for (const { device, kind, value } of rows) {
    const known = found.get(device) ?? {}
    ;(known[kind] ??= []).push(value)
    found.set(device, known)
  }
  return [...found].map(([id, known]) => ({
    id,
    serials: known['serial'] ?? [],
    uuids: known['uuid'] ?? [],
    macs: known['mac'] ?? [],
    agents: known['agent'] ?? [],
  }))
}

export const agentsOfDevice = async (tx: Db, device: string): Promise<StoredAgent[]> =>
  (await sql<StoredAgent>`select * from agents where device_id = ${device} order by last_seen_at desc`.execute(tx)).rows

export interface AgentColumns {
  sentId: string
  client: string | null
  tag: string | null
  identityHash: Buffer
  contentHash: Buffer
  textHash: Buffer | null
  programsHash: Buffer | null
  violations: number
}

export async function insertAgent(
  tx: Db,
  id: string,
  device: string,
  sender: Sender,
  a: AgentColumns,
  heard: Heard,
  now: string,
): Promise<number> {
  const { rows } = await sql<{ number: number }>`
    insert into agents (id, organisation_id, device_id, sent_id, task, dialect, client, tag, address, key_id, first_seen_at, last_seen_at, changed_at,
      identity_hash, content_hash, text_hash, programs_hash, programs_at, violations)
    values (${id}, ${sender.organisation}, ${device}, ${a.sentId}, ${sender.task}, ${sender.dialect}, ${a.client}, ${a.tag}, ${heard.address}, ${heard.key},
      ${now}, ${now}, ${now}, ${a.identityHash}, ${a.contentHash}, ${a.textHash}, ${a.programsHash}, ${a.programsHash === null ? null : now}, ${a.violations})
    returning number`.execute(tx)
  return rows[0]!.number
}

export async function updateAgent(
  tx: Db,
  id: string,
  a: AgentColumns,
  heard: Heard,
  now: string,
  isChanged: boolean,
): Promise<void> {
  await sql`
    update agents set sent_id = ${a.sentId}, client = coalesce(${a.client}, client), tag = coalesce(${a.tag}, tag), address = coalesce(${heard.address}, address),
      key_id = coalesce(${heard.key}, key_id), last_seen_at = greatest(last_seen_at, ${now}), changed_at = case when ${isChanged} then greatest(changed_at, ${now}) else changed_at end,
      identity_hash = ${a.identityHash}, content_hash = ${a.contentHash}, text_hash = ${a.textHash}, programs_hash = coalesce(${a.programsHash}, programs_hash),
      programs_at = case when ${a.programsHash === null} then programs_at else greatest(programs_at, ${now}) end, violations = ${a.violations}
    where id = ${id}`.execute(tx)
}

/** What tells the agent's device from others, instead of what did. */
export async function saveIdentity(tx: Db, organisation: string, agent: string, identity: Identity): Promise<void> {
  const values = [
    { kind: 'serial', value: identity.serial },
    { kind: 'uuid', value: identity.uuid },
    ...identity.macs.map((value) => ({ kind: 'mac', value })),
    { kind: 'agent', value: identity.agent },
  ].filter((one) => one.value !== null)
  await sql`
    with given as (select kind, value from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as g(kind text, value text)),
    gone as (delete from seen_identities i where i.agent_id = ${agent}
      and not exists (select 1 from given g where g.kind = i.kind and g.value = i.value))
    insert into seen_identities (organisation_id, kind, value, agent_id) select ${organisation}, kind, value, ${agent} from given on conflict do nothing`.execute(
    tx,
  )
}

export async function sectionHashes(tx: Db, agent: string): Promise<Map<SectionName, Buffer>> {
  const { rows } = await sql<{ section: SectionName; hash: Buffer }>`
    select section, hash from seen_sections where agent_id = ${agent}`.execute(tx)
  return new Map(rows.map(({ section, hash }) => [section, hash]))
}

export async function storedSections(tx: Db, agent: string): Promise<Sections> {
  const { rows } = await sql<{ section: SectionName; content: never }>`
    select section, content from seen_sections where agent_id = ${agent}`.execute(tx)
  return Object.fromEntries(rows.map(({ section, content }) => [section, content]))
}

export async function saveSections(
  tx: Db,
  agent: string,
  changed: readonly { section: SectionName; content: unknown; hash: Buffer }[],
  gone: readonly SectionName[],
  now: string,
): Promise<void> {
  if (changed.length > 0)
    await sql`
      insert into seen_sections (agent_id, section, content, hash, changed_at)
      select ${agent}, section, content, decode(hash, 'hex'), ${now}
      from jsonb_to_recordset(${JSON.stringify(changed.map((one) => ({ ...one, hash: one.hash.toString('hex') })))}::jsonb) as g(section text, content jsonb, hash text)
      on conflict (agent_id, section) do update set content = excluded.content, hash = excluded.hash, changed_at = excluded.changed_at`.execute(
      tx,
    )
  if (gone.length > 0)
    await sql`delete from seen_sections where agent_id = ${agent} and section = any(${gone}::text[])`.execute(tx)
}
