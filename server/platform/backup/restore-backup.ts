import type { Writable } from 'node:stream'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Logger } from 'pino'
import { openPool } from '../db.ts'
import { Problem } from '../errors.ts'
import { migrateJobs } from '../jobs.ts'
import { LOCK, migrationFiles, migrationsTable, pendingAmong } from '../migrate.ts'
import type { BackupHead, Manifest } from './format.ts'
import { type BackupRead, readBackup } from './read-backup.ts'
import { canonicalSession, jobsTable, sumOf, type TableSum } from './rows.ts'
import { emptyTables, jobColumns, jobsArrived, setAside, stageJobs, wipe } from './restore-schema.ts'

export interface RestoreOptions {
  /** Called once the file has been read and found whole. */
  connect: () => Promise<pg.PoolConfig>
  path: string
  identity: string
  /** Whatever the database holds is given up, if and only if the restore succeeds. */
  replace: boolean
  /** Takes the content of a file; without it files are checked and let go. */
  keepFile?: (sha256: string, size: number, body: AsyncIterable<Buffer>) => Promise<void>
  /** Asked once the file has been read and found whole, before anything is touched. */
  approve?: (read: BackupRead) => Promise<void>
  log: Logger
  onProgress?: (what: string) => void
}

export interface Restored extends Manifest {
  head: BackupHead
  secret: Buffer
  seconds: number
}

/**
 * Brings a backup into a database, all of it or nothing: the file is read to its end and held against its sums, then
 * loaded in one transaction, which commits if what the database then holds has the same sums.
 */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const begun = performance.now()
  options.onProgress?.('checking')
  const read = await readBackup(options.path, options.identity)
  const migrations = await migrationsOf(read.head)
  await options.approve?.(read)
  const connection = await options.connect()
  await refuseOthers(connection)
  const undo = await ensureQueue(connection, options.log)
  const client = new pg.Client(connection)
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query(`begin; ${canonicalSession}; set local maintenance_work_mem = '256MB'`)
    await client.query('select pg_advisory_xact_lock($1)', [LOCK])
    await wipe(client, options.replace)
    for (const sql of [migrationsTable, ...migrations]) await client.query(sql)
    await load(client, options, read)
    options.onProgress?.('comparing')
    await compare(client, read)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    await undo()
    throw error
  } finally {
    await client.end().catch(() => {})
  }
  await analyse(connection)
  return { head: read.head, secret: read.secret, ...read.manifest, seconds: (performance.now() - begun) / 1000 }
}

/** The migrations that the backup had; this Linchpin must know them all, unchanged. */
async function migrationsOf(head: BackupHead): Promise<string[]> {
  const files = await migrationFiles()
  try {
    pendingAmong(files, head.migrations)
  } catch (error) {
    throw new Problem(409, 'backups.other-version', { version: head.linchpin, reason: (error as Error).message })
  }
  return files.slice(0, head.migrations.length).map((file) => file.sql)
}

async function refuseOthers(connection: pg.PoolConfig): Promise<void> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    const { rows } = await client.query<{ n: string }>(
      `select count(*) as n from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`,
    )
    if (Number(rows[0]!.n) > 0) throw new Problem(409, 'backups.database-in-use', { n: Number(rows[0]!.n) })
  } finally {
    await client.end()
  }
}

/** The job queue brings its own tables, outside our transaction; answers how to take them away again. */
async function ensureQueue(connection: pg.PoolConfig, log: Logger): Promise<() => Promise<void>> {
  const { pool, close } = openPool(connection, 1)
  try {
    const { rows } = await pool.query<{ there: boolean }>(
      `select exists (select 1 from pg_namespace where nspname = 'graphile_worker') as there`,
    )
    await migrateJobs(pool, log)
    if (rows[0]!.there) return () => Promise.resolve()
  } finally {
    await close()
  }
  return async () => {
    const again = openPool(connection, 1)
    try {
      await again.pool.query('drop schema graphile_worker cascade')
    } finally {
      await again.close()
    }
  }
}

/** The second reading: every row and every file to its place. */
async function load(client: pg.Client, options: RestoreOptions, { head, manifest }: BackupRead): Promise<void> {
  const shapes = new Map(head.tables.map((table) => [table.name, table]))
  await emptyTables(client)
  const putBack = await setAside(client)
  await stageJobs(client)
  let current: { name: string; sink: Writable; ended: Promise<void> } | null = null
  const finish = async () => {
    if (current === null) return
    current.sink.end()
    await current.ended
    current = null
  }
  const begin = async (name: string) => {
    options.onProgress?.(name)
    const shape = shapes.get(name)
    if (shape === undefined && name !== jobsTable.name)
      throw new Problem(409, 'backups.damaged', { path: options.path })
    const target =
      shape === undefined
        ? `arriving_jobs (${jobColumns})`
        : `${client.escapeIdentifier(name)} (${shape.columns.map((c) => client.escapeIdentifier(c)).join(', ')})`
    const sink = client.query(copyFrom(`copy ${target} from stdin`)) as unknown as Writable
    const ended = new Promise<void>((resolve, reject) => {
      sink.once('finish', resolve)
      sink.once('error', reject)
    })
    ended.catch(() => {})
    return { name, sink, ended }
  }
  await readBackup(options.path, options.identity, {
    async table(name, body) {
      if (current?.name !== name) {
        await finish()
        current = await begin(name)
      }
      const { sink, ended } = current
      for await (const chunk of body)
        if (!sink.write(chunk)) await Promise.race([new Promise((resolve) => sink.once('drain', resolve)), ended])
    },
    async file(sha256, size, body) {
      await finish()
      await options.keepFile?.(sha256, size, body)
    },
  })
  await finish()
  options.onProgress?.('indexes')
  await jobsArrived(client)
  await putBack()
  for (const { name, last, called } of manifest.sequences)
    await client.query('select setval($1::regclass, $2, $3)', [client.escapeIdentifier(name), last, called])
}

async function compare(client: pg.Client, { head, manifest }: BackupRead): Promise<void> {
  for (const table of [...head.tables, jobsTable]) {
    const found: TableSum = await sumOf(client, table)
    const expected = manifest.tables[table.name]
    if (found.sha256 !== expected?.sha256 || found.rows !== expected.rows)
      throw new Problem(409, 'backups.sums-differ', { table: table.name })
  }
}

/** What was loaded is unknown to the planner until the tables have been looked at. */
async function analyse(connection: pg.PoolConfig): Promise<void> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    await client.query('analyze')
  } finally {
    await client.end()
  }
}
