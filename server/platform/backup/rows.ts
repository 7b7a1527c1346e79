import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { TableShape } from './tables.ts'

export interface TableSum {
  rows: number
  /** SHA-256, hex, over the rows as text in order of the primary key. */
  sha256: string
}

/**
 * Settings under which the text of a row is the same on every server from PostgreSQL 15 on, and a snapshot that lasts as
 * long as it must.
 */
export const canonicalSession = `
  set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres'; set local bytea_output = 'hex';
  set local extra_float_digits = 1; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0; set local work_mem = '64MB'`

const name = (text: string) => `"${text.replaceAll('"', '""')}"`

/**
 * The waiting, running and failed jobs of the queue, by what was asked for: its own tables differ between its versions. The
 * attempt that a worker is at does not count: it will be made again.
 */
export const jobsTable: TableShape = { name: 'graphile_worker.jobs', columns: [], key: [] }
const jobsQuery = `
  select t.identifier, j.payload, q.queue_name, j.run_at, case when j.locked_at is null then j.attempts else greatest(j.attempts - 1, 0) end, j.max_attempts, j.last_error, j.key, j.priority, j.flags, j.created_at
  from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
  left join graphile_worker._private_job_queues q on q.id = j.job_queue_id order by j.id`

/** Texts of a key are compared byte by byte, so that the order of rows does not depend on the server's collation. */
async function queryOf(client: pg.ClientBase, table: TableShape): Promise<string> {
  if (table.name === jobsTable.name) return jobsQuery
  const columns = table.columns.map(name).join(', ')
  if (table.key.length === 0) return `select ${columns} from ${name(table.name)} t order by (t.*)::text collate "C"`
  const { rows } = await client.query<{ column: string }>(
    `select attname as column from pg_attribute where attrelid = $1::regclass and attname = any($2) and attcollation <> 0`,
    [name(table.name), table.key],
  )
  const texts = new Set(rows.map((row) => row.column))
  const order = table.key.map((column) => `${name(column)}${texts.has(column) ? ' collate "C"' : ''}`)
  return `select ${columns} from ${name(table.name)} t order by ${order.join(', ')}`
}

/** A table's rows as COPY writes them, in canonical order. */
export async function rowsOf(client: pg.ClientBase, table: TableShape): Promise<Readable & { rowCount: number }> {
  return client.query(copyTo(`copy (${await queryOf(client, table)}) to stdout`))
}

/** What a database holds of a table. Inside a transaction that began with `canonicalSession`. */
export async function sumOf(client: pg.ClientBase, table: TableShape): Promise<TableSum> {
  const hash = createHash('sha256')
  const stream = await rowsOf(client, table)
  for await (const chunk of stream) hash.update(chunk as Buffer)
  return { rows: stream.rowCount, sha256: hash.digest('hex') }
}
