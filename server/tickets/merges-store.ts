import type { RawBuilder } from 'kysely'
import type { TicketState } from '../../contract/tickets.ts'
import { withApprovalWaiting } from '../approvals/public.ts'
import type { Actor } from '../platform/ctx.ts'
import { type Db, sql } from '../platform/db.ts'
import { isId } from '../platform/identifiers.ts'
import type { LeftToDo } from './rules/why-not-merge.ts'
import { insideTicket, visibleTicket } from './visibility.ts'

export interface StoredMerge {
  ticket_id: string
  into_id: string
  merged_at: string
  merged_by_name: string
  state: TicketState
  waiting_since: string | null
  resolved_at: string | null
  closed_at: string | null
  /** Persons whom the merge let into the ticket that goes on. */
  watchers: string[]
  /** Children that the merge handed on. */
  children: string[]
  /** The event of the log, by which its clocks were cancelled. */
  event_id: string
}

export const saveMerge = (db: Db, m: StoredMerge) =>
  sql`insert into ticket_merges (ticket_id, into_id, merged_at, merged_by_name, event_id, state, waiting_since, resolved_at, closed_at, watchers, children)
    values (${m.ticket_id}, ${m.into_id}, ${m.merged_at}, ${m.merged_by_name}, ${m.event_id}, ${m.state}, ${m.waiting_since}, ${m.resolved_at}, ${m.closed_at}, ${m.watchers}::uuid[], ${m.children}::uuid[])`.execute(
    db,
  )

/** What the merge of a ticket changed; with it the record of it goes away. */
export const takeMerge = async (db: Db, ticket: string): Promise<StoredMerge | undefined> =>
  (await sql<StoredMerge>`delete from ticket_merges where ticket_id = ${ticket} returning *`.execute(db)).rows[0]

/** Persons whom another merge into the same ticket let in too: taking one apart does not shut them out. */
export const letInByOthers = async (db: Db, into: string): Promise<string[]> =>
  (
    await sql<{
      id: string
    }>`select distinct unnest(watchers) as id from ticket_merges where into_id = ${into}`.execute(db)
  ).rows.map((row) => row.id)

/** Where the merge of a ticket had let a person in too, who does not follow that ticket any more; from now on it did not. */
export const letInFurther = async (db: Db, ticket: string, person: string): Promise<string | undefined> =>
  (
    await sql<{
      into_id: string
    }>`update ticket_merges set watchers = array_remove(watchers, ${person}::uuid) where ticket_id = ${ticket} and ${person}::uuid = any(watchers) returning into_id`.execute(
      db,
    )
  ).rows[0]?.into_id

/** Holds tickets, named by id or reference, in one order, so that two merges the other way round wait for each other. */
export async function holdInOrder(db: Db, keys: readonly string[]): Promise<void> {
  const ids = keys.filter(isId)
  const references = keys.filter((key) => !isId(key)).map((key) => key.toUpperCase())
  await sql`select 1 from tickets where id = any(${ids}::uuid[]) or reference = any(${references}) order by id for no key update`.execute(
    db,
  )
}

export async function leftToDo(db: Db, ticket: string): Promise<LeftToDo> {
  const { rows } = await sql<{ tasks: number; plans: number }>`select
    (select count(*) from ticket_tasks where ticket_id = ${ticket} and state in ('open', 'ahead')) as tasks,
    (select count(*) from ticket_items where ticket_id = ${ticket} and task not in ('affected', 'stolen') and done_at is null) as plans`.execute(
    db,
  )
  return { ...rows[0]!, approvals: (await withApprovalWaiting(db, [ticket])).length }
}

/** The ticket where the conversation of this one goes on, through any chain of merges; itself where it was not merged. */
export const survivorOf = async (db: Db, ticket: string): Promise<string> =>
  (await sql<{ id: string | null }>`select survivor_of(${ticket}) as id`.execute(db)).rows[0]!.id ?? ticket

/** A ticket and those that were merged into it, through any chain, as a table of `id` and `depth` (0: itself). */
export const withGathered = (ticket: string): RawBuilder<unknown> => sql`(
    with recursive down(id, depth) as (select ${ticket}::uuid, 0 union all select t.id, down.depth + 1 from tickets t join down on t.merged_into = down.id)
    select id, depth from down)`

export interface GatheredTicket {
  id: string
  reference: string
  title: string
  inside: boolean
  /** Merged into the ticket itself, and not into one of those merged into it. */
  direct: boolean
}

/** Most tickets whose conversation is shown within another one. */
const most = 200

/** The tickets that were merged into this one, through any chain, of which the actor sees each by the one rule. */
export async function gatheredInto(db: Db, actor: Actor, ticket: string): Promise<GatheredTicket[]> {
  const { rows } = await sql<GatheredTicket>`
    select t.id, t.reference, t.title, ${insideTicket(actor)} as inside, down.depth = 1 as direct from ${withGathered(ticket)} down join tickets t on t.id = down.id
    where down.depth > 0 and ${visibleTicket(actor)} order by t.created_at, t.id limit ${sql.lit(most)}`.execute(db)
  return rows
}

/** Where a merged ticket goes on, at the end of the chain; `name` null where the actor does not see it. */
export async function mergeShown(db: Db, actor: Actor, ticket: string) {
  const { rows } = await sql<{ merged_at: string; merged_by_name: string; survivor: string; name: string | null }>`
    select m.merged_at, m.merged_by_name, s.id as survivor, (select t.reference from tickets t where t.id = s.id and ${visibleTicket(actor)}) as name
    from ticket_merges m cross join lateral (select survivor_of(m.into_id) as id) s where m.ticket_id = ${ticket}`.execute(
    db,
  )
  const [row] = rows
  return row === undefined
    ? null
    : {
        into: row.name === null ? null : { id: row.survivor, name: row.name },
        at: row.merged_at,
        by: row.merged_by_name,
      }
}
