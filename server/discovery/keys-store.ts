import type { AgentKey } from '../../contract/discovery.ts'
import { cursorOf, type Db, sql } from '../platform/db.ts'
import { hashOf, newId, newSecret } from '../platform/identifiers.ts'
import { fromCursor } from './paging.ts'

interface KeyRow {
  id: string
  organisation_id: string
  name: string
  prefix: string
  created_at: string
  last_used_at: string | null
  revoked_at: string | null
  agents: number
}

const shown = (k: KeyRow): AgentKey => ({
  id: k.id,
  name: k.name,
  prefix: k.prefix,
  createdAt: k.created_at,
  lastUsedAt: k.last_used_at,
  revokedAt: k.revoked_at,
  agents: k.agents,
})
const whole = sql`k.*, (select count(*) from agents a where a.key_id = k.id) as agents`

/** Keys are found by their hash; the key itself exists in the answer that made it and nowhere else. */
export async function insertAgentKey(
  db: Db,
  organisation: string,
  by: string | null,
  name: string,
): Promise<AgentKey & { key: string }> {
  const key = `lpa_${newSecret()}`
  const { rows } = await sql<KeyRow>`
    insert into agent_keys as k (id, organisation_id, name, prefix, key_hash, created_by)
    values (${newId()}, ${organisation}, ${name}, ${key.slice(0, 9)}, ${hashOf(key)}, ${by}) returning ${whole}`.execute(
    db,
  )
  return { ...shown(rows[0]!), key }
}

export async function revokeAgentKey(
  db: Db,
  organisation: string,
  id: string,
): Promise<{ key: AgentKey; fresh: boolean } | undefined> {
  const { rows } = await sql<KeyRow & { fresh: boolean }>`
    with was as (select revoked_at from agent_keys where id = ${id} for update)
    update agent_keys k set revoked_at = coalesce(k.revoked_at, now()) from was
    where k.id = ${id} and k.organisation_id = ${organisation} returning ${whole}, was.revoked_at is null as fresh`.execute(
    db,
  )
  return rows[0] === undefined ? undefined : { key: shown(rows[0]), fresh: rows[0].fresh }
}

export async function agentKeyPage(db: Db, organisation: string, limit: number, after: string | undefined) {
  const from = fromCursor(after, 1)
  const { rows } = await sql<KeyRow>`
    select ${whole} from agent_keys k where k.organisation_id = ${organisation} ${from === null ? sql`` : sql`and k.id < ${from[0]}::uuid`}
    order by k.id desc limit ${limit + 1}`.execute(db)
  return { items: rows.slice(0, limit).map(shown), next: rows.length > limit ? cursorOf([rows[limit - 1]!.id]) : null }
}

export interface StoredKey {
  id: string
  organisation: string
  name: string
}

/** The key that is in force under this hash or id; its use is noted to the minute. */
export async function keyInForce(db: Db, by: { hash: Buffer } | { id: string }): Promise<StoredKey | null> {
  const which = 'hash' in by ? sql`key_hash = ${by.hash}` : sql`id = ${by.id}`
  const { rows } = await sql<StoredKey & { stale: boolean }>`
    select id, organisation_id as organisation, name, coalesce(last_used_at < now() - interval '1 minute', true) as stale
    from agent_keys where ${which} and revoked_at is null`.execute(db)
  const row = rows[0]
  if (row === undefined) return null
  if (row.stale) await sql`update agent_keys set last_used_at = now() where id = ${row.id}`.execute(db)
  return { id: row.id, organisation: row.organisation, name: row.name }
}

/** A key whether or not it is still in force: what came with it while it was is taken in. */
export const keyById = async (db: Db, id: string): Promise<StoredKey | undefined> =>
  (await sql<StoredKey>`select id, organisation_id as organisation, name from agent_keys where id = ${id}`.execute(db))
    .rows[0]
