import { sql } from '../platform/db.ts'
import type { SubjectKind } from '../platform/subjects.ts'
import { insideTicket, ticketSubject } from '../tickets/public.ts'
import { toldOf } from './visibility.ts'

/** What others may know of major incidents: they are called as their ticket is, and whoever stands around that stands around them. */
export const majorIncidentSubject: SubjectKind = {
  kind: 'major_incident',
  visible: (actor, id) =>
    sql<boolean>`exists (select 1 from major_incidents incident where incident.id = ${id} and ${toldOf(actor)})`,
  insider: (actor, id) =>
    sql<boolean>`exists (select 1 from major_incidents incident join tickets t on t.id = incident.ticket_id where incident.id = ${id} and ${toldOf(actor)} and ${insideTicket(actor)})`,
  path: ({ id }) => `/portal/incidents/${id}`,
  async describe(db, ids) {
    const { rows } = await sql<{ id: string; reference: string; title: string }>`
      select i.id, t.reference, i.headline as title from major_incidents i join tickets t on t.id = i.ticket_id where i.id = any(${ids}::uuid[])`.execute(
      db,
    )
    return new Map(rows.map(({ id, reference, title }) => [id, { reference, title }]))
  },
  async people(db, ids) {
    const { rows } = await sql<{ id: string; ticket_id: string; commander_id: string }>`
      select id, ticket_id, commander_id from major_incidents where id = any(${ids}::uuid[])`.execute(db)
    const around = await ticketSubject.people!(
      db,
      rows.map((row) => row.ticket_id),
    )
    return new Map(
      rows.map((row) => [
        row.id,
        {
          requester: null,
          watchers: [row.commander_id],
          assignee: null,
          teams: around.get(row.ticket_id)?.teams ?? [],
        },
      ]),
    )
  },
}
