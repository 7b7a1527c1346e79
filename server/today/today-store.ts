import type { RawBuilder } from 'kysely'
import { may } from '../../contract/permissions.ts'
import type { Actor } from '../platform/ctx.ts'
import { type Db, sql } from '../platform/db.ts'
import type { Subjects } from '../platform/subjects.ts'
import { visibleTicket } from '../tickets/public.ts'

/** Up to here a section counts; beyond, it says "more than". */
export const countCap = 1000

/** Whose day: a person's tickets, a team's queues, or everything the reader sees. */
export interface Scope {
  person: string | undefined
  team: string | undefined
}

const scoped = (actor: Actor, scope: Scope): RawBuilder<unknown> => {
  if (scope.person !== undefined) return sql`t.assignee_id = ${scope.person} and ${visibleTicket(actor)}`
  if (scope.team !== undefined)
    return sql`t.queue_id in (select queue_id from queue_teams where team_id = ${scope.team}) and ${visibleTicket(actor)}`
  // a technician's day is that of the queues served; what one merely asked for belongs to the portal
  if (!may(actor.role, 'tickets.all'))
    return sql`(t.queue_id in (select queue_id from queue_teams where team_id = any(${actor.teams}::uuid[])) or t.assignee_id = ${actor.id}) and ${visibleTicket(actor)}`
  return visibleTicket(actor)
}

/** Ids of a section in its order, and how many there are up to the cap. */
export async function section(
  db: Db,
  actor: Actor,
  scope: Scope,
  where: RawBuilder<unknown>,
  order: RawBuilder<unknown>,
  limit: number,
): Promise<{ ids: string[]; total: number }> {
  const { rows } = await sql<{ ids: string[] | null; total: number }>`
    with found as materialized (select t.id, row_number() over () as place from (select t.id from tickets t where ${where} and ${scoped(actor, scope)} order by ${order} limit ${countCap + 1}) t)
    select (select array_agg(id order by place) from found where place <= ${limit}) as ids, (select count(*) from found) as total`.execute(
    db,
  )
  return { ids: rows[0]!.ids ?? [], total: rows[0]!.total }
}

/** Tickets opened by category: today so far, and on each of the days before up to the same time of day. */
export async function categoryCounts(
  db: Db,
  actor: Actor,
  scope: Scope,
  now: string,
  days: number,
): Promise<{ id: string; name: string; today: number; history: number[] }[]> {
  const { rows } = await sql<{ id: string; name: string; counts: { day: number; n: number }[] }>`
    select c.id, c.name, jsonb_agg(jsonb_build_object('day', d.day, 'n', d.n)) as counts from (
      select t.category_id, floor(extract(epoch from ${now}::timestamptz - t.created_at) / 86400)::int as day, count(*) as n from tickets t
      where t.created_at > ${now}::timestamptz - make_interval(days => ${days + 1}::int) and t.created_at <= ${now}::timestamptz and t.category_id is not null and ${scoped(actor, scope)} group by 1, 2) d
    join categories c on c.id = d.category_id group by c.id, c.name`.execute(db)
  return rows.map((row) => {
    const byDay = new Map(row.counts.map((c) => [c.day, c.n]))
    return {
      id: row.id,
      name: row.name,
      today: byDay.get(0) ?? 0,
      history: Array.from({ length: days }, (_, i) => byDay.get(i + 1) ?? 0),
    }
  })
}

/** What each technician of a team carries, by team. */
export async function loads(
  db: Db,
  actor: Actor,
  scope: Scope,
): Promise<{ team: string; person: string; name: string; open: number }[]> {
  const { rows } = await sql<{ team: string; person: string; name: string; open: number }>`
    select m.team_id as team, p.id as person, p.name, (select count(*) from tickets t where t.assignee_id = p.id and t.due_at < 'infinity' and ${visibleTicket(actor)}) as open
    from team_members m join teams g on g.id = m.team_id and g.active and g.organisation_id = ${actor.organisation} join persons p on p.id = m.person_id and p.active
    where ${scope.team === undefined ? (may(actor.role, 'tickets.all') ? sql`true` : sql`m.team_id = any(${actor.teams}::uuid[])`) : sql`m.team_id = ${scope.team}`}
    limit 2000`.execute(db)
  return rows
}

/** Who waits for whom, and who answers for a ticket nobody has. */
export async function surroundings(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, { vendor: string | null; since: string | null; owner: string | null; fallback: boolean }>> {
  const { rows } = await sql<{
    id: string
    vendor: string | null
    since: string | null
    owner: string | null
    fallback: boolean | null
  }>`
    select t.id, v.name as vendor, t.waiting_since as since, coalesce(p.name, g.name) as owner, o.owner_fallback as fallback
    from tickets t left join vendors v on v.id = t.vendor_id
    left join lateral (select owner_kind, owner_id, owner_fallback from commitments c where c.subject_id = t.id and c.phase in ('running', 'paused') order by due_at nulls last limit 1) o on true
    left join persons p on o.owner_kind = 'person' and p.id = o.owner_id left join teams g on o.owner_kind = 'team' and g.id = o.owner_id
    where t.id = any(${ids}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.id, { ...row, fallback: row.fallback === true }]))
}

/** A commitment by hand as a line of Today. */
export interface HandLine {
  id: string
  version: number
  reference: string
  title: string
  kind: string
  due_at: string
  late: boolean
  owner_id: string
  owner_name: string | null
  owner_fallback: boolean
  about: { kind: string; id: string } | null
}

/** Commitments by hand that run and are due within a stretch, earliest first, and how many there are up to the cap. What was put aside is left out. */
export async function byHand(
  db: Db,
  subjects: Subjects,
  actor: Actor,
  scope: Scope,
  stretch: { from: string | null; to: string; now: string },
  limit: number,
): Promise<{ lines: HandLine[]; total: number }> {
  const mine = [...(actor.person === null ? [] : [actor.person]), ...actor.teams]
  const whose =
    scope.person !== undefined
      ? sql`m.owner_id = ${scope.person}`
      : scope.team !== undefined
        ? sql`m.owner_id = ${scope.team}`
        : may(actor.role, 'commitments.all')
          ? sql`true`
          : sql`m.owner_id = any(${mine}::uuid[])`
  const { rows } = await sql<{ lines: HandLine[] | null; total: number }>`
    with found as materialized (
      select m.id, m.version, h.reference, h.title, m.kind, m.due_at, m.late, m.owner_id, coalesce(p.name, w.name) as owner_name, m.owner_fallback,
        case when m.subject_kind = 'commitment' then null else jsonb_build_object('kind', m.subject_kind, 'id', m.subject_id) end as about,
        row_number() over (order by m.due_at, m.id) as place
      from commitments m join commitments_by_hand h on h.commitment_id = m.id
        left join persons p on m.owner_kind = 'person' and p.id = m.owner_id left join teams w on m.owner_kind = 'team' and w.id = m.owner_id
      where m.phase = 'running' and m.party = 'team' and m.organisation_id = ${actor.organisation} and m.due_at < ${stretch.to}::timestamptz
        ${stretch.from === null ? sql`` : sql`and m.due_at >= ${stretch.from}::timestamptz`} and ${whose}
        and coalesce(m.snoozed_until <= ${stretch.now}::timestamptz, true) and ${subjects.visible(actor, sql.ref('m.subject_kind'), sql.ref('m.subject_id'))}
      order by m.due_at, m.id limit ${countCap + 1})
    select (select jsonb_agg(to_jsonb(f) - 'place' order by place) from found f where place <= ${limit}) as lines, (select count(*) from found) as total`.execute(
    db,
  )
  return { lines: rows[0]!.lines ?? [], total: rows[0]!.total }
}

/** Condition over a `tickets t`: the clock that makes it due was not put aside. */
export const notAside = (now: string): RawBuilder<unknown> =>
  sql`(t.id, t.due_at) not in (select c.subject_id, c.due_at from commitments c where c.snoozed_until is not null and c.snoozed_until > ${now}::timestamptz and c.phase = 'running' and c.due_at is not null)`
