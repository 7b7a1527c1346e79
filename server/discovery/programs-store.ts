import { type Db, sql } from '../platform/db.ts'
import type { ProgramChanges } from './rules/program-changes.ts'
import { programKey, type SeenProgram } from './rules/read-report.ts'

/** Programs by their words, so that the second machine with the same ones asks nothing. */
const known = new Map<string, number>()
const mostKnown = 100_000

/**
 * The number of each program, made where it is new. Outside of any transaction: two machines that bring the same new program do not wait for
 * each other, and a number is remembered only once it is there for good.
 */
export async function internPrograms(
  db: Db,
  organisation: string,
  programs: readonly SeenProgram[],
): Promise<Map<string, number>> {
  const found = new Map<string, number>()
  const missing: SeenProgram[] = []
  for (const program of programs) {
    const number = known.get(`${organisation} ${programKey(program)}`)
    if (number === undefined) missing.push(program)
    else found.set(programKey(program), number)
  }
  if (missing.length === 0) return found
  if (known.size > mostKnown) known.clear()
  const given = JSON.stringify(missing.map((one, at) => ({ ...one, at })))
  const asked = sql`jsonb_to_recordset(${given}::jsonb) as g(at int, name text, publisher text, version text, arch text, source text)`
  await sql`
    insert into program_names (organisation_id, name, publisher) select distinct ${organisation}::uuid, name, publisher from ${asked}
    where not exists (select 1 from program_names n where n.organisation_id = ${organisation} and n.name = g.name and n.publisher = g.publisher)
    order by 2, 3 on conflict do nothing`.execute(db)
  await sql`
    insert into programs (name_id, version, arch, source) select distinct n.id, g.version, g.arch, g.source from ${asked}
    join program_names n on n.organisation_id = ${organisation} and n.name = g.name and n.publisher = g.publisher order by 1, 2, 3, 4
    on conflict do nothing`.execute(db)
  const { rows } = await sql<{ at: number; id: number }>`
    select g.at, p.id from ${asked} join program_names n on n.organisation_id = ${organisation} and n.name = g.name and n.publisher = g.publisher
    join programs p on p.name_id = n.id and p.version = g.version and p.arch = g.arch and p.source = g.source`.execute(
    db,
  )
  for (const { at, id } of rows) {
    const key = programKey(missing[at]!)
    found.set(key, id)
    known.set(`${organisation} ${key}`, id)
  }
  return found
}

/** What an agent last said is installed: number of the program and the day. */
export async function installedNow(tx: Db, agent: number): Promise<Map<number, string | null>> {
  const { rows } = await sql<{ program: number; installed_on: string | null }>`
    select program, installed_on from installed_programs where agent = ${agent} and gone_at is null`.execute(tx)
  return new Map(rows.map((row) => [row.program, row.installed_on]))
}

/** Writes what changed and nothing else. `lastSaid`: when the agent last said what is installed. */
export async function saveInstalled(
  tx: Db,
  agent: number,
  { added, gone, dated }: ProgramChanges,
  lastSaid: string | null,
  now: string,
): Promise<void> {
  if (gone.length > 0)
    await sql`
      update installed_programs set gone_at = ${now}, last_seen_at = ${lastSaid ?? now}
      where agent = ${agent} and program = any(${gone}::int[]) and gone_at is null`.execute(tx)
  if (added.length > 0)
    await sql`
      insert into installed_programs (agent, program, installed_on, first_seen_at)
      select ${agent}, program, "on", ${now} from jsonb_to_recordset(${JSON.stringify(added)}::jsonb) as g(program int, "on" date)`.execute(
      tx,
    )
  if (dated.length > 0)
    await sql`
      update installed_programs i set installed_on = g."on" from jsonb_to_recordset(${JSON.stringify(dated)}::jsonb) as g(program int, "on" date)
      where i.agent = ${agent} and i.program = g.program and i.gone_at is null`.execute(tx)
  const moved = [...added.map((one) => one.program), ...gone]
  if (moved.length > 0)
    await sql`
      insert into program_recounts (name_id) select distinct name_id from programs where id = any(${moved}::int[])
      order by 1 on conflict (name_id) do update set name_id = excluded.name_id`.execute(tx)
}

/** Counts anew on how many devices some programs are, which changed since; answers how many it counted. */
export async function recountPrograms(db: Db, most: number): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    with taken as (delete from program_recounts where name_id in (
      select name_id from program_recounts limit ${most} for update skip locked) returning name_id),
    counted as (
      select t.name_id, count(distinct a.device_id) as n from taken t left join programs p on p.name_id = t.name_id
      left join installed_programs i on i.program = p.id and i.gone_at is null left join agents a on a.number = i.agent group by t.name_id)
    update program_names n set devices = c.n from counted c where n.id = c.name_id returning n.id`.execute(db)
  return rows.length
}
