import type { Support } from '../../contract/life-cycles.ts'
import { type Db, sql } from '../platform/db.ts'
import { cycleLabel, isOver } from './rules/cycle-label.ts'
import type { Cycle } from './rules/cycle-of.ts'

export interface StoredCycle extends Cycle {
  title: string
  released_on: string | null
  active_until: string | null
  eol_on: string | null
  is_over: boolean | null
  extended_until: string | null
  latest: string
  source: string
  as_of: string
}

export const keyOf = ({ product, cycle }: Cycle): string => `${product} ${cycle}`

/** What was published of releases, by `keyOf`. */
export async function cyclesOf(db: Db, asked: readonly Cycle[]): Promise<Map<string, StoredCycle>> {
  if (asked.length === 0) return new Map()
  const { rows } = await sql<StoredCycle>`
    select c.*, p.title from unnest(${asked.map((one) => one.product)}::text[], ${asked.map((one) => one.cycle)}::text[]) as g(product, cycle)
    join product_cycles c on c.product = g.product and c.cycle = g.cycle join life_cycle_products p on p.product = c.product`.execute(
    db,
  )
  return new Map(rows.map((row) => [keyOf(row), row]))
}

export const shownSupport = (c: StoredCycle, today: string): Support => ({
  product: c.product,
  cycle: c.cycle,
  label: cycleLabel(c.product, c.title, c.cycle),
  isOver: isOver(c, today),
  until: c.eol_on,
  extendedUntil: c.extended_until,
  source: c.source,
  asOf: c.as_of,
})

/** Holds on a `product_cycles c`: its support is over on the day. The same as `isOver`. */
export const overOn = (today: string) =>
  sql<boolean>`(case when c.eol_on is null then coalesce(c.is_over, false) else c.eol_on < ${today}::date end)`

/** Programs installed now by agents, of releases that are out of support. */
export async function endedPrograms(
  db: Db,
  agents: readonly number[],
  today: string,
): Promise<{ agent: number; name: string; version: string; product: string; cycle: string }[]> {
  const { rows } = await sql<{ agent: number; name: string; version: string; product: string; cycle: string }>`
    select i.agent, n.name, p.version, c.product, c.cycle from installed_programs i join program_cycles pc on pc.program = i.program
    join product_cycles c on c.product = pc.product and c.cycle = pc.cycle join programs p on p.id = i.program join program_names n on n.id = p.name_id
    where i.agent = any(${agents}::int[]) and i.gone_at is null and ${overOn(today)} order by c.product, c.cycle, n.name, p.version`.execute(
    db,
  )
  return rows
}

/** Keeps of each device the release of its system, so that it is found when what was published of it changes. */
export async function saveSystems(tx: Db, systems: readonly { device: string; found: Cycle | null }[]): Promise<void> {
  const known = systems.flatMap(({ device, found }) => (found === null ? [] : [{ device, ...found }]))
  const gone = systems.filter((one) => one.found === null).map((one) => one.device)
  if (known.length > 0)
    await sql`
      insert into device_systems as s (device_id, product, cycle) select device, product, cycle
      from jsonb_to_recordset(${JSON.stringify(known)}::jsonb) as g(device uuid, product text, cycle text) order by device
      on conflict (device_id) do update set product = excluded.product, cycle = excluded.cycle where (s.product, s.cycle) <> (excluded.product, excluded.cycle)`.execute(
      tx,
    )
  if (gone.length > 0) await sql`delete from device_systems where device_id = any(${gone}::uuid[])`.execute(tx)
}

/** Devices on which something of the products is: as their system, or installed. Those of one organisation each. */
export const devicesOfProducts = (products: readonly string[]) => sql<{ device: string; organisation: string }>`
  select d.id as device, d.organisation_id as organisation from device_systems s join devices d on d.id = s.device_id where s.product = any(${products}::text[])
  union select d.id, d.organisation_id from program_cycles pc join installed_programs i on i.program = pc.program and i.gone_at is null
    join agents a on a.number = i.agent join devices d on d.id = a.device_id where pc.product = any(${products}::text[])`
