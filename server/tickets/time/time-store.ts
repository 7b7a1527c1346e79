import type { RawBuilder } from 'kysely'
import type { TimeSum, WorkKind } from '../../../contract/time-entries.ts'
import type { Actor } from '../../platform/ctx.ts'
import { cursorOf, type Db, readCursor, sql } from '../../platform/db.ts'
import { Problem } from '../../platform/errors.ts'
import { visibleTask } from '../tasks/tasks-store.ts'
import { leadsPerson } from './who-and-whom-store.ts'
import { insideTime, visibleTime } from './visible-time.ts'

/** What of an entry can be corrected. */
export interface TimeColumns {
  day: string
  seconds: number
  kind: WorkKind
  words: string
  billable: boolean
  billed_to: string
}
export interface StoredTime extends TimeColumns {
  id: string
  version: number
  ticket_id: string
  task_id: string | null
  person_id: string
  made_by_name: string
  created_at: string
  reference: string
  title: string
  queue_id: string
  queue_name: string
  task_title: string | null
  task_seen: boolean
  person_name: string
  /** The reader works on the ticket or oversees it, and does not only see the entry as their own. */
  inside: boolean
  /** The reader leads a team that the person belongs to. */
  leads: boolean
}
/** What entries are looked for by. Days (ISO) from and to, both counted. */
export interface TimeAsked {
  from?: string | undefined
  to?: string | undefined
  person?: string | undefined
  queue?: string | undefined
  billedTo?: string | undefined
  billable?: boolean | undefined
  tickets?: readonly string[] | undefined
}

/** Condition over `ticket_time_entries e` and its `tickets t` for what is looked for. */
export const soughtTime = (actor: Actor, asked: TimeAsked): RawBuilder<boolean> => {
  const all = [
    ...(asked.tickets === undefined ? [] : [sql`e.ticket_id = any(${asked.tickets}::uuid[])`]),
    ...(asked.from === undefined ? [] : [sql`e.day >= ${asked.from}::date`]),
    ...(asked.to === undefined ? [] : [sql`e.day <= ${asked.to}::date`]),
    ...(asked.person === undefined ? [] : [sql`e.person_id = ${asked.person}`]),
    // where a ticket lies that one does not see is not found out by one's own entries
    ...(asked.queue === undefined ? [] : [sql`t.queue_id = ${asked.queue} and ${insideTime(actor)}`]),
    ...(asked.billedTo === undefined ? [] : [sql`e.billable and lower(e.billed_to) = lower(${asked.billedTo})`]),
    ...(asked.billable === undefined ? [] : [sql`e.billable = ${asked.billable}`]),
  ]
  return all.length === 0 ? sql<boolean>`true` : sql<boolean>`${sql.join(all, sql` and `)}`
}

const whole = (actor: Actor) => sql`
  select e.id, e.version, e.ticket_id, e.task_id, e.person_id, e.day, e.seconds, e.kind, e.words, e.billable, e.billed_to, e.made_by_name, e.created_at,
    t.reference, t.title, t.queue_id, q.name as queue_name, task.title as task_title, task.id is not null and ${visibleTask(actor)} as task_seen, p.name as person_name, ${insideTime(actor)} as inside, ${leadsPerson(actor, sql`e.person_id`)} as leads
  from ticket_time_entries e join tickets t on t.id = e.ticket_id join queues q on q.id = t.queue_id join persons p on p.id = e.person_id
    left join ticket_tasks task on task.id = e.task_id`

/** Entries the actor sees, latest day first. */
export async function timePage(
  db: Db,
  actor: Actor,
  asked: TimeAsked,
  limit: number,
  after: string | undefined,
): Promise<{ rows: StoredTime[]; next: string | null }> {
  const from = readCursor(after, 2)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const { rows } = await sql<StoredTime>`
    ${whole(actor)} where ${visibleTime(actor)} and ${soughtTime(actor, asked)}
      ${from === null ? sql`` : sql`and (e.day, e.id) < (${from[0]}::date, ${from[1]}::uuid)`}
    order by e.day desc, e.id desc limit ${limit + 1}`.execute(db)
  const last = rows[limit - 1]
  return {
    rows: rows.slice(0, limit),
    next: rows.length > limit && last !== undefined ? cursorOf([last.day, last.id]) : null,
  }
}

/** The columns of a sum over `ticket_time_entries e`. */
export const summed = sql`coalesce(sum(e.seconds), 0)::bigint as "seconds", coalesce(sum(e.seconds) filter (where e.billable), 0)::bigint as "billableSeconds", count(*) as "entries"`

export const sumOfTime = async (db: Db, actor: Actor, asked: TimeAsked): Promise<TimeSum> =>
  (
    await sql<TimeSum>`select ${summed} from ticket_time_entries e join tickets t on t.id = e.ticket_id where ${visibleTime(actor)} and ${soughtTime(actor, asked)}`.execute(
      db,
    )
  ).rows[0]!

/** One entry the actor sees; `lock` holds it. */
export async function timeById(db: Db, actor: Actor, id: string, lock = false): Promise<StoredTime | undefined> {
  if (lock) await sql`select 1 from ticket_time_entries where id = ${id} for update`.execute(db)
  return (await sql<StoredTime>`${whole(actor)} where e.id = ${id} and ${visibleTime(actor)}`.execute(db)).rows[0]
}

/** Holds the days of a person, so that two entries made at once do not both fill the same hours. Answers the seconds of that day, without one entry. */
export async function heldDay(db: Db, person: string, day: string, except: string | null): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`time ${person}`}, 0))`.execute(db)
  return (
    await sql<{ seconds: number }>`
      select coalesce(sum(seconds), 0)::bigint as seconds from ticket_time_entries
      where person_id = ${person} and day = ${day}::date and withdrawn_at is null and id is distinct from ${except}::uuid`.execute(
      db,
    )
  ).rows[0]!.seconds
}

export interface NewTime extends TimeColumns {
  id: string
  organisation_id: string
  ticket_id: string
  task_id: string | null
  person_id: string
  made_by_name: string
  created_at: string
}
export const insertTime = (db: Db, entry: NewTime) => db.insertInto('ticket_time_entries').values(entry).execute()

export const saveTime = (db: Db, id: string, columns: Partial<TimeColumns> & { withdrawn_at?: string }) =>
  db
    .updateTable('ticket_time_entries')
    .set({ ...columns, version: sql`version + 1` })
    .where('id', '=', id)
    .execute()
