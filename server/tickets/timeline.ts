import type { TimelineEntry } from '../../contract/tickets.ts'
import { filesOf } from '../files/public.ts'
import type { Actor } from '../platform/ctx.ts'
import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'
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

/** Notes and events of one ticket the actor sees, newest page first, each page in order of time. Internal notes only for insiders. */
export async function timelinePage(
  db: Db,
  actor: Actor,
  ticket: { id: string; inside: boolean },
  limit: number,
  after: string | undefined,
) {
  const from = readCursor(after, 2)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const beyond = from === null ? sql`` : sql`and (at, id) < (${from[0]}::timestamptz, ${from[1]}::uuid)`
  const { rows } = await sql<Entry>`
    select * from (
      (select id, at, true as note, public, body, mail, folded, author_kind as actor_kind, author_id as actor_id, author_name as actor_name, null as type, null::jsonb as before, null::jsonb as after
       from notes where subject_id = ${ticket.id} ${ticket.inside ? sql`` : sql`and public`} ${beyond} order by at desc, id desc limit ${limit + 1})
      union all
      (select e.id, e.at, false, null, null, null::jsonb, null, e.actor_kind, e.actor_id, e.actor_name, e.type, p.before, p.after
       from (select * from events where subject_id = ${ticket.id} and type not in ('ticket.replied', 'ticket.noted')
         ${ticket.inside ? sql`` : sql`and type = any(${forEverybody})`} ${beyond} order by at desc, id desc limit ${limit + 1}) e
       left join event_payloads p on p.event_id = e.id)
    ) both_kinds order by at desc, id desc limit ${limit + 1}`.execute(db)
  const page = rows.slice(0, limit)
  const files = await filesOf(db, ticket.id)
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
          attachments: files
            .filter((f) => f.note_id === row.id)
            .map(({ id, name, type, size, inline }) => ({ id, name, type, size, inline })),
        }
      : null,
    event: row.note ? null : { type: row.type!, sentence: eventSentence(row.type!, row.before, row.after, actor.zone) },
  }))
  return { items, next: rows.length > limit && last !== undefined ? cursorOf([last.at, last.id]) : null }
}
