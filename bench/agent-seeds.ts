import { type Db, sql } from '../server/platform/db.ts'

export interface AgentVolume {
  devices: number
  /** Programs on each device. */
  programs: number
  names: number
}

/**
 * Devices as agents saw them: each by one agent, each with as many programs out of `names` names in four versions each, the first names on nearly
 * every device, the last on a few. Made in the database, for reports would take longest otherwise.
 */
export async function seedAgents(db: Db, organisation: string, v: AgentVolume): Promise<void> {
  await sql`
    with made as (
      insert into devices (id, organisation_id, kind, name, serial, manufacturer, model, os, first_seen_at)
      select gen_random_uuid(), ${organisation}, 'computer', 'seeded-' || i, 'SEED' || i, 'Maker ' || i % 40, 'Model ' || i % 300, 'Windows 11', now() - interval '90 days'
      from generate_series(1, ${v.devices}::int) i returning id, name)
    insert into agents (id, organisation_id, device_id, sent_id, task, dialect, first_seen_at, last_seen_at, changed_at, identity_hash, content_hash, programs_at)
    select gen_random_uuid(), ${organisation}, id, name || '-2026-01-05-09-00-00', 'inventory', 'glpi', now() - interval '90 days', now(), now(), '\\x00', '\\x00', now() from made`.execute(
    db,
  )
  await sql`
    insert into program_names (organisation_id, name, publisher, devices)
    select ${organisation}, 'Program ' || i || ' for ' || (array['work','design','audio','print','network'])[1 + i % 5], 'Publisher ' || i % 900, 1 from generate_series(1, ${v.names}::int) i`.execute(
    db,
  )
  await sql`insert into programs (name_id, version, arch, source) select id, (n || '.' || id % 17), 'x86_64', 'registry' from program_names cross join generate_series(1, 4) n`.execute(
    db,
  )
  // the square makes the first names common
  await sql`
    insert into installed_programs (agent, program, first_seen_at)
    select distinct a.number, p.id, a.first_seen_at
    from agents a cross join generate_series(1, ${v.programs}::int) n
      cross join lateral (select 1 + floor(power(((a.number::bigint * 7919 + n * 104729) % 100003) / 100003.0, 2) * ${v.names * 4})::int as place) g
      join (select id, row_number() over (order by id) as place from programs) p on p.place = g.place`.execute(db)
  await sql`
    update program_names n set devices = c.devices from (
      select p.name_id, count(distinct i.agent) as devices from installed_programs i join programs p on p.id = i.program group by p.name_id) c
    where c.name_id = n.id`.execute(db)
  await sql`analyze`.execute(db)
}
