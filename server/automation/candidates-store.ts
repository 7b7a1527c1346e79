import type { Ref } from '../../contract/action.ts'
import { sentence } from '../platform/catalogue.ts'
import { type Db, sql } from '../platform/db.ts'
import { skillsNeeded } from '../tickets/public.ts'
import type { Candidate } from './rules/whose-turn.ts'

/** Who serves the queue, of a confidential ticket who may see such: with open tickets, when it was their turn by this rule (null: by one that is not kept yet), whether they are away, and their skills. */
export async function candidates(
  db: Db,
  queue: string,
  rule: string | null,
  confidential: boolean,
): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    select p.id, (select count(*) from tickets t where t.assignee_id = p.id and t.due_at < 'infinity') as open, u.at as turn,
      exists (select 1 from notification_settings a where a.person_id = p.id and a.absent_from <= now() and a.absent_until > now()) as away,
      array(select h.skill_id from person_skills h where h.person_id = p.id) as skills
    from (select distinct m.person_id from queue_teams qt join teams g on g.id = qt.team_id and g.active join team_members m on m.team_id = g.id where qt.queue_id = ${queue} and (m.confidential or not ${confidential})) s
    join persons p on p.id = s.person_id and p.active left join rule_turns u on u.rule_id = ${rule}::uuid and u.person_id = p.id order by p.id`.execute(
    db,
  )
  return rows
}

/** One assignment by load or in turn after another, until the transaction ends: of many at once each sees what the one before took. The ticket is held already. */
export const holdAssigning = (db: Db, organisation: string) =>
  sql`select pg_advisory_xact_lock(hashtext('rules assign'), hashtext(${organisation}))`.execute(db)

/** Later than every turn that was taken, whenever the transaction began. */
export const takeTurn = (db: Db, rule: string, person: string) =>
  sql`insert into rule_turns (rule_id, person_id, at) values (${rule}, ${person}, clock_timestamp()) on conflict (rule_id, person_id) do update set at = excluded.at`.execute(
    db,
  )

/** Ids of the skills needed: those of the rule and those of the category. */
export async function neededFor(
  db: Db,
  organisation: string,
  category: string | null,
  byRule: readonly string[],
): Promise<string[]> {
  const byCategory: Ref[] = await skillsNeeded(db, organisation, category)
  return [...new Set([...byRule, ...byCategory.map(({ id }) => id)])]
}

/** Who can be told that nobody was found for a ticket of the queue: the leads of the teams that serve it, and who coordinates. */
export async function leadsOf(
  db: Db,
  organisation: string,
  queue: string,
): Promise<{ leads: string[]; coordinators: string[] }> {
  const { rows } = await sql<{ leads: string[]; coordinators: string[] }>`
    select array(select distinct p.id from queue_teams q join teams t on t.id = q.team_id and t.active join persons p on p.id = t.lead_id and p.active where q.queue_id = ${queue}) as leads,
      array(select a.person_id from accounts a join persons p on p.id = a.person_id and p.active
        where a.role = 'coordinator' and a.disabled_at is null and p.organisation_id = ${organisation}) as coordinators`.execute(
    db,
  )
  return rows[0]!
}

/** Which rules need each skill, in words. */
export async function rulesNeeding(db: Db, organisation: string): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ skill: string; names: string[] }>`
    select k.skill, array_agg(distinct r.name order by r.name) as names from ticket_rules r
      cross join jsonb_array_elements(r.effects) e cross join jsonb_array_elements_text(coalesce(e -> 'skills', '[]')) k(skill)
    where r.organisation_id = ${organisation} group by k.skill`.execute(db)
  return new Map(rows.map((row) => [row.skill, row.names.map((name) => sentence('skills.by-rule', { name }))]))
}
