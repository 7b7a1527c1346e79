import { plainText } from '../notes/public.ts'
import type { Actor } from '../platform/ctx.ts'
import { type Db, sql } from '../platform/db.ts'
import { branchAbove, visibleTicket } from '../tickets/public.ts'
import type { TicketFacts } from './rules/match-ticket.ts'

interface Row {
  id: string
  reference: string
  title: string
  description: string
  created_at: string
  channel: string
  senders: string[]
  requester: string | null
  department: string | null
  kind: string
  priority: number
  queue: string
  categories: string[]
  state: string
  assignee: string | null
  category: string | null
  confidential: boolean
}

const wanted = sql`t.id, t.reference, t.title, t.description, t.created_at, t.source as channel, t.requester_id as requester, r.department, t.kind, t.priority, t.queue_id as queue,
  t.state, t.assignee_id as assignee, t.category_id as category, t.confidential, ${branchAbove(sql`t.category_id`)} as categories, array(select e.email from person_emails e where e.person_id = t.requester_id) as senders`

export interface KnownTicket {
  id: string
  reference: string
  title: string
  openedAt: string
  category: string | null
  confidential: boolean
  facts: TicketFacts
}

/** `said`: what was written just now, where a rule hears a reply. */
const known = (
  { id, reference, created_at, description, category, confidential, ...row }: Row,
  said = '',
): KnownTicket => ({
  id,
  reference,
  title: row.title,
  openedAt: created_at,
  category,
  confidential,
  facts: { ...row, text: [row.title, plainText(description), said].join('\n') },
})

/** A ticket as rules see it. */
export async function factsOf(db: Db, ticket: string, said = ''): Promise<KnownTicket | undefined> {
  const { rows } =
    await sql<Row>`select ${wanted} from tickets t left join persons r on r.id = t.requester_id where t.id = ${ticket}`.execute(
      db,
    )
  return rows[0] === undefined ? undefined : known(rows[0], said)
}

/** The newest tickets that the actor sees, some at a time. */
export async function* newestTickets(db: Db, actor: Actor, most: number): AsyncGenerator<KnownTicket[]> {
  let after: { at: string; id: string } | null = null
  for (let left = most; left > 0;) {
    const limit = Math.min(left, 1000)
    const { rows }: { rows: Row[] } = await sql<Row>`
      select ${wanted} from (select * from tickets t where ${visibleTicket(actor)} ${after === null ? sql`` : sql`and (t.created_at, t.id) < (${after.at}::timestamptz, ${after.id}::uuid)`}
        order by t.created_at desc, t.id desc limit ${limit}) t left join persons r on r.id = t.requester_id order by t.created_at desc, t.id desc`.execute(
      db,
    )
    if (rows.length > 0) yield rows.map((row) => known(row))
    const last = rows.at(-1)
    if (last === undefined || rows.length < limit) return
    after = { at: last.created_at, id: last.id }
    left -= rows.length
  }
}

/** What a rule of time fires for: that nothing happened since. */
export const quietCause = (last: string): string => `quiet since ${last}`

/** Open tickets on which something happened last after `since` and until `before`, and for which the rule has not fired since; in order of their ids, some at a time. */
export async function quietTickets(
  db: Db,
  { id: rule, organisation_id: organisation }: { id: string; organisation_id: string },
  { since, before }: { since: string; before: string },
  after: string,
  limit: number,
) {
  const { rows } = await sql<{ id: string; last: string }>`
    select t.id, t.last_activity_at as last from tickets t where t.organisation_id = ${organisation} and t.due_at < 'infinity'
      and t.last_activity_at > ${since}::timestamptz and t.last_activity_at <= ${before}::timestamptz and t.id > ${after}::uuid
      and not exists (select 1 from rule_firings f where f.rule_id = ${rule} and f.ticket_id = t.id and f.at >= t.last_activity_at)
    order by t.id limit ${limit}`.execute(db)
  return rows
}

/** Words of a note. */
export async function saidIn(db: Db, note: string): Promise<string> {
  const { rows } = await sql<{ body: string }>`select body from notes where id = ${note}`.execute(db)
  return plainText(rows[0]?.body ?? '')
}
