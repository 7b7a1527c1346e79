import type { AssetState, HolderKind } from '../../contract/assets.ts'
import type { ItemTask } from '../../contract/ticket-items.ts'
import { nameOfHolder } from '../assets/public.ts'
import type { Actor } from '../platform/ctx.ts'
import { type Db, sql } from '../platform/db.ts'
import { visibleTicket } from './visibility.ts'

/** What is planned with an item; money in minor units of its currency. */
export interface ItemPlan {
  task: ItemTask
  to_kind: HolderKind | null
  to_id: string | null
  due_back_on: string | null
  warranty_until: string | null
  place_id: string | null
  cost_minor: number | null
  currency: string | null
}

export interface StoredItem extends ItemPlan {
  id: string
  version: number
  ticket_id: string
  kind: 'asset' | 'service' | 'location'
  item_id: string
  reference: string
  name: string
  state: AssetState | null
  holder_kind: HolderKind | null
  holder_id: string | null
  holder_name: string | null
  to_name: string | null
  place_name: string | null
  done_at: string | null
  linked_by_name: string
  linked_at: string
  planned_at: string
  /** Since when whoever has an asset has it. */
  held_since: string | null
}

const columnOf = { asset: 'asset_id', service: 'service_id', location: 'location_id' } as const

/** The items of a ticket in the order in which they were linked. */
export async function itemsOf(db: Db, ticket: string): Promise<StoredItem[]> {
  const { rows } = await sql<StoredItem>`
    select i.id, i.version, i.ticket_id, i.task, i.to_kind, i.to_id, i.due_back_on, i.warranty_until, i.place_id, i.cost_minor, i.currency, i.done_at, i.linked_by_name, i.linked_at, i.planned_at, a.held_since,
      case when i.asset_id is not null then 'asset' when i.service_id is not null then 'service' else 'location' end as kind,
      coalesce(i.asset_id, i.service_id, i.location_id) as item_id, coalesce(a.tag, s.name, l.name) as reference,
      case when a.id is null then '' when a.name = '' then coalesce(m.name, c.name) else a.name end as name,
      a.state, a.holder_kind, a.holder_id, ${nameOfHolder(sql`a.holder_kind`, sql`a.holder_id`)} as holder_name,
      ${nameOfHolder(sql`i.to_kind`, sql`i.to_id`)} as to_name, p.name as place_name
    from ticket_items i left join assets a on a.id = i.asset_id left join asset_models m on m.id = a.model_id left join asset_categories c on c.id = a.category_id
      left join it_services s on s.id = i.service_id left join locations l on l.id = i.location_id left join locations p on p.id = i.place_id
    where i.ticket_id = ${ticket} order by i.linked_at, i.id`.execute(db)
  return rows
}

/** False where the ticket is about it already. */
export async function insertItem(
  db: Db,
  item: ItemPlan & {
    id: string
    organisation: string
    ticket: string
    kind: StoredItem['kind']
    item: string
    by: string
    at: string
  },
): Promise<boolean> {
  const { rows } = await sql`
    insert into ticket_items (id, organisation_id, ticket_id, ${sql.ref(columnOf[item.kind])}, task, to_kind, to_id, due_back_on, warranty_until, place_id, cost_minor, currency, linked_by_name, linked_at, planned_at)
    values (${item.id}, ${item.organisation}, ${item.ticket}, ${item.item}, ${item.task}, ${item.to_kind}, ${item.to_id}, ${item.due_back_on}, ${item.warranty_until}, ${item.place_id}, ${item.cost_minor}, ${item.currency}, ${item.by}, ${item.at}, ${item.at})
    on conflict do nothing returning 1`.execute(db)
  return rows.length > 0
}

/** `at`: when it was planned anew; null where only its cost was said. */
export const savePlan = (db: Db, id: string, plan: ItemPlan, at: string | null) =>
  db
    .updateTable('ticket_items')
    .set({ ...plan, ...(at === null ? {} : { planned_at: at }), version: sql`version + 1` })
    .where('id', '=', id)
    .execute()

export const itemDone = (db: Db, id: string, at: string) =>
  sql`update ticket_items set done_at = ${at}, version = version + 1 where id = ${id}`.execute(db)

export const deleteItem = (db: Db, id: string) => sql`delete from ticket_items where id = ${id}`.execute(db)

/** What tickets about an asset that the actor sees cost, by currency; with how many there are and how many are open. */
export async function workOn(db: Db, actor: Actor, asset: string) {
  const { rows } = await sql<{ currency: string | null; minor: number; tickets: number; open: number }>`
    select i.currency, coalesce(sum(i.cost_minor), 0)::bigint as minor, count(*) as tickets, count(*) filter (where t.open) as open
    from ticket_items i join tickets t on t.id = i.ticket_id where i.asset_id = ${asset} and ${visibleTicket(actor)} group by i.currency`.execute(
    db,
  )
  return rows
}
