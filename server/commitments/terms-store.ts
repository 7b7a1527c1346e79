import type { LadderStep } from '../../contract/commitments.ts'
import type { ClockConditions } from '../../contract/service-levels.ts'
import { compiledCalendar, epochSeconds, isoInstant } from '../calendars/public.ts'
import { type Db, sql } from '../platform/db.ts'
import type { Target } from '../calendars/public.ts'
import type { Terms } from './rules/terms.ts'

interface Row {
  id: string
  name: string
  kind: string
  party: Terms['party']
  target_seconds: number | null
  target_days: number | null
  target_at: string | null
  end_of_day: boolean
  calendar_version_id: string
  ladder: LadderStep[]
  source_kind: string
  source_id: string
  source_revision: number
  pause_in: string[]
  reset_on_reopen: boolean
  conditions: ClockConditions | null
}

/** Terms never change, so they are kept, the least recently used given up. Their name is what it was when they were read. */
const kept = new Map<string, Terms>()
const mostKept = 2000

function keep(terms: Terms): Terms {
  kept.delete(terms.id)
  kept.set(terms.id, terms)
  if (kept.size > mostKept) kept.delete(kept.keys().next().value!)
  return terms
}

const targetOf = (row: Row): Target =>
  row.target_at !== null
    ? { at: epochSeconds(row.target_at) }
    : row.target_seconds !== null
      ? { seconds: row.target_seconds }
      : { workingDays: row.target_days ?? 0, endOfDay: row.end_of_day }

async function read(db: Db, rows: readonly Row[]): Promise<Terms[]> {
  const found: Terms[] = []
  for (const row of rows) {
    const calendar = await compiledCalendar(db, row.calendar_version_id)
    found.push(
      keep({
        id: row.id,
        name: row.name,
        kind: row.kind,
        party: row.party,
        target: targetOf(row),
        calendar,
        calendarVersion: row.calendar_version_id,
        ladder: row.ladder,
        source: { kind: row.source_kind, id: row.source_id, revision: row.source_revision },
        pauseIn: row.pause_in,
        resetOnReopen: row.reset_on_reopen,
        when: row.conditions,
      }),
    )
  }
  return found
}

/** Terms by id, calendars ready for arithmetic; no statement where all are known already. */
export async function termsById(db: Db, ids: readonly string[]): Promise<Map<string, Terms>> {
  const found = new Map<string, Terms>()
  const missing: string[] = []
  for (const id of new Set(ids)) {
    const known = kept.get(id)
    if (known === undefined) missing.push(id)
    else found.set(id, keep(known))
  }
  if (missing.length > 0) {
    const { rows } = await sql<Row>`select * from commitment_terms where id = any(${missing}::uuid[])`.execute(db)
    for (const terms of await read(db, rows)) found.set(terms.id, terms)
  }
  return found
}

/** Terms of one version of a source. */
export async function termsOfSource(db: Db, source: string, revision: number): Promise<Terms[]> {
  const { rows } = await sql<Row>`
    select * from commitment_terms where source_id = ${source} and source_revision = ${revision} order by created_at, id`.execute(
    db,
  )
  return read(db, rows)
}

export type NewTerms = Omit<Terms, 'calendar'>

/** Writes terms; where a source has terms of that kind on that calendar already, those are answered. */
export async function insertTerms(tx: Db, list: readonly NewTerms[]): Promise<Terms[]> {
  const rows = list.map((t) => ({
    id: t.id,
    name: t.name,
    kind: t.kind,
    party: t.party,
    target_seconds: 'seconds' in t.target ? t.target.seconds : null,
    target_days: 'workingDays' in t.target ? t.target.workingDays : null,
    target_at: 'at' in t.target ? isoInstant(t.target.at) : null,
    end_of_day: 'workingDays' in t.target && t.target.endOfDay === true,
    calendar_version_id: t.calendarVersion,
    ladder: t.ladder,
    source_kind: t.source.kind,
    source_id: t.source.id,
    source_revision: t.source.revision,
    pause_in: t.pauseIn,
    reset_on_reopen: t.resetOnReopen,
    conditions: t.when,
  }))
  const { rows: written } = await sql<Row>`
    insert into commitment_terms (id, name, kind, party, target_seconds, target_days, target_at, end_of_day, calendar_version_id, ladder, source_kind, source_id, source_revision, pause_in, reset_on_reopen, conditions)
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(id uuid, name text, kind text, party text, target_seconds int, target_days int, target_at timestamptz, end_of_day boolean,
      calendar_version_id uuid, ladder jsonb, source_kind text, source_id uuid, source_revision int, pause_in text[], reset_on_reopen boolean, conditions jsonb)
    on conflict (source_id, source_revision, kind, calendar_version_id) do update set name = excluded.name returning *`.execute(
    tx,
  )
  return read(tx, written)
}

/** A rename of the source is shown everywhere at once and changes nothing else (W9). */
export async function renameTerms(tx: Db, source: string, name: string): Promise<void> {
  await sql`update commitment_terms set name = ${name} where source_id = ${source}`.execute(tx)
}
