import type { Actor } from '../platform/ctx.ts'
import { type Db, sql } from '../platform/db.ts'
import { wordsAsked } from './search-text.ts'
import { servedFor } from './tickets-list.ts'
import { visibleTicket } from './visibility.ts'

/** How many finds a search looks at. */
const mostRanked = 500

/**
 * Tickets that contain the words; the one whose reference is asked for first, then open before resolved, newest first. `requester`: only that person's own,
 * among all of which is looked.
 */
export async function findTickets(
  db: Db,
  actor: Actor,
  q: string,
  limit: number,
  requester?: string,
): Promise<{ id: string; reference: string; title: string; queue_name: string }[]> {
  const own =
    requester === undefined ? sql`` : sql`and x.ticket_id in (select id from tickets where requester_id = ${requester})`
  const served = await servedFor(db, actor)
  const idsOf = async (beginnings: boolean): Promise<string[]> => {
    const { indexed, exact } = wordsAsked(actor, q, served, beginnings)
    return (
      await sql<{
        id: string
      }>`select x.ticket_id as id from ticket_texts x where ${indexed} and ${exact} ${own} limit ${sql.lit(mostRanked)}`.execute(
        db,
      )
    ).rows.map((row) => row.id)
  }
  const whole = await idsOf(false)
  const ids = whole.length < limit ? await idsOf(true) : whole
  const { rows } = await sql<{ id: string; reference: string; title: string; queue_name: string }>`
    select t.id, t.reference, t.title, q.name as queue_name from tickets t join queues q on q.id = t.queue_id
    where (t.id = any(${ids}::uuid[]) or t.reference = ${q.toUpperCase()}) and ${visibleTicket(actor)} ${requester === undefined ? sql`` : sql`and t.requester_id = ${requester}`}
    order by t.reference = ${q.toUpperCase()} desc, t.open desc, t.last_activity_at desc, t.id limit ${limit}`.execute(
    db,
  )
  return rows
}
