import type { Ways } from '../../contract/notifications.ts'
import type { Role } from '../../contract/permissions.ts'
import { type Db, sql } from '../platform/db.ts'

export interface StoredSettings {
  person_id: string
  version: number
  calendar_id: string | null
  quiet_from: string | null
  quiet_until: string | null
  digest: string | null
  ways: Ways
  absent_from: string | null
  absent_until: string | null
  delegate_id: string | null
  delegate_name: string | null
}

export async function settingsOf(db: Db, person: string, lock = false): Promise<StoredSettings> {
  await sql`insert into notification_settings (person_id) values (${person}) on conflict do nothing`.execute(db)
  if (lock) await sql`select 1 from notification_settings where person_id = ${person} for update`.execute(db)
  const { rows } = await sql<StoredSettings>`
    select s.person_id, s.version, s.calendar_id, s.quiet_from, s.quiet_until, s.digest, s.ways, s.absent_from, s.absent_until, s.delegate_id, d.name as delegate_name
    from notification_settings s left join persons d on d.id = s.delegate_id where s.person_id = ${person}`.execute(db)
  return rows[0]!
}

export type SettingsColumns = Omit<StoredSettings, 'person_id' | 'version' | 'delegate_name'>

/** Saves them all; the next digest is computed anew. */
export async function saveSettings(db: Db, person: string, s: SettingsColumns): Promise<void> {
  await sql`
    update notification_settings set version = version + 1, calendar_id = ${s.calendar_id}, quiet_from = ${s.quiet_from}, quiet_until = ${s.quiet_until}, digest = ${s.digest},
      ways = ${JSON.stringify(s.ways)}::jsonb, absent_from = ${s.absent_from}::timestamptz, absent_until = ${s.absent_until}::timestamptz, delegate_id = ${s.delegate_id}, next_digest_at = '-infinity'
    where person_id = ${person}`.execute(db)
}

/** Mutes a record; answers whether it was heard before. */
export async function muteSubject(db: Db, person: string, subject: { kind: string; id: string }): Promise<boolean> {
  const { rows } =
    await sql`insert into muted_subjects (person_id, subject_kind, subject_id) values (${person}, ${subject.kind}, ${subject.id}) on conflict do nothing returning 1`.execute(
      db,
    )
  return rows.length > 0
}

export async function unmuteSubject(db: Db, person: string, id: string): Promise<{ kind: string } | undefined> {
  const { rows } = await sql<{ kind: string }>`
    delete from muted_subjects where person_id = ${person} and subject_id = ${id} returning subject_kind as kind`.execute(
    db,
  )
  return rows[0]
}

export async function mutedBy(db: Db, person: string): Promise<{ kind: string; id: string }[]> {
  const { rows } = await sql<{ kind: string; id: string }>`
    select subject_kind as kind, subject_id as id from muted_subjects where person_id = ${person} order by at desc limit 200`.execute(
    db,
  )
  return rows
}

export interface DigestDue {
  person_id: string
  organisation_id: string
  role: Role
  zone: string | null
  calendar_id: string | null
  digest: string | null
  next_digest_at: string
  absent: boolean
}

/** Everybody with an open account has settings, so that everybody's next digest is in the index. */
export async function completeSettings(db: Db): Promise<void> {
  await sql`
    insert into notification_settings (person_id) select a.person_id from accounts a
    where a.disabled_at is null and not exists (select 1 from notification_settings s where s.person_id = a.person_id) on conflict do nothing`.execute(
    db,
  )
}

/** Persons whose digest is due, each for one node. */
export async function takeDigests(db: Db, now: string, limit: number): Promise<DigestDue[]> {
  const { rows } = await sql<DigestDue>`
    select s.person_id, p.organisation_id, a.role, a.zone, s.calendar_id, s.digest, s.next_digest_at,
      coalesce(s.absent_from <= ${now}::timestamptz and s.absent_until > ${now}::timestamptz, false) as absent
    from notification_settings s join persons p on p.id = s.person_id join accounts a on a.person_id = s.person_id
    where s.next_digest_at <= ${now}::timestamptz and a.disabled_at is null and p.active order by s.next_digest_at limit ${limit} for update of s skip locked`.execute(
    db,
  )
  return rows
}

export async function saveNextDigest(db: Db, person: string, next: string | null): Promise<void> {
  await sql`update notification_settings set next_digest_at = coalesce(${next}::timestamptz, 'infinity') where person_id = ${person}`.execute(
    db,
  )
}
