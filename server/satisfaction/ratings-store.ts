import type { Actor } from '../platform/ctx.ts'
import { type Db, sql } from '../platform/db.ts'
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

/** Marks by queue, of what was resolved from one day to another (UTC, both counted), of the tickets the reader sees by role and team. */
export async function marksByQueue(db: Db, reader: Actor, span: { from: string; to: string }): Promise<QueueMarks[]> {
  const seen = queuesSeen(reader)
  const { rows } = await sql<QueueMarks>`
    select q.id, q.name, count(r.ticket_id) as rated, count(*) as resolved, round(avg(r.score), 1) as mean, count(*) filter (where r.score <= ${badUpTo}) as bad
    from tickets t join queues q on q.id = t.queue_id left join ticket_ratings r on r.ticket_id = t.id
    where t.organisation_id = ${reader.organisation} and t.resolved_at >= ${span.from}::date and t.resolved_at < ${span.to}::date + 1
      and ((not t.confidential and ${seen.all ? sql`true` : sql`t.queue_id in ${seen.open}`}) or (t.confidential and t.queue_id in ${seen.confidential}))
    group by q.id, q.name order by lower(q.name), q.id limit 500`.execute(db)
  return rows
}
