import type { ApprovalStage, Approver } from '../../contract/approvals.ts'
import { type Db, sql } from '../platform/db.ts'
import { candidatesOf, type Candidate, managerAt, type People } from './rules/who-decides.ts'

export interface FilledSeat {
  label: string
  team: string | null
  candidates: (Candidate & { insteadName: string | null })[]
}

interface Known extends People {
  names: ReadonlyMap<string, string>
  members: ReadonlyMap<string, string[]>
  teams: ReadonlyMap<string, string>
  holders: ReadonlyMap<string, string[]>
}

/** What must be known of people to fill the seats of these approvers: four statements, however many there are. */
async function peopleFor(
  db: Db,
  organisation: string,
  requester: string | null,
  approvers: readonly Approver[],
): Promise<Known> {
  const teamIds = approvers.flatMap((one) => (one.kind === 'team' ? [one.id] : []))
  const roles = [
    ...new Set([
      'coordinator',
      'administrator',
      ...approvers.flatMap((one) => (one.kind === 'role' ? [one.role] : [])),
    ]),
  ]
  const persons = approvers.flatMap((one) => (one.kind === 'person' ? [one.id] : []))
  const teams = await sql<{ id: string; name: string; members: string[] }>`
    select t.id, t.name, array(select m.person_id from team_members m join persons p on p.id = m.person_id where m.team_id = t.id order by lower(p.name), p.id) as members
    from teams t where t.id = any(${teamIds}::uuid[]) and t.organisation_id = ${organisation} and t.active`.execute(db)
  const held = await sql<{ role: string; id: string }>`
    select a.role, a.person_id as id from accounts a join persons p on p.id = a.person_id
    where a.role = any(${roles}::text[]) and a.disabled_at is null and p.active and p.organisation_id = ${organisation} order by a.created_at, a.id`.execute(
    db,
  )
  const first = [
    ...persons,
    ...teams.rows.flatMap((one) => one.members),
    ...held.rows.map((one) => one.id),
    ...(requester === null ? [] : [requester]),
  ]
  const { rows } = await sql<{ id: string; name: string; manager_id: string | null; able: boolean }>`
    with recursive up(id, depth) as (
      select unnest(${first}::uuid[]), 0 union select p.manager_id, up.depth + 1 from up join persons p on p.id = up.id where p.manager_id is not null and up.depth < 20
    ) select distinct p.id, p.name, p.manager_id, (p.active and exists (select 1 from accounts a where a.person_id = p.id and a.disabled_at is null)) as able
      from up join persons p on p.id = up.id where p.organisation_id = ${organisation}`.execute(db)
  const holders = Map.groupBy(held.rows, (one) => one.role)
  const ofRole = (role: string) => (holders.get(role) ?? []).map((one) => one.id)
  return {
    requester,
    able: new Set(rows.filter((one) => one.able).map((one) => one.id)),
    managerOf: new Map(rows.flatMap((one) => (one.manager_id === null ? [] : [[one.id, one.manager_id] as const]))),
    coordinators: ofRole('coordinator'),
    administrators: ofRole('administrator'),
    names: new Map(rows.map((one) => [one.id, one.name])),
    members: new Map(teams.rows.map((one) => [one.id, one.members])),
    teams: new Map(teams.rows.map((one) => [one.id, one.name])),
    holders: new Map([...holders.keys()].map((role) => [role, ofRole(role)])),
  }
}

function namedBy(one: Approver, p: Known): string[] {
  switch (one.kind) {
    case 'person':
      return [one.id]
    case 'team':
      return p.members.get(one.id) ?? []
    case 'role':
      return [...(p.holders.get(one.role) ?? [])]
    case 'manager': {
      const found = managerAt(p.requester, one.level, p.managerOf)
      return found === null ? [] : [found]
    }
  }
}

/**
 * The seats of a stage with those who can fill them, as people stand now. A role's label is its name, for the catalogue of sentences. Whoever asks for
 * somebody else (`askedBy`) does not decide for a team or a role on what they asked for, where others of it can; `except`: who cannot sit here.
 */
export async function seatsFor(
  db: Db,
  organisation: string,
  requester: string | null,
  stage: Pick<ApprovalStage, 'approvers'>,
  { askedBy = null, except = new Set() }: { askedBy?: string | null; except?: ReadonlySet<string> } = {},
): Promise<FilledSeat[]> {
  const all = await peopleFor(db, organisation, requester, stage.approvers)
  const p = { ...all, able: all.able.difference(except) }
  return stage.approvers.map((one) => ({
    label:
      one.kind === 'person'
        ? (p.names.get(one.id) ?? '')
        : one.kind === 'team'
          ? (p.teams.get(one.id) ?? '')
          : one.kind === 'role'
            ? `role:${one.role}`
            : `manager:${one.level}`,
    team: one.kind === 'team' && p.teams.has(one.id) ? one.id : null,
    candidates: candidatesOf(impartial(namedBy(one, p), one, askedBy, p), p).map((c) => ({
      ...c,
      insteadName: c.insteadOf === null ? null : (p.names.get(c.insteadOf) ?? ''),
    })),
  }))
}

function impartial(named: string[], { kind }: Approver, askedBy: string | null, p: Known): string[] {
  if (kind !== 'team' && kind !== 'role') return named
  const others = named.filter((one) => one !== askedBy)
  return others.some((one) => p.able.has(one) && one !== p.requester) ? others : named
}

/** Whether a person can decide at all: active, with an open account. */
export const canDecide = async (db: Db, person: string): Promise<boolean> =>
  (
    await sql`select 1 from persons p join accounts a on a.person_id = p.id and a.disabled_at is null where p.id = ${person} and p.active`.execute(
      db,
    )
  ).rows.length > 0

/** Those of the approvers a definition names that do not exist here: their ids. */
export async function unknownApprovers(
  db: Db,
  organisation: string,
  approvers: readonly Approver[],
): Promise<string[]> {
  const ids = approvers.flatMap((one) => (one.kind === 'person' || one.kind === 'team' ? [one.id] : []))
  const { rows } = await sql<{ id: string }>`
    select g.id from unnest(${ids}::uuid[]) as g(id) where not exists (select 1 from persons p where p.id = g.id and p.organisation_id = ${organisation} and p.active)
      and not exists (select 1 from teams t where t.id = g.id and t.organisation_id = ${organisation} and t.active)`.execute(
    db,
  )
  return rows.map((row) => row.id)
}
