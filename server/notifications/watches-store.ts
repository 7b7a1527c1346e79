import { type Db, sql } from '../platform/db.ts'
import type { Subjects } from '../platform/subjects.ts'
import type { Line } from './rules/escalation.ts'

export interface Watch {
  cause: string
  organisation_id: string
  code: string
  params: Record<string, unknown>
  subject_kind: string
  subject_id: string
  told: string[]
  at: string
  level: number
}

/** Begins watches with one statement; of a matter that is watched already, whoever was told now joins those told before. */
export async function insertWatches(
  db: Db,
  watches: readonly (Omit<Watch, 'level'> & { next_at: string })[],
): Promise<void> {
  if (watches.length === 0) return
  await sql`
    insert into notice_watches (cause, organisation_id, code, params, subject_kind, subject_id, told, at, next_at)
    select cause, organisation_id, code, params, subject_kind, subject_id, array(select jsonb_array_elements_text(told))::uuid[], at, next_at
    from jsonb_to_recordset(${JSON.stringify(watches)}::jsonb) as g(cause text, organisation_id uuid, code text, params jsonb, subject_kind text, subject_id uuid, told jsonb, at timestamptz, next_at timestamptz)
    on conflict (cause) do update set told = array(select distinct unnest(notice_watches.told || excluded.told)), code = excluded.code, params = excluded.params`.execute(
    db,
  )
}

export async function takeWatches(db: Db, now: string, limit: number): Promise<Watch[]> {
  const { rows } = await sql<Watch>`
    select cause, organisation_id, code, params, subject_kind, subject_id, told, at, level from notice_watches
    where next_at <= ${now}::timestamptz order by next_at limit ${limit} for update skip locked`.execute(db)
  return rows
}

/** Whether anybody who was told has read of the record since, or anybody but a timer has done something to it. */
export async function hasActed(db: Db, w: Watch): Promise<boolean> {
  const { rows } = await sql<{ acted: boolean }>`
    select exists (select 1 from notifications n where n.person_id = any(${w.told}::uuid[]) and n.subject_id = ${w.subject_id} and n.at >= ${w.at}::timestamptz and n.read_at is not null and not n.muted)
      or exists (select 1 from events e where e.subject_id = ${w.subject_id} and e.at > ${w.at}::timestamptz and e.actor_kind not in ('job', 'system')) as acted`.execute(
    db,
  )
  return rows[0]!.acted
}

/** The matter stays on record, so that later steps of the same ladder do not begin it anew. */
export async function endWatch(db: Db, cause: string): Promise<void> {
  await sql`update notice_watches set next_at = 'infinity' where cause = ${cause}`.execute(db)
}

export async function moveWatch(
  db: Db,
  cause: string,
  to: { level: number; told: readonly string[]; at: string; nextAt: string },
): Promise<void> {
  await sql`update notice_watches set level = ${to.level}, told = ${to.told}::uuid[], at = ${to.at}::timestamptz, next_at = ${to.nextAt}::timestamptz where cause = ${cause}`.execute(
    db,
  )
}

/** Who stands behind those who were told: the leads of the teams that serve the record (else of their own teams), coordinators, administrators. */
export async function peopleNext(db: Db, subjects: Subjects, w: Watch): Promise<Line> {
  const around = await subjects.get(w.subject_kind)?.people?.(db, [w.subject_id])
  const teams = around?.get(w.subject_id)?.teams ?? []
  const { rows } = await sql<{ what: 'lead' | 'coordinator' | 'administrator'; person: string }>`
    select 'lead' as what, t.lead_id as person from teams t join accounts a on a.person_id = t.lead_id join persons p on p.id = t.lead_id
      where t.active and a.disabled_at is null and p.active and (t.id = any(${[...teams]}::uuid[])
        or (${teams.length === 0} and t.id in (select team_id from team_members where person_id = any(${w.told}::uuid[]))))
    union all select a.role, a.person_id from accounts a join persons p on p.id = a.person_id
      where a.role in ('coordinator', 'administrator') and a.disabled_at is null and p.active and p.organisation_id = ${w.organisation_id}`.execute(
    db,
  )
  const of = (what: (typeof rows)[number]['what']) => rows.filter((r) => r.what === what).map((r) => r.person)
  return { leads: of('lead'), coordinators: of('coordinator'), administrators: of('administrator') }
}

/** Forgets matters of long ago. */
export async function forgetWatches(db: Db, before: string): Promise<void> {
  await sql`delete from notice_watches where next_at = 'infinity' and at < ${before}::timestamptz`.execute(db)
}
