import type pg from 'pg'

/** A table of ours and how its rows are written: which columns, in which order of rows. */
export interface TableShape {
  name: string
  /** In their order; generated columns are made anew by the database that reads them. */
  columns: string[]
  /** Columns of the primary key; empty where there is none. */
  key: string[]
}

export interface Sequence {
  name: string
  last: string
  called: boolean
}

const ours = `n.nspname = 'public' and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')`

/**
 * Every permanent table of ours, those that others refer to first. Found in the catalogue, so that a new table cannot be
 * forgotten. Unlogged tables hold what may be lost in a crash, and so in a restore.
 */
export async function tablesOf(client: pg.ClientBase): Promise<TableShape[]> {
  const { rows } = await client.query<TableShape & { needs: string[] }>(`
    select c.relname as name,
      (select coalesce(array_agg(a.attname::text order by a.attnum), '{}') from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
      (select coalesce(array_agg(a.attname::text order by k.place), '{}') from pg_index i
        cross join lateral unnest(i.indkey::int2[]) with ordinality as k(attnum, place)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
        where i.indrelid = c.oid and i.indisprimary) as key,
      (select coalesce(array_agg(distinct t.relname::text), '{}') from pg_constraint f join pg_class t on t.oid = f.confrelid
        where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as needs
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where ${ours} and c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence = 'p' order by c.relname`)
  return inOrderOfNeed(rows).map(({ name, columns, key }) => ({ name, columns, key }))
}

/** Tables that refer to each other in a circle come last, in order of name. */
function inOrderOfNeed<T extends { name: string; needs: readonly string[] }>(tables: readonly T[]): T[] {
  const placed = new Set<string>()
  const ordered: T[] = []
  let left = [...tables]
  while (left.length > 0) {
    const known = new Set(left.map((table) => table.name))
    const free = left.filter((table) => table.needs.every((name) => placed.has(name) || !known.has(name)))
    const next = free.length > 0 ? free : left
    for (const table of next) placed.add(table.name)
    ordered.push(...next)
    left = left.filter((table) => !placed.has(table.name))
  }
  return ordered
}

/** Read within or after the snapshot: a sequence never goes back, so it is at or beyond what the rows have used. */
export async function sequencesOf(client: pg.ClientBase): Promise<Sequence[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${ours} and c.relkind = 'S' and c.relpersistence = 'p' order by 1`,
  )
  const found: Sequence[] = []
  for (const { name } of rows) {
    const { rows: values } = await client.query<{ last: string; called: boolean }>(
      `select last_value::text as last, is_called as called from ${client.escapeIdentifier(name)}`,
    )
    found.push({ name, ...values[0]! })
  }
  return found
}

/**
 * The contents of files that any row names: by convention a column of ours that holds such a hash is of type bytea and
 * called `sha256` or `..._sha256`.
 */
export async function contentsNamed(client: pg.ClientBase): Promise<Buffer[]> {
  const { rows: columns } = await client.query<{ table: string; column: string }>(`
    select c.relname as table, a.attname as column from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where ${ours} and c.relkind in ('r', 'p') and not c.relispartition and a.atttypid = 'bytea'::regtype and a.attname ~ '(^|_)sha256$'`)
  if (columns.length === 0) return []
  const each = columns.map(
    ({ table, column }) =>
      `select ${client.escapeIdentifier(column)} as sha256 from ${client.escapeIdentifier(table)} where length(${client.escapeIdentifier(column)}) = 32`,
  )
  const { rows } = await client.query<{ sha256: Buffer }>(`select sha256 from (${each.join(' union ')}) x order by sha256`)
  return rows.map((row) => row.sha256)
}
