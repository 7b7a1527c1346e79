import { type Db, sql } from '../../platform/db.ts'
import type { PublishedCycle } from '../rules/published-cycle.ts'

/** What is kept of products, by release. */
export async function publishedOf(
  db: Db,
  products: readonly string[],
): Promise<Map<string, Map<string, PublishedCycle>>> {
  const { rows } = await sql<PublishedCycle & { product: string }>`
    select product, cycle, released_on, active_until, eol_on, is_over, extended_until, latest from product_cycles where product = any(${products}::text[])`.execute(
    db,
  )
  const found = new Map<string, Map<string, PublishedCycle>>()
  for (const row of rows)
    found.set(row.product, (found.get(row.product) ?? new Map<string, PublishedCycle>()).set(row.cycle, row))
  return found
}

/** Keeps what was published, and notes the products it is of: what they are on is looked at again. */
export async function savePublished(
  tx: Db,
  list: readonly { product: string; title: string; changed: readonly PublishedCycle[] }[],
  by: { source: string; asOf: string },
): Promise<void> {
  if (list.length === 0) return
  const products = list.map(({ product, title }) => ({ product, title }))
  await sql`
    insert into life_cycle_products (product, title) select product, title from jsonb_to_recordset(${JSON.stringify(products)}::jsonb) as g(product text, title text) order by 1
    on conflict (product) do update set title = excluded.title`.execute(tx)
  const cycles = list.flatMap(({ product, changed }) => changed.map((one) => ({ product, ...one })))
  await sql`
    insert into product_cycles (product, cycle, released_on, active_until, eol_on, is_over, extended_until, latest, source, as_of)
    select product, cycle, released_on, active_until, eol_on, is_over, extended_until, latest, ${by.source}, ${by.asOf}::date
    from jsonb_to_recordset(${JSON.stringify(cycles)}::jsonb) as g(product text, cycle text, released_on date, active_until date, eol_on date, is_over boolean, extended_until date, latest text)
    on conflict (product, cycle) do update set released_on = excluded.released_on, active_until = excluded.active_until, eol_on = excluded.eol_on, is_over = excluded.is_over,
      extended_until = excluded.extended_until, latest = excluded.latest, source = excluded.source, as_of = excluded.as_of`.execute(
    tx,
  )
  await sql`
    insert into life_cycle_moves (product) select product from jsonb_to_recordset(${JSON.stringify(products)}::jsonb) as g(product text) order by 1 on conflict do nothing`.execute(
    tx,
  )
}
