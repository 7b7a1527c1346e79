import type { RawBuilder } from 'kysely'
import type { Actor } from '../../platform/ctx.ts'
import { type Db, sql } from '../../platform/db.ts'

/** Whose time it is. */
export interface Worker {
  id: string
  name: string
  /** Where their days begin (IANA); null for whoever has no account. */
  zone: string | null
  leads: boolean
}

/** Over the column of a person: the actor leads a team they belong to. */
export const leadsPerson = (actor: Actor, person: RawBuilder<unknown>): RawBuilder<boolean> => sql<boolean>`exists (
  select 1 from team_members m join teams g on g.id = m.team_id and g.active where m.person_id = ${person} and g.lead_id = ${actor.person}::uuid)`

/** An active person of the organisation, and whether the actor leads a team they belong to. */
export const workerOf = async (db: Db, actor: Actor, id: string): Promise<Worker | undefined> =>
  (
    await sql<Worker>`
      select p.id, p.name, a.zone, ${leadsPerson(actor, sql`p.id`)} as leads
      from persons p left join accounts a on a.person_id = p.id where p.id = ${id} and p.organisation_id = ${actor.organisation} and p.active`.execute(
      db,
    )
  ).rows[0]

/** Whether the actor leads a team. */
export const isLead = async (db: Db, actor: Actor): Promise<boolean> =>
  (
    await sql<{ leads: boolean }>`
      select exists (select 1 from teams where lead_id = ${actor.person}::uuid and active and organisation_id = ${actor.organisation}) as leads`.execute(
      db,
    )
  ).rows[0]!.leads

/** Where the days of a person begin, active or not. */
export const zoneOf = async (db: Db, person: string): Promise<string | null> =>
  (await sql<{ zone: string | null }>`select zone from accounts where person_id = ${person}`.execute(db)).rows[0]
    ?.zone ?? null

/** Whom time on a ticket is billed to: the requester's cost centre, else department, else the organisation. */
export const billedByDefault = async (db: Db, ticket: string): Promise<string> =>
  (
    await sql<{ name: string }>`
      select left(coalesce(nullif(btrim(p.cost_centre), ''), nullif(btrim(p.department), ''), o.name), 120) as name
      from tickets t join organisations o on o.id = t.organisation_id left join persons p on p.id = t.requester_id where t.id = ${ticket}`.execute(
      db,
    )
  ).rows[0]!.name
