import type { RawBuilder } from 'kysely'
import type { ApprovalDefinition, ApprovalState } from '../../contract/approvals.ts'
import { may } from '../../contract/permissions.ts'
import { awayAndNamed } from '../notifications/public.ts'
import type { Actor } from '../platform/ctx.ts'
import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'
import type { Subjects } from '../platform/subjects.ts'
import { askedOf, insideApproval, visibleApproval } from './visibility.ts'

export interface NewApproval {
  id: string
  organisation_id: string
  subject_kind: string
  subject_id: string
  purpose: 'order' | 'asked'
  title: string
  facts: { label: string; text: string }[]
  amount_minor: number | null
  currency: string | null
  requester_id: string | null
  asked_by: string
  asked_by_name: string
  definition: ApprovalDefinition
  expires_at: string | null
  created_at: string
}
export interface StoredApproval extends NewApproval {
  version: number
  reference: string
  requester_name: string | null
  state: ApprovalState
  stage: number
  stage_name: string | null
  ended_at: string | null
  ended_by_name: string | null
  reason: string
}
/** As one reader sees it. */
export interface SeenApproval extends StoredApproval {
  /** Persons for whom the reader can answer in the stage that waits. */
  open_for: { id: string; name: string }[]
  /** What was said by or for the reader: in the stage that waits, and ever. */
  spoken: boolean
  said: boolean | null
  asked: boolean
  inside: boolean
  due_at: string | null
}

const whole = sql`approval.*, r.name as requester_name,
  (select s.name from approval_stages s where s.approval_id = approval.id and s.position = approval.stage and approval.state = 'waiting') as stage_name`
const named = sql`left join persons r on r.id = approval.requester_id`

const seen = (subjects: Subjects, actor: Actor) => sql`${whole},
  coalesce((select jsonb_agg(distinct jsonb_build_object('id', p.id, 'name', p.name)) from approval_candidates c join persons p on p.id = c.person_id
    where c.approval_id = approval.id and c.open and approval.state = 'waiting' and ${askedOf(actor)}), '[]') as open_for,
  exists (select 1 from approval_decisions d where d.approval_id = approval.id and d.position = approval.stage and (d.decided_by = ${actor.person}::uuid or d.person_id = ${actor.person}::uuid)) as spoken,
  (select d.approve from approval_decisions d where d.approval_id = approval.id and (d.decided_by = ${actor.person}::uuid or d.person_id = ${actor.person}::uuid) order by d.at desc limit 1) as said,
  exists (select 1 from approval_candidates c where c.approval_id = approval.id and c.person_id = ${actor.person}::uuid) as asked,
  ${may(actor.role, 'commitments.write') ? insideApproval(subjects, actor) : sql`false`} as inside,
  (select min(m.due_at) from approval_seats s join commitments m on m.id = s.commitment_id where s.approval_id = approval.id and s.position = approval.stage and m.phase = 'running') as due_at`

export async function insertApproval(db: Db, a: NewApproval): Promise<string> {
  const { rows } = await sql<{ reference: string }>`
    insert into approvals (id, organisation_id, reference, subject_kind, subject_id, purpose, title, facts, amount_minor, currency, requester_id, asked_by, asked_by_name, definition, expires_at, state, created_at)
    values (${a.id}, ${a.organisation_id}, 'APR-' || nextval('approval_number'), ${a.subject_kind}, ${a.subject_id}, ${a.purpose}, ${a.title}, ${JSON.stringify(a.facts)}::jsonb, ${a.amount_minor}, ${a.currency},
      ${a.requester_id}, ${a.asked_by}, ${a.asked_by_name}, ${JSON.stringify(a.definition)}::jsonb, ${a.expires_at}::timestamptz, 'waiting', ${a.created_at}::timestamptz)
    returning reference`.execute(db)
  return rows[0]!.reference
}

/** By id, held for this transaction, whoever asks. */
export async function heldApproval(db: Db, id: string): Promise<StoredApproval | undefined> {
  await sql`select 1 from approvals where id = ${id} for update`.execute(db)
  return (
    await sql<StoredApproval>`select ${whole} from approvals approval ${named} where approval.id = ${id}`.execute(db)
  ).rows[0]
}

export async function approvalSeen(
  db: Db,
  subjects: Subjects,
  actor: Actor,
  which: { id: string } | { subject: string },
): Promise<SeenApproval[]> {
  const { rows } = await sql<SeenApproval>`
    select ${seen(subjects, actor)} from approvals approval ${named}
    where ${'id' in which ? sql`approval.id = ${which.id}` : sql`approval.subject_id = ${which.subject}`} and ${visibleApproval(subjects, actor)} order by approval.created_at desc, approval.id desc limit 50`.execute(
    db,
  )
  return rows
}

/** What waits for the decision of a person, oldest first: asked in person or standing in for who is away; never their own request. */
export const waitingPage = (
  db: Db,
  subjects: Subjects,
  actor: Actor,
  limit: number,
  after: string | undefined,
): Promise<{ rows: SeenApproval[]; next: string | null }> =>
  pageOf(
    db,
    subjects,
    actor,
    sql`approval.id in (select c.approval_id from approval_candidates c where c.open and (c.person_id = ${actor.person}::uuid or c.person_id in ${awayAndNamed(actor.person)}))
      and approval.state = 'waiting' and approval.requester_id is distinct from ${actor.person}::uuid`,
    limit,
    after,
    false,
  )

/** What a person decided, newest first. */
export const decidedPage = (
  db: Db,
  subjects: Subjects,
  actor: Actor,
  limit: number,
  after: string | undefined,
): Promise<{ rows: SeenApproval[]; next: string | null }> =>
  pageOf(
    db,
    subjects,
    actor,
    sql`approval.id in (select d.approval_id from approval_decisions d where d.decided_by = ${actor.person}::uuid)`,
    limit,
    after,
    true,
  )

async function pageOf(
  db: Db,
  subjects: Subjects,
  actor: Actor,
  which: RawBuilder<unknown>,
  limit: number,
  after: string | undefined,
  newestFirst: boolean,
): Promise<{ rows: SeenApproval[]; next: string | null }> {
  const from = readCursor(after, 2)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const beyond = newestFirst ? sql`<` : sql`>`
  const order = newestFirst ? sql`desc` : sql`asc`
  const { rows } = await sql<SeenApproval>`
    select ${seen(subjects, actor)} from approvals approval ${named}
    where approval.organisation_id = ${actor.organisation} and ${which}
      ${from === null ? sql`` : sql`and (approval.created_at, approval.id) ${beyond} (${from[0]}::timestamptz, ${from[1]}::uuid)`}
    order by approval.created_at ${order}, approval.id ${order} limit ${limit + 1}`.execute(db)
  const last = rows[limit - 1]
  return {
    rows: rows.slice(0, limit),
    next: rows.length > limit && last !== undefined ? cursorOf([last.created_at, last.id]) : null,
  }
}

/** Those of some records whose approval waits. */
export async function withApprovalWaiting(db: Db, subjects: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct subject_id as id from approvals where subject_id = any(${[...subjects]}::uuid[]) and state = 'waiting'`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}

/** Approvals of a record that wait or were given and hold, held. */
export async function liveOf(db: Db, subject: string): Promise<StoredApproval[]> {
  await sql`select 1 from approvals where subject_id = ${subject} and state in ('waiting', 'approved') order by id for update`.execute(
    db,
  )
  return (
    await sql<StoredApproval>`select ${whole} from approvals approval ${named} where approval.subject_id = ${subject} and approval.state in ('waiting', 'approved') order by approval.id`.execute(
      db,
    )
  ).rows
}

export async function saveApproval(
  db: Db,
  id: string,
  columns: { state?: ApprovalState; stage?: number; ended_at?: string; ended_by_name?: string; reason?: string },
): Promise<void> {
  await db
    .updateTable('approvals')
    .set({ ...columns, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .execute()
}
