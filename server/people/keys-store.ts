import type { Role } from '../../contract/permissions.ts'
import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'
import { hashOf, newId, newSecret } from '../platform/identifiers.ts'

interface KeyRow {
  id: string
  name: string
  role: Role
  prefix: string
  created_at: string
  expires_at: string | null
  last_used_at: string | null
  revoked_at: string | null
}

const shown = (k: KeyRow) => ({
  id: k.id,
  name: k.name,
  role: k.role,
  prefix: k.prefix,
  createdAt: k.created_at,
  expiresAt: k.expires_at,
  lastUsedAt: k.last_used_at,
  revokedAt: k.revoked_at,
})

/** Keys are found by their hash; the key itself exists in the answer that made it and nowhere else. */
export async function insertKey(
  db: Db,
  organisation: string,
  by: string | null,
  given: { name: string; role: Role; expiresAt: string | null },
) {
  const key = `lp_${newSecret()}`
  const { rows } = await sql<KeyRow>`
    insert into api_keys (id, organisation_id, name, role, prefix, key_hash, created_by, expires_at)
    values (${newId()}, ${organisation}, ${given.name}, ${given.role}, ${key.slice(0, 8)}, ${hashOf(key)}, ${by}, ${given.expiresAt}) returning *`.execute(
    db,
  )
  return { ...shown(rows[0]!), key }
}

export async function revokeKey(db: Db, organisation: string, id: string) {
  const { rows } = await sql<KeyRow & { fresh: boolean }>`
    with was as (select revoked_at from api_keys where id = ${id} for update)
    update api_keys k set revoked_at = coalesce(k.revoked_at, now()) from was where k.id = ${id} and organisation_id = ${organisation} returning k.*, was.revoked_at is null as fresh`.execute(
    db,
  )
  const row = rows[0]
  return row === undefined ? undefined : { key: shown(row), fresh: row.fresh }
}

export async function keyPage(db: Db, organisation: string, limit: number, after: string | undefined) {
  const from = readCursor(after, 1)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const { rows } = await sql<KeyRow>`
    select * from api_keys where organisation_id = ${organisation} ${from === null ? sql`` : sql`and id < ${from[0]}::uuid`} order by id desc limit ${limit + 1}`.execute(
    db,
  )
  return { items: rows.slice(0, limit).map(shown), next: rows.length > limit ? cursorOf([rows[limit - 1]!.id]) : null }
}
