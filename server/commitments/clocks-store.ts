import type { ClockEventKind } from '../../contract/clocks.ts'
import { type Db, sql } from '../platform/db.ts'
import type { Said } from '../calendars/public.ts'
import { type LedgerClock, type LedgerEvent, presentTerms } from './rules/judge-clock.ts'
import type { KnownBreach } from './rules/reconcile-breaches.ts'
import type { Terms } from './rules/terms.ts'
import { termsById } from './terms-store.ts'

export interface Subject {
  kind: string
  id: string
}

/** A commitment as it is stored, with the events of its clock and what was recorded of it. */
export interface StoredClock extends LedgerClock {
  id: string
  version: number
  organisation: string
  kind: string
  party: Terms['party']
  subject: Subject
  owner: { kind: 'person' | 'team'; id: string }
  phase: 'running' | 'paused' | 'stopped' | 'waived' | 'cancelled'
  terms: Terms
  because: Said | null
  /** Epoch seconds, while it runs. */
  dueAt: number | null
  /** The last sequence number of its events. */
  seq: number
}

interface Row {
  id: string
  version: number
  organisation_id: string
  kind: string
  party: Terms['party']
  subject_kind: string
  subject_id: string
  owner_kind: 'person' | 'team'
  owner_id: string
  phase: StoredClock['phase']
  because: Said | null
  imported: number | null
  due: number | null
  /** [seq, at, kind, cause, reason, terms, struck] */
  events: [number, number, ClockEventKind, string | null, string | null, string | null, boolean][]
  breaches: [string, number, number, number | null][] | null
  recorded: [number, string][] | null
}

/** Holds the open and closed commitments of subjects for this transaction. */
export async function lockClocksOf(tx: Db, subjects: readonly string[]): Promise<void> {
  await sql`select 1 from commitments where subject_id = any(${subjects}::uuid[]) order by id for update`.execute(tx)
}

/** Holds one commitment for this transaction. */
export async function lockClock(tx: Db, id: string): Promise<void> {
  await sql`select 1 from commitments where id = ${id} for update`.execute(tx)
}
const standing = sql`m.id, m.version, m.organisation_id, m.kind, m.party, m.subject_kind, m.subject_id, m.owner_kind, m.owner_id, m.phase, m.because,
  extract(epoch from m.imported_at)::float8 as imported, extract(epoch from m.due_at)::float8 as due`

/** Whole clocks, in order of their making. Locking first, in a statement of its own, makes what is read here the latest. */
export const loadClocks = async (
  tx: Db,
  by: { subjects: readonly string[] } | { ids: readonly string[] },
): Promise<StoredClock[]> =>
  asClocks(tx, 'ids' in by ? await rowsOf(tx, by.ids) : await rowsOfSubjects(tx, by.subjects))

/** The clocks of a few subjects, with one statement. */
async function rowsOfSubjects(tx: Db, subjects: readonly string[]): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select ${standing},
      (select jsonb_agg(jsonb_build_array(e.seq, extract(epoch from e.at), e.kind, e.cause, e.reason, e.terms_id, e.struck) order by e.seq) from clock_events e where e.commitment_id = m.id) as events,
      (select jsonb_agg(jsonb_build_array(b.id, b.generation, extract(epoch from b.deadline), extract(epoch from b.superseded_at)) order by b.observed_at, b.id) from breaches b where b.commitment_id = m.id) as breaches,
      (select jsonb_agg(jsonb_build_array(l.generation, l.step)) from ladder_records l where l.commitment_id = m.id) as recorded
    from commitments m where m.subject_id = any(${subjects}::uuid[]) order by m.created_at, m.id`.execute(tx)
  return rows
}

/** Any number of clocks: one statement for each table, which for hundreds of them is a fraction of the work. */
async function rowsOf(tx: Db, ids: readonly string[]): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select ${standing} from commitments m where m.id = any(${ids}::uuid[]) order by m.created_at, m.id`.execute(tx)
  const byId = new Map(rows.map((row) => [row.id, Object.assign(row, { events: [], breaches: [], recorded: [] })]))
  const events = await sql<
    { commitment_id: string } & Pick<LedgerEvent, 'kind' | 'cause' | 'reason'> & {
        seq: number
        at: number
        terms_id: string | null
        struck: boolean
      }
  >`
    select e.commitment_id, e.seq, extract(epoch from e.at)::float8 as at, e.kind, e.cause, e.reason, e.terms_id, e.struck
    from clock_events e where e.commitment_id = any(${ids}::uuid[]) order by e.commitment_id, e.seq`.execute(tx)
  for (const e of events.rows)
    byId.get(e.commitment_id)!.events.push([e.seq, e.at, e.kind, e.cause, e.reason, e.terms_id, e.struck])
  const breaches = await sql<KnownBreach & { commitment_id: string }>`
    select b.commitment_id, b.id, b.generation, extract(epoch from b.deadline)::float8 as deadline, extract(epoch from b.superseded_at)::float8 as "supersededAt"
    from breaches b where b.commitment_id = any(${ids}::uuid[]) order by b.observed_at, b.id`.execute(tx)
  for (const b of breaches.rows)
    byId.get(b.commitment_id)!.breaches.push([b.id, b.generation, b.deadline, b.supersededAt])
  const recorded = await sql<{ commitment_id: string; generation: number; step: string }>`
    select l.commitment_id, l.generation, l.step from ladder_records l where l.commitment_id = any(${ids}::uuid[])`.execute(
    tx,
  )
  for (const l of recorded.rows) byId.get(l.commitment_id)!.recorded.push([l.generation, l.step])
  return rows
}

async function asClocks(tx: Db, rows: readonly Row[]): Promise<StoredClock[]> {
  const terms = await termsById(
    tx,
    rows.flatMap((row) => row.events.flatMap((e) => (e[5] === null ? [] : [e[5]]))),
  )
  return rows.map((row) => {
    const heard = row.events.filter(([, , , , , , struck]) => !struck)
    const events = heard.map(([, at, kind, cause, reason, id]) => ({
      at,
      kind,
      cause,
      reason,
      terms: id === null ? null : terms.get(id)!,
    }))
    return {
      id: row.id,
      version: row.version,
      organisation: row.organisation_id,
      kind: row.kind,
      party: row.party,
      subject: { kind: row.subject_kind, id: row.subject_id },
      owner: { kind: row.owner_kind, id: row.owner_id },
      phase: row.phase,
      terms: presentTerms(events),
      because: row.because,
      dueAt: row.due,
      importedAt: row.imported,
      events,
      breaches: (row.breaches ?? []).map(([id, generation, deadline, supersededAt]) => ({
        id,
        generation,
        deadline,
        supersededAt,
      })),
      recorded: (row.recorded ?? []).map(([generation, step]) => ({ generation, step })),
      seq: row.events.at(-1)?.[0] ?? 0,
    }
  })
}

/**
 * Strikes out what an act had told the clocks of a subject, because that act was undone: they go on as though they had never heard it. The
 * row stays in the ledger. The clocks must be locked; what follows is for the caller to have judged.
 */
export const strikeEvents = (tx: Db, subject: string, cause: string) =>
  sql`update clock_events e set struck = true from commitments m where m.subject_id = ${subject} and e.commitment_id = m.id and e.cause = ${cause}`.execute(
    tx,
  )
