import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'
import type { Sentence } from '../platform/sentences.ts'

export interface BackupRow {
  id: string
  organisation_id: string
  path: string
  planned_for: string | null
  state: 'waiting' | 'running' | 'done' | 'failed'
  asked_by: string
  created_at: string
  taken_at: string | null
  finished_at: string | null
  seconds: number | null
  bytes: number | null
  rows: number | null
  files: number | null
  missing_files: number | null
  error: Sentence | null
  removed_at: string | null
}
export interface TestRow {
  id: string
  organisation_id: string
  backup_id: string
  state: 'waiting' | 'running' | 'passed' | 'failed'
  asked_by: string
  commitment_id: string | null
  created_at: string
  finished_at: string | null
  seconds: number | null
  tables: number | null
  rows: number | null
  error: Sentence | null
}

export async function backupPage(db: Db, organisation: string, limit: number, after: string | undefined) {
  const from = readCursor(after, 2)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const { rows } = await sql<BackupRow & { test: TestRow | null }>`
    select b.*, (select to_jsonb(t) from restore_tests t where t.backup_id = b.id order by t.id desc limit 1) as test from backups b
    where b.organisation_id = ${organisation} ${from === null ? sql`` : sql`and (b.created_at, b.id) < (${from[0]}::timestamptz, ${from[1]}::uuid)`}
    order by b.created_at desc, b.id desc limit ${limit + 1}`.execute(db)
  const last = rows[limit - 1]
  return {
    rows: rows.slice(0, limit),
    next: rows.length > limit && last !== undefined ? cursorOf([last.created_at, last.id]) : null,
  }
}

export const backupById = async (db: Db, id: string): Promise<(BackupRow & { test: TestRow | null }) | undefined> =>
  (
    await sql<BackupRow & { test: TestRow | null }>`
      select b.*, (select to_jsonb(t) from restore_tests t where t.backup_id = b.id order by t.id desc limit 1) as test from backups b where b.id = ${id}`.execute(
      db,
    )
  ).rows[0]

/** False where the moment is taken: another node was first. */
export async function insertBackup(
  db: Db,
  b: Pick<BackupRow, 'id' | 'organisation_id' | 'path' | 'planned_for' | 'asked_by'>,
): Promise<boolean> {
  const { rows } = await sql`
    insert into backups (id, organisation_id, path, planned_for, asked_by) values (${b.id}, ${b.organisation_id}, ${b.path}, ${b.planned_for}, ${b.asked_by})
    on conflict (planned_for) do nothing returning 1`.execute(db)
  return rows.length > 0
}

/** Moves a backup on if it is where it was expected. */
export async function beginBackup(db: Db, id: string): Promise<BackupRow | undefined> {
  const { rows } =
    await sql<BackupRow>`update backups set state = 'running' where id = ${id} and state in ('waiting', 'running') returning *`.execute(
      db,
    )
  return rows[0]
}
export async function finishBackup(
  db: Db,
  id: string,
  to:
    | { taken_at: string; seconds: number; bytes: number; rows: number; files: number; missing_files: number }
    | { error: Sentence },
): Promise<void> {
  if ('error' in to)
    await sql`update backups set state = 'failed', finished_at = now(), error = ${JSON.stringify(to.error)}::jsonb where id = ${id}`.execute(
      db,
    )
  else
    await sql`
      update backups set state = 'done', finished_at = now(), taken_at = ${to.taken_at}, seconds = ${to.seconds}, bytes = ${to.bytes}, rows = ${to.rows},
        files = ${to.files}, missing_files = ${to.missing_files} where id = ${id}`.execute(db)
}

export const keptBackups = async (db: Db, organisation: string): Promise<BackupRow[]> =>
  (
    await sql<BackupRow>`select * from backups where organisation_id = ${organisation} and state = 'done' and removed_at is null order by taken_at desc`.execute(
      db,
    )
  ).rows
export async function markRemoved(db: Db, ids: readonly string[]): Promise<void> {
  await sql`update backups set removed_at = now() where id = any(${ids}::uuid[])`.execute(db)
}

export async function insertTest(
  db: Db,
  t: Pick<TestRow, 'id' | 'organisation_id' | 'backup_id' | 'asked_by' | 'commitment_id'>,
): Promise<void> {
  await sql`
    insert into restore_tests (id, organisation_id, backup_id, asked_by, commitment_id) values (${t.id}, ${t.organisation_id}, ${t.backup_id}, ${t.asked_by}, ${t.commitment_id})`.execute(
    db,
  )
}
export async function beginTest(db: Db, id: string): Promise<TestRow | undefined> {
  const { rows } =
    await sql<TestRow>`update restore_tests set state = 'running' where id = ${id} and state in ('waiting', 'running') returning *`.execute(
      db,
    )
  return rows[0]
}
export async function finishTest(
  db: Db,
  id: string,
  to: { seconds: number; tables: number; rows: number } | { error: Sentence },
): Promise<void> {
  if ('error' in to)
    await sql`update restore_tests set state = 'failed', finished_at = now(), error = ${JSON.stringify(to.error)}::jsonb where id = ${id}`.execute(
      db,
    )
  else
    await sql`update restore_tests set state = 'passed', finished_at = now(), seconds = ${to.seconds}, tables = ${to.tables}, rows = ${to.rows} where id = ${id}`.execute(
      db,
    )
}

/** When the last backup was taken and the last test asked for, and whether one is under way. */
export async function standing(
  db: Db,
): Promise<{ takenAt: string | null; testedAt: string | null; passed: boolean | null; lastFailed: boolean }> {
  const { rows } = await sql<{ taken: string | null; tested: string | null; passed: boolean | null; failed: boolean }>`
    select (select max(taken_at) from backups where state = 'done') as taken, t.created_at as tested, t.state = 'passed' as passed,
      coalesce((select state = 'failed' from backups where state in ('done', 'failed') order by created_at desc limit 1), false) as failed
    from (select 1) x left join lateral (select * from restore_tests order by created_at desc limit 1) t on true`.execute(
    db,
  )
  const [row] = rows
  return { takenAt: row!.taken, testedAt: row!.tested, passed: row!.passed, lastFailed: row!.failed }
}

export interface StoredSchedule {
  folder: string
  everyHours: number | null
  keepDays: number
  keepWeeks: number
  keepMonths: number
  testEveryDays: number | null
  testOwner: { kind: 'person' | 'team'; id: string } | null
}
const byDefault: StoredSchedule = {
  folder: '',
  everyHours: null,
  keepDays: 7,
  keepWeeks: 4,
  keepMonths: 6,
  testEveryDays: null,
  testOwner: null,
}

export async function scheduleOf(db: Db, lock = false): Promise<StoredSchedule & { version: number }> {
  const { rows } = await sql<{
    version: number
    value: StoredSchedule
  }>`select version, value from settings where name = 'backups' ${lock ? sql`for update` : sql``}`.execute(db)
  return { ...byDefault, ...rows[0]?.value, version: rows[0]?.version ?? 0 }
}
export async function saveSchedule(db: Db, value: StoredSchedule): Promise<void> {
  await sql`
    insert into settings (name, value) values ('backups', ${JSON.stringify(value)}::jsonb)
    on conflict (name) do update set value = excluded.value, version = settings.version + 1`.execute(db)
}
