import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'
import type { Reason } from './rules/match-device.ts'

/** What a merge moved: agents from the device that ended, and what that device was. */
export interface Moved {
  ended: string
  stays: string
  agents: string[]
  was: { state: 'waiting' | 'linked' | 'ignored'; asset: string | null }
}

export interface StoredPair {
  id: string
  one_id: string
  other_id: string
  reasons: Reason[]
  state: 'open' | 'same' | 'different'
  found_at: string
  decided_at: string | null
  decided_by_name: string | null
  moved: Moved | null
}

/** Open ones oldest first; decided ones newest first. */
export async function pairPage(
  db: Db,
  organisation: string,
  decided: boolean,
  limit: number,
  after: string | undefined,
): Promise<{ rows: StoredPair[]; next: string | null }> {
  const from = readCursor(after, 1)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const { rows } = await sql<StoredPair>`
    select * from device_pairs where organisation_id = ${organisation} and ${decided ? sql`state <> 'open'` : sql`state = 'open'`}
      ${from === null ? sql`` : decided ? sql`and id < ${from[0]}::uuid` : sql`and id > ${from[0]}::uuid`}
    order by id ${decided ? sql`desc` : sql``} limit ${limit + 1}`.execute(db)
  return { rows: rows.slice(0, limit), next: rows.length > limit ? cursorOf([rows[limit - 1]!.id]) : null }
}

export async function pairById(
  db: Db,
  organisation: string,
  id: string,
  lock = false,
): Promise<StoredPair | undefined> {
  const { rows } = await sql<StoredPair>`
    select * from device_pairs where id = ${id} and organisation_id = ${organisation} ${lock ? sql`for update` : sql``}`.execute(
    db,
  )
  return rows[0]
}

export async function savePair(
  tx: Db,
  id: string,
  to: { state: StoredPair['state']; by: { id: string; name: string } | null; at: string; moved: Moved | null },
): Promise<void> {
  await sql`
    update device_pairs set state = ${to.state}, decided_at = ${to.by === null ? null : to.at}, decided_by = ${to.by?.id ?? null}, decided_by_name = ${to.by?.name ?? null},
      moved = ${to.moved === null ? null : JSON.stringify(to.moved)}::jsonb where id = ${id}`.execute(tx)
}

/** Moves agents to another device; answers which. With `only`, those alone. */
export async function moveAgents(
  tx: Db,
  from: string,
  to: string,
  only: readonly string[] | null = null,
): Promise<{ id: string; number: number }[]> {
  const { rows } = await sql<{ id: string; number: number }>`
    update agents set device_id = ${to} where device_id = ${from} ${only === null ? sql`` : sql`and id = any(${only}::uuid[])`} returning id, number`.execute(
    tx,
  )
  return rows
}

/** What these agents say is installed is counted anew: it lies on another device now. */
export async function recountOf(tx: Db, agents: readonly number[]): Promise<void> {
  await sql`
    insert into program_recounts (name_id) select distinct p.name_id from installed_programs i join programs p on p.id = i.program
    where i.agent = any(${agents}::int[]) and i.gone_at is null order by 1 on conflict (name_id) do update set name_id = excluded.name_id`.execute(
    tx,
  )
}
