import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'

export const MIGRATIONS = resolve(import.meta.dirname, '../../migrations')

/** Any number, the same in every Linchpin: nodes that start at once migrate one after the other. */
export const LOCK = 7_135_201

export const migrationsTable = `CREATE TABLE IF NOT EXISTS linchpin_migrations (
  name text PRIMARY KEY,
  sha256 text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now(),
  milliseconds integer NOT NULL
)`

type Migration = { name: string; sha256: string; sql: string }

export type MigrationState = { applied: string[]; pending: string[] }

/** Applies what is missing, each file in its own transaction, forward only. */
export async function migrate(
  connection: pg.PoolConfig,
  options: { directory?: string; onApplied?: (name: string, milliseconds: number) => void } = {},
): Promise<{ applied: string[] }> {
  const files = await migrationFiles(options.directory)
  return await withClient(connection, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK])
    await client.query(migrationsTable)
    const pending = pendingAmong(files, await appliedMigrations(client))
    for (const file of pending) {
      const begun = performance.now()
      await applyBetweenOthers(client, file, begun)
      options.onApplied?.(file.name, Math.round(performance.now() - begun))
    }
    return { applied: pending.map((file) => file.name) }
  })
}

/** Without changing anything; throws in words when the database and the files do not belong together. */
export async function migrationState(connection: pg.PoolConfig, directory?: string): Promise<MigrationState> {
  const files = await migrationFiles(directory)
  return await withClient(connection, async (client) => {
    const table = await client.query<{ there: boolean }>(
      `SELECT to_regclass('linchpin_migrations') IS NOT NULL AS there`,
    )
    const applied = table.rows[0]?.there ? await appliedMigrations(client) : []
    const pending = pendingAmong(files, applied)
    return { applied: applied.map((row) => row.name), pending: pending.map((file) => file.name) }
  })
}

/** Half of the time after which PostgreSQL looks for deadlocks, so that it is never a request that is ended for one (milliseconds). */
const longestLockMs = 500
const triesMs = 600_000

/**
 * Nodes of the version before go on meanwhile: a lock that does not come soon is let go with everything else that was taken, because whoever
 * asks for the table next waits behind it, and asked for again a moment later.
 */
async function applyBetweenOthers(client: pg.Client, file: Migration, begun: number): Promise<void> {
  for (;;)
    try {
      return await apply(client, file, begun)
    } catch (error) {
      const code = ((error as Error).cause as { code?: string } | undefined)?.code
      if ((code !== '55P03' && code !== '40P01') || performance.now() - begun > triesMs) throw error
      await setTimeout(250 + Math.random() * 500)
    }
}

async function apply(client: pg.Client, file: Migration, begun: number): Promise<void> {
  await client.query(`BEGIN; SET LOCAL lock_timeout = ${longestLockMs}`)
  try {
    await client.query(file.sql)
    await client.query('INSERT INTO linchpin_migrations (name, sha256, milliseconds) VALUES ($1, $2, $3)', [
      file.name,
      file.sha256,
      Math.round(performance.now() - begun),
    ])
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    const { message, position } = error as Error & { position?: string }
    const line = position ? ` (line ${file.sql.slice(0, Number(position)).split('\n').length})` : ''
    throw new Error(`Migration ${file.name} failed and left nothing behind: ${message}${line}.`, { cause: error })
  }
}

export async function migrationFiles(directory: string = MIGRATIONS): Promise<Migration[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sql')).toSorted()
  const numbers = new Map<string, string>()
  for (const name of names) {
    const number = /^(\d{4})-[a-z0-9-]+\.sql$/.exec(name)?.[1]
    if (number == null) throw new Error(`Migration "${name}" is not named like 0042-what-it-brings.sql.`)
    const twin = numbers.get(number)
    if (twin != null) throw new Error(`Migrations "${twin}" and "${name}" have the same number.`)
    numbers.set(number, name)
  }
  return await Promise.all(
    names.map(async (name) => {
      // Line ends are git's affair: a checkout with CRLF is not a changed migration.
      const sql = (await readFile(join(directory, name), 'utf8')).replaceAll('\r\n', '\n')
      return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

type Applied = { name: string; sha256: string }

/** Empty where the database was never migrated. */
export async function appliedMigrations(client: {
  query<R extends Record<string, unknown>>(text: string): Promise<{ rows: R[] }>
}): Promise<Applied[]> {
  const table = await client.query<{ there: boolean }>(`SELECT to_regclass('linchpin_migrations') IS NOT NULL AS there`)
  if (table.rows[0]?.there !== true) return []
  return (await client.query<Applied>('SELECT name, sha256 FROM linchpin_migrations ORDER BY name')).rows
}

/** The files still to apply; the database must hold an unchanged beginning of the list. */
export function pendingAmong<File extends Applied>(files: File[], applied: Applied[]): File[] {
  applied.forEach((row, index) => {
    const file = files.find((each) => each.name === row.name)
    if (file == null) {
      throw new Error(
        `The database has migration ${row.name}, which this Linchpin does not know: the database was used with a ` +
          `newer version. Start that version, or restore a backup made before the upgrade.`,
      )
    }
    if (file.sha256 !== row.sha256) {
      throw new Error(`Migration ${row.name} was changed after it was applied. Restore the file and add a new one.`)
    }
    const expected = files[index]
    if (expected != null && expected.name !== row.name) {
      throw new Error(`Migration ${expected.name} comes before ${row.name}, which is applied already. Renumber it.`)
    }
  })
  return files.slice(applied.length)
}

async function withClient<T>(connection: pg.PoolConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    return await work(client)
  } finally {
    // Ending the session also lets go of the advisory lock.
    await client.end()
  }
}
