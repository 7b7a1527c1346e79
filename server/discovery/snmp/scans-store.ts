import type { SnmpScan } from '../../../contract/snmp-scans.ts'
import { cursorOf, type Db, sql } from '../../platform/db.ts'
import { fromCursor } from '../paging.ts'

export interface StoredScan {
  id: string
  organisation_id: string
  name: string
  networks: string
  port: number
  protocol: SnmpScan['protocol']
  secret: Buffer
  every_hours: number | null
  next_at: string | null
  started_at: string | null
  finished_at: string | null
  asked: number | null
  found: number | null
}

export const shownScan = (s: StoredScan): SnmpScan => ({
  id: s.id,
  name: s.name,
  networks: s.networks,
  port: s.port,
  protocol: s.protocol,
  everyHours: s.every_hours,
  nextAt: s.next_at,
  startedAt: s.started_at,
  finishedAt: s.finished_at,
  asked: s.asked,
  found: s.found,
  refusals: {},
})

export async function scanPage(db: Db, organisation: string, limit: number, after: string | undefined) {
  const from = fromCursor(after, 1)
  const { rows } = await sql<StoredScan>`
    select * from snmp_scans where organisation_id = ${organisation} ${from === null ? sql`` : sql`and id < ${from[0]}::uuid`} order by id desc limit ${limit + 1}`.execute(
    db,
  )
  return {
    items: rows.slice(0, limit).map(shownScan),
    next: rows.length > limit ? cursorOf([rows[limit - 1]!.id]) : null,
  }
}

export const scanById = async (db: Db, id: string, lock = false): Promise<StoredScan | undefined> =>
  (await sql<StoredScan>`select * from snmp_scans where id = ${id} ${lock ? sql`for update` : sql``}`.execute(db))
    .rows[0]

export async function insertScan(
  db: Db,
  s: Pick<StoredScan, 'id' | 'organisation_id' | 'name' | 'networks' | 'port' | 'protocol' | 'secret' | 'every_hours'>,
): Promise<void> {
  await sql`
    insert into snmp_scans (id, organisation_id, name, networks, port, protocol, secret, every_hours)
    values (${s.id}, ${s.organisation_id}, ${s.name}, ${s.networks}, ${s.port}, ${s.protocol}, ${s.secret}, ${s.every_hours})`.execute(
    db,
  )
}

export async function removeScan(db: Db, id: string): Promise<void> {
  await sql`delete from snmp_scans where id = ${id}`.execute(db)
}

/** It was asked for now: the next time is a period from now. */
export async function planNext(db: Db, id: string, now: string): Promise<void> {
  await sql`update snmp_scans set next_at = ${now}::timestamptz + make_interval(hours => every_hours) where id = ${id}`.execute(
    db,
  )
}

export async function noteStart(db: Db, id: string): Promise<void> {
  await sql`update snmp_scans set started_at = now(), finished_at = null, asked = null, found = null where id = ${id}`.execute(
    db,
  )
}

export async function noteEnd(db: Db, id: string, asked: number, found: number): Promise<void> {
  await sql`update snmp_scans set finished_at = now(), asked = ${asked}, found = ${found} where id = ${id}`.execute(db)
}

export const dueScans = async (
  db: Db,
  now: string,
  but: readonly string[],
): Promise<{ id: string; organisation: string }[]> =>
  (
    await sql<{ id: string; organisation: string }>`
      select id, organisation_id as organisation from snmp_scans where next_at <= ${now} and id <> all(${but}::uuid[]) order by next_at limit 20`.execute(
      db,
    )
  ).rows
