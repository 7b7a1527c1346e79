import { type Db, sql } from '../../platform/db.ts'
import { storableJson } from '../../platform/rules/storable-text.ts'

/** What is remembered of an incident that came before. */
export interface KnownSource {
  ticket: string
  digest: string
  /** Hashes of the rows it was made from, 16 hex digits each. */
  rows: Set<string>
  shiftWeeks: number
}

/** By key, those of the incidents that have been imported before. */
export async function knownSources(db: Db, source: string, keys: readonly string[]): Promise<Map<string, KnownSource>> {
  const { rows } = await sql<{
    key: string
    ticket_id: string
    digest: string
    rows_taken: string
    shift_weeks: number
  }>`
    select key, ticket_id, encode(digest, 'hex') as digest, encode(rows_taken, 'hex') as rows_taken, shift_weeks from ticket_sources where source = ${source} and key = any(${keys})`.execute(
    db,
  )
  return new Map(
    rows.map((r) => [
      r.key,
      {
        ticket: r.ticket_id,
        digest: r.digest,
        rows: new Set(r.rows_taken.match(/.{16}/g) ?? []),
        shiftWeeks: r.shift_weeks,
      },
    ]),
  )
}

/** Those of the references that tickets have already. */
export async function takenReferences(db: Db, references: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{
    reference: string
  }>`select reference from tickets where reference = any(${references})`.execute(db)
  return new Set(rows.map((r) => r.reference))
}

export interface SourceToKeep {
  key: string
  ticket: string
  digest: string
  rowsTaken: string
  shiftWeeks: number
  facts: Record<string, string>
}

export async function keepSources(
  tx: Db,
  importId: string,
  source: string,
  sources: readonly SourceToKeep[],
): Promise<void> {
  await sql`
    insert into ticket_sources (source, key, ticket_id, import_id, digest, rows_taken, shift_weeks, facts)
    select ${source}, g.key, g.ticket, ${importId}, decode(g.digest, 'hex'), decode(g."rowsTaken", 'hex'), g."shiftWeeks", g.facts
    from jsonb_to_recordset(${storableJson(sources)}::jsonb) as g(key text, ticket uuid, digest text, "rowsTaken" text, "shiftWeeks" int, facts jsonb)
    on conflict (source, key) do update set import_id = excluded.import_id, digest = excluded.digest, rows_taken = excluded.rows_taken, facts = excluded.facts`.execute(
    tx,
  )
}

/** For each ticket the moment inside the id of its newest event, so that ids of later events come after it. */
export async function lastEventMs(tx: Db, tickets: readonly string[]): Promise<Map<string, number>> {
  if (tickets.length === 0) return new Map()
  const { rows } = await sql<{ ticket: string; id: string }>`
    select g.id as ticket, e.id from unnest(${tickets}::uuid[]) as g(id) cross join lateral (select id from events where subject_id = g.id order by id desc limit 1) e`.execute(
    tx,
  )
  return new Map(rows.map((r) => [r.ticket, parseInt(r.id.replace('-', '').slice(0, 12), 16)]))
}

/** Our verdict on the resolution of each imported ticket beside the source's. */
export async function verdictTable(
  db: Db,
  organisation: string,
): Promise<{ source: string; ours: string; n: number }[]> {
  const { rows } = await sql<{ source: string; ours: string; n: number }>`
    select coalesce(s.facts->>'made_sla', '') as source, case when c.n is null then 'none' when c.late then 'missed' when t.open then 'running' else 'kept' end as ours, count(*)::int as n
    from ticket_sources s join tickets t on t.id = s.ticket_id and t.organisation_id = ${organisation}
    left join (select subject_id, count(*) as n, bool_or(late) as late from commitments where subject_kind = 'ticket' and kind = 'resolution' group by subject_id) c on c.subject_id = t.id
    where s.source = 'servicenow' group by 1, 2 order by 1, 2`.execute(db)
  return rows
}
