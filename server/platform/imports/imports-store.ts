import type { ImportCounts } from '../../../contract/imports.ts'
import type { Actor } from '../ctx.ts'
import { type Db, sql } from '../db.ts'
import type { Sentence } from '../sentences.ts'
import type { DateOrder } from './dates.ts'
import type { ReportTable, RowVerdict } from './source.ts'
import { storable, storableJson } from '../rules/storable-text.ts'

export interface ImportOptions {
  zone: string
  asOf: string | null
  shift: boolean
  mapping: Record<string, string>
  /** Named only where they were given, so that the same options are the same text. */
  dateOrder?: DateOrder
  currency?: string
  sheet?: string
}
export type Tallies = Record<string, Record<string, number>>

export interface StoredImport {
  id: string
  organisation_id: string
  source: string
  file_name: string
  file_sha256: Buffer
  options: ImportOptions
  dry_run: boolean
  status: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
  phase: string
  error: Sentence | null
  progress: number
  counts: ImportCounts
  tallies: Tallies
  subjects_done: number
  sniffed: {
    encoding: string
    delimiter: string
    lineEnds: string
    sheet?: string | null
    headers: { header: string; field: string | null }[]
    problems: Sentence[]
  } | null
  report: ReportTable[]
  shift_weeks: number
  actor: Pick<Actor, 'kind' | 'id' | 'name'>
  created_at: string
  started_at: string | null
  finished_at: string | null
}

export const noCounts: ImportCounts = {
  rows: 0,
  incidents: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  rejected: 0,
  warnings: 0,
}

const json = (value: unknown) => sql`${storableJson(value)}::jsonb`

/** Written with `status` waiting; a job or the command line takes it from there. */
export async function insertImport(
  db: Db,
  i: Pick<
    StoredImport,
    'id' | 'organisation_id' | 'source' | 'file_name' | 'file_sha256' | 'options' | 'dry_run' | 'shift_weeks' | 'actor'
  >,
): Promise<void> {
  await sql`insert into imports (id, organisation_id, source, file_name, file_sha256, options, dry_run, status, phase, counts, shift_weeks, actor)
    values (${i.id}, ${i.organisation_id}, ${i.source}, ${i.file_name}, ${i.file_sha256}, ${json(i.options)}, ${i.dry_run}, 'waiting', 'imports.phase.waiting', ${json(noCounts)}, ${i.shift_weeks}, ${json(i.actor)})`.execute(
    db,
  )
}

export const importById = async (db: Db, id: string, lock = false): Promise<StoredImport | undefined> =>
  (await sql<StoredImport>`select * from imports where id = ${id} ${lock ? sql`for update` : sql``}`.execute(db))
    .rows[0]

/** The newest import of the same file with the same options, if there is one. `dryRun` undefined: of either kind. */
export async function sameImport(
  db: Db,
  i: { organisation: string; source: string; sha256: Buffer; options: ImportOptions; dryRun?: boolean },
): Promise<StoredImport | undefined> {
  const { rows } =
    await sql<StoredImport>`select * from imports where organisation_id = ${i.organisation} and source = ${i.source} and file_sha256 = ${i.sha256}
    and options = ${json(i.options)} ${i.dryRun === undefined ? sql`` : sql`and dry_run = ${i.dryRun}`} order by created_at desc, id desc limit 1`.execute(
      db,
    )
  return rows[0]
}

/** The shift of an earlier import that wrote records from the same file, whatever its as-of: one file keeps one time line. */
export async function shiftOfFile(
  db: Db,
  i: { organisation: string; source: string; sha256: Buffer },
): Promise<number | null> {
  const { rows } = await sql<{
    shift_weeks: number
  }>`select shift_weeks from imports where organisation_id = ${i.organisation} and source = ${i.source} and file_sha256 = ${i.sha256}
    and (options->>'shift')::boolean and not dry_run order by created_at limit 1`.execute(db)
  return rows[0]?.shift_weeks ?? null
}

export async function unfinishedImports(db: Db): Promise<{ id: string }[]> {
  return (
    await sql<{
      id: string
    }>`select id from imports where status in ('waiting', 'running') order by created_at`.execute(db)
  ).rows
}

/** Saves what stands about an import, unless it has been taken away meanwhile (cancelled): then answers false. */
export async function saveProgress(
  db: Db,
  id: string,
  saved: Partial<Pick<StoredImport, 'phase' | 'progress' | 'counts' | 'tallies' | 'sniffed' | 'subjects_done'>>,
  expected?: { subjectsDone: number },
): Promise<boolean> {
  const values = Object.fromEntries(
    Object.entries(saved).map(([column, value]) => [column, typeof value === 'object' ? json(value) : value]),
  )
  const result = await db
    .updateTable('imports')
    .set(values)
    .where('id', '=', id)
    .where('status', '=', 'running')
    .$if(expected !== undefined, (q) => q.where('subjects_done', '=', expected!.subjectsDone))
    .executeTakeFirst()
  return Number(result.numUpdatedRows) === 1
}

/** Moves an import from one of the states to another; answers whether it was in one. */
export async function moveImport(
  db: Db,
  id: string,
  from: StoredImport['status'][],
  to: {
    status: StoredImport['status']
    phase: string
    error?: Sentence | null
    report?: ReportTable[]
    progress?: number
  },
): Promise<boolean> {
  const { rows } =
    await sql`update imports set status = ${to.status}, phase = ${to.phase}, error = ${to.error == null ? null : json(to.error)},
    report = ${to.report === undefined ? sql`report` : json(to.report)}, progress = ${to.progress ?? sql`progress`},
    started_at = case when ${to.status === 'running'} then coalesce(started_at, date_trunc('second', now())) else started_at end,
    finished_at = case when ${['done', 'failed', 'cancelled'].includes(to.status)} then now() end
    where id = ${id} and status = any(${from}) returning 1`.execute(db)
  return rows.length === 1
}

/** Writes verdicts in one statement; a row that has one already keeps it. Answers how many of the rejected were new. */
export async function writeVerdicts(db: Db, id: string, verdicts: readonly RowVerdict[]): Promise<number> {
  if (verdicts.length === 0) return 0
  const { rows } = await sql<{ rejected: number }>`
    with written as (
      insert into import_rows (import_id, row, key, verdict, messages)
      select ${id}, g.row, g.key, g.verdict, g.messages from unnest(${verdicts.map((v) => v.row)}::int[], ${verdicts.map((v) => storable(v.key))}::text[],
        ${verdicts.map((v) => v.verdict)}::text[], ${verdicts.map((v) => storableJson(v.messages))}::jsonb[]) as g(row, key, verdict, messages)
      on conflict do nothing returning verdict)
    select count(*) filter (where verdict = 'rejected')::int as rejected from written`.execute(db)
  return rows[0]!.rejected
}

export async function savedMapping(db: Db, source: string, hash: Buffer): Promise<Record<string, string> | null> {
  const { rows } = await sql<{
    mapping: Record<string, string>
  }>`select mapping from import_mappings where source = ${source} and headers_hash = ${hash}`.execute(db)
  return rows[0]?.mapping ?? null
}

export async function saveMapping(
  db: Db,
  source: string,
  hash: Buffer,
  mapping: Record<string, string>,
): Promise<void> {
  await sql`insert into import_mappings (source, headers_hash, mapping) values (${source}, ${hash}, ${json(mapping)})
    on conflict (source, headers_hash) do update set mapping = excluded.mapping`.execute(db)
}
