import type pg from 'pg'
import { Problem } from '../errors.ts'

const inPublic = (kinds: string) => `
  select c.oid, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'public' and c.relkind in (${kinds}) and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')`

/** An empty database passes; one that holds tables is emptied where that was asked for, and else refused. */
export async function wipe(client: pg.Client, replace: boolean): Promise<void> {
  const { rows } = await client.query<{ name: string }>(inPublic(`'r', 'p', 'v', 'm'`))
  if (rows.length > 0 && !replace) throw new Problem(409, 'backups.not-empty', { tables: rows.length })
  await client.query(`
    do $$ declare one record; begin
      for one in ${inPublic(`'v', 'm'`)} loop execute format('drop view if exists %I cascade', one.name); end loop;
      for one in ${inPublic(`'r', 'p'`)} loop execute format('drop table if exists %I cascade', one.name); end loop;
      for one in ${inPublic(`'S'`)} loop execute format('drop sequence if exists %I cascade', one.name); end loop;
      for one in select p.oid::regprocedure as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where n.nspname = 'public' and p.prokind in ('f', 'p') and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')
      loop execute format('drop routine if exists %s cascade', one.name); end loop;
    end $$`)
  await client.query('delete from graphile_worker._private_jobs')
}

/** Takes out what the migrations put in: the backup holds it as it was. */
export async function emptyTables(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(inPublic(`'r', 'p'`))
  for (const { name } of rows) await client.query(`alter table ${client.escapeIdentifier(name)} disable trigger user`)
  if (rows.length > 0)
    await client.query(`truncate ${rows.map(({ name }) => client.escapeIdentifier(name)).join(', ')}`)
}

/** Foreign keys and indexes are made at once after the rows are there, which is far faster. Answers how to put them back. */
export async function setAside(client: pg.Client): Promise<() => Promise<void>> {
  const { rows: foreign } = await client.query<{ table: string; name: string; definition: string }>(
    `select c.conrelid::regclass::text as table, c.conname as name, pg_get_constraintdef(c.oid) as definition
     from pg_constraint c join pg_namespace n on n.oid = c.connamespace where n.nspname = 'public' and c.contype = 'f' and c.conparentid = 0`,
  )
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i join pg_class c on c.oid = i.indrelid
     join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r' and not c.relispartition
       and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid)`,
  )
  for (const { table, name } of foreign)
    await client.query(`alter table ${table} drop constraint ${client.escapeIdentifier(name)}`)
  for (const { name } of indexes) await client.query(`drop index ${name}`)
  return async () => {
    for (const { definition } of indexes) await client.query(definition)
    for (const { table, name, definition } of foreign)
      await client.query(`alter table ${table} add constraint ${client.escapeIdentifier(name)} ${definition}`)
    const { rows } = await client.query<{ name: string }>(inPublic(`'r', 'p'`))
    for (const { name } of rows) await client.query(`alter table ${client.escapeIdentifier(name)} enable trigger user`)
  }
}

export const stageJobs = (client: pg.Client) =>
  client.query(`
    create temp table arriving_jobs (place bigint generated always as identity, identifier text, payload json, queue_name text, run_at timestamptz,
      attempts smallint, max_attempts smallint, last_error text, key text, priority smallint, flags jsonb, created_at timestamptz) on commit drop`)

export const jobColumns =
  'identifier, payload, queue_name, run_at, attempts, max_attempts, last_error, key, priority, flags, created_at'

/** Jobs come back in their order and free to be taken: what a worker held at that moment is begun again. */
export async function jobsArrived(client: pg.Client): Promise<void> {
  await client.query(`
    insert into graphile_worker._private_tasks (identifier) select distinct identifier from arriving_jobs on conflict do nothing;
    insert into graphile_worker._private_job_queues (queue_name) select distinct queue_name from arriving_jobs where queue_name is not null on conflict do nothing;
    insert into graphile_worker._private_jobs (task_id, payload, job_queue_id, run_at, attempts, max_attempts, last_error, key, priority, flags, created_at)
    select t.id, a.payload, q.id, a.run_at, a.attempts, a.max_attempts, a.last_error, a.key, a.priority, a.flags, a.created_at
    from arriving_jobs a join graphile_worker._private_tasks t on t.identifier = a.identifier
    left join graphile_worker._private_job_queues q on q.queue_name = a.queue_name order by a.place`)
}
