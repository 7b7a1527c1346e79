import { type Db, sql } from '../platform/db.ts'
import type { SubjectPeople, Subjects } from '../platform/subjects.ts'
import type { StoredClock } from './clocks-store.ts'
import type { Around } from './rules/audience.ts'

const nobody: SubjectPeople = { assignee: null, requester: null, watchers: [], teams: [] }

/** Who stands around each of the clocks, found with one statement besides what the kinds of subjects ask. Only persons with an open account. */
export async function peopleAround(
  tx: Db,
  subjects: Subjects,
  organisation: string,
  clocks: readonly StoredClock[],
): Promise<(clock: StoredClock) => Around & { teams: readonly string[] }> {
  const around = new Map<string, SubjectPeople>()
  for (const kind of new Set(clocks.map((c) => c.subject.kind))) {
    const ids = [...new Set(clocks.filter((c) => c.subject.kind === kind).map((c) => c.subject.id))]
    for (const [id, people] of (await subjects.get(kind)?.people?.(tx, ids)) ?? []) around.set(id, people)
  }
  const peopleOf = (c: StoredClock) => around.get(c.subject.id) ?? nobody
  const teams = new Set(clocks.flatMap((c) => [...peopleOf(c).teams, ...(c.owner.kind === 'team' ? [c.owner.id] : [])]))
  const persons = new Set(
    clocks.flatMap((c) => [
      ...(c.owner.kind === 'person' ? [c.owner.id] : []),
      ...[peopleOf(c).assignee, peopleOf(c).requester, ...peopleOf(c).watchers].filter((id) => id !== null),
    ]),
  )
  const { rows } = await sql<{
    what: 'member' | 'lead' | 'coordinator' | 'administrator' | 'account'
    team: string | null
    person: string
  }>`
    select 'member' as what, m.team_id as team, m.person_id as person from team_members m join accounts a on a.person_id = m.person_id
      where m.team_id = any(${[...teams]}::uuid[]) and a.disabled_at is null
    union all select 'lead', t.id, t.lead_id from teams t join accounts a on a.person_id = t.lead_id where t.id = any(${[...teams]}::uuid[]) and a.disabled_at is null
    union all select a.role, null, a.person_id from accounts a join persons p on p.id = a.person_id
      where a.role in ('coordinator', 'administrator') and a.disabled_at is null and p.active and p.organisation_id = ${organisation}
    union all select 'account', null, a.person_id from accounts a where a.person_id = any(${[...persons]}::uuid[]) and a.disabled_at is null`.execute(
    tx,
  )
  const reachable = new Set(rows.filter((r) => r.what === 'account').map((r) => r.person))
  const ofTeams = (what: 'member' | 'lead', ids: readonly string[]) =>
    rows.filter((r) => r.what === what && r.team !== null && ids.includes(r.team)).map((r) => r.person)
  const ofRole = (what: 'coordinator' | 'administrator') => rows.filter((r) => r.what === what).map((r) => r.person)
  const coordinators = ofRole('coordinator')
  const administrators = ofRole('administrator')
  const one = (id: string | null) => (id !== null && reachable.has(id) ? id : null)
  return (clock) => {
    const people = peopleOf(clock)
    const own = clock.owner.kind === 'team' ? [clock.owner.id] : []
    return {
      owner:
        clock.owner.kind === 'team' ? ofTeams('member', own) : reachable.has(clock.owner.id) ? [clock.owner.id] : [],
      assignee: one(people.assignee),
      teamMembers: ofTeams('member', people.teams.length > 0 ? people.teams : own),
      leads: ofTeams('lead', people.teams.length > 0 ? people.teams : own),
      coordinators,
      administrators,
      requester: one(people.requester),
      watchers: people.watchers.filter((id) => reachable.has(id)),
      onCall: [],
      teams: people.teams.length > 0 ? people.teams : own,
    }
  }
}
