import { type Db, sql } from '../server/platform/db.ts'
import { dropIndexes } from './seed.ts'

const vid = sql`create or replace function pg_temp.vid(ts timestamptz, n bigint, salt int) returns uuid language sql immutable as $$
  select (lpad(to_hex((extract(epoch from ts) * 1000)::bigint), 12, '0') || '7' || substr(md5(n::text || ':' || salt::text), 1, 3) || '8' || substr(md5(salt::text || n::text), 1, 15))::uuid $$`

/** Clocks of existing open tickets with one step each that falls due at `at`, all in the same second. Answers the id of their terms. */
export async function seedSteps(
  db: Db,
  organisation: string,
  at: Date,
  n: number,
  coordinator: string,
): Promise<string> {
  const moment = at.toISOString()
  await vid.execute(db)
  const { rows } = await sql<{ id: string }>`
    with calendar as (insert into calendars (id, organisation_id, name) values (gen_random_uuid(), ${organisation}, 'Always ' || ${moment}) returning id),
    version as (insert into calendar_versions (id, calendar_id, revision, definition, created_by) select gen_random_uuid(), id, 1,
      jsonb_build_object('zone', 'UTC', 'week', (select jsonb_object_agg(d, '[{"from":"00:00","to":"24:00"}]'::jsonb) from unnest(array['mon','tue','wed','thu','fri','sat','sun']) d)), 'bench' from calendar returning id)
    insert into commitment_terms (id, name, kind, party, target_seconds, calendar_version_id, ladder, source_kind, source_id, source_revision)
    select gen_random_uuid(), 'Steps', 'steps ' || ${moment}, 'team', 3600, id, '[{"step":"due","clockSeconds":0,"notify":["coordinators"],"raisePriority":false}]', 'bench', gen_random_uuid(), 1 from version returning id`.execute(
    db,
  )
  const terms = rows[0]!.id
  await sql`
    with clock as (select t.id as ticket, pg_temp.vid(now(), row_number() over (order by t.id), 77) as id from tickets t where t.open order by t.id limit ${n}),
    started as (insert into clock_events (commitment_id, seq, at, kind, reason, terms_id) select id, 1, ${moment}::timestamptz - interval '1 hour', 'start', 'opened', ${terms} from clock)
    insert into commitments (id, organisation_id, kind, party, subject_kind, subject_id, owner_kind, owner_id, terms_id, phase, due_at, next_at)
    select id, ${organisation}, 'steps', 'team', 'ticket', ticket, 'person', ${coordinator}, ${terms}, 'running', ${moment}, ${moment} from clock`.execute(
    db,
  )
  return terms
}

/** One clock with so many events, half of them pauses; answers its id. */
export async function seedLongClock(db: Db, organisation: string, events: number, owner: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    with terms as (select id from commitment_terms where kind = 'resolution' order by created_at limit 1),
    ticket as (select id from tickets where open and not confidential order by id limit 1),
    made as (insert into commitments (id, organisation_id, kind, party, subject_kind, subject_id, owner_kind, owner_id, terms_id, phase)
      select gen_random_uuid(), ${organisation}, 'resolution', 'customer', 'ticket', ticket.id, 'person', ${owner}, terms.id, 'running' from terms, ticket returning id, terms_id),
    hung as (insert into clock_events (commitment_id, seq, at, kind, reason, terms_id)
      select made.id, k, date_trunc('second', now()) - make_interval(mins => (${events}::int - k) * 55), case when k = 1 then 'start' when k % 2 = 0 then 'pause' else 'resume' end,
        case when k = 1 then 'opened' else 'state:waiting_requester' end, case when k = 1 then made.terms_id end from made, generate_series(1, ${events}::int) k)
    select id from made`.execute(db)
  return rows[0]!.id
}

/** Closed tickets with two stopped clocks each over three years, one in eight missed, and nothing else: what reports count. */
export async function seedClosed(
  db: Db,
  organisation: string,
  tickets: number,
  say: (text: string) => void,
): Promise<void> {
  await sql`set statement_timeout = 0`.execute(db)
  await vid.execute(db)
  const indexes = (await dropIndexes(db)).filter((index) => !/by_subject/.test(index.name))
  const timed = async (what: string, statement: ReturnType<typeof sql>) => {
    const start = performance.now()
    await statement.execute(db)
    say(`  ${what}: ${((performance.now() - start) / 1000).toFixed(1)} s`)
  }
  await sql`alter table commitments disable trigger user`.execute(db)
  await timed(
    'people, teams, queues, categories, vendors',
    sql`
    with p as (insert into persons (id, organisation_id, name) select pg_temp.vid(now(), n, 1), ${organisation}, 'Person ' || n from generate_series(1, 1200) n returning 1),
      t as (insert into teams (id, organisation_id, name) select pg_temp.vid(now(), n, 2), ${organisation}, 'Team ' || n from generate_series(1, 200) n returning 1),
      q as (insert into queues (id, organisation_id, name, is_default) select pg_temp.vid(now(), n, 3), ${organisation}, 'Queue ' || n, n = 1 from generate_series(1, 200) n returning 1),
      v as (insert into vendors (id, organisation_id, name) select pg_temp.vid(now(), n, 9), ${organisation}, 'Vendor ' || n from generate_series(1, 30) n returning 1),
      c as (insert into categories (id, organisation_id, name) select pg_temp.vid(now(), n, 4), ${organisation}, 'Category ' || n from generate_series(1, 60) n returning 1)
    select 1`,
  )
  await sql`create temp table q_no as select row_number() over (order by name)::int as n, id from queues`.execute(db)
  await sql`create temp table p_no as select row_number() over (order by name)::int as n, id from persons where name like 'Person %'`.execute(
    db,
  )
  await sql`create temp table c_no as select row_number() over (order by name)::int as n, id from categories`.execute(
    db,
  )
  await sql`create temp table v_no as select row_number() over (order by name)::int as n, id from vendors`.execute(db)
  await sql`insert into queue_teams (queue_id, team_id) select q.id, t.id from queues q join teams t on substr(t.name, 6) = substr(q.name, 7)`.execute(
    db,
  )
  await timed(
    `${tickets} tickets`,
    sql`
    insert into tickets (id, organisation_id, reference, kind, title, state, impact, urgency, priority, queue_id, assignee_id, category_id, vendor_id, due_at, last_activity_at, resolved_at, closed_at, created_at, updated_at, confidential)
    select pg_temp.vid(c.at, g.n, 5), ${organisation}, 'INC-' || (10000000 + g.n), 'incident', 'Case ' || g.n, 'closed', 2, 2, 1 + g.n % 5, q.id, p.id, k.id, case when g.n % 9 = 0 then v.id end, 'infinity', c.at, c.at + interval '1 day', c.at + interval '3 days', c.at, c.at, g.n % 200 = 0
    from generate_series(1, ${tickets}::int) g(n)
    cross join lateral (select date_trunc('second', now() - make_interval(secs => (${tickets}::int - g.n) * 94608000.0 / ${tickets}::int)) as at) c
    cross join lateral (select least(200, greatest(1, ceil(200 * power((hashtext(g.n::text) & 2147483647)::float8 / 2147483647, 2.2))))::int as queue) z
    join q_no q on q.n = z.queue join p_no p on p.n = 1 + (z.queue * 6 + g.n % 6) % 1200 join c_no k on k.n = 1 + (g.n / 7) % 60 join v_no v on v.n = 1 + (g.n / 9) % 30`,
  )
  await timed(
    'clocks',
    sql`
    with terms as (select distinct on (c.kind, c.source_id) c.id, c.kind, s.position from commitment_terms c join service_levels s on s.id = c.source_id where c.kind in ('first_response', 'resolution') order by c.kind, c.source_id, c.source_revision desc)
    insert into commitments (id, organisation_id, kind, party, subject_kind, subject_id, owner_kind, owner_id, terms_id, phase, stopped_at, worked_seconds, created_at)
    select pg_temp.vid(t.created_at, (substr(t.reference, 5)::bigint) * 2 + (r.kind = 'resolution')::int, 8), ${organisation}, r.kind, 'customer', 'ticket', t.id, 'person', t.assignee_id, r.id, 'stopped',
      t.created_at + interval '1 day', (exp(7 + 3 * abs(hashtext(t.reference || r.kind))::float8 / 2147483647))::int, t.created_at
    from tickets t join terms r on r.position = t.priority`,
  )
  await timed(
    'breaches',
    sql`
    insert into breaches (id, commitment_id, generation, deadline, observed_at, terms_id)
    select gen_random_uuid(), id, 1, stopped_at - interval '1 hour', stopped_at - interval '1 hour', terms_id from commitments where abs(hashtext(id::text)) % 8 = 0`,
  )
  await sql`alter table commitments enable trigger user`.execute(db)
  await timed('an index', sql`create index if not exists commitments_by_subject on commitments (subject_id)`)
  await timed('statistics', sql`vacuum analyze`)
  await sql`truncate promise_changes`.execute(db)
  await sql`insert into promise_changes (subject_id) select id from tickets`.execute(db)
  for (const index of indexes)
    if (!index.name.startsWith('commitments_by_subject')) await sql.raw(index.definition).execute(db)
}
