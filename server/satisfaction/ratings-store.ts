import type { Actor } from '../platform/ctx.ts'
import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'
import { queuesSeen, type StoredTicket } from '../tickets/public.ts'
import { badUpTo } from './rules/why-not-rate.ts'

export interface StoredRating {
  score: number
  words: string
  person_id: string
  person_name: string
  rated_at: string
  changed_at: string | null
  commitment_id: string | null
}

export const ratingOf = async (db: Db, ticket: string): Promise<StoredRating | undefined> =>
  (
    await sql<StoredRating>`select r.*, p.name as person_name from ticket_ratings r join persons p on p.id = r.person_id where r.ticket_id = ${ticket}`.execute(
      db,
    )
  ).rows[0]

/** Writes the mark of a ticket down, or what it was changed to; `at`: now (ISO). */
export async function saveRating(
  db: Db,
  ticket: StoredTicket,
  given: { person: string; score: number; words: string; at: string },
): Promise<void> {
  await sql`
    insert into ticket_ratings (ticket_id, organisation_id, queue_id, person_id, score, words, rated_at)
    values (${ticket.id}, ${ticket.organisation_id}, ${ticket.queue_id}, ${given.person}, ${given.score}, ${given.words}, ${given.at}::timestamptz)
    on conflict (ticket_id) do update set score = excluded.score, words = excluded.words, changed_at = excluded.rated_at, version = ticket_ratings.version + 1`.execute(
    db,
  )
}

export async function saveFollowUp(db: Db, ticket: string, commitment: string): Promise<void> {
  await sql`update ticket_ratings set commitment_id = ${commitment} where ticket_id = ${ticket}`.execute(db)
}

/** Whom a bad mark is put to: the lead of the first team that serves the queue, else that team, else who coordinates; null where there is nobody yet. */
export async function ownerOfFollowUp(
  db: Db,
  ticket: Pick<StoredTicket, 'queue_id' | 'organisation_id'>,
): Promise<{ kind: 'person' | 'team'; id: string } | null> {
  const { rows } = await sql<{ kind: 'person' | 'team'; id: string }>`
    select o.kind, o.id from (
      select 0 as place, case when p.id is null then 'team' else 'person' end as kind, coalesce(p.id, t.id) as id, lower(t.name) as name, t.created_at, t.id as last
        from queue_teams q join teams t on t.id = q.team_id and t.active left join persons p on p.id = t.lead_id and p.active where q.queue_id = ${ticket.queue_id}
      union all
      select case a.role when 'coordinator' then 1 else 2 end, 'person', a.person_id, '', a.created_at, a.id from accounts a join persons p on p.id = a.person_id
        where a.role in ('coordinator', 'administrator') and a.disabled_at is null and p.active and p.organisation_id = ${ticket.organisation_id}
    ) o order by o.place, o.name, o.created_at, o.last limit 1`.execute(db)
  return rows[0] ?? null
}

/** Whether there are working hours to count by. */
export const hasCalendar = async (db: Db, organisation: string): Promise<boolean> =>
  (
    await sql<{ has: boolean }>`
      select exists (select 1 from calendars where organisation_id = ${organisation} and active) as has`.execute(db)
  ).rows[0]!.has

export interface QueueMarks {
  id: string
  name: string
  rated: number
  resolved: number
  mean: string | null
  bad: number
}

export interface Span {
  from: string
  to: string
}

/** `t` was resolved from one day to another (UTC, both counted), and the reader sees it by role and team. */
function resolvedAndSeen(reader: Actor, span: Span) {
  const seen = queuesSeen(reader)
  return sql`t.organisation_id = ${reader.organisation} and t.resolved_at >= ${span.from}::date and t.resolved_at < ${span.to}::date + 1
      and ((not t.confidential and ${seen.all ? sql`true` : sql`t.queue_id in ${seen.open}`}) or (t.confidential and t.queue_id in ${seen.confidential}))`
}

/** Marks by queue. */
export async function marksByQueue(db: Db, reader: Actor, span: Span): Promise<QueueMarks[]> {
  const { rows } = await sql<QueueMarks>`
    select q.id, q.name, count(r.ticket_id) as rated, count(*) as resolved, round(avg(r.score), 1) as mean, count(*) filter (where r.score <= ${badUpTo}) as bad
    from tickets t join queues q on q.id = t.queue_id left join ticket_ratings r on r.ticket_id = t.id
    where ${resolvedAndSeen(reader, span)}
    group by q.id, q.name order by lower(q.name), q.id limit 500`.execute(db)
  return rows
}

export interface MarkRow {
  ticket_id: string
  reference: string
  title: string
  queue_id: string
  queue_name: string
  score: number
  words: string
  person_id: string
  person_name: string
  rated_at: string
  at: string
}

export type MarksAsked = Span & { queue?: string | undefined; bad?: boolean | undefined }

const marksAsked = (reader: Actor, asked: MarksAsked) => sql`
    ticket_ratings r join tickets t on t.id = r.ticket_id join queues q on q.id = t.queue_id join persons p on p.id = r.person_id
    where r.organisation_id = ${reader.organisation} and ${resolvedAndSeen(reader, asked)}
      ${asked.queue === undefined ? sql`` : sql`and t.queue_id = ${asked.queue}`}
      ${asked.bad === true ? sql`and r.score <= ${badUpTo}` : sql``}`

/** How many there are, counted up to a bound. */
export const countMarks = async (db: Db, reader: Actor, asked: MarksAsked, most: number): Promise<number> =>
  (
    await sql<{
      n: number
    }>`select count(*) as n from (select from ${marksAsked(reader, asked)} limit ${most}) x`.execute(db)
  ).rows[0]!.n

/** The marks themselves, the latest given first; a changed one stays where it was. */
export async function marksPage(
  db: Db,
  reader: Actor,
  asked: MarksAsked,
  limit: number,
  after: string | undefined,
): Promise<{ rows: MarkRow[]; next: string | null }> {
  const from = readCursor(after, 2)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const { rows } = await sql<MarkRow>`
    select t.id as ticket_id, t.reference, t.title, q.id as queue_id, q.name as queue_name, r.score, r.words, p.id as person_id, p.name as person_name, r.rated_at,
      coalesce(r.changed_at, r.rated_at) as at
    from ${marksAsked(reader, asked)}
      ${from === null ? sql`` : sql`and (r.rated_at, r.ticket_id) < (${from[0]}::timestamptz, ${from[1]}::uuid)`}
    order by r.rated_at desc, r.ticket_id desc limit ${limit + 1}`.execute(db)
  const last = rows[limit - 1]
  return {
    rows: rows.slice(0, limit),
    next: rows.length > limit && last !== undefined ? cursorOf([last.rated_at, last.ticket_id]) : null,
  }
}
