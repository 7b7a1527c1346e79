import type { ProgramName } from '../../contract/installed-software.ts'
import type { Support } from '../../contract/life-cycles.ts'
import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'
import { shownSupport, type StoredCycle } from './cycles-store.ts'
import { likeOf } from '../platform/like-of.ts'

/** Releases of a program that are known for certain, the one that ended first before the others. */
export async function supportOfProgram(
  db: Db,
  organisation: string,
  id: number,
  today: string,
): Promise<(Support & { versions: string[]; devices: number })[]> {
  const { rows } = await sql<StoredCycle & { versions: string[]; devices: number }>`
    select c.*, t.title, array_agg(distinct p.version) as versions, count(distinct a.device_id)::int as devices
    from program_names n join program_cycles pc on pc.name_id = n.id join product_cycles c on c.product = pc.product and c.cycle = pc.cycle
    join life_cycle_products t on t.product = c.product join programs p on p.id = pc.program
    join installed_programs i on i.program = p.id and i.gone_at is null join agents a on a.number = i.agent
    where n.id = ${id} and n.organisation_id = ${organisation} group by c.product, c.cycle, t.title order by c.eol_on nulls last, c.cycle limit 100`.execute(
    db,
  )
  return rows.map((row) => ({ ...shownSupport(row, today), versions: row.versions, devices: row.devices }))
}

/** Programs in a release out of support, on most devices first. */
export async function outOfSupportPage(
  db: Db,
  organisation: string,
  q: string | undefined,
  limit: number,
  after: string | undefined,
): Promise<{ items: (ProgramName & { devicesOutOfSupport: number })[]; next: string | null }> {
  const from = readCursor(after, 2)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const like = likeOf(q ?? '')
  const { rows } = await sql<ProgramName & { devicesOutOfSupport: number }>`
    select n.id, n.name, n.publisher, n.devices, s.devices as "devicesOutOfSupport" from program_support s join program_names n on n.id = s.name_id
    where n.organisation_id = ${organisation} and s.devices > 0 ${q === undefined ? sql`` : sql`and (lower(n.name) like ${like} or lower(n.publisher) like ${like})`}
      ${from === null ? sql`` : sql`and (-s.devices, n.id) > (${from[0]}::int, ${from[1]}::int)`}
    order by -s.devices, n.id limit ${limit + 1}`.execute(db)
  const last = rows[limit - 1]
  return {
    items: rows.slice(0, limit),
    next: rows.length > limit && last !== undefined ? cursorOf([-last.devicesOutOfSupport, last.id]) : null,
  }
}
