import type { FieldType, RecordKind } from '../../contract/fields.ts'
import { type Db, sql } from '../platform/db.ts'

/** A custom field as it is stored. */
export interface StoredField {
  id: string
  version: number
  record_kind: RecordKind
  key: string
  label: string
  help: string
  type: FieldType
  required: boolean
  is_unique: boolean
  choices: string[]
  pattern: string | null
  encrypted: boolean
  sets: string[]
  position: number
  active: boolean
}

/** Columns that an edit can change. */
export type FieldColumns = Omit<StoredField, 'id' | 'version' | 'record_kind' | 'key' | 'type' | 'encrypted'>

/** Fields of a kind of record (of all, without one) in their order. */
export async function fieldsOf(db: Db, organisation: string, kind?: RecordKind): Promise<StoredField[]> {
  const { rows } = await sql<StoredField>`
    select id, version, record_kind, key, label, help, type, required, is_unique, choices, pattern, encrypted, sets, position, active from custom_fields
    where organisation_id = ${organisation} ${kind === undefined ? sql`` : sql`and record_kind = ${kind}`} order by record_kind, position, lower(label), id`.execute(
    db,
  )
  return rows
}

export async function insertField(db: Db, organisation: string, f: Omit<StoredField, 'version'>): Promise<void> {
  await sql`
    insert into custom_fields (id, organisation_id, record_kind, key, label, help, type, required, is_unique, choices, pattern, encrypted, sets, position, active)
    values (${f.id}, ${organisation}, ${f.record_kind}, ${f.key}, ${f.label}, ${f.help}, ${f.type}, ${f.required}, ${f.is_unique}, ${f.choices}, ${f.pattern}, ${f.encrypted}, ${f.sets}::uuid[], ${f.position}, ${f.active})`.execute(
    db,
  )
}

export async function saveField(db: Db, id: string, f: FieldColumns): Promise<void> {
  await sql`
    update custom_fields set label = ${f.label}, help = ${f.help}, required = ${f.required}, is_unique = ${f.is_unique}, choices = ${f.choices}, pattern = ${f.pattern},
      sets = ${f.sets}::uuid[], position = ${f.position}, active = ${f.active}, version = version + 1, updated_at = now() where id = ${id}`.execute(
    db,
  )
}

/** Holds a field for the rest of the transaction. */
export const lockField = (db: Db, id: string) =>
  sql`select 1 from custom_fields where id = ${id} for update`.execute(db)

/** Gives back all claims on a field. */
export const forgetClaims = (db: Db, field: string) =>
  sql`delete from custom_field_claims where field_id = ${field}`.execute(db)

/** Gives back a record's claims on the fields and takes the new ones. Answers the field whose value somebody else has. */
export async function claimValues(
  db: Db,
  record: string,
  claims: readonly { field: string; value: string | null }[],
): Promise<string | undefined> {
  if (claims.length === 0) return undefined
  const fields = claims.map((c) => c.field)
  await sql`delete from custom_field_claims where record_id = ${record} and field_id = any(${fields}::uuid[])`.execute(
    db,
  )
  const taken = claims.filter((c) => c.value !== null)
  if (taken.length === 0) return undefined
  const { rows } = await sql<{ field_id: string }>`
    with claimed as (insert into custom_field_claims (field_id, value, record_id)
      select f, v, ${record}::uuid from unnest(${taken.map((c) => c.field)}::uuid[], ${taken.map((c) => c.value)}::text[]) as g(f, v) on conflict do nothing returning field_id)
    select g.f as field_id from unnest(${taken.map((c) => c.field)}::uuid[]) as g(f) where g.f not in (select field_id from claimed) limit 1`.execute(
    db,
  )
  return rows[0]?.field_id
}

/** Which records have these values of unique fields: by `field value`. */
export async function claimersOf(
  db: Db,
  claims: readonly { field: string; value: string }[],
): Promise<Map<string, string>> {
  if (claims.length === 0) return new Map()
  const { rows } = await sql<{ field_id: string; value: string; record_id: string }>`
    select c.field_id, c.value, c.record_id from unnest(${claims.map((c) => c.field)}::uuid[], ${claims.map((c) => c.value)}::text[]) as g(f, v)
    join custom_field_claims c on c.field_id = g.f and c.value = g.v`.execute(db)
  return new Map(rows.map((row) => [`${row.field_id} ${row.value}`, row.record_id]))
}
