import type { RawBuilder } from 'kysely'
import type { AssetClass } from '../../contract/asset-models.ts'
import type { AuditState, Bucket } from '../../contract/asset-audits.ts'
import { may } from '../../contract/permissions.ts'
import type { Actor } from '../platform/ctx.ts'
import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'
import { likeOf } from '../platform/like-of.ts'

export type ScopeKind = 'everything' | 'location' | 'person' | 'category'

/** Columns that an act can change. */
export interface AuditColumns {
  name: string
  note: string
  owner_id: string
  scope_kind: ScopeKind
  scope_id: string | null
  classes: AssetClass[]
  blind: boolean
  planned_on: string
  due_on: string
  interval_months: number | null
}

/** Kept with the rows: how many lie in each bucket, and how many nobody has settled. */
export interface AuditCounts {
  found: number
  elsewhere: number
  missing: number
  fresh: number
  excluded: number
  unsettled: number
  scans: number
  late_scans: number
}

export interface StoredAudit extends AuditColumns, AuditCounts {
  id: string
  version: number
  organisation_id: string
  reference: string
  state: AuditState
  started_at: string | null
  ended_at: string | null
  closed_at: string | null
  closed_by_name: string | null
  owner_name: string
  scope_name: string
  /** Of a place: the ids from the top down to it. */
  scope_path: string | null
}

/** The column that counts a bucket. */
export const counterOf: Record<Bucket, keyof AuditCounts> = {
  found: 'found',
  elsewhere: 'elsewhere',
  missing: 'missing',
  new: 'fresh',
  excluded: 'excluded',
}

const whole = sql`
  select u.*, o.name as owner_name, l.path as scope_path,
    coalesce(case u.scope_kind when 'location' then l.full_name when 'person' then p.name when 'category' then c.name end, '') as scope_name
  from asset_audits u join persons o on o.id = u.owner_id left join locations l on u.scope_kind = 'location' and l.id = u.scope_id
    left join persons p on u.scope_kind = 'person' and p.id = u.scope_id left join asset_categories c on u.scope_kind = 'category' and c.id = u.scope_id`

/** Who sees an audit, as a condition over `asset_audits u`: whoever reads the register. What a blind one expects is another question (rules/audit-states.ts). */
export const visibleAudit = (actor: Actor): RawBuilder<boolean> =>
  may(actor.role, 'assets.read') ? sql<boolean>`(u.organisation_id = ${actor.organisation})` : sql<boolean>`false`

export async function auditById(db: Db, actor: Actor, id: string, lock = false): Promise<StoredAudit | undefined> {
  if (lock)
    await sql`select 1 from asset_audits where id = ${id} and organisation_id = ${actor.organisation} for update`.execute(
      db,
    )
  return (await sql<StoredAudit>`${whole} where u.id = ${id} and ${visibleAudit(actor)}`.execute(db)).rows[0]
}

export interface AuditFilter {
  open?: boolean | undefined
  q?: string | undefined
}

const chosen = (actor: Actor, f: AuditFilter): RawBuilder<unknown> => {
  const like = likeOf(f.q ?? '')
  return sql`${visibleAudit(actor)}
    ${f.open === undefined ? sql`` : f.open ? sql`and u.state in ('planned', 'running', 'review')` : sql`and u.state in ('closed', 'cancelled')`}
    ${f.q === undefined ? sql`` : sql`and (lower(u.name) like ${like} or lower(u.reference) like ${like})`}`
}

export async function auditPage(
  db: Db,
  actor: Actor,
  f: AuditFilter,
  limit: number,
  after: string | undefined,
): Promise<{ rows: StoredAudit[]; next: string | null }> {
  const from = readCursor(after, 2)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const { rows } = await sql<StoredAudit>`
    ${whole} where ${chosen(actor, f)} ${from === null ? sql`` : sql`and (u.planned_on, u.id) < (${from[0]}::date, ${from[1]}::uuid)`}
    order by u.planned_on desc, u.id desc limit ${limit + 1}`.execute(db)
  const last = rows[limit - 1]
  return {
    rows: rows.slice(0, limit),
    next: rows.length > limit && last !== undefined ? cursorOf([last.planned_on, last.id]) : null,
  }
}

export async function countAudits(db: Db, actor: Actor, f: AuditFilter, most: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from (select 1 from asset_audits u where ${chosen(actor, f)} limit ${most}) x`.execute(db)
  return rows[0]!.n
}

export async function insertAudit(db: Db, organisation: string, id: string, a: AuditColumns): Promise<string> {
  const { rows } = await sql<{ reference: string }>`
    insert into asset_audits (id, organisation_id, reference, name, note, owner_id, scope_kind, scope_id, classes, blind, planned_on, due_on, interval_months, state)
    values (${id}, ${organisation}, 'AUD-' || nextval('asset_audit_number'), ${a.name}, ${a.note}, ${a.owner_id}, ${a.scope_kind}, ${a.scope_id}, ${a.classes}, ${a.blind},
      ${a.planned_on}, ${a.due_on}, ${a.interval_months}, 'planned') returning reference`.execute(db)
  return rows[0]!.reference
}

export async function saveAudit(db: Db, id: string, columns: Record<string, unknown>): Promise<void> {
  await db
    .updateTable('asset_audits')
    .set({ ...columns, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .execute()
}

/** Adds to the counters; an audit that is being scanned keeps its version. */
export async function addCounts(db: Db, id: string, change: Partial<AuditCounts>): Promise<void> {
  const set = Object.entries(change).filter(([, n]) => n !== 0)
  if (set.length === 0) return
  await sql`update asset_audits set updated_at = now(), ${sql.join(set.map(([name, n]) => sql`${sql.ref(name)} = ${sql.ref(name)} + ${n}`))} where id = ${id}`.execute(
    db,
  )
}

/** Audits by words of their name or by reference: what a search jumps to. */
export const findAudits = async (db: Db, actor: Actor, q: string, limit: number): Promise<StoredAudit[]> =>
  (await auditPage(db, actor, { q }, limit, undefined)).rows
