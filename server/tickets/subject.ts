import type { Estate } from '../people/public.ts'
import type { Actor, Ctx } from '../platform/ctx.ts'
import { type Db, sql } from '../platform/db.ts'
import type { SubjectKind } from '../platform/subjects.ts'
import { tellClocks } from './changing.ts'
import { refreshSearchText } from './search-text.ts'
import { saveDue, ticketByKey } from './tickets-store.ts'
import { insideTicket, servedQueues, visibleTicket } from './visibility.ts'

/** What the floors below may know of tickets. */
export const ticketSubject: SubjectKind = {
  kind: 'ticket',
  visible: (actor, id) => sql<boolean>`exists (select 1 from tickets t where t.id = ${id} and ${visibleTicket(actor)})`,
  insider: (actor, id) =>
    sql<boolean>`exists (select 1 from tickets t where t.id = ${id} and ${visibleTicket(actor)} and ${insideTicket(actor)})`,
  async describe(db, ids) {
    const { rows } = await sql<{
      id: string
      reference: string
      title: string
    }>`select id, reference, title from tickets where id = any(${ids}::uuid[])`.execute(db)
    return new Map(rows.map(({ id, reference, title }) => [id, { reference, title }]))
  },
  dueMoved: saveDue,
}

/** The open tickets a person has: handed to a successor when the person leaves. */
export const ticketEstate: Estate = {
  name: 'tickets',
  count: async (db, person) =>
    (await sql<{ n: number }>`select count(*) as n from tickets where assignee_id = ${person} and open`.execute(db))
      .rows[0]!.n,
  async handOver(ctx: Ctx, from: string, to: string) {
    const { rows } = await sql<{ id: string; from_name: string; to_name: string }>`
      with moved as (update tickets set assignee_id = ${to}, version = version + 1, updated_at = ${ctx.now} where assignee_id = ${from} and open returning id)
      select moved.id, f.name as from_name, g.name as to_name from moved, persons f, persons g where f.id = ${from} and g.id = ${to}`.execute(
      ctx.tx,
    )
    for (const row of rows) {
      const event = ctx.record({
        type: 'ticket.assigned',
        subject: { kind: 'ticket', id: row.id },
        before: { assignee_id: from, assignee_name: row.from_name },
        after: { assignee_id: to, assignee_name: row.to_name, reason: 'handed over' },
      })
      const moved = await ticketByKey(ctx.tx, { ...ctx.actor, person: to, id: to }, row.id)
      if (moved !== undefined) await tellClocks(ctx, moved, { kind: 'changed' }, event)
    }
    await refreshSearchText(
      ctx.tx,
      rows.map((row) => row.id),
    )
    return rows.length
  },
}

export const queuesServed = async (db: Db, actor: Actor): Promise<{ id: string; name: string }[]> =>
  (
    await sql<{
      id: string
      name: string
    }>`select q.id, q.name from queues q where q.id in ${servedQueues(actor)} and q.active order by q.name`.execute(db)
  ).rows
