import type { RawBuilder } from 'kysely'
import type { Said } from '../calendars/public.ts'
import { type Db, sql } from '../platform/db.ts'
import { newId } from '../platform/identifiers.ts'
import type { Subject } from './clocks-store.ts'
import { ownerOf, type OwnerNamed } from './owners.ts'
import type { Judged, LedgerEvent } from './rules/judge-clock.ts'
import type { Terms } from './rules/terms.ts'

/** A clock that is written for the first time. */
export interface NewClock {
  id: string
  organisation: string
  subject: Subject
  owner: OwnerNamed
  terms: Terms
  because: Said | null
  events: readonly LedgerEvent[]
  /** Epoch seconds; its steps before that moment are suppressed (K23). */
  importedAt: number | null
  judged: Judged
}

/** What changes of a clock that is on record. `events` are appended after `seq`. */
export interface ClockChange {
  id: string
  seq: number
  events: readonly LedgerEvent[]
  judged: Judged
  /** Only where it is named anew; given-by-hand owners stay. */
  owner?: OwnerNamed
  because?: Said | null
}

/** Which steps of those that were reached are recorded now. */
export type Recording = 'steps' | 'no steps'

const eventRows = (id: string, events: readonly LedgerEvent[], seq: number) =>
  events.map((e, i) => ({ c: id, s: seq + i + 1, a: e.at, k: e.kind, x: e.cause, r: e.reason, t: e.terms?.id ?? null }))
const breachRows = (id: string, judged: Judged) =>
  judged.breaches.found.map((b) => ({
    i: newId(),
    c: id,
    g: b.generation,
    d: b.deadline,
    o: b.observedAt,
    u: b.supersededAt,
    t: judged.terms.id,
  }))
const stepRows = (id: string, judged: Judged) =>
  judged.steps.map((s) => ({
    c: id,
    g: s.generation,
    s: s.step,
    a: s.at,
    u: s.suppressed,
    r: !s.suppressed && raises(judged, s.step),
  }))
const raises = (judged: Judged, step: string): boolean =>
  judged.terms.ladder.find((l) => l.step === step)?.raisePriority === true

const standing = (judged: Judged, recording: Recording) => ({
  phase: judged.phase,
  generation: judged.generation,
  due: judged.due,
  remaining: judged.remaining,
  late: judged.late,
  next: recording === 'no steps' ? judged.nextAt : judged.nextAfterSteps,
  stopped: judged.stoppedAt,
  worked: judged.stoppedAt === null ? null : judged.worked,
  terms: judged.terms.id,
})
const standingColumns = sql`phase text, generation int, due float8, remaining int, late boolean, next float8, stopped float8, worked int, terms uuid`

/** Parts of one statement that append what hangs on commitments; a part without rows is left out. */
function parts(rows: {
  events: readonly unknown[]
  breaches: readonly unknown[]
  superseded: readonly unknown[]
  steps: readonly unknown[]
}): RawBuilder<unknown>[] {
  const found: RawBuilder<unknown>[] = []
  if (rows.events.length > 0)
    found.push(sql`appended as (insert into clock_events (commitment_id, seq, at, kind, cause, reason, terms_id)
      select c, s, to_timestamp(a), k, x, r, t from jsonb_to_recordset(${JSON.stringify(rows.events)}::jsonb) as e(c uuid, s int, a float8, k text, x uuid, r text, t uuid))`)
  // the unique index on the one valid breach of a generation wants the old one superseded before the new one is written
  if (rows.superseded.length > 0)
    found.push(sql`superseded as (update breaches set superseded_at = to_timestamp(s.at) from jsonb_to_recordset(${JSON.stringify(rows.superseded)}::jsonb) as s(id uuid, at float8)
      where breaches.id = s.id and breaches.superseded_at is null returning 1)`)
  if (rows.breaches.length > 0)
    found.push(sql`found as (insert into breaches (id, commitment_id, generation, deadline, observed_at, superseded_at, terms_id)
      select i, c, g, to_timestamp(d), to_timestamp(o), to_timestamp(u), t from jsonb_to_recordset(${JSON.stringify(rows.breaches)}::jsonb) as b(i uuid, c uuid, g int, d float8, o float8, u float8, t uuid)
      ${rows.superseded.length > 0 ? sql`where (select count(*) from superseded) >= 0` : sql``})`)
  if (rows.steps.length > 0)
    found.push(sql`recorded as (insert into ladder_records (commitment_id, generation, step, at, late, suppressed, raises)
      select c, g, s, to_timestamp(a), not u and to_timestamp(a) < now() - interval '60 seconds', u, r
      from jsonb_to_recordset(${JSON.stringify(rows.steps)}::jsonb) as l(c uuid, g int, s text, a float8, u boolean, r boolean)
      on conflict do nothing returning commitment_id, generation, step, late)`)
  return found
}

/** Writes new clocks with all that hangs on them in one statement and no read. Instants travel as epoch seconds. */
export async function insertClocks(tx: Db, clocks: readonly NewClock[], recording: Recording): Promise<void> {
  if (clocks.length === 0) return
  const rows = clocks.map((c) => ({
    id: c.id,
    organisation: c.organisation,
    kind: c.terms.kind,
    party: c.terms.party,
    subject_kind: c.subject.kind,
    subject_id: c.subject.id,
    person: c.owner.person,
    teams: c.owner.teams,
    because: c.because,
    imported: c.importedAt,
    created: c.events[0]?.at ?? null,
    ...standing(c.judged, recording),
  }))
  const hung = {
    events: clocks.flatMap((c) => eventRows(c.id, c.events, 0)),
    breaches: clocks.flatMap((c) => breachRows(c.id, c.judged)),
    superseded: [],
    steps: recording === 'no steps' ? [] : clocks.flatMap((c) => stepRows(c.id, c.judged)),
  }
  const owner = ownerOf({ person: sql`g.person`, teams: sql`g.teams`, organisation: sql`g.organisation` })
  await sql`
    with ${sql.join([
      sql`made as (
      insert into commitments (id, organisation_id, kind, party, subject_kind, subject_id, owner_kind, owner_id, owner_fallback, terms_id, because,
        phase, generation, due_at, remaining_seconds, late, next_at, stopped_at, worked_seconds, imported_at, created_at)
      select g.id, g.organisation, g.kind, g.party, g.subject_kind, g.subject_id, o.owner->>'kind', (o.owner->>'id')::uuid, (o.owner->>'fallback')::boolean, g.terms, g.because,
        g.phase, g.generation, to_timestamp(g.due), g.remaining, g.late, to_timestamp(g.next), to_timestamp(g.stopped), g.worked, to_timestamp(g.imported), coalesce(to_timestamp(g.created), now())
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(id uuid, organisation uuid, kind text, party text, subject_kind text, subject_id uuid, person uuid, teams uuid[],
        because jsonb, imported float8, created float8, ${standingColumns})
      cross join lateral (select ${owner} as owner) o)`,
      ...parts(hung),
    ])}
    select 1`.execute(tx)
}

/** A step that was recorded by this very statement. */
export interface RecordedStep {
  commitment_id: string
  generation: number
  step: string
  late: boolean
}

/** Saves what changed of clocks in one statement, without a touch to their subjects. Answers the steps recorded by it. */
export async function updateClocks(
  tx: Db,
  changes: readonly ClockChange[],
  recording: Recording,
): Promise<RecordedStep[]> {
  if (changes.length === 0) return []
  const isOwned = changes.some((c) => c.owner !== undefined)
  const rows = changes.map((c) => ({
    id: c.id,
    ...standing(c.judged, recording),
    ...(c.because === undefined ? {} : { rechosen: true, because: c.because }),
    ...(c.owner === undefined ? {} : { person: c.owner.person, teams: c.owner.teams }),
  }))
  const hung = {
    events: changes.flatMap((c) => eventRows(c.id, c.events, c.seq)),
    breaches: changes.flatMap((c) => breachRows(c.id, c.judged)),
    superseded: changes.flatMap((c) => c.judged.breaches.superseded),
    steps: recording === 'no steps' ? [] : changes.flatMap((c) => stepRows(c.id, c.judged)),
  }
  const named = sql`(g.teams is not null and not m.owner_handed)`
  const owner = ownerOf({ person: sql`g.person`, teams: sql`g.teams`, organisation: sql`m.organisation_id` })
  const owned = isOwned
    ? sql`, owner_kind = case when ${named} then o.owner->>'kind' else m.owner_kind end, owner_id = case when ${named} then (o.owner->>'id')::uuid else m.owner_id end,
        owner_fallback = case when ${named} then (o.owner->>'fallback')::boolean else m.owner_fallback end`
    : sql``
  const all = [
    sql`saved as (
    update commitments c set phase = g.phase, generation = g.generation, due_at = to_timestamp(g.due), remaining_seconds = g.remaining, late = g.late, next_at = to_timestamp(g.next),
      stopped_at = to_timestamp(g.stopped), worked_seconds = g.worked, terms_id = g.terms, because = case when g.rechosen then g.because else m.because end, version = c.version + 1, updated_at = now() ${owned}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(id uuid, rechosen boolean, because jsonb, person uuid, teams uuid[], ${standingColumns})
    join commitments m on m.id = g.id ${isOwned ? sql`left join lateral (select ${owner} as owner where g.teams is not null) o on true` : sql``}
    where c.id = g.id)`,
    ...parts(hung),
  ]
  const { rows: recorded } = await sql<RecordedStep>`
    with ${sql.join(all)} ${hung.steps.length > 0 ? sql`select commitment_id, generation, step, late from recorded` : sql`select null::uuid as commitment_id, 0 as generation, '' as step, false as late where false`}`.execute(
    tx,
  )
  return recorded
}
