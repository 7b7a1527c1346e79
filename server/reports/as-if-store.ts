import type { Target } from '../../contract/service-levels.ts'
import { type Db, sql } from '../platform/db.ts'

export interface AsIfRow {
  id: string
  service_level_id: string
  level_name: string
  organisation_id: string
  revision: number | null
  planned: { calendar: string; targets: Target[] } | null
  from_date: string
  to_date: string
  started_by: string
  started_by_name: string
  created_at: string
  finished_at: string | null
  failed: string | null
  total: number | null
  /** The last commitment that is in the sums. */
  judged_to: string | null
  done: number
  kept_before: number
  missed_before: number
  kept: number
  missed: number
  differing: [string, boolean][]
}

const whole = sql`select r.*, s.name as level_name from as_if_runs r join service_levels s on s.id = r.service_level_id`

export async function insertRun(
  db: Db,
  r: Pick<
    AsIfRow,
    | 'id'
    | 'organisation_id'
    | 'service_level_id'
    | 'revision'
    | 'planned'
    | 'from_date'
    | 'to_date'
    | 'started_by'
    | 'started_by_name'
  >,
): Promise<void> {
  await sql`
    insert into as_if_runs (id, organisation_id, service_level_id, revision, planned, from_date, to_date, started_by, started_by_name)
    values (${r.id}, ${r.organisation_id}, ${r.service_level_id}, ${r.revision}, ${r.planned === null ? null : JSON.stringify(r.planned)}::jsonb, ${r.from_date}, ${r.to_date}, ${r.started_by}, ${r.started_by_name})`.execute(
    db,
  )
}

export const runById = async (db: Db, id: string): Promise<AsIfRow | undefined> =>
  (await sql<AsIfRow>`${whole} where r.id = ${id}`.execute(db)).rows[0]

export const recentRuns = async (db: Db, organisation: string, level: string | undefined): Promise<AsIfRow[]> =>
  (
    await sql<AsIfRow>`${whole} where r.organisation_id = ${organisation} ${level === undefined ? sql`` : sql`and r.service_level_id = ${level}`} order by r.created_at desc, r.id desc limit 20`.execute(
      db,
    )
  ).rows

/** A run begins: nothing is counted yet. */
export async function beginRun(db: Db, id: string, total: number): Promise<void> {
  await sql`
    update as_if_runs set total = ${total} where id = ${id}`.execute(db)
}

export interface Tally {
  done: number
  keptBefore: number
  missedBefore: number
  kept: number
  missed: number
  differing: [string, boolean][]
}

/** `to`: the last commitment of the tally. Written in one statement with the sums, so that nothing is counted twice. */
export async function addToRun(db: Db, id: string, t: Tally, to: string, most: number): Promise<void> {
  await sql`
    update as_if_runs set judged_to = ${to}, done = done + ${t.done}, kept_before = kept_before + ${t.keptBefore}, missed_before = missed_before + ${t.missedBefore}, kept = kept + ${t.kept}, missed = missed + ${t.missed},
      differing = case when jsonb_array_length(differing) < ${most} then differing || ${JSON.stringify(t.differing)}::jsonb else differing end where id = ${id}`.execute(
    db,
  )
}

export async function endRun(db: Db, id: string, failed: string | null): Promise<void> {
  await sql`update as_if_runs set finished_at = now(), failed = ${failed} where id = ${id}`.execute(db)
}

/** Promises of a level in a period that count, but for confidential tickets, whose number whoever reads a run may not know. Vendors' run on the vendors' own hours and are left out. */
export async function factsOfLevel(
  db: Db,
  r: Pick<AsIfRow, 'service_level_id' | 'from_date' | 'to_date'>,
): Promise<{ commitment_id: string; missed: boolean }[]> {
  const { rows } = await sql<{ commitment_id: string; missed: boolean }>`
    select commitment_id, missed from promise_facts where level_id = ${r.service_level_id} and week between ${r.from_date}::date and ${r.to_date}::date and kind <> 'vendor' and not confidential order by commitment_id`.execute(
    db,
  )
  return rows
}
