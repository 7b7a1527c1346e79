import { ticketItems } from '../contract/ticket-items.ts'
import type { Opened } from '../server/main.ts'
import { sql } from '../server/platform/db.ts'
import type { Cast } from './load-demo.ts'
import { seeded } from './random.ts'

/**
 * Says which devices the tickets are about: troubles of those who have a device, one model more often than the others; a deployment, a repair with its
 * bill. Nothing where that was done.
 */
export async function linkThings(opened: Opened, cast: Cast): Promise<void> {
  const { db } = opened.platform.database
  if ((await sql`select 1 from ticket_items limit 1`.execute(db)).rows.length > 0) return
  const coordinator = [...cast.actors.values()].find((actor) => actor.role === 'coordinator')!
  const link = (id: string, item: string, more: object = {}) =>
    opened.act(coordinator, ticketItems.link, { id, item, ...more })
  const random = seeded(77)
  const { rows } = await sql<{ ticket: string; asset: string; model: string | null; open: boolean }>`
    select distinct on (t.id) t.id as ticket, a.id as asset, m.name as model, t.open from tickets t join assets a on a.holder_kind = 'person' and a.holder_id = t.requester_id
    left join asset_models m on m.id = a.model_id join categories c on c.id = t.category_id
    where t.kind = 'incident' and not t.confidential and (c.name ilike any(array['%laptop%', '%hardware%', '%device%', '%phone%', '%dock%', '%monitor%', '%battery%']) or t.title ilike any(array['%laptop%', '%battery%', '%screen%', '%dock%']))
    order by t.id, a.id`.execute(db)
  for (const row of rows) if (row.model === 'Fjord 16' || random.chance(0.4)) await link(row.ticket, row.asset)
  const [request] = (
    await sql<{ id: string }>`
    select id from tickets where open and kind = 'request' and requester_id is not null and not confidential order by created_at desc limit 1`.execute(
      db,
    )
  ).rows
  const [spare] = (
    await sql<{ id: string }>`
    select a.id from assets a join asset_models m on m.id = a.model_id where a.state = 'in_stock' and a.pool_id is null and m.name like 'Fjord%' order by a.tag limit 1`.execute(
      db,
    )
  ).rows
  if (request !== undefined && spare !== undefined) await link(request.id, spare.id, { task: 'deploy' })
  const broken = rows.find((row) => row.open)
  if (broken === undefined) return
  const { items } = await link(broken.ticket, broken.asset)
  const item = items.find((one) => one.item.id === broken.asset)!
  await opened.act(coordinator, ticketItems.change, {
    id: broken.ticket,
    link: item.id,
    task: 'repair',
    cost: { minor: 18_900, currency: 'EUR' },
  })
}
