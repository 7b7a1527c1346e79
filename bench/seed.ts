import { sql } from '../server/platform/db.ts'
import type { Db } from '../server/platform/db.ts'

/** What a seeded database holds. */
export interface Volume {
  tickets: number
  open: number
  teams: number
}

/**
 * Fills an empty, migrated database with tickets and all that hangs on them: 5 events, 2 notes and 3 clocks each, in
 * queues of skewed size (Zipf). Written with set-based SQL: what is measured later is reading and single writes.
 * Indexes of the large tables are dropped first and built at the end.
 */
export async function seed(db: Db, organisation: string, volume: Volume, say: (text: string) => void): Promise<void> {
  const run = async (what: string, statement: ReturnType<typeof sql>) => {
    const start = performance.now()
    await statement.execute(db)
    say(`  ${what}: ${((performance.now() - start) / 1000).toFixed(1)} s`)
  }
  const indexes = await dropIndexes(db)
  await sql`set statement_timeout = 0`.execute(db)
  await sql`set maintenance_work_mem = '1GB'`.execute(db)
  await sql`set work_mem = '256MB'`.execute(db)
  await sql`create or replace function pg_temp.vid(ts timestamptz, n bigint, salt int) returns uuid language sql immutable as $$
    select (lpad(to_hex((extract(epoch from ts) * 1000)::bigint), 12, '0') || '7' || substr(md5(n::text || ':' || salt::text), 1, 3) || '8' || substr(md5(salt::text || n::text), 1, 15))::uuid $$`.execute(
    db,
  )

  await run(
    'people, teams and queues',
    sql`
    with p as (insert into persons (id, organisation_id, name, department) select pg_temp.vid(now(), n, 1), ${organisation}, 'Person ' || n, 'Department ' || n % 40 from generate_series(1, 5000) n returning 1),
      t as (insert into teams (id, organisation_id, name) select pg_temp.vid(now(), n, 2), ${organisation}, 'Team ' || n from generate_series(1, ${volume.teams}::int) n returning 1),
      q as (insert into queues (id, organisation_id, name, is_default) select pg_temp.vid(now(), n, 3), ${organisation}, 'Queue ' || n, n = 1 from generate_series(1, ${volume.teams}::int) n returning 1),
      c as (insert into categories (id, organisation_id, name) select pg_temp.vid(now(), n, 4), ${organisation}, 'Category ' || n from generate_series(1, 60) n returning 1)
    select 1`,
  )
  await sql`create temp table team_no as select row_number() over (order by (substr(name, 6))::int)::int as n, id from teams where name like 'Team %'`.execute(
    db,
  )
  await sql`create temp table queue_no as select row_number() over (order by (substr(name, 7))::int)::int as n, id from queues where name like 'Queue %'`.execute(
    db,
  )
  await sql`create temp table person_no as select row_number() over (order by (substr(name, 8))::int)::int as n, id, name from persons where name like 'Person %'`.execute(
    db,
  )
  await sql`create temp table category_no as select row_number() over (order by name)::int as n, id from categories`.execute(
    db,
  )
  await sql`insert into queue_teams (queue_id, team_id) select q.id, t.id from queue_no q join team_no t using (n)`.execute(
    db,
  )
  await sql`insert into team_members (team_id, person_id) select t.id, p.id from person_no p join team_no t on t.n = 1 + p.n % ${volume.teams}::int where p.n <= ${volume.teams * 6}::int`.execute(
    db,
  )

  // ticket n: older first; the last `open` ones are open, spread over the last 90 days
  const openFrom = volume.tickets - volume.open
  await run(
    'tickets',
    sql`
    create temp table seed_ticket as
    select g.n, pg_temp.vid(c.at, g.n, 5) as id, c.at as created, g.n > ${openFrom}::int as is_open, q.id as queue, r.id as requester, r.name as requester_name,
      case when g.n > ${openFrom}::int and g.n % 7 = 0 then null else a.id end as assignee, g.n % 10 as digit
    from generate_series(1, ${volume.tickets}::int) g(n)
    cross join lateral (select date_trunc('second', now() - case when g.n > ${openFrom}::int then make_interval(secs => (${volume.tickets}::int - g.n) * 7776000.0 / ${volume.open}::int)
      else make_interval(secs => 7776000 + (${openFrom}::int - g.n) * 94608000.0 / ${Math.max(1, openFrom)}::int) end) as at) c
    cross join lateral (select least(${volume.teams}::int, greatest(1, ceil(${volume.teams}::int * power((hashtext(g.n::text) & 2147483647)::float8 / 2147483647, 2.2))))::int as queue) z
    join queue_no q on q.n = z.queue join person_no r on r.n = 1 + (g.n::bigint * 7919) % 5000 join person_no a on a.n = 1 + (z.queue - 1 + (g.n % 6) * ${volume.teams}::int) % 5000`,
  )
  await run(
    '  rows',
    sql`
    insert into tickets (id, organisation_id, reference, kind, title, description, state, impact, urgency, priority, queue_id, assignee_id, requester_id, category_id, source, opened_by, opened_by_name,
      due_at, last_activity_at, resolved_at, closed_at, created_at, updated_at, confidential)
    select s.id, ${organisation}, 'INC-' || (10000000 + s.n), 'incident', (array['Laptop','Printer','Mailbox','Login','Network','Payroll','Phone','Scanner','Licence','Monitor'])[1 + s.n % 10] || ' ' ||
      (array['does not start','is slow','shows an error','was lost','needs access','keeps disconnecting','is full','makes a noise'])[1 + (s.n / 10) % 8] || ' case' || s.n % 5000,
      '<p>Since this morning it fails for ' || s.requester_name || '. Device W' || s.n % 20000 || '.</p>',
      case when not s.is_open then 'closed' when s.digit < 4 then 'in_progress' when s.digit < 7 then 'new' when s.digit < 9 then 'waiting_requester' else 'waiting_vendor' end,
      1 + s.n % 3, 1 + (s.n / 3) % 3, 1 + s.n % 5, s.queue, s.assignee, s.requester, c.id, 'web', s.requester, s.requester_name,
      case when not s.is_open then 'infinity'::timestamptz when s.digit >= 7 then '9999-12-31T00:00:00Z' else now() + make_interval(mins => (s.n % 20000)::int - 2000) end,
      s.created + interval '2 hours', case when not s.is_open then s.created + interval '1 day' end, case when not s.is_open then s.created + interval '3 days' end, s.created, s.created + interval '2 hours', s.n % 200 = 0
    from seed_ticket s join category_no c on c.n = 1 + s.n % 60 order by s.n`,
  )
  await run(
    'events',
    sql`
    with e as (
      select s.*, k, pg_temp.vid(s.created + make_interval(mins => k * 20), s.n * 8 + k, 6) as eid, s.created + make_interval(mins => k * 20) as at,
        (array['ticket.opened','ticket.assigned','ticket.state-changed','ticket.replied','ticket.noted'])[k] as type from seed_ticket s cross join generate_series(1, 5) k),
    logged as (insert into events (id, type, at, organisation_id, actor_kind, actor_id, actor_name, subject_kind, subject_id, digest)
      select eid, type, at, ${organisation}, 'person', requester, requester_name, 'ticket', id, '\\x00' from e)
    insert into event_payloads (event_id, before, after) select eid, '{"state":"new"}', '{"state":"in_progress"}' from e`,
  )
  await run(
    'notes',
    sql`
    insert into notes (id, subject_kind, subject_id, public, body, excerpt, author_kind, author_id, author_name, at)
    select pg_temp.vid(s.created + make_interval(mins => k * 30), s.n * 4 + k, 7), 'ticket', s.id, k = 1, '<p>Please try again after a restart and tell us what it says. Note ' || s.n || '</p>',
      'Please try again after a restart and tell us what it says. Note ' || s.n, 'person', coalesce(s.assignee, s.requester), 'Person', s.created + make_interval(mins => k * 30)
    from seed_ticket s cross join generate_series(1, 2) k`,
  )
  await run(
    'last notes',
    sql`
    create temp table seed_note as select n, pg_temp.vid(created + make_interval(mins => 60), n * 4 + 2, 7) as last, pg_temp.vid(created + make_interval(mins => 30), n * 4 + 1, 7) as last_public, id from seed_ticket where is_open`,
  )
  await run(
    '  rows',
    sql`update tickets t set last_note_id = s.last, last_public_note_id = s.last_public from seed_note s where s.id = t.id`,
  )
  await run(
    'clocks',
    sql`
    with terms as (select distinct on (kind) id, kind, target_seconds from commitment_terms where party = 'customer' order by kind, source_revision desc, source_id),
    ranked as (select *, row_number() over (order by kind) as k from terms),
    clock as (select s.*, r.id as terms, r.kind as ckind, r.k, pg_temp.vid(s.created, s.n * 4 + r.k, 8) as cid from seed_ticket s cross join ranked r),
    started as (insert into clock_events (commitment_id, seq, at, kind, reason, terms_id)
      select cid, e, created + make_interval(mins => (e - 1) * 60), case when e = 1 then 'start' when not is_open or k = 1 then 'stop' else 'pause' end,
        case when e = 1 then 'opened' when not is_open or k = 1 then 'resolved' else 'state:waiting_requester' end, case e when 1 then terms end
      from clock cross join generate_series(1, 2) e where e = 1 or not is_open or k = 1 or digit >= 7)
    insert into commitments (id, organisation_id, kind, party, subject_kind, subject_id, owner_kind, owner_id, terms_id, phase, generation, due_at, remaining_seconds, next_at, stopped_at, created_at, updated_at)
    select c.cid, ${organisation}, c.ckind, 'customer', 'ticket', c.id, 'person', coalesce(c.assignee, c.requester), c.terms,
      case when not is_open or k = 1 then 'stopped' when digit >= 7 then 'paused' else 'running' end, 1,
      case when is_open and k > 1 and digit < 7 then date_trunc('second', now()) + make_interval(mins => (c.n % 20000)::int - 2000 + (k::int - 2) * 60) end,
      case when is_open and k > 1 and digit >= 7 then 7200 end,
      case when is_open and k > 1 and digit < 7 then date_trunc('second', now()) + interval '30 days' + make_interval(mins => (c.n % 20000)::int) end,
      case when not is_open or k = 1 then created + interval '1 hour' end, created, created
    from clock c`,
  )
  await run(
    'search texts',
    sql`
    insert into ticket_texts (ticket_id, words)
    select t.id, setweight(to_tsvector('simple', t.reference || ' ' || t.title || ' ' || regexp_replace(t.description, '<[^>]*>', ' ', 'g') || ' Please try again after a restart and tell us what it says'), 'A')
      || array_to_tsvector(array_remove(array[case when t.confidential then 'c~' || t.queue_id else 'n~' || t.organisation_id end, case when not t.confidential then 'q~' || t.queue_id end,
        'p~' || t.opened_by, 'p~' || t.requester_id, 'p~' || t.assignee_id, 'a~' || t.assignee_id], null))
    from tickets t`,
  )
  for (const index of indexes) await run(`index ${index.name}`, sql.raw(index.definition))
  await run('statistics', sql`vacuum analyze`)
}

/** Drops the secondary indexes of the large tables and answers how to make them again. */
export async function dropIndexes(db: Db): Promise<{ name: string; definition: string }[]> {
  const { rows } = await sql<{ name: string; definition: string }>`
    select i.relname as name, pg_get_indexdef(x.indexrelid) as definition from pg_index x join pg_class i on i.oid = x.indexrelid
    where x.indrelid in ('tickets'::regclass, 'events'::regclass, 'notes'::regclass, 'commitments'::regclass, 'ticket_texts'::regclass) and not x.indisprimary
      and not exists (select 1 from pg_constraint c where c.conindid = x.indexrelid)`.execute(db)
  for (const row of rows) await sql.raw(`drop index ${row.name}`).execute(db)
  return rows
}
