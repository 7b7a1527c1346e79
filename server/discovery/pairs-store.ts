import { cursorOf, type Db, sql } from '../platform/db.ts'
import type { Reason } from './rules/match-device.ts'
import { fromCursor } from './paging.ts'

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

/** The assets that pairs would give back. */
export const assetsOf = (pairs: readonly StoredPair[]): string[] => pairs.flatMap(({ moved }) => moved?.was.asset ?? [])

/** What became of the merge of a pair; `taken`: assets that a device is. */
export function mergeOf<State extends string>(
  { moved }: StoredPair,
  devices: readonly { id: string; state: State }[],
  taken: ReadonlySet<string>,
): { stays: State; isAssetTaken: boolean } | null {
  if (moved === null) return null
  const stays = devices.find((device) => device.id === moved.stays)!
  return { stays: stays.state, isAssetTaken: moved.was.state === 'linked' && taken.has(moved.was.asset ?? '') }
}

/** Nobody has decided it (`p`), and both are still devices of their own. */
export const isOpenPair = sql`(p.state = 'open' and not exists (
  select 1 from devices m where m.id in (p.one_id, p.other_id) and m.state = 'merged'))`

/** Open pairs of a device with what speaks for and against them. */
export const openPairsOf = async (tx: Db, device: string): Promise<{ device: string; reasons: Reason[] }[]> =>
  (
    await sql<{ device: string; reasons: Reason[] }>`
      select case when p.one_id = ${device} then p.other_id else p.one_id end as device, p.reasons from device_pairs p
      where (p.one_id = ${device} or p.other_id = ${device}) and ${isOpenPair}`.execute(tx)
  ).rows

/** Open ones oldest first; decided ones newest first. */
export async function pairPage(
  db: Db,
  organisation: string,
  decided: boolean,
  limit: number,
  after: string | undefined,
): Promise<{ rows: StoredPair[]; next: string | null }> {
  const from = fromCursor(after, 1)
  const { rows } = await sql<StoredPair>`
    select p.* from device_pairs p where p.organisation_id = ${organisation} and ${decided ? sql`p.state <> 'open'` : isOpenPair}
      ${from === null ? sql`` : decided ? sql`and p.id < ${from[0]}::uuid` : sql`and p.id > ${from[0]}::uuid`}
    order by p.id ${decided ? sql`desc` : sql``} limit ${limit + 1}`.execute(db)
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
