import pg from 'pg'
import { inject, onTestFinished } from 'vitest'

export type TestDatabase = {
  /** For whatever opens its own pool: `createApp({ connection })`, a job runner. */
  connection: pg.PoolConfig
  pool: pg.Pool
  close(): Promise<void>
}

let made = 0

/**
 * A fresh, migrated database of this test file's own. In a file: `const database = await testDatabase()` and
 * `afterAll(() => database.close())`.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const { connection: json, template } = inject('testServer')
  const server = JSON.parse(json) as pg.ClientConfig
  const name = `${template}_${process.pid}_${made++}`
  // a thousand small files: copied as files, in a third of the time that copying them page by page through the log takes
  await statement(server, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`)
  const connection: pg.PoolConfig = { ...server, database: name }
  const pool = new pg.Pool({ ...connection, max: 10 })
  // A connection cut while idle, as by DROP DATABASE below, is no failure of the test.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return {
    connection,
    pool,
    close: async () => {
      await pool.end()
      await statement(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    },
  }
}

/** The same for one test, closed at its end. */
export async function databaseForThisTest(): Promise<TestDatabase> {
  const database = await testDatabase()
  onTestFinished(() => database.close())
  return database
}

async function statement(server: pg.ClientConfig, sql: string): Promise<void> {
  const client = new pg.Client(server)
  await client.connect()
  try {
    // Two files that copy the template at the same moment wait for each other instead of failing.
    await client.query('SELECT pg_advisory_lock(7135202)')
    await client.query(sql)
  } finally {
    await client.end()
  }
}
