import { cursorOf, type Db, readCursor, sql } from './db.ts'
import { Problem } from './errors.ts'
import { eventSentence } from './event-sentence.ts'
import type { RecordedEvent } from './events.ts'

interface Row {
  id: string
  at: string
  type: string
  actor_kind: RecordedEvent['actor']['kind']
  actor_id: string | null
  actor_name: string
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
}

/** What happened to a record, newest first, each event as a sentence. The caller knows that the reader sees the record. Moments in `zone`. */
export async function historyPage(db: Db, subject: string, zone: string, limit: number, after: string | undefined) {
  const from = readCursor(after, 2)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const { rows } = await sql<Row>`
    select e.id, e.at, e.type, e.actor_kind, e.actor_id, e.actor_name, p.before, p.after
    from (select * from events where subject_id = ${subject} ${from === null ? sql`` : sql`and (at, id) < (${from[0]}::timestamptz, ${from[1]}::uuid)`} order by at desc, id desc limit ${limit + 1}) e
    left join event_payloads p on p.event_id = e.id order by e.at desc, e.id desc`.execute(db)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map((row) => ({
      id: row.id,
      kind: 'event' as const,
      at: row.at,
      by: { kind: row.actor_kind, name: row.actor_name, id: row.actor_id },
      note: null,
      event: { type: row.type, sentence: eventSentence(row.type, row.before, row.after, zone) },
    })),
    next: rows.length > limit && last !== undefined ? cursorOf([last.at, last.id]) : null,
  }
}
