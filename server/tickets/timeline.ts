import type { RawBuilder } from 'kysely'
import type { TimelineEntry } from '../../contract/tickets.ts'
import { filesOf } from '../files/public.ts'
import type { Actor } from '../platform/ctx.ts'
import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'
import type { GatheredTicket } from './merges-store.ts'
import { withoutUnseen } from '../platform/unseen-names.ts'
import { ticketSubject } from './subject.ts'
import { eventSentence } from '../platform/event-sentence.ts'

interface Entry {
  id: string
  at: string
  note: boolean
  public: boolean | null
  body: string | null
  mail: NonNullable<TimelineEntry['note']>['mail']
  folded: string | null
  actor_kind: TimelineEntry['by']['kind']
  actor_id: string | null
  actor_name: string
  type: string | null
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  /** The merged ticket on which it was said. */
  of: string | null
}

/** What somebody outside IT may know of the course of a ticket. */
const forEverybody = [
  'ticket.opened',
  'ticket.assigned',
  'ticket.state-changed',
  'ticket.resolved',
  'ticket.closed',
  'ticket.reopened',
  'ticket.imported',
]

/**
 * Notes and events of one ticket the actor sees, with what was said on those merged into it (`gathered`, of which the actor sees each), newest page first, each page
 * in order of time. Internal notes only for insiders of the ticket on which they were written.
 */
export async function timelinePage(
  db: Db,
  actor: Actor,
  ticket: { id: string; inside: boolean },
  gathered: readonly GatheredTicket[],
  limit: number,
  after: string | undefined,
) {
  const from = readCursor(after, 2)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const beyond = from === null ? sql`` : sql`and (at, id) < (${from[0]}::timestamptz, ${from[1]}::uuid)`
  const { rows } = await sql<Entry>`
    select * from (
      (select id, at, true as note, public, body, mail, folded, author_kind as actor_kind, author_id as actor_id, author_name as actor_name, null as type, null::jsonb as before, null::jsonb as after, null::uuid as of
       from notes where subject_id = ${ticket.id} ${ticket.inside ? sql`` : sql`and public`} ${beyond} order by at desc, id desc limit ${limit + 1})
      union all
      (select e.id, e.at, false, null, null, null::jsonb, null, e.actor_kind, e.actor_id, e.actor_name, e.type, p.before, p.after, null::uuid
       from (select * from events where subject_id = ${ticket.id} and type not in ('ticket.replied', 'ticket.noted')
         ${ticket.inside ? sql`` : sql`and type = any(${forEverybody})`} ${beyond} order by at desc, id desc limit ${limit + 1}) e
       left join event_payloads p on p.event_id = e.id)
      ${gathered.length === 0 ? sql`` : sql`union all (${saidOn(gathered, beyond, limit)})`}
    ) both_kinds order by at desc, id desc limit ${limit + 1}`.execute(db)
  const page = await withoutUnseen(db, actor, ticketSubject, rows.slice(0, limit))
  const merged = new Set(page.flatMap((row) => row.of ?? []))
  // what came with a merged ticket itself came with its description
  const files = (await filesOf(db, [ticket.id, ...merged])).map((file) =>
    merged.has(file.subject_id) ? { ...file, note_id: file.note_id ?? file.subject_id } : file,
  )
  const referenceOf = new Map(gathered.map((one) => [one.id, one.reference]))
  const last = page.at(-1)
  const items = page.reverse().map((row): TimelineEntry => ({
    id: row.id,
    kind: row.note ? 'note' : 'event',
    at: row.at,
    by: { kind: row.actor_kind, name: row.actor_name, id: row.actor_id },
    note: row.note
      ? {
          id: row.id,
          public: row.public === true,
          body: row.body ?? '',
          mail: row.mail,
          folded: row.folded,
          from: row.of === null ? null : (referenceOf.get(row.of) ?? null),
          attachments: files
            .filter((f) => f.note_id === row.id)
            .map(({ id, name, type, size, inline }) => ({ id, name, type, size, inline })),
        }
      : null,
    event: row.note ? null : { type: row.type!, sentence: eventSentence(row.type!, row.before, row.after, actor.zone) },
  }))
  return { items, next: rows.length > limit && last !== undefined ? cursorOf([last.at, last.id]) : null }
}

/** Descriptions and notes of merged tickets, of each no more than a page asks for: the description is a note of its requester. */
const saidOn = (gathered: readonly GatheredTicket[], beyond: RawBuilder<unknown>, limit: number) => sql`
  select said.* from unnest(${gathered.map((one) => one.id)}::uuid[], ${gathered.map((one) => one.inside)}::bool[]) as g(id, inside) cross join lateral (
    (select id, at, true, public, body, mail, folded, author_kind, author_id, author_name, null, null::jsonb, null::jsonb, g.id as of
     from notes where subject_id = g.id and (public or g.inside) ${beyond} order by at desc, id desc limit ${limit + 1})
    union all
    (select * from (select t.id, t.created_at as at, true, true, t.description, o.mail, o.folded, 'person', t.requester_id, coalesce(r.name, t.opened_by_name), null, null::jsonb, null::jsonb, t.id as of
     from tickets t left join persons r on r.id = t.requester_id left join ticket_origins o on o.ticket_id = t.id where t.id = g.id) d where true ${beyond})) said
  order by said.at desc, said.id desc limit ${limit + 1}`
