import type { RawBuilder } from 'kysely'
import type { Actor } from '../platform/ctx.ts'
import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'
import type { Subjects } from '../platform/subjects.ts'

export interface StoredPage {
  id: string
  organisation_id: string
  schedule_id: string
  schedule_name: string
  team_id: string
  subject_kind: string
  subject_id: string
  words: string
  state: 'open' | 'taken'
  step: number
  next_at: string | null
  created_at: string
  taken_by_name: string | null
  taken_at: string | null
  told: { at: string; step: number; people: { id: string; name: string }[] }[] | null
}

const whole = sql`
  select p.id, p.organisation_id, p.schedule_id, s.name as schedule_name, s.team_id, p.subject_kind, p.subject_id, p.words, p.state, p.step, p.next_at, p.created_at, p.taken_by_name, p.taken_at,
    (select jsonb_agg(jsonb_build_object('at', t.at, 'step', t.step, 'people', t.people) order by t.step) from on_call_page_steps t where t.page_id = p.id) as told
  from on_call_pages p join on_call_schedules s on s.id = p.schedule_id`

const seen = (subjects: Subjects, actor: Actor): RawBuilder<boolean> =>
  sql<boolean>`(p.organisation_id = ${actor.organisation} and ${subjects.visible(actor, sql.ref('p.subject_kind'), sql.ref('p.subject_id'))})`

/** Of records the actor sees, newest first. */
export async function pagesPage(
  db: Db,
  subjects: Subjects,
  actor: Actor,
  f: { open: boolean | undefined; limit: number; after: string | undefined },
) {
  const from = readCursor(f.after, 2)
  if (f.after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const { rows } = await sql<StoredPage>`
    ${whole} where ${seen(subjects, actor)} ${f.open === undefined ? sql`` : sql`and p.state = ${f.open ? 'open' : 'taken'}`}
      ${from === null ? sql`` : sql`and (p.created_at, p.id) < (${from[0]}::timestamptz, ${from[1]}::uuid)`}
    order by p.created_at desc, p.id desc limit ${f.limit + 1}`.execute(db)
  const last = rows[f.limit - 1]
  return {
    rows: rows.slice(0, f.limit),
    next: rows.length > f.limit && last !== undefined ? cursorOf([last.created_at, last.id]) : null,
  }
}

export async function countPages(db: Db, subjects: Subjects, actor: Actor, open: boolean | undefined): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from (select 1 from on_call_pages p where ${seen(subjects, actor)} ${open === undefined ? sql`` : sql`and p.state = ${open ? 'open' : 'taken'}`} limit 10000) x`.execute(
    db,
  )
  return rows[0]!.n
}

export async function pageById(
  db: Db,
  subjects: Subjects,
  actor: Actor,
  id: string,
  lock = false,
): Promise<StoredPage | undefined> {
  if (lock) await sql`select 1 from on_call_pages where id = ${id} for update`.execute(db)
  return (await sql<StoredPage>`${whole} where p.id = ${id} and ${seen(subjects, actor)}`.execute(db)).rows[0]
}

/** One whose next step has come, held; undefined where another node has it. */
export async function heldPage(tx: Db, id: string, now: string): Promise<StoredPage | undefined> {
  const { rows } = await sql`
    select 1 from on_call_pages where id = ${id} and state = 'open' and next_at <= ${now}::timestamptz for update skip locked`.execute(
    tx,
  )
  return rows.length === 0 ? undefined : (await sql<StoredPage>`${whole} where p.id = ${id}`.execute(tx)).rows[0]
}

export async function pagesDue(
  db: Db,
  now: string,
  but: readonly string[],
): Promise<{ id: string; organisation: string }[]> {
  const { rows } = await sql<{ id: string; organisation: string }>`
    select id, organisation_id as organisation from on_call_pages where state = 'open' and next_at <= ${now}::timestamptz and id <> all(${but}::uuid[]) order by next_at limit 100`.execute(
    db,
  )
  return rows
}

/** Answers false where the cause has called already. */
export async function insertPage(
  tx: Db,
  p: {
    id: string
    organisation: string
    schedule: string
    subject: { kind: string; id: string }
    words: string
    cause: string
    at: string
    nextAt: string
  },
): Promise<boolean> {
  const { rows } = await sql`
    insert into on_call_pages (id, organisation_id, schedule_id, subject_kind, subject_id, words, cause, state, created_at, next_at)
    values (${p.id}, ${p.organisation}, ${p.schedule}, ${p.subject.kind}, ${p.subject.id}, ${p.words}, ${p.cause}, 'open', ${p.at}, ${p.nextAt}) on conflict (schedule_id, cause) do nothing returning 1`.execute(
    tx,
  )
  return rows.length > 0
}

/** Records a step and what comes next; null where the path ends here. Answers false where the step is on record already. */
export async function saveStep(
  tx: Db,
  page: string,
  s: { step: number; at: string; people: readonly { id: string; name: string }[]; nextAt: string | null },
): Promise<boolean> {
  const { rows } = await sql`
    insert into on_call_page_steps (page_id, step, at, people) values (${page}, ${s.step}, ${s.at}, ${JSON.stringify(s.people)}::jsonb) on conflict do nothing returning 1`.execute(
    tx,
  )
  await sql`
    update on_call_pages set step = ${s.step + 1}, next_at = ${s.nextAt} where id = ${page}`.execute(tx)
  return rows.length > 0
}

export async function saveTaking(tx: Db, page: string, by: { id: string; name: string }, at: string): Promise<void> {
  await sql`
    update on_call_pages set state = 'taken', next_at = null, taken_by = ${by.id}, taken_by_name = ${by.name}, taken_at = ${at} where id = ${page} and state <> 'taken'`.execute(
    tx,
  )
}

/** Open calls about a record that were made before somebody worked on it (`at`): that somebody has taken them. Answers their ids. */
export async function takeOpenOf(
  tx: Db,
  subject: string,
  by: { id: string; name: string },
  at: string,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update on_call_pages set state = 'taken', next_at = null, taken_by = ${by.id}, taken_by_name = ${by.name}, taken_at = ${at} where subject_id = ${subject} and state = 'open' and created_at <= ${at}::timestamptz returning id`.execute(
    tx,
  )
  return rows.map((row) => row.id)
}

/** Whom the steps of a path can reach besides those on call: only persons with an open account. */
export async function reachable(
  db: Db,
  organisation: string,
  team: string,
): Promise<{
  accounts(ids: readonly string[]): Promise<{ id: string; name: string }[]>
  team: string[]
  lead: string[]
  coordinators: string[]
}> {
  const { rows } = await sql<{ what: 'member' | 'lead' | 'coordinator' | 'administrator'; id: string }>`
    select 'member' as what, m.person_id as id from team_members m where m.team_id = ${team}
    union all select 'lead', lead_id from teams where id = ${team} and lead_id is not null
    union all select a.role, a.person_id from accounts a join persons p on p.id = a.person_id
      where a.role in ('coordinator', 'administrator') and a.disabled_at is null and p.active and p.organisation_id = ${organisation}`.execute(
    db,
  )
  const of = (what: string) => rows.filter((row) => row.what === what).map((row) => row.id)
  const coordinators = of('coordinator')
  return {
    team: of('member'),
    lead: of('lead'),
    coordinators: coordinators.length > 0 ? coordinators : of('administrator'),
    async accounts(ids) {
      const found = await sql<{ id: string; name: string }>`
        select p.id, p.name from persons p join accounts a on a.person_id = p.id and a.disabled_at is null where p.id = any(${ids}::uuid[]) and p.active order by p.name`.execute(
        db,
      )
      return found.rows
    },
  }
}
