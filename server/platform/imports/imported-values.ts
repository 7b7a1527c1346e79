import { type Db, sql } from '../db.ts'
import { storableJson } from '../rules/storable-text.ts'

/** What a cell says of a field: the text that is compared from run to run, and what that is in the register. */
export interface CellSaid {
  text: string
  value: string
}
/** By field what an import wrote last. */
export type SaidBefore = Readonly<Record<string, CellSaid>>

/** A text that was written as it stood takes one place. */
const packed = (said: SaidBefore) =>
  Object.fromEntries(
    Object.entries(said).map(([field, { text, value }]) => [field, text === value ? text : [text, value]]),
  )
const unpackedSaid = (said: Record<string, string | [string, string]>): SaidBefore =>
  Object.fromEntries(
    Object.entries(said).map(([field, one]) => [
      field,
      typeof one === 'string' ? { text: one, value: one } : { text: one[0], value: one[1] },
    ]),
  )

/**
 * What becomes of a field: `write` what the file says anew; `same`, where it stands already; `kept`, where the file says what it said last time
 * and somebody has written another value since.
 */
export function becomesOf(said: CellSaid, current: string, before: CellSaid | undefined): 'write' | 'same' | 'kept' {
  if (said.value === current) return 'same'
  if (before === undefined || before.text !== said.text) return 'write'
  return before.value === current ? 'same' : 'kept'
}

/** What a source wrote last into these records, by id of the record. */
export async function importedValues(
  db: Db,
  source: string,
  records: readonly string[],
): Promise<Map<string, SaidBefore>> {
  if (records.length === 0) return new Map()
  const { rows } = await sql<{ subject_id: string; said: Record<string, string | [string, string]> }>`
    select subject_id, said from imported_values where source = ${source} and subject_id = any(${records}::uuid[])`.execute(
    db,
  )
  return new Map(rows.map((row) => [row.subject_id, unpackedSaid(row.said)]))
}

/** The records that rows of these identities were about the last time. */
export async function importedRecords(
  db: Db,
  organisation: string,
  source: string,
  identities: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ identity: string; subject_id: string }>`
    select identity, subject_id from imported_values where organisation_id = ${organisation} and source = ${source} and identity = any(${identities}::text[])`.execute(
    db,
  )
  return new Map(rows.map((row) => [row.identity, row.subject_id]))
}

export interface ImportedRecord {
  id: string
  identity: string
  said: SaidBefore
}

/** Keeps what was written, beside what is known of other fields from before; one statement for any number. */
export async function keepImported(
  tx: Db,
  organisation: string,
  source: string,
  records: readonly ImportedRecord[],
): Promise<void> {
  if (records.length === 0) return
  const rows = records.map(({ id, identity, said }) => ({ id, identity, said: packed(said) }))
  await sql`
    insert into imported_values as v (source, subject_id, organisation_id, identity, said)
    select ${source}, g.id, ${organisation}, g.identity, g.said from jsonb_to_recordset(${storableJson(rows)}::jsonb) as g(id uuid, identity text, said jsonb)
    on conflict (subject_id, source) do update set identity = excluded.identity, said = v.said || excluded.said
    where v.identity <> excluded.identity or not v.said @> excluded.said`.execute(tx)
}

/** What tells the row about each of these records from all others. */
export async function importedIdentities(
  db: Db,
  source: string,
  records: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ subject_id: string; identity: string }>`
    select subject_id, identity from imported_values where source = ${source} and subject_id = any(${records}::uuid[])`.execute(
    db,
  )
  return new Map(rows.map((row) => [row.subject_id, row.identity]))
}
