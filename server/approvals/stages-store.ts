import type { ApprovalStage } from '../../contract/approvals.ts'
import { type Db, sql } from '../platform/db.ts'
import type { Candidate } from './rules/who-decides.ts'

export interface StoredStage {
  approval_id: string
  position: number
  name: string
  need: ApprovalStage['need']
  count: number
  state: 'ahead' | 'waiting' | 'approved' | 'refused' | 'ended'
}
export interface StoredSeat {
  id: string
  approval_id: string
  position: number
  label: string
  team_id: string | null
  commitment_id: string | null
  due_at: string | null
  late: boolean
  candidates: {
    person_id: string
    name: string
    instead_of: string | null
    instead_why: 'own_request' | 'left' | 'moved' | null
    open: boolean
  }[]
}
export interface StoredDecision {
  approval_id: string
  position: number
  person_id: string
  person_name: string
  decided_by: string
  decided_by_name: string
  approve: boolean
  comment: string
  at: string
}

export async function insertStages(
  db: Db,
  approval: string,
  stages: readonly Pick<StoredStage, 'position' | 'name' | 'need' | 'count'>[],
): Promise<void> {
  await sql`
    insert into approval_stages (approval_id, position, name, need, count, state)
    select ${approval}, position, name, need, count, 'ahead' from jsonb_to_recordset(${JSON.stringify(stages)}::jsonb) as g(position int, name text, need text, count int)`.execute(
    db,
  )
}

export const stagesOf = async (db: Db, approvals: readonly string[]): Promise<StoredStage[]> =>
  (
    await sql<StoredStage>`select * from approval_stages where approval_id = any(${approvals}::uuid[]) order by approval_id, position`.execute(
      db,
    )
  ).rows

export const seatsOf = async (db: Db, approvals: readonly string[]): Promise<StoredSeat[]> =>
  (
    await sql<StoredSeat>`
      select s.id, s.approval_id, s.position, s.label, s.team_id, s.commitment_id, m.due_at, coalesce(m.late, false) as late,
        coalesce((select jsonb_agg(jsonb_build_object('person_id', c.person_id, 'name', p.name, 'instead_of', c.instead_of, 'instead_why', c.instead_why, 'open', c.open) order by lower(p.name), p.id)
          from approval_candidates c join persons p on p.id = c.person_id where c.seat_id = s.id), '[]') as candidates
      from approval_seats s left join commitments m on m.id = s.commitment_id where s.approval_id = any(${approvals}::uuid[]) order by s.approval_id, s.position, s.place`.execute(
      db,
    )
  ).rows

export const decisionsOf = async (db: Db, approvals: readonly string[]): Promise<StoredDecision[]> =>
  (
    await sql<StoredDecision>`
      select d.*, p.name as person_name, b.name as decided_by_name from approval_decisions d join persons p on p.id = d.person_id join persons b on b.id = d.decided_by
      where d.approval_id = any(${approvals}::uuid[]) order by d.approval_id, d.position, d.at, d.person_id`.execute(db)
  ).rows

export async function insertSeats(
  db: Db,
  approval: string,
  position: number,
  seats: readonly {
    id: string
    label: string
    team: string | null
    commitment: string | null
    candidates: readonly (Candidate & { insteadName: string | null })[]
  }[],
): Promise<void> {
  await sql`
    insert into approval_seats (id, approval_id, position, place, label, team_id, commitment_id)
    select id, ${approval}, ${position}, place, label, team, commitment from jsonb_to_recordset(${JSON.stringify(seats.map((seat, place) => ({ ...seat, place })))}::jsonb)
      as g(id uuid, place int, label text, team uuid, commitment uuid)`.execute(db)
  await sql`
    insert into approval_candidates (seat_id, person_id, instead_of, instead_why, approval_id)
    select seat, person, instead, why, ${approval} from jsonb_to_recordset(${JSON.stringify(
      seats.flatMap((seat) =>
        seat.candidates.map((c) => ({ seat: seat.id, person: c.person, instead: c.insteadName, why: c.why })),
      ),
    )}::jsonb) as g(seat uuid, person uuid, instead text, why text)`.execute(db)
}

export async function saveStage(
  db: Db,
  approval: string,
  position: number,
  state: StoredStage['state'],
  at: string,
): Promise<void> {
  await sql`
    update approval_stages set state = ${state}, started_at = case when ${state} = 'waiting' then ${at}::timestamptz else started_at end,
      ended_at = case when ${state} = 'waiting' then null else ${at}::timestamptz end where approval_id = ${approval} and position = ${position}`.execute(
    db,
  )
}

/** Nothing waits any more: what was not decided is over. */
export async function endStages(db: Db, approval: string, at: string): Promise<void> {
  await sql`update approval_stages set state = 'ended', ended_at = ${at}::timestamptz where approval_id = ${approval} and state in ('ahead', 'waiting')`.execute(
    db,
  )
  await sql`update approval_candidates set open = false where approval_id = ${approval} and open`.execute(db)
}

export async function insertDecisions(
  db: Db,
  approval: string,
  position: number,
  list: readonly { person: string; by: string; approve: boolean; comment: string; at: string }[],
): Promise<void> {
  await sql`
    insert into approval_decisions (approval_id, position, person_id, decided_by, approve, comment, at)
    select ${approval}, ${position}, person, by, approve, comment, at from jsonb_to_recordset(${JSON.stringify(list)}::jsonb) as g(person uuid, by uuid, approve boolean, comment text, at timestamptz)`.execute(
    db,
  )
  await sql`
    update approval_candidates c set open = false where c.approval_id = ${approval} and c.person_id = any(${list.map((one) => one.person)}::uuid[]) and c.open`.execute(
    db,
  )
}

/** Asks others in a seat in place of those who were still asked. */
export async function seatOthers(
  db: Db,
  seat: Pick<StoredSeat, 'id' | 'approval_id'>,
  persons: readonly string[],
  { insteadOf, why }: { insteadOf: string; why: 'left' | 'moved' },
): Promise<void> {
  await sql`delete from approval_candidates where seat_id = ${seat.id} and open`.execute(db)
  await sql`
    insert into approval_candidates (seat_id, person_id, instead_of, instead_why, approval_id)
    select ${seat.id}, g.person, ${insteadOf}, ${why}, ${seat.approval_id} from unnest(${persons}::uuid[]) as g(person)`.execute(
    db,
  )
}

/** One of several who could fill a seat leaves it to the others. */
export const leaveSeat = (db: Db, seat: string, person: string) =>
  sql`delete from approval_candidates where seat_id = ${seat} and person_id = ${person}`.execute(db)

/** Takes away a seat in which nobody spoke and nobody can. */
export async function dropSeat(db: Db, id: string): Promise<void> {
  await sql`delete from approval_candidates where seat_id = ${id}`.execute(db)
  await sql`delete from approval_seats where id = ${id}`.execute(db)
}

/** The stage is over: nobody is asked in it any more. */
export async function closeSeats(db: Db, approval: string, position: number): Promise<void> {
  await sql`
    update approval_candidates c set open = false from approval_seats s where s.id = c.seat_id and s.approval_id = ${approval} and s.position = ${position} and c.open`.execute(
    db,
  )
}
