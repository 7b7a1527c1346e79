import type { Actor } from '../../platform/ctx.ts'
import { type Db, sql } from '../../platform/db.ts'
import type { Subjects } from '../../platform/subjects.ts'
import { visibleTo } from '../commitments-store.ts'

export interface FeedRow {
  id: string
  account_id: string
  name: string
  with_teams: boolean
  created_at: string
  last_read_at: string | null
}

export async function feedsOf(db: Db, account: string): Promise<FeedRow[]> {
  const { rows } = await sql<FeedRow>`
    select id, account_id, name, with_teams, created_at, last_read_at from calendar_feeds where account_id = ${account} and revoked_at is null order by created_at, id`.execute(
    db,
  )
  return rows
}

export async function insertFeed(
  tx: Db,
  feed: { id: string; account: string; name: string; withTeams: boolean; hash: Buffer },
): Promise<void> {
  await sql`insert into calendar_feeds (id, account_id, token_hash, name, with_teams) values (${feed.id}, ${feed.account}, ${feed.hash}, ${feed.name}, ${feed.withTeams})`.execute(
    tx,
  )
}

/** Answers whether there was one to close. */
export async function revokeFeedOf(tx: Db, account: string, id: string): Promise<boolean> {
  const { rows } = await sql`
    update calendar_feeds set revoked_at = now() where id = ${id} and account_id = ${account} and revoked_at is null returning 1`.execute(
    tx,
  )
  return rows.length > 0
}

/** The open feed of a secret address; that it was read is noted once an hour at most. */
export async function feedBySecret(db: Db, hash: Buffer): Promise<FeedRow | undefined> {
  const { rows } = await sql<FeedRow>`
    select id, account_id, name, with_teams, created_at, last_read_at from calendar_feeds where token_hash = ${hash} and revoked_at is null`.execute(
    db,
  )
  if (rows[0] !== undefined)
    await sql`update calendar_feeds set last_read_at = now() where id = ${rows[0].id} and (last_read_at is null or last_read_at < now() - interval '1 hour')`.execute(
      db,
    )
  return rows[0]
}

/** What a calendar shows of a commitment. */
export interface FeedEntry {
  id: string
  version: number
  kind: string
  subject_kind: string
  subject_id: string
  phase: 'running' | 'paused' | 'stopped' | 'waived' | 'cancelled'
  due_at: string | null
  updated_at: string
  title: string | null
  reference: string | null
  all_day: boolean | null
  zone: string | null
  /** The due moment it had, of one that is closed. */
  promised_at: string | null
}

const most = 2000

/**
 * Open commitments with a due moment that the reader owns (or a team of the reader's) and sees, earliest first; and those by hand that were
 * closed in the last sixty days, so that a calendar that keeps what it once read hears of their end.
 */
export async function feedEntries(db: Db, subjects: Subjects, actor: Actor, withTeams: boolean): Promise<FeedEntry[]> {
  const owners = [...(actor.person === null ? [] : [actor.person]), ...(withTeams ? actor.teams : [])]
  const columns = sql`m.id, m.version, m.kind, m.subject_kind, m.subject_id, m.phase, m.due_at, m.updated_at, h.title, h.reference, h.all_day, h.zone, t.target_at as promised_at`
  const { rows } = await sql<FeedEntry>`
    (select ${columns} from commitments m join commitment_terms t on t.id = m.terms_id left join commitments_by_hand h on h.commitment_id = m.id
      where m.owner_id = any(${owners}::uuid[]) and m.phase = 'running' and m.due_at is not null and ${visibleTo(subjects, actor)} order by m.due_at, m.id limit ${most})
    union all
    (select ${columns} from commitments m join commitment_terms t on t.id = m.terms_id join commitments_by_hand h on h.commitment_id = m.id
      where m.owner_id = any(${owners}::uuid[]) and m.phase in ('stopped', 'waived', 'cancelled') and m.party = 'team' and m.updated_at > now() - interval '60 days' and ${visibleTo(subjects, actor)}
      order by m.updated_at desc limit ${most})`.execute(db)
  return rows
}
