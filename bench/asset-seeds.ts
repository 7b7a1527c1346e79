import { systemActor } from '../server/platform/ctx.ts'
import { type Db, sql } from '../server/platform/db.ts'
import { newId } from '../server/platform/identifiers.ts'

export interface AssetVolume {
  assets: number
  persons: number
}

/**
 * A register of an organisation with many sites: `assets` devices of 300 models by 40 makers in 1,500 rooms, four fifths of them with somebody
 * of `persons` people, each with four custom values and six events. Made in the database, for the journal would take longest otherwise.
 */
export async function seedRegister(db: Db, organisation: string, v: AssetVolume): Promise<void> {
  const actor = systemActor(organisation)
  const ids = (n: number) => Array.from({ length: n }, () => newId())
  await sql`
    insert into persons (id, organisation_id, name, department)
    select gen_random_uuid(), ${organisation}, (array['Amara','Jonas','Lucie','Piotr','Ines','Marta','Otto','Rita','Yusuf','Chloé'])[1 + i % 10] || ' ' ||
      (array['Okoye','Brandt','Moreau','Zielinski','Carvalho','Keller','Winter','Sommer','Demir','Lefèvre','Novak','Rossi','Berg','Haas'])[1 + (i / 10) % 14] || ' ' || i, 'Department ' || i % 60
    from generate_series(1, ${v.persons}::int) i`.execute(db)
  const sites = ids(30)
  await sql`
    insert into locations (id, organisation_id, kind, name, path, full_name)
    select s, ${organisation}, 'site', 'Site ' || n, '/' || s || '/', 'Site ' || n from unnest(${sites}::uuid[]) with ordinality as g(s, n)`.execute(
    db,
  )
  await sql`
    insert into locations (id, organisation_id, parent_id, kind, name, path, full_name)
    select r.id, ${organisation}, s.id, 'room', 'Room ' || r.n, s.path || r.id || '/', s.full_name || ' / Room ' || r.n
    from locations s cross join lateral (select gen_random_uuid() as id, n from generate_series(1, 50) n where s.id is not null) r where s.kind = 'site'`.execute(
    db,
  )
  await sql`insert into manufacturers (id, organisation_id, name) select gen_random_uuid(), ${organisation}, 'Maker ' || i from generate_series(1, 40) i`.execute(
    db,
  )
  await sql`
    insert into asset_categories (id, organisation_id, name, class, life_months)
    select gen_random_uuid(), ${organisation}, 'Category ' || i, (array['device','device','device','component','sim','circuit'])[1 + i % 6], 36 + 12 * (i % 3) from generate_series(1, 24) i`.execute(
    db,
  )
  await sql`
    insert into asset_models (id, organisation_id, manufacturer_id, category_id, name, number)
    select gen_random_uuid(), ${organisation}, m.id, c.id, 'Model ' || i, 'MN' || i * 7
    from generate_series(1, 300) i join (select id, row_number() over () as n from manufacturers) m on m.n = 1 + i % 40 join (select id, row_number() over () as n from asset_categories) c on c.n = 1 + i % 24`.execute(
    db,
  )
  await sql`insert into loan_pools (id, organisation_id, name) select gen_random_uuid(), ${organisation}, 'Pool ' || i from generate_series(1, 5) i`.execute(
    db,
  )
  const field = (key: string, type: string, choices: string[] = []) => sql`
    insert into custom_fields (id, organisation_id, record_kind, key, label, type, choices) values (gen_random_uuid(), ${organisation}, 'asset', ${key}, ${key}, ${type}, ${choices})`
  await field('cost_code', 'text').execute(db)
  await field('colour', 'choice', ['Black', 'White', 'Silver']).execute(db)
  await field('ports', 'number').execute(db)
  await field('inventory_no', 'text').execute(db)
  await sql`
    insert into assets (id, organisation_id, tag, serial, serial_key, name, model_id, category_id, state, state_since, location_id, pool_id, holder_kind, holder_id, held_since, purchased_on, in_service_on,
      cost_minor, currency, warranty_until, life_ends_on, next_audit_on, custom, created_at, updated_at, note)
    select gen_random_uuid(), ${organisation}, 'AST-' || 1000 + i, 'S' || upper(substr(md5(i::text), 1, 9)), 'S' || upper(substr(md5(i::text), 1, 9)), case when i % 3 = 0 then 'host-' || i else '' end, m.id, m.category_id,
      case when i % 5 > 0 then 'deployed' else (array['in_stock','in_repair','reserved','retired','lost','ordered'])[1 + (i / 5) % 6] end, now() - i * interval '1 minute', l.id,
      case when i % 100 = 0 then p.id end, case when i % 5 > 0 then 'person' end, case when i % 5 > 0 then h.id end, case when i % 5 > 0 then now() - i * interval '10 minutes' end,
      date '2020-01-01' + (i % 2200), date '2020-02-01' + (i % 2200), 50000 + (i % 300) * 1000, 'EUR', date '2023-01-01' + (i % 2200), date '2024-02-01' + (i % 2200), case when i % 4 = 0 then current_date + (i % 400) end,
      jsonb_build_object('cost_code', 'KS' || i % 500, 'colour', (array['Black','White','Silver'])[1 + i % 3], 'ports', i % 8, 'inventory_no', 'INV' || i),
      now() - i * interval '7 minutes', now() - (i * 37 % 100000) * interval '1 minute', repeat('note ', i % 20)
    from generate_series(1, ${v.assets}::int) i
      join (select id, category_id, row_number() over () as n from asset_models) m on m.n = 1 + i % 300
      join (select id, row_number() over () as n from locations where kind = 'room') l on l.n = 1 + (i * 7) % 1500
      join (select id, row_number() over () as n from loan_pools) p on p.n = 1 + (i / 100) % 5
      join (select id, row_number() over () as n from persons) h on h.n = 1 + (i * 13) % ${v.persons}::int`.execute(db)
  await sql`
    with made as (insert into events (id, type, at, organisation_id, actor_kind, actor_id, actor_name, subject_kind, subject_id, digest)
      select gen_random_uuid(), case when n = 1 then 'asset.registered' else 'asset.state-changed' end, a.created_at + n * interval '1 day', ${organisation}, 'system', ${actor.id}, 'Linchpin', 'asset', a.id, '\\x00'
      from assets a cross join generate_series(1, 6) n returning id)
    insert into event_payloads (event_id, before, after) select id, '{"state":"in_stock"}', '{"state":"deployed"}' from made`.execute(
    db,
  )
  await sql`analyze`.execute(db)
}
