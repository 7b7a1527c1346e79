import type { Ways } from '../../contract/notifications.ts'
import type { Role } from '../../contract/permissions.ts'
import { type Db, sql } from '../platform/db.ts'
import { newId } from '../platform/identifiers.ts'
import type { Hold } from './rules/when-to-send.ts'
import type { NoticeRow } from './store.ts'

/** A notice on its way out, with what decides about its way. */
export interface LeavingNotice extends NoticeRow {
  person_id: string
  person_name: string
  organisation_id: string
  cause: string
  /** Null where the person has no open account. */
  role: Role | null
  zone: string | null
  calendar_id: string | null
  quiet_from: string | null
  quiet_until: string | null
  ways: Ways | null
  delegate_id: string | null
  subject_muted: boolean
}

/** Takes notices out of the outbox; each is taken by one node. */
export async function takeLeaving(db: Db, limit: number): Promise<LeavingNotice[]> {
  const { rows } = await sql<LeavingNotice>`
    with taken as (
      delete from notice_outbox where notification_id = any(array(select notification_id from notice_outbox order by notification_id limit ${limit} for update skip locked)) returning notification_id)
    select n.id, n.at, n.read_at, n.kind, n.code, n.params, n.subject_kind, n.subject_id, n.person_id, n.cause, p.name as person_name, p.organisation_id,
      a.role, a.zone, s.calendar_id, s.quiet_from, s.quiet_until, s.ways,
      case when s.absent_from <= n.at and n.at < s.absent_until then s.delegate_id end as delegate_id,
      exists (select 1 from muted_subjects m where m.person_id = n.person_id and m.subject_id = n.subject_id) as subject_muted
    from notifications n join persons p on p.id = n.person_id
    left join accounts a on a.person_id = n.person_id and a.disabled_at is null and p.active
    left join notification_settings s on s.person_id = n.person_id where n.id = any(array(select notification_id from taken)) order by n.at, n.id`.execute(
    db,
  )
  return rows
}

export async function silence(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length > 0)
    await sql`update notifications set muted = true, read_at = coalesce(read_at, now()) where id = any(${ids}::uuid[])`.execute(
      db,
    )
}

export interface BatchWanted {
  organisation: string
  /** Null for the channel of a team or of the organisation. */
  person: string | null
  /** Null: by mail. */
  channel: string | null
  hold: Hold
  sendAt: string
}

/** The open batch of a person and way, made where there is none; it goes at the earlier of both moments. A batch that is being sent takes nobody in. */
export async function openBatch(
  db: Db,
  wanted: BatchWanted,
): Promise<{ id: string; fresh: boolean; send_at: string; mail_id: string | null }> {
  const conflict =
    wanted.channel === null
      ? sql`(person_id, hold) where state = 'open' and channel_id is null`
      : sql`(channel_id, hold) where state = 'open' and channel_id is not null`
  const { rows } = await sql<{ id: string; fresh: boolean; send_at: string; mail_id: string | null }>`
    insert into notice_batches (id, organisation_id, person_id, channel_id, hold, send_at)
    values (${newId()}, ${wanted.organisation}, ${wanted.person}, ${wanted.channel}, ${wanted.hold}, ${wanted.sendAt}::timestamptz)
    on conflict ${conflict} do update set send_at = least(notice_batches.send_at, excluded.send_at)
    returning id, xmax = 0 as fresh, send_at, mail_id`.execute(db)
  return rows[0]!
}

export async function enterBatch(db: Db, batch: string, notices: readonly string[]): Promise<void> {
  await sql`insert into notice_batch_entries (batch_id, notification_id) select ${batch}, unnest(${notices}::uuid[]) on conflict do nothing`.execute(
    db,
  )
}

export async function nameMail(db: Db, batch: string, mail: string): Promise<void> {
  await sql`update notice_batches set mail_id = ${mail} where id = ${batch}`.execute(db)
}

/** Closes a batch: nothing joins it any more, however often it is composed. */
export async function closeBatch(
  db: Db,
  batch: string,
  state: 'closed' | 'sent' | 'skipped' | 'failed' = 'closed',
): Promise<void> {
  await sql`update notice_batches set state = ${state}, done_at = case when ${state} = 'closed' then null else now() end where id = ${batch}`.execute(
    db,
  )
}

export async function noticesOfBatch(
  db: Db,
  batch: string,
): Promise<(NoticeRow & { person_id: string; muted: boolean })[]> {
  const { rows } = await sql<NoticeRow & { person_id: string; muted: boolean }>`
    select n.id, n.at, n.read_at, n.kind, n.code, n.params, n.subject_kind, n.subject_id, n.person_id, n.muted
    from notice_batch_entries e join notifications n on n.id = e.notification_id where e.batch_id = ${batch} order by n.at, n.id`.execute(
    db,
  )
  return rows
}
