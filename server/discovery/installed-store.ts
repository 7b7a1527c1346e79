import type { InstalledProgram, ProgramName } from '../../contract/installed-software.ts'
import { nameAssets } from './asset-names.ts'
import { fromCursor } from './paging.ts'
import { cursorOf, type Db, sql } from '../platform/db.ts'
import { likeOf } from '../platform/like-of.ts'

interface InstalledRow {
  k: string
  program: number
  name: string
  publisher: string
  version: string
  source: string
  arch: string
  installed_on: string | null
  first_seen_at: string
  last_seen_at: string
  gone_at: string | null
}

interface Asked {
  q?: string | undefined
  gone: boolean
  limit: number
  after?: string | undefined
}

/** What is installed on a device, or was. What two agents see is said once, in the words of the one heard last. */
export async function installedOn(
  db: Db,
  device: string,
  { q, gone, limit, after }: Asked,
): Promise<{ items: InstalledProgram[]; next: string | null }> {
  const from = fromCursor(after, 3)
  // what was there twice, was there twice
  const once = gone ? sql`lower(n.name), p.version, i.first_seen_at` : sql`lower(n.name), p.version`
  const { rows } = await sql<InstalledRow>`
    with found as (
      select distinct on (${once}) lower(n.name) as k, n.id as program, n.name, n.publisher, p.version, p.source, p.arch,
        i.installed_on, i.first_seen_at, coalesce(i.last_seen_at, a.programs_at, i.first_seen_at) as last_seen_at, i.gone_at
      from agents a join installed_programs i on i.agent = a.number join programs p on p.id = i.program join program_names n on n.id = p.name_id
      where a.device_id = ${device} and i.gone_at is ${gone ? sql`not null` : sql`null`} ${q === undefined ? sql`` : sql`and lower(n.name) like ${likeOf(q)}`}
      order by ${once}, a.last_seen_at desc)
    select * from found ${from === null ? sql`` : sql`where (k, version, first_seen_at) > (${from[0]}, ${from[1]}, ${from[2]}::timestamptz)`}
    order by k, version, first_seen_at limit ${limit + 1}`.execute(db)
  const last = rows[limit - 1]
  return {
    items: rows.slice(0, limit).map((r) => ({
      program: r.program,
      name: r.name,
      publisher: r.publisher,
      version: r.version,
      source: r.source,
      arch: r.arch,
      installedOn: r.installed_on,
      firstSeenAt: r.first_seen_at,
      lastSeenAt: r.last_seen_at,
      goneAt: r.gone_at,
    })),
    next: rows.length > limit && last !== undefined ? cursorOf([last.k, last.version, last.first_seen_at]) : null,
  }
}

export async function programPage(
  db: Db,
  organisation: string,
  q: string | undefined,
  limit: number,
  after: string | undefined,
): Promise<{ items: ProgramName[]; next: string | null }> {
  const from = fromCursor(after, 2)
  const { rows } = await sql<ProgramName>`
    select id, name, publisher, devices from program_names where organisation_id = ${organisation} and devices > 0
      ${q === undefined ? sql`` : sql`and (lower(name) like ${likeOf(q)} or lower(publisher) like ${likeOf(q)})`} ${from === null ? sql`` : sql`and (lower(name), id) > (lower(${from[0]}), ${from[1]}::int)`}
    order by lower(name), id limit ${limit + 1}`.execute(db)
  const last = rows[limit - 1]
  return {
    items: rows.slice(0, limit),
    next: rows.length > limit && last !== undefined ? cursorOf([last.name, last.id]) : null,
  }
}

export const programById = async (db: Db, organisation: string, id: number): Promise<ProgramName | undefined> =>
  (
    await sql<ProgramName>`
      select id, name, publisher, devices from program_names where id = ${id} and organisation_id = ${organisation}`.execute(
      db,
    )
  ).rows[0]

/** Versions of a program, the one on most devices first. */
export const versionsOf = async (db: Db, program: number): Promise<{ version: string; devices: number }[]> =>
  (
    await sql<{ version: string; devices: number }>`
      select p.version, count(distinct a.device_id) as devices from programs p join installed_programs i on i.program = p.id and i.gone_at is null
      join agents a on a.number = i.agent where p.name_id = ${program} group by p.version order by 2 desc, 1 limit 200`.execute(
      db,
    )
  ).rows

/** Who has a program. */
export async function devicesWith(
  db: Db,
  organisation: string,
  program: number,
  version: string | undefined,
  limit: number,
  after: string | undefined,
) {
  const from = fromCursor(after, 1)
  const { rows } = await sql<{
    id: string
    name: string
    asset_id: string | null
    versions: string[]
    last_seen_at: string
  }>`
    select d.id, d.name, d.asset_id, array_agg(distinct p.version) as versions, max(a.last_seen_at) as last_seen_at
    from programs p join installed_programs i on i.program = p.id and i.gone_at is null join agents a on a.number = i.agent join devices d on d.id = a.device_id
    where p.name_id = ${program} and d.organisation_id = ${organisation} ${version === undefined ? sql`` : sql`and p.version = ${version}`}
      ${from === null ? sql`` : sql`and d.id > ${from[0]}::uuid`}
    group by d.id, d.name, d.asset_id order by d.id limit ${limit + 1}`.execute(db)
  const names = await nameAssets(
    db,
    organisation,
    rows.flatMap((row) => row.asset_id ?? []),
  )
  return {
    items: rows.slice(0, limit).map((row) => {
      const asset = row.asset_id === null ? undefined : names.get(row.asset_id)
      return {
        id: row.id,
        name: row.name,
        asset: asset === undefined ? null : { id: row.asset_id!, ...asset },
        versions: row.versions,
        lastSeenAt: row.last_seen_at,
      }
    }),
    next: rows.length > limit ? cursorOf([rows[limit - 1]!.id]) : null,
  }
}
