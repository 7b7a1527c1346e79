import type { Actor } from '../platform/ctx.ts'
import { type Db, sql } from '../platform/db.ts'
import { visibleTicket } from '../tickets/public.ts'

export interface ModelFigures {
  model_id: string
  model_name: string
  manufacturer_id: string | null
  manufacturer_name: string | null
  category_id: string
  category_name: string
  devices: number
  device_years: number
  failures: number
}

/**
 * For each model: its devices that were in service within the days `from` to `to`, how long they were, and incidents about them that the actor sees. A
 * device without a day in service counts from the day it was received or recorded; a day is 1/365.25 of a year.
 */
export async function figuresOfModels(
  db: Db,
  actor: Actor,
  given: { from: string; to: string; category: string | undefined },
): Promise<ModelFigures[]> {
  const { rows } = await sql<ModelFigures>`
    with served as materialized (
      select a.id, a.model_id,
        least(coalesce(a.retired_on, a.disposed_on, ${given.to}::date), ${given.to}::date) - greatest(coalesce(a.in_service_on, a.received_on, a.created_at::date), ${given.from}::date) as days
      from assets a join asset_models m on m.id = a.model_id
      where a.organisation_id = ${actor.organisation} and a.state <> 'ordered' ${given.category === undefined ? sql`` : sql`and m.category_id = ${given.category}`}
    ), failed as (
      select s.model_id, count(*) as failures from ticket_items i join served s on s.id = i.asset_id and s.days > 0 join tickets t on t.id = i.ticket_id
      where t.kind = 'incident' and i.task in ('affected', 'repair') and t.created_at >= ${given.from}::date and t.created_at < ${given.to}::date + 1 and ${visibleTicket(actor)}
      group by s.model_id
    ), exposed as (select model_id, count(*) as devices, sum(days) / 365.25 as device_years from served where days > 0 group by model_id)
    select m.id as model_id, m.name as model_name, f.id as manufacturer_id, f.name as manufacturer_name, c.id as category_id, c.name as category_name,
      e.devices, e.device_years::float8 as device_years, coalesce(x.failures, 0) as failures
    from exposed e join asset_models m on m.id = e.model_id join asset_categories c on c.id = m.category_id left join manufacturers f on f.id = m.manufacturer_id
      left join failed x on x.model_id = e.model_id
    order by m.name, m.id`.execute(db)
  return rows
}
