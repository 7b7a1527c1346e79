import type { Estate } from '../people/public.ts'
import type { Actor, Ctx } from '../platform/ctx.ts'
import { type Db, sql } from '../platform/db.ts'
import type { SubjectKind, SubjectPeople } from '../platform/subjects.ts'
import { stoodBefore, tellClocks } from './changing.ts'
import { whyNotHere } from './rules/ticket-states.ts'
import { refreshSearchText } from './search-text.ts'
import { anyTicket, saveDue, saveTicket } from './tickets-store.ts'
import { insideTicket, servedQueues, visibleTicket } from './visibility.ts'

/** What the floors below may know of tickets. */
export const ticketSubject: SubjectKind = {
  kind: 'ticket',
  visible: (actor, id) => sql<boolean>`exists (select 1 from tickets t where t.id = ${id} and ${visibleTicket(actor)})`,
  insider: (actor, id) =>
    sql<boolean>`exists (select 1 from tickets t where t.id = ${id} and ${visibleTicket(actor)} and ${insideTicket(actor)})`,
  named: {
    fields: [
      { id: 'merged_into', name: 'merged_into_name' },
      { id: 'parent_id', name: 'parent_name' },
      { id: 'ticket', name: 'reference' },
    ],
    another: 'tickets.another',
  },
  async describe(db, ids) {
    const { rows } = await sql<{
      id: string
      reference: string
      title: string
    }>`select id, reference, title from tickets where id = any(${ids}::uuid[])`.execute(db)
    return new Map(rows.map(({ id, reference, title }) => [id, { reference, title }]))
  },
  path: ({ reference }) => `/tickets/${encodeURIComponent(reference)}`,
  dueMoved: saveDue,
  async hold(tx, ids) {
    const { rows } = await sql<{
      id: string
    }>`select id from tickets where id = any(${ids}::uuid[]) order by id for no key update skip locked`.execute(tx)
    return rows.map((row) => row.id)
  },
  async people(db, ids) {
    const { rows } = await sql<SubjectPeople & { id: string }>`
      select t.id, t.assignee_id as assignee, t.requester_id as requester,
        array(select person_id from ticket_watchers w where w.ticket_id = t.id) as watchers,
        array(select team_id from queue_teams q where q.queue_id = t.queue_id) as teams
      from tickets t where t.id = any(${ids}::uuid[])`.execute(db)
    return new Map(rows.map(({ id, ...people }) => [id, people]))
  },
  async whyNotAsk(tx, id) {
    const ticket = await anyTicket(tx, id)
    return ticket === undefined ? null : whyNotHere(ticket)
  },
  async raisePriority(ctx, id) {
    const ticket = await anyTicket(ctx.tx, id)
    if (ticket === undefined || !ticket.open || ticket.priority <= 1) return ctx.unchanged()
    const priority = ticket.priority - 1
    await saveTicket(ctx.tx, id, { priority }, ctx.now)
    const event = ctx.record({
      type: 'ticket.priority-raised',
      subject: { kind: 'ticket', id },
      before: { priority: ticket.priority },
      after: { priority },
    })
    await tellClocks(ctx, { ...ticket, priority }, { kind: 'changed', before: stoodBefore(ticket) }, event)
  },
}

/** The open tickets a person has: handed to a successor when the person leaves. */
export const ticketEstate: Estate = {
  name: 'tickets',
  count: async (db, person, reader) =>
    (
      await sql<{
        n: number
      }>`select count(*) as n from tickets t where t.assignee_id = ${person} and t.open ${reader === undefined ? sql`` : sql`and ${visibleTicket(reader)}`}`.execute(
        db,
      )
    ).rows[0]!.n,
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
      const moved = await anyTicket(ctx.tx, row.id)
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
