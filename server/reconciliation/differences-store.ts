import type { RawBuilder } from 'kysely'
import type { DifferenceKind, Remedy } from '../../contract/reconciliation.ts'
import { may } from '../../contract/permissions.ts'
import type { Actor } from '../platform/ctx.ts'
import { type Db, sql } from '../platform/db.ts'
import type { Found } from './rules/facts.ts'

export interface StoredDifference {
  id: string
  version: number
  organisation_id: string
  kind: DifferenceKind
  subject_id: string
  detail: string
  asset_id: string | null
  asset_tag: string | null
  asset_name: string | null
  device_id: string | null
  device_name: string | null
  category_id: string | null
  category_name: string | null
  location_id: string | null
  location_name: string | null
  severity: number
  state: 'open' | 'left' | 'closed'
  register: Found['register']
  seen: Found['seen']
  remedy: Remedy | null
  remedy_with: Record<string, string>
  since: string
  opened_at: string
  closed_at: string | null
  closed_how: 'facts' | 'mended' | 'off' | null
  closed_by_name: string | null
  left_until: string | null
  left_reason: string | null
  left_by_name: string | null
  left_at: string | null
  rule_failed: { code: string; params: Record<string, unknown> } | null
  undo: { remedy: Remedy; [what: string]: unknown } | null
}

/** Who sees a difference, as a condition over `differences f`: whoever reads the register and what agents see. */
export const visibleDifference = (actor: Actor): RawBuilder<boolean> =>
  may(actor.role, 'assets.read') && may(actor.role, 'discovery.read')
    ? sql<boolean>`(f.organisation_id = ${actor.organisation})`
    : sql<boolean>`false`

/** The columns of a whole difference, for those that `from` picks as `f`. */
export const wholeDifference = (from: RawBuilder<unknown>) => sql`
  select f.*, a.tag as asset_tag, case when a.name <> '' then a.name else coalesce(m.name, '') end as asset_name, d.name as device_name, c.name as category_name, l.full_name as location_name
  from ${from} f left join assets a on a.id = f.asset_id left join asset_models m on m.id = a.model_id left join devices d on d.id = f.device_id
    left join asset_categories c on c.id = f.category_id left join locations l on l.id = f.location_id`

export async function differencesByIds(
  db: Db,
  actor: Actor,
  ids: readonly string[],
  lock = false,
): Promise<StoredDifference[]> {
  if (lock) await sql`select 1 from differences where id = any(${ids}::uuid[]) order by id for update`.execute(db)
  const { rows } = await sql<StoredDifference>`
    ${wholeDifference(sql`differences`)} where f.id = any(${ids}::uuid[]) and ${visibleDifference(actor)} order by array_position(${ids}::uuid[], f.id)`.execute(
    db,
  )
  return rows
}

export type OnFile = Pick<
  StoredDifference,
  | 'id'
  | 'kind'
  | 'detail'
  | 'state'
  | 'severity'
  | 'register'
  | 'seen'
  | 'remedy'
  | 'left_until'
  | 'subject_id'
  | 'asset_id'
  | 'device_id'
  | 'category_id'
  | 'location_id'
  | 'opened_at'
>

/** All that is on file of subjects, held for this transaction. */
export const onFileOf = async (tx: Db, subjects: readonly string[]): Promise<OnFile[]> =>
  (
    await sql<OnFile>`
      select id, kind, detail, state, severity, register, seen, remedy, left_until, subject_id, asset_id, device_id, category_id, location_id, opened_at
      from differences where subject_id = any(${subjects}::uuid[]) order by id for update`.execute(tx)
  ).rows

/** Assets whose differences speak of one of these, or of a device that is theirs no more. */
export const aroundSubjects = async (
  db: Db,
  assets: readonly string[],
  devices: readonly string[],
): Promise<{ kind: 'asset' | 'device'; id: string }[]> =>
  (
    await sql<{ kind: 'asset' | 'device'; id: string }>`
      select case when asset_id is null then 'device' else 'asset' end as kind, subject_id as id from differences
      where state <> 'closed' and (other_asset_id = any(${assets}::uuid[]) or device_id = any(${devices}::uuid[]))`.execute(
      db,
    )
  ).rows

export interface Bearer {
  id: string
  tag: string
  serial: string
  state: string
  isSeen: boolean
}

/** Which asset bears each serial number, as it is compared, and whether a device is that asset. */
export async function bearersOf(
  db: Db,
  organisation: string,
  serials: readonly string[],
): Promise<Map<string, Bearer>> {
  if (serials.length === 0) return new Map()
  const { rows } = await sql<Bearer & { key: string }>`
    select a.id, a.tag, coalesce(a.serial, '') as serial, a.state, a.serial_key as key,
      exists (select 1 from devices d where d.asset_id = a.id and d.state = 'linked') as "isSeen"
    from assets a where a.organisation_id = ${organisation} and a.serial_key = any(${serials}::text[])`.execute(db)
  return new Map(rows.map(({ key, ...row }) => [key, row]))
}

export interface Written {
  id: string
  organisation_id: string
  kind: DifferenceKind
  subject_id: string
  detail: string
  asset_id: string | null
  device_id: string | null
  other_asset_id: string | null
  severity: number
  category_id: string | null
  location_id: string | null
  register: Found['register']
  seen: Found['seen']
  remedy: Remedy | null
  remedy_with: Record<string, string>
  since: string
}

const given = (rows: readonly Written[]) => sql`
  jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(id uuid, organisation_id uuid, kind text, subject_id uuid, detail text, asset_id uuid, device_id uuid,
    other_asset_id uuid, severity smallint, category_id uuid, location_id uuid, register jsonb, seen jsonb, remedy text, remedy_with jsonb, since timestamptz)`

/** Opens those that came or came back, in the order of what they are of, so that two rounds never wait for each other. */
export async function openDifferences(tx: Db, rows: readonly Written[], now: string): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into differences (id, organisation_id, kind, subject_id, detail, asset_id, device_id, other_asset_id, severity, state, category_id, location_id, register, seen,
      remedy, remedy_with, since, opened_at)
    select id, organisation_id, kind, subject_id, detail, asset_id, device_id, other_asset_id, severity, 'open', category_id, location_id, register, seen, remedy, remedy_with,
      since, ${now} from ${given(rows)} order by subject_id, kind, detail
    on conflict (organisation_id, kind, subject_id, detail) do update set version = differences.version + 1, state = 'open', asset_id = excluded.asset_id,
      device_id = excluded.device_id, other_asset_id = excluded.other_asset_id, severity = excluded.severity, category_id = excluded.category_id,
      location_id = excluded.location_id, register = excluded.register, seen = excluded.seen, remedy = excluded.remedy, remedy_with = excluded.remedy_with,
      since = case when differences.state = 'closed' then excluded.since else differences.since end,
      opened_at = excluded.opened_at, closed_at = null, closed_how = null, closed_by_name = null, left_until = null, left_reason = null, left_by_name = null, left_at = null,
      rule_failed = null, undo = null`.execute(tx)
}

/** Says in other words what is on file and still holds. */
export async function rewordDifferences(tx: Db, rows: readonly (Written & { isOther: boolean })[]): Promise<void> {
  if (rows.length === 0) return
  const others = rows.filter((row) => row.isOther).map((row) => row.id)
  await sql`
    update differences f set version = f.version + 1, device_id = g.device_id, other_asset_id = g.other_asset_id, severity = g.severity, category_id = g.category_id,
      location_id = g.location_id, register = g.register, seen = g.seen, remedy = g.remedy, remedy_with = g.remedy_with,
      since = case when f.id = any(${others}::uuid[]) then g.since else f.since end,
      rule_failed = case when f.id = any(${others}::uuid[]) then null else f.rule_failed end
    from ${given(rows)} where f.id = g.id`.execute(tx)
}

export async function closeDifferences(
  tx: Db,
  ids: readonly string[],
  end: { at: string; how: 'facts' | 'off' },
): Promise<void> {
  if (ids.length === 0) return
  await sql`
    update differences set version = version + 1, state = 'closed', closed_at = ${end.at}, closed_how = ${end.how} where id = any(${ids}::uuid[])`.execute(
    tx,
  )
}

export async function closeMended(
  tx: Db,
  id: string,
  end: { at: string; by: string; undo: StoredDifference['undo'] },
): Promise<void> {
  await sql`
    update differences set version = version + 1, state = 'closed', closed_at = ${end.at}, closed_how = 'mended', closed_by_name = ${end.by},
      undo = ${end.undo === null ? null : JSON.stringify(end.undo)}::jsonb, rule_failed = null where id = ${id}`.execute(
    tx,
  )
}

export async function forgetUndo(tx: Db, id: string): Promise<void> {
  await sql`update differences set undo = null, version = version + 1 where id = ${id}`.execute(tx)
}

export async function leaveDifferences(
  tx: Db,
  ids: readonly string[],
  left: { until: string | null; reason: string; by: string; at: string },
): Promise<void> {
  await sql`
    update differences set version = version + 1, state = 'left', left_until = ${left.until}::date, left_reason = ${left.reason}, left_by_name = ${left.by}, left_at = ${left.at}
    where id = any(${ids}::uuid[])`.execute(tx)
}

export async function reopenDifference(tx: Db, id: string, at: string): Promise<void> {
  await sql`
    update differences set version = version + 1, state = 'open', opened_at = ${at}, left_until = null, left_reason = null, left_by_name = null, left_at = null
    where id = ${id}`.execute(tx)
}

export async function noteFailure(
  tx: Db,
  id: string,
  failed: NonNullable<StoredDifference['rule_failed']>,
): Promise<void> {
  await sql`update differences set rule_failed = ${JSON.stringify(failed)}::jsonb, version = version + 1 where id = ${id}`.execute(
    tx,
  )
}
