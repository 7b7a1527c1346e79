import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'
import { newId } from '../platform/identifiers.ts'

export interface Notice {
  person: string
  kind: string
  /** Key of the sentence and what it is filled with. */
  code: string
  params: Record<string, unknown>
  subject: { kind: string; id: string } | null
  /** A cause notifies a person once, however often it is reported. */
  cause: string
  at: string
}

/** Writes notifications and sends them on their way out of the app; repeats of a cause are dropped. Answers those that are new. */
export async function insertNotices(db: Db, notices: readonly Notice[]): Promise<{ id: string; person_id: string }[]> {
  if (notices.length === 0) return []
  const rows = notices.map((n) => ({
    id: newId(),
    person_id: n.person,
    kind: n.kind,
    code: n.code,
    params: n.params,
    subject_kind: n.subject?.kind ?? null,
    subject_id: n.subject?.id ?? null,
    cause: n.cause,
    at: n.at,
  }))
  const { rows: written } = await sql<{ id: string; person_id: string }>`
    with written as (
      insert into notifications (id, person_id, kind, code, params, subject_kind, subject_id, cause, at)
      select id, person_id, kind, code, params, subject_kind, subject_id, cause, at
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(id uuid, person_id uuid, kind text, code text, params jsonb, subject_kind text, subject_id uuid, cause text, at timestamptz)
      on conflict (person_id, cause) do nothing returning id, person_id
    ), leaving as (insert into notice_outbox (notification_id) select id from written)
    select id, person_id from written`.execute(db)
  return written
}

export interface NoticeRow {
  id: string
  at: string
  read_at: string | null
  kind: string
  code: string
  params: Record<string, unknown>
  subject_kind: string | null
  subject_id: string | null
}

export async function noticePage(db: Db, person: string, unread: boolean, limit: number, after: string | undefined) {
  const from = readCursor(after, 2)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const { rows } = await sql<NoticeRow>`
    select id, at, read_at, kind, code, params, subject_kind, subject_id from notifications
    where person_id = ${person} ${unread ? sql`and read_at is null` : sql``} ${from === null ? sql`` : sql`and (at, id) < (${from[0]}::timestamptz, ${from[1]}::uuid)`}
    order by at desc, id desc limit ${limit + 1}`.execute(db)
  const last = rows[limit - 1]
  return {
    rows: rows.slice(0, limit),
    next: rows.length > limit && last !== undefined ? cursorOf([last.at, last.id]) : null,
  }
}

export async function markRead(db: Db, person: string, ids: readonly string[] | undefined): Promise<number> {
  const { rows } =
    await sql`update notifications set read_at = now() where person_id = ${person} and read_at is null ${ids === undefined ? sql`` : sql`and id = any(${ids}::uuid[])`} returning 1`.execute(
      db,
    )
  return rows.length
}

export const unreadCount = async (db: Db, person: string): Promise<number> =>
  (
    await sql<{
      n: number
    }>`select count(*) as n from (select 1 from notifications where person_id = ${person} and read_at is null limit 100) x`.execute(
      db,
    )
  ).rows[0]!.n
