import { type Db, sql } from '../platform/db.ts'
import type { Platform } from '../platform/platform.ts'
import { Rounds } from '../platform/rounds.ts'
import { devicesOfProducts, overOn } from './cycles-store.ts'
import { cycleOfProgram, rulesVersion } from './rules/cycle-of.ts'

/** Told which devices must be looked at again, in the transaction that changed what is known of them. */
export type DevicesMoved = (tx: Db, devices: readonly { device: string; organisation: string }[]) => Promise<void>

const atOnce = 2000

/**
 * Names the release of programs nobody has looked at yet: each name and version once, on however many devices it is. Answers how many it
 * looked at.
 */
export async function namePrograms(tx: Db, moved: DevicesMoved): Promise<number> {
  const { rows } = await sql<{
    id: number
    name_id: number
    name: string
    publisher: string
    version: string
    source: string
  }>`
    with taken as (delete from programs_to_name where program = any(array(select program from programs_to_name order by program limit ${atOnce} for update skip locked)) returning program)
    select p.id, p.name_id, n.name, n.publisher, p.version, p.source from taken t join programs p on p.id = t.program join program_names n on n.id = p.name_id`.execute(
    tx,
  )
  if (rows.length === 0) return 0
  const found = rows.flatMap((row) => {
    const cycle = cycleOfProgram(row)
    return cycle === null ? [] : [{ program: row.id, name: row.name_id, ...cycle }]
  })
  const gone = await sql<{ program: number; name_id: number }>`
    delete from program_cycles where program = any(${rows.map((row) => row.id)}::int[]) returning program, name_id`.execute(
    tx,
  )
  if (found.length > 0)
    await sql`
    insert into program_cycles (program, name_id, product, cycle) select program, name, product, cycle
    from jsonb_to_recordset(${JSON.stringify(found)}::jsonb) as g(program int, name int, product text, cycle text)`.execute(
      tx,
    )
  // also what new rules say nothing of any more: its number and the devices it is on are of the old ones
  const names = [...found.map((one) => one.name), ...gone.rows.map((one) => one.name_id)]
  if (names.length === 0) return rows.length
  await sql`
    insert into program_support_recounts select distinct x from unnest(${names}::int[]) x order by 1 on conflict do nothing`.execute(
    tx,
  )
  const named = [...found, ...gone.rows].map((one) => one.program)
  const devices = await sql<{ device: string; organisation: string }>`
    select distinct d.id as device, d.organisation_id as organisation from installed_programs i join agents a on a.number = i.agent join devices d on d.id = a.device_id
    where i.program = any(${named}::int[]) and i.gone_at is null`.execute(tx)
  await moved(tx, devices.rows)
  return rows.length
}

/** Counts anew on how many devices some programs are out of support; answers how many it counted. */
export async function recountSupport(db: Db, most: number, today: string): Promise<number> {
  const { rows } = await sql<{ name_id: number }>`
    with taken as (delete from program_support_recounts where name_id = any(array(select name_id from program_support_recounts order by name_id limit ${most} for update skip locked)) returning name_id),
    counted as (
      select t.name_id, count(distinct a.device_id)::int as n from taken t
      left join (program_cycles pc join product_cycles c on c.product = pc.product and c.cycle = pc.cycle and ${overOn(today)}
        join installed_programs i on i.program = pc.program and i.gone_at is null join agents a on a.number = i.agent) on pc.name_id = t.name_id group by t.name_id)
    insert into program_support (name_id, devices) select name_id, n from counted
    on conflict (name_id) do update set devices = excluded.devices returning name_id`.execute(db)
  return rows.length
}

/** Something else was published of products: their programs are counted anew, and the devices they are on looked at again. Answers how many. */
async function productsMoved(tx: Db, moved: DevicesMoved): Promise<number> {
  const { rows } = await sql<{ product: string }>`
    delete from life_cycle_moves where product = any(array(select product from life_cycle_moves order by 1 limit 100 for update skip locked)) returning product`.execute(
    tx,
  )
  const products = rows.map((row) => row.product)
  if (products.length === 0) return 0
  await sql`
    insert into program_support_recounts select distinct name_id from program_cycles where product = any(${products}::text[]) order by 1 on conflict do nothing`.execute(
    tx,
  )
  await moved(tx, (await devicesOfProducts(products).execute(tx)).rows)
  return products.length
}

/** A new day, or new rules: what ended since is counted anew, or all programs named anew. */
export async function turnDay(db: Db, today: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const before = await sql<{
      counted_on: string
      rules: number
    }>`select counted_on, rules from life_cycle_days for update`.execute(tx)
    const last = before.rows[0]
    if (last?.counted_on === today && last.rules === rulesVersion) return
    if (last !== undefined && last.rules !== rulesVersion)
      await sql`insert into programs_to_name select id from programs on conflict do nothing`.execute(tx)
    await sql`
      insert into program_support_recounts select distinct pc.name_id from program_cycles pc join product_cycles c on c.product = pc.product and c.cycle = pc.cycle
      where c.eol_on >= coalesce(${last?.counted_on ?? null}::date, '-infinity') - 1 and c.eol_on < ${today} order by 1 on conflict do nothing`.execute(
      tx,
    )
    await sql`
      insert into life_cycle_days (counted_on, rules) values (${today}, ${rulesVersion})
      on conflict (only_one) do update set counted_on = excluded.counted_on, rules = excluded.rules`.execute(tx)
  })
}

/** Keeps what is known of releases in step with what is seen, on every node; each program is looked at by one of them. */
export function lifeCycleTimer(
  platform: Platform,
  moved: DevicesMoved,
): { start(): void; stop(): Promise<void>; round(): Promise<void> } {
  const { db } = platform.database
  const round = async () => {
    const today = new Date().toISOString().slice(0, 10)
    await turnDay(db, today)
    while (!rounds.isStopping && (await db.transaction().execute((tx) => namePrograms(tx, moved))) === atOnce);
    while (!rounds.isStopping && (await db.transaction().execute((tx) => productsMoved(tx, moved))) > 0);
    while (!rounds.isStopping && (await recountSupport(db, 100, today)) === 100);
  }
  const rounds = new Rounds(platform.log, {
    failed: 'releases could not be told; trying again',
    pauseMs: 3000,
    round,
  })
  return { start: () => rounds.start(), stop: () => rounds.stop(), round }
}
