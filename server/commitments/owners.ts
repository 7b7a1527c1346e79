import { type RawBuilder } from 'kysely'
import { sql } from '../platform/db.ts'

/** Whom a subject names to keep its promises: a person, else the first of the teams. */
export interface OwnerNamed {
  person: string | null
  teams: readonly string[]
}

/**
 * The owner as a JSON object {kind, id, fallback}, never nobody: the person, a team in which somebody can act, the lead of one of the
 * teams, a coordinator, an administrator; where an installation has none of them yet, what was named. `coalesce` stops at the first
 * that is found. Columns: `person` uuid, `teams` uuid[], `organisation` uuid.
 */
export const ownerOf = (from: {
  person: RawBuilder<unknown>
  teams: RawBuilder<unknown>
  organisation: RawBuilder<unknown>
}) => sql<unknown>`
  coalesce(
    (select jsonb_build_object('kind', 'person', 'id', p.id, 'fallback', false) from persons p where p.id = ${from.person} and p.active),
    (select jsonb_build_object('kind', 'team', 'id', t.id, 'fallback', false) from unnest(${from.teams}) with ordinality as n(id, place) join teams t on t.id = n.id
      where t.active and exists (select 1 from team_members m join persons p on p.id = m.person_id where m.team_id = t.id and p.active) order by n.place limit 1),
    (select jsonb_build_object('kind', 'person', 'id', p.id, 'fallback', true) from unnest(${from.teams}) with ordinality as n(id, place) join teams t on t.id = n.id
      join persons p on p.id = t.lead_id where p.active order by n.place limit 1),
    (select jsonb_build_object('kind', 'person', 'id', p.id, 'fallback', true) from accounts a join persons p on p.id = a.person_id
      where a.role = 'coordinator' and a.disabled_at is null and p.active and p.organisation_id = ${from.organisation} order by a.created_at, a.id limit 1),
    (select jsonb_build_object('kind', 'person', 'id', p.id, 'fallback', true) from accounts a join persons p on p.id = a.person_id
      where a.role = 'administrator' and a.disabled_at is null and p.active and p.organisation_id = ${from.organisation} order by a.created_at, a.id limit 1),
    jsonb_build_object('kind', case when ${from.person} is null and cardinality(${from.teams}) > 0 then 'team' else 'person' end,
      'id', coalesce(${from.person}, (${from.teams})[1], '00000000-0000-7000-8000-000000000000'::uuid), 'fallback', true))`
