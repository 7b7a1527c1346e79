import { mostChildrenCounted, type Ticket } from '../../contract/tickets.ts'
import type { Actor } from '../platform/ctx.ts'
import { type Db, sql } from '../platform/db.ts'
import { visibleTicket } from './visibility.ts'

/**
 * One at a time changes who is part of whom in an organisation, until the transaction ends: two that were checked beside each other could close a circle. Taken
 * before any ticket.
 */
export const holdFamilies = (db: Db, organisation: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`ticket families ${organisation}`}, 0))`.execute(db)

/** The tickets above one, nearest first. */
export const ancestorsOf = async (db: Db, ticket: string): Promise<string[]> =>
  (
    await sql<{ id: string }>`
      with recursive up(id, depth) as (
        select parent_id, 1 from tickets where id = ${ticket} union all select t.parent_id, up.depth + 1 from tickets t join up on t.id = up.id)
      select id from up where id is not null order by depth`.execute(db)
  ).rows.map((row) => row.id)

/** The parent of a ticket, if the actor sees it. */
export const parentShown = async (db: Db, actor: Actor, parent: string) =>
  (
    await sql<{
      id: string
      reference: string
      title: string
    }>`select t.id, t.reference, t.title from tickets t where t.id = ${parent} and ${visibleTicket(actor)}`.execute(db)
  ).rows[0] ?? null

/** How many children of a ticket the actor sees, and how many of them are open; the open ones are counted first. */
export async function childrenOf(db: Db, actor: Actor, parent: string): Promise<Ticket['children']> {
  const { rows } = await sql<{ total: number; open: number }>`
    select count(*)::int as total, (count(*) filter (where c.open))::int as open from (
      select t.open from tickets t where t.parent_id = ${parent} and ${visibleTicket(actor)} order by t.due_at limit ${sql.lit(mostChildrenCounted + 1)}) c`.execute(
    db,
  )
  const { total, open } = rows[0]!
  const most = (n: number) => Math.min(n, mostChildrenCounted)
  return { total: most(total), open: most(open), more: total > mostChildrenCounted }
}

/** Gives children of one ticket to another: all of them, or of those named the ones it has. Answers which. */
export const handChildren = async (
  db: Db,
  from: string,
  to: string,
  named: readonly string[] | null = null,
): Promise<string[]> =>
  (
    await sql<{ id: string }>`
      update tickets set parent_id = ${to}, version = version + 1, updated_at = now()
      where parent_id = ${from} and id <> ${to} ${named === null ? sql`` : sql`and id = any(${named}::uuid[])`} returning id`.execute(
      db,
    )
  ).rows.map((row) => row.id)

/** A ticket as one that was open at a moment (ISO instant), or not. */
export const childAt = async (
  db: Db,
  child: string,
  at: string,
): Promise<{ parent_id: string | null; open: boolean; was_open: boolean } | undefined> =>
  (
    await sql<{ parent_id: string | null; open: boolean; was_open: boolean }>`
      select parent_id, open, open or coalesce(resolved_at, closed_at) > ${at}::timestamptz as was_open from tickets where id = ${child}`.execute(
      db,
    )
  ).rows[0]

/** The ticket, if it is open and none of its children is, with when the last of those it has was done; undefined otherwise. */
export const parentLeftAlone = async (
  db: Db,
  parent: string,
): Promise<{ assignee_id: string | null; last: string | null } | undefined> =>
  (
    await sql<{ assignee_id: string | null; last: string | null }>`
      select p.assignee_id, (select max(coalesce(c.resolved_at, c.closed_at)) from tickets c where c.parent_id = p.id) as last
      from tickets p where p.id = ${parent} and p.open and not exists (select 1 from tickets c where c.parent_id = p.id and c.open)`.execute(
      db,
    )
  ).rows[0]

/** Of the tickets those that are part of another. */
export const thoseWithParent = async (db: Db, ids: readonly string[]): Promise<Set<string>> =>
  new Set(
    (
      await sql<{
        id: string
      }>`select id from tickets where id = any(${ids}::uuid[]) and parent_id is not null`.execute(db)
    ).rows.map((row) => row.id),
  )
