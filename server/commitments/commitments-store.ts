import type { RawBuilder } from 'kysely'
import type { Actor } from '../platform/ctx.ts'
import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'
import { isId } from '../platform/identifiers.ts'
import type { Subjects } from '../platform/subjects.ts'

/** A row of `commitments_by_hand`. */
export interface HandRow {
  reference: string
  title: string
  note: string
  all_day: boolean
  zone: string
  private: boolean
  needs_evidence: boolean
  evidence: string | null
  completed_by_name: string | null
  made_by: string | null
  made_by_name: string
  series_id: string | null
}

/** A commitment as lists and pages show it. */
export interface ShownRow {
  id: string
  version: number
  kind: string
  party: 'customer' | 'team' | 'vendor'
  subject_kind: string
  subject_id: string
  owner_kind: 'person' | 'team'
  owner_id: string
  owner_name: string | null
  owner_fallback: boolean
  phase: 'running' | 'paused' | 'stopped' | 'waived' | 'cancelled'
  due_at: string | null
  remaining_seconds: number | null
  late: boolean
  target_seconds: number | null
  target_days: number | null
  stopped_at: string | null
  waived_by: string | null
  waived_at: string | null
  waived_reason: string | null
  source_kind: string
  source_id: string
  source_name: string
  /** The actor works on the subject. */
  inside: boolean
  calendar_version_id: string
  snoozed_until: string | null
  snoozed_reason: string | null
  snoozed_by: string | null
  /** What a person wrote of it; null for a promise of a service level. */
  hand: HandRow | null
  breaches: { generation: number; deadline: string; observed_at: string; superseded_at: string | null }[] | null
}

export const shownColumns = sql`
  m.id, m.version, m.kind, m.party, m.subject_kind, m.subject_id, m.owner_kind, m.owner_id, coalesce(p.name, w.name) as owner_name, m.owner_fallback, m.phase, m.due_at,
  m.remaining_seconds, m.late, t.target_seconds, t.target_days, m.stopped_at, m.waived_by, m.waived_at, m.waived_reason, t.source_kind, t.source_id, t.name as source_name, t.calendar_version_id, m.snoozed_until, m.snoozed_reason, m.snoozed_by, to_jsonb(h) as hand,
  (select jsonb_agg(jsonb_build_object('generation', b.generation, 'deadline', b.deadline, 'observed_at', b.observed_at, 'superseded_at', b.superseded_at) order by b.observed_at, b.id) from breaches b where b.commitment_id = m.id) as breaches`
export const shownTables = sql`
  commitments m join commitment_terms t on t.id = m.terms_id
  left join persons p on m.owner_kind = 'person' and p.id = m.owner_id left join teams w on m.owner_kind = 'team' and w.id = m.owner_id
  left join commitments_by_hand h on h.commitment_id = m.id`

export const visibleTo = (subjects: Subjects, actor: Actor): RawBuilder<boolean> =>
  sql<boolean>`(m.organisation_id = ${actor.organisation} and ${subjects.visible(actor, sql.ref('m.subject_kind'), sql.ref('m.subject_id'))})`

const insideOf = (subjects: Subjects, actor: Actor): RawBuilder<boolean> =>
  subjects.insider(actor, sql.ref('m.subject_kind'), sql.ref('m.subject_id'))

export async function commitmentById(
  db: Db,
  subjects: Subjects,
  actor: Actor,
  id: string,
): Promise<ShownRow | undefined> {
  const { rows } =
    await sql<ShownRow>`select ${shownColumns}, ${insideOf(subjects, actor)} as inside from ${shownTables} where ${isId(id) ? sql`m.id = ${id}` : sql`m.id = (select commitment_id from commitments_by_hand where reference = ${id.toUpperCase()})`} and ${visibleTo(subjects, actor)}`.execute(
      db,
    )
  return rows[0]
}

export interface ListFilter {
  owners: readonly string[] | null
  dueBefore: string | undefined
  late: boolean | undefined
  subject: string | undefined
  byHand: boolean | undefined
  snoozed: boolean | undefined
  now: string
}

function conditionOf(subjects: Subjects, actor: Actor, f: ListFilter): RawBuilder<unknown> {
  const parts: RawBuilder<unknown>[] = [sql`m.phase in ('running', 'paused')`, visibleTo(subjects, actor)]
  if (f.dueBefore !== undefined) parts.push(sql`m.due_at < ${f.dueBefore}::timestamptz`)
  if (f.late !== undefined) parts.push(sql`m.late = ${f.late}`)
  if (f.subject !== undefined) parts.push(sql`m.subject_id = ${f.subject}::uuid`)
  if (f.byHand !== undefined) {
    const made = sql`exists (select 1 from commitments_by_hand x where x.commitment_id = m.id)`
    parts.push(f.byHand ? sql`m.party = 'team' and ${made}` : sql`not ${made}`)
  }
  if (f.snoozed !== undefined) {
    const aside = sql`coalesce(m.snoozed_until > ${f.now}::timestamptz, false)`
    parts.push(f.snoozed ? aside : sql`not ${aside}`)
  }
  return sql.join(parts, sql` and `)
}

/** Ids in order of their due moments. Of several owners each is asked by itself: the index of one owner's moments serves it. */
function foundBy(f: ListFilter, where: RawBuilder<unknown>, take: RawBuilder<unknown>): RawBuilder<unknown> {
  if (f.owners === null) return sql`select m.id from commitments m ${where} order by m.due_at, m.id limit ${take}`
  return sql`
    select x.id from unnest(${f.owners}::uuid[]) as one(owner) cross join lateral (
      select m.id, m.due_at from commitments m ${where} and m.owner_id = one.owner order by m.due_at, m.id limit ${take}) x
    order by x.due_at, x.id limit ${take}`
}

/** Open commitments, earliest due first, those that rest last. */
export async function commitmentPage(
  db: Db,
  subjects: Subjects,
  actor: Actor,
  f: ListFilter,
  limit: number,
  after: string | undefined,
) {
  const from = readCursor(after, 2)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const beyond =
    from === null
      ? sql``
      : from[0] === null
        ? sql`and m.due_at is null and m.id > ${from[1]}::uuid`
        : sql`and ((m.due_at, m.id) > (${from[0]}::timestamptz, ${from[1]}::uuid) or m.due_at is null)`
  // the limit stands in the text, so that one plan made for all parameters knows that it needs a page
  const take = sql.lit(limit + 1)
  const { rows } = await sql<ShownRow>`
    select ${shownColumns}, ${insideOf(subjects, actor)} as inside from ${shownTables}
    where m.id = any(array(${foundBy(f, sql`where ${conditionOf(subjects, actor, f)} ${beyond}`, take)})) order by m.due_at, m.id`.execute(
    db,
  )
  const last = rows[limit - 1]
  return {
    rows: rows.slice(0, limit),
    next: rows.length > limit && last !== undefined ? cursorOf([last.due_at, last.id]) : null,
  }
}

/** How many there are, counted up to `most`. */
export async function countCommitments(
  db: Db,
  subjects: Subjects,
  actor: Actor,
  f: ListFilter,
  most: number | null,
): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from (${foundBy(f, sql`where ${conditionOf(subjects, actor, f)}`, most === null ? sql`all` : sql.lit(most))}) x`.execute(
    db,
  )
  return rows[0]!.n
}
