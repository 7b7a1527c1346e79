import type { RawBuilder } from 'kysely'
import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import type { Actor } from '../platform/ctx.ts'
import { Problem } from '../platform/errors.ts'
import { newId } from '../platform/identifiers.ts'
import { insideTicket } from '../tickets/public.ts'
import { askedForParts, onTicketSeen, toldOf } from './visibility.ts'

export interface IncidentColumns {
  state: 'live' | 'ended'
  headline: string
  affected: string
  update_minutes: number
  commander_id: string
  communications_id: string
  technical_id: string | null
  everyone: boolean
  teams: readonly string[]
  persons: readonly string[]
  addresses: readonly string[]
  ended_at: string | null
  ended_by_name: string | null
  commitment_id: string | null
  next_update_at: string | null
  report: string
  report_sent_at: string | null
}
export interface StoredIncident extends IncidentColumns {
  id: string
  version: number
  organisation_id: string
  ticket_id: string
  declared_at: string
  declared_by_name: string
}
/** As a reader sees it. */
export interface SeenIncident extends StoredIncident {
  reference: string
  /** The reader sees its ticket; works on it. */
  seen: boolean
  inside: boolean
  commander_name: string
  communications_name: string
  technical_name: string | null
  team_refs: { id: string; name: string }[]
  person_refs: { id: string; name: string }[]
  updates: StoredUpdate[]
}
export interface StoredUpdate {
  id: string
  kind: 'declared' | 'update' | 'ended'
  words: string
  at: string
  by_name: string
  promised_for: string | null
}

const names = (table: 'teams' | 'persons', column: RawBuilder<unknown>) =>
  sql`coalesce((select jsonb_agg(jsonb_build_object('id', x.id, 'name', x.name) order by lower(x.name)) from ${sql.table(table)} x where x.id = any(${column})), '[]')`

/** `updates`: all of them, or the newest alone. */
const whole = (actor: Actor, updates: 'all' | 'newest') => sql`
  incident.*, ticket.reference, ${onTicketSeen(actor)} as seen,
  exists (select 1 from tickets t where t.id = incident.ticket_id and ${insideTicket(actor)}) as inside,
  commander.name as commander_name, communications.name as communications_name, technical.name as technical_name,
  ${names('teams', sql.ref('incident.teams'))} as team_refs, ${names('persons', sql.ref('incident.persons'))} as person_refs,
  coalesce((select jsonb_agg(to_jsonb(u) order by u.at, u.id) from (select id, kind, words, at, by_name, promised_for from major_incident_updates m where m.incident_id = incident.id
    order by at desc, id desc ${updates === 'newest' ? sql`limit 1` : sql``}) u), '[]') as updates`
const from = sql`from major_incidents incident join tickets ticket on ticket.id = incident.ticket_id join persons commander on commander.id = incident.commander_id
  join persons communications on communications.id = incident.communications_id left join persons technical on technical.id = incident.technical_id`

/** `lock` holds it for the rest of the transaction. Undefined where the reader is not told of it. */
export async function incidentById(db: Db, actor: Actor, id: string, lock = false): Promise<SeenIncident | undefined> {
  if (lock) await sql`select 1 from major_incidents where id = ${id} for update`.execute(db)
  const { rows } = await sql<SeenIncident>`
    select ${whole(actor, 'all')} ${from} where incident.id = ${id} and ${toldOf(actor)}`.execute(db)
  return rows[0]
}

/** Those of a ticket, the newest first. */
export async function incidentsOf(db: Db, actor: Actor, ticket: string): Promise<SeenIncident[]> {
  const { rows } = await sql<SeenIncident>`
    select ${whole(actor, 'all')} ${from} where incident.ticket_id = ${ticket} and ${onTicketSeen(actor)} order by incident.declared_at desc, incident.id desc`.execute(
    db,
  )
  return rows
}

/** Those that go on of which the reader is told, the newest first. */
export async function liveIncidents(db: Db, actor: Actor): Promise<SeenIncident[]> {
  const { rows } = await sql<SeenIncident>`
    select ${whole(actor, 'newest')} ${from} where incident.organisation_id = ${actor.organisation} and incident.state = 'live' and ${toldOf(actor)}
    order by incident.declared_at desc, incident.id desc limit 20`.execute(db)
  return rows
}

export const hasLiveIncident = async (db: Db, ticket: string): Promise<boolean> =>
  (await sql`select 1 from major_incidents where ticket_id = ${ticket} and state = 'live'`.execute(db)).rows.length > 0

export interface ListedIncident extends SeenIncident {
  told: number
  missed: number
}

/** Those of tickets the reader sees, newest first. 400 `bad-cursor`. */
export async function incidentPage(
  db: Db,
  actor: Actor,
  given: { state?: 'live' | 'ended' | undefined; limit: number; after?: string | undefined },
): Promise<{ rows: ListedIncident[]; next: string | null }> {
  const begin = readCursor(given.after, 2)
  if (given.after !== undefined && begin === null) throw new Problem(400, 'bad-cursor')
  const { rows } = await sql<ListedIncident>`
    select ${whole(actor, 'newest')},
      (select count(*) from major_incident_updates u where u.incident_id = incident.id) as told,
      (select count(*) from major_incident_updates u where u.incident_id = incident.id and u.at > u.promised_for) as missed
    ${from} where incident.organisation_id = ${actor.organisation} and ${onTicketSeen(actor)}
      ${given.state === undefined ? sql`` : sql`and incident.state = ${given.state}`}
      ${begin === null ? sql`` : sql`and (incident.declared_at, incident.id) < (${begin[0]}::timestamptz, ${begin[1]}::uuid)`}
    order by incident.declared_at desc, incident.id desc limit ${given.limit + 1}`.execute(db)
  const last = rows[given.limit - 1]
  return {
    rows: rows.slice(0, given.limit),
    next: rows.length > given.limit && last !== undefined ? cursorOf([last.declared_at, last.id]) : null,
  }
}

export async function insertIncident(
  db: Db,
  i: Omit<
    StoredIncident,
    | 'version'
    | 'state'
    | 'ended_at'
    | 'ended_by_name'
    | 'commitment_id'
    | 'next_update_at'
    | 'report'
    | 'report_sent_at'
  >,
): Promise<void> {
  await sql`
    insert into major_incidents (id, organisation_id, ticket_id, headline, affected, update_minutes, commander_id, communications_id, technical_id, everyone, teams, persons, addresses, declared_at, declared_by_name)
    values (${i.id}, ${i.organisation_id}, ${i.ticket_id}, ${i.headline}, ${i.affected}, ${i.update_minutes}, ${i.commander_id}, ${i.communications_id}, ${i.technical_id}, ${i.everyone},
      ${[...i.teams]}::uuid[], ${[...i.persons]}::uuid[], ${[...i.addresses]}::text[], ${i.declared_at}::timestamptz, ${i.declared_by_name})`.execute(
    db,
  )
}

export async function saveIncident(db: Db, id: string, columns: Partial<IncidentColumns>): Promise<void> {
  const { teams, persons, addresses, ...plain } = columns
  await db
    .updateTable('major_incidents')
    .set({
      ...plain,
      ...(teams === undefined ? {} : { teams: sql`${[...teams]}::uuid[]` }),
      ...(persons === undefined ? {} : { persons: sql`${[...persons]}::uuid[]` }),
      ...(addresses === undefined ? {} : { addresses: sql`${[...addresses]}::text[]` }),
      version: sql`version + 1`,
    })
    .where('id', '=', id)
    .execute()
}

/** Writes what is told and answers its id. */
export async function insertUpdate(db: Db, incident: string, u: Omit<StoredUpdate, 'id'>): Promise<string> {
  const id = newId()
  await sql`
    insert into major_incident_updates (id, incident_id, kind, words, at, by_name, promised_for)
    values (${id}, ${incident}, ${u.kind}, ${u.words}, ${u.at}::timestamptz, ${u.by_name}, ${u.promised_for}::timestamptz)`.execute(
    db,
  )
  return id
}

/** Those of some persons and teams who are no more, or never were, of the organisation. */
export async function unknownStakeholders(
  db: Db,
  organisation: string,
  given: { persons: readonly string[]; teams: readonly string[] },
): Promise<{ persons: string[]; teams: string[] }> {
  const { rows } = await sql<{ kind: 'persons' | 'teams'; id: string }>`
    select 'persons' as kind, g.id from unnest(${[...given.persons]}::uuid[]) as g(id) where not exists (select 1 from persons p where p.id = g.id and p.organisation_id = ${organisation} and p.active)
    union all
    select 'teams', g.id from unnest(${[...given.teams]}::uuid[]) as g(id) where not exists (select 1 from teams t where t.id = g.id and t.organisation_id = ${organisation} and t.active)`.execute(
    db,
  )
  return {
    persons: rows.filter((row) => row.kind === 'persons').map((row) => row.id),
    teams: rows.filter((row) => row.kind === 'teams').map((row) => row.id),
  }
}

/** Everybody who is told: the persons, members of the teams, who has a role, and who asked for parts of its ticket; those of the organisation who are still here. */
export async function personsTold(db: Db, i: StoredIncident): Promise<string[]> {
  const named = [
    ...i.persons,
    i.commander_id,
    i.communications_id,
    ...(i.technical_id === null ? [] : [i.technical_id]),
  ]
  const { rows } = await sql<{ id: string }>`
    select p.id from persons p where p.active and p.organisation_id = ${i.organisation_id}
      and (p.id = any(${named}::uuid[]) or exists (select 1 from team_members m where m.person_id = p.id and m.team_id = any(${[...i.teams]}::uuid[]))
        or p.id in ${askedForParts(sql`${i.ticket_id}::uuid`)})`.execute(db)
  return rows.map(({ id }) => id)
}
