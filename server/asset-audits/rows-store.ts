import type { RawBuilder } from 'kysely'
import type { Bucket, Remedy } from '../../contract/asset-audits.ts'
import type { AssetState, HolderKind } from '../../contract/assets.ts'
import { nameOfHolder } from '../assets/public.ts'
import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'
import type { StoredAudit } from './audits-store.ts'
import { standings } from './rules/buckets.ts'

/** What an audit says of one thing, or of one code that nobody knows. */
export interface RowColumns {
  asset_id: string | null
  code_key: string | null
  label: string
  bucket: Bucket
  because: 'class' | 'state' | 'moved' | 'handed_out' | null
  expected: boolean
  recorded_state: AssetState | null
  recorded_location_id: string | null
  recorded_holder_kind: HolderKind | null
  recorded_holder_id: string | null
  scan_id: string | null
  scanned_at: string | null
  scans: number
  late_scans: number
  meanwhile: { at: string; by: string; what: string; to: string }[]
}
export interface StoredRow extends RowColumns {
  id: string
  audit_id: string
  remedy: Remedy | null
  remedy_reason: string
  undo: Record<string, unknown> | null
  settled_at: string | null
  settled_by_name: string | null
  commitment_id: string | null
}

const inStates = (standing: 'at_hand' | 'away' | 'gone') =>
  Object.entries(standings).flatMap(([state, one]) => (one === standing ? [state] : []))

/** Condition over an `assets a`: by the register it belongs to what is audited. */
const belongs = (u: StoredAudit): RawBuilder<boolean> => {
  switch (u.scope_kind) {
    case 'everything':
      return sql<boolean>`true`
    case 'location':
      return sql<boolean>`a.location_id = any(array(select l.id from locations l where l.organisation_id = ${u.organisation_id} and l.path like ${`${u.scope_path ?? '/'}%`}))`
    case 'person':
      return sql<boolean>`(a.holder_kind = 'person' and a.holder_id = ${u.scope_id})`
    case 'category':
      return sql<boolean>`a.category_id = ${u.scope_id}`
  }
}

/** Freezes what is expected, and what of it is left out, with one statement; answers how many of each. The rule is rules/buckets.ts, which a test holds this against. */
export async function freezeExpected(db: Db, u: StoredAudit): Promise<{ missing: number; excluded: number }> {
  const { rows } = await sql<{ missing: number; excluded: number }>`
    with listed as (
      insert into asset_audit_rows (audit_id, asset_id, label, bucket, because, expected, recorded_state, recorded_location_id, recorded_holder_kind, recorded_holder_id)
      select ${u.id}, a.id, a.tag, case when x.because is null then 'missing' else 'excluded' end, x.because, x.because is null, a.state, a.location_id, a.holder_kind, a.holder_id
      from assets a join asset_categories c on c.id = a.category_id
        cross join lateral (select case when c.class <> all(${u.classes}) then 'class' when a.state <> all(${inStates('at_hand')}) then 'state' end as because) x
      where a.organisation_id = ${u.organisation_id} and ${belongs(u)} and a.state <> 'disposed'
      returning bucket
    ) select count(*) filter (where bucket = 'missing') as missing, count(*) filter (where bucket = 'excluded') as excluded from listed`.execute(
    db,
  )
  return rows[0]!
}

/** The rows of these things and codes, as far as there are any. */
export async function rowsOf(
  db: Db,
  audit: string,
  assets: readonly string[],
  codes: readonly string[],
): Promise<StoredRow[]> {
  return (
    await sql<StoredRow>`
      select * from asset_audit_rows where audit_id = ${audit} and asset_id = any(${assets}::uuid[])
      union all select * from asset_audit_rows where audit_id = ${audit} and asset_id is null and code_key = any(${codes}::text[])`.execute(
      db,
    )
  ).rows
}

export async function rowsById(db: Db, audit: string, ids: readonly string[]): Promise<StoredRow[]> {
  return (
    await sql<StoredRow>`select * from asset_audit_rows where audit_id = ${audit} and id = any(${ids}::uuid[]) order by id for update`.execute(
      db,
    )
  ).rows
}

/** Rows of things that somebody changed since scanning began, so many at a time in order of their id. */
export async function rowsTouched(
  db: Db,
  audit: string,
  since: string,
  after: string | null,
  limit: number,
): Promise<StoredRow[]> {
  return (
    await sql<StoredRow>`
      select r.* from asset_audit_rows r join assets a on a.id = r.asset_id where r.audit_id = ${audit} and a.updated_at > ${since}::timestamptz
        ${after === null ? sql`` : sql`and r.id > ${after}::uuid`} order by r.id limit ${limit}`.execute(db)
  ).rows
}

const columnTypes = {
  id: 'uuid',
  asset_id: 'uuid',
  code_key: 'text',
  label: 'text',
  bucket: 'text',
  because: 'text',
  expected: 'boolean',
  recorded_state: 'text',
  recorded_location_id: 'uuid',
  recorded_holder_kind: 'text',
  recorded_holder_id: 'uuid',
  scan_id: 'uuid',
  scanned_at: 'timestamptz',
  scans: 'int',
  late_scans: 'int',
  meanwhile: 'jsonb',
} as const
const names = Object.keys(columnTypes) as (keyof typeof columnTypes)[]
const typed = sql.raw(names.map((name) => `${name} ${columnTypes[name]}`).join(', '))

/** Writes rows, those that are there already anew, with one statement. What was done about them stays. */
export async function writeRows(db: Db, audit: string, rows: readonly (RowColumns & { id: string })[]): Promise<void> {
  if (rows.length === 0) return
  const picked = rows.map((row) => Object.fromEntries(names.map((name) => [name, row[name]])))
  const set = sql.join(names.filter((n) => n !== 'id').map((n) => sql`${sql.ref(n)} = excluded.${sql.ref(n)}`))
  await sql`
    insert into asset_audit_rows (audit_id, ${sql.join(names.map((name) => sql.ref(name)))})
    select ${audit}, ${sql.join(names.map((name) => sql.ref(name)))} from jsonb_to_recordset(${JSON.stringify(picked)}::jsonb) as g(${typed})
    on conflict (id) do update set ${set}`.execute(db)
}

export interface RowFilter {
  bucket?: Bucket | undefined
  settled?: boolean | undefined
}

/** A row with the names around it and the scan that decides. */
export interface ShownRowColumns extends StoredRow {
  tag: string | null
  asset_name: string | null
  category_name: string | null
  location_name: string | null
  holder_name: string | null
  /** The register says something else of its state, its place or its holder now. */
  changed: boolean
  reference: string | null
  code: string | null
  found_location_id: string | null
  found_location_name: string | null
  arrived_at: string | null
  late: boolean | null
  by_name: string | null
  condition: 'good' | 'worn' | 'damaged' | 'incomplete' | null
  note: string | null
  file_id: string | null
}

const shown = sql`
  select r.*, a.tag, case when a.name <> '' then a.name else coalesce(m.name, '') end as asset_name, c.name as category_name, l.full_name as location_name,
    ${nameOfHolder(sql`r.recorded_holder_kind`, sql`r.recorded_holder_id`)} as holder_name,
    a.id is not null and (a.state, a.location_id, a.holder_kind, a.holder_id) is distinct from (r.recorded_state, r.recorded_location_id, r.recorded_holder_kind, r.recorded_holder_id) as changed,
    h.reference, s.code, s.location_id as found_location_id, f.full_name as found_location_name, s.arrived_at, s.late, s.by_name, s.condition, s.note, s.file_id
  from asset_audit_rows r left join assets a on a.id = r.asset_id left join asset_models m on m.id = a.model_id left join asset_categories c on c.id = a.category_id
    left join locations l on l.id = r.recorded_location_id left join asset_audit_scans s on s.audit_id = r.audit_id and s.id = r.scan_id left join locations f on f.id = s.location_id
    left join commitments_by_hand h on h.commitment_id = r.commitment_id`

const chosen = (audit: string, f: RowFilter): RawBuilder<unknown> =>
  sql`r.audit_id = ${audit} ${f.bucket === undefined ? sql`` : sql`and r.bucket = ${f.bucket}`}
    ${f.settled === undefined ? sql`` : f.settled ? sql`and r.remedy is not null` : sql`and r.remedy is null and r.bucket <> 'excluded'`}`

export async function rowPage(
  db: Db,
  audit: string,
  f: RowFilter,
  limit: number,
  after: string | undefined,
): Promise<{ rows: ShownRowColumns[]; next: string | null }> {
  const from = readCursor(after, 4)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const beyond =
    from === null
      ? sql``
      : sql`and (r.bucket, length(r.label), upper(r.label), r.id) > (${from[0]}, ${from[1]}::int, ${from[2]}, ${from[3]}::uuid)`
  const { rows } = await sql<ShownRowColumns & { label_length: number; upper_label: string }>`
    with page as materialized (select r.id from asset_audit_rows r where ${chosen(audit, f)} ${beyond} order by r.bucket, length(r.label), upper(r.label), r.id limit ${limit + 1})
    select x.*, length(x.label) as label_length, upper(x.label) as upper_label from page join (${shown} where r.audit_id = ${audit}) x on x.id = page.id order by x.bucket, length(x.label), upper(x.label), x.id`.execute(
    db,
  )
  const last = rows[limit - 1]
  return {
    rows: rows.slice(0, limit),
    next:
      rows.length > limit && last !== undefined
        ? cursorOf([last.bucket, last.label_length, last.upper_label, last.id])
        : null,
  }
}

export async function countRows(db: Db, audit: string, f: RowFilter, most: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from (select 1 from asset_audit_rows r where ${chosen(audit, f)} limit ${most}) x`.execute(db)
  return rows[0]!.n
}

export async function shownRowsById(db: Db, audit: string, ids: readonly string[]): Promise<ShownRowColumns[]> {
  return (
    await sql<ShownRowColumns>`${shown} where r.audit_id = ${audit} and r.id = any(${ids}::uuid[]) order by length(r.label), upper(r.label), r.id`.execute(
      db,
    )
  ).rows
}

/** Rows of codes that nobody knows, in order of their id. */
export async function unknownRows(db: Db, audit: string, after: string | null, limit: number): Promise<StoredRow[]> {
  return (
    await sql<StoredRow>`
      select * from asset_audit_rows where audit_id = ${audit} and bucket = 'new' and asset_id is null ${after === null ? sql`` : sql`and id > ${after}::uuid`} order by id limit ${limit}`.execute(
      db,
    )
  ).rows
}

/** Gives the scans of rows to other rows, and drops the first. */
export async function joinRows(db: Db, audit: string, list: readonly { from: string; to: string }[]): Promise<void> {
  if (list.length === 0) return
  await sql`
    with pairs as materialized (select * from jsonb_to_recordset(${JSON.stringify(list)}::jsonb) as g("from" uuid, "to" uuid)),
      moved as (update asset_audit_scans s set row_id = pairs."to" from pairs where s.audit_id = ${audit} and s.row_id = pairs."from")
    delete from asset_audit_rows r using pairs where r.audit_id = ${audit} and r.id = pairs."from"`.execute(db)
}
