import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { tmpdir } from 'node:os'
import pg from 'pg'
import { type TestProject } from 'vitest/node'
import { connectEmbedded } from '../../server/platform/embedded-postgres/embedded-postgres.ts'
import { migrateJobs } from '../../server/platform/jobs.ts'
import { createLog } from '../../server/platform/log.ts'
import { migrate } from '../../server/platform/migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** JSON of a pg.PoolConfig that may create databases, and the migrated database they are copied from. */
    testServer: { connection: string; template: string }
    /** A folder for files of tests; removed when the run ends. */
    temporary: string
  }
}

/**
 * One PostgreSQL for the whole run: the server named in TEST_DATABASE_URL, or an embedded one in a directory of its own.
 * The migrations run once; each test file copies the result, which takes some tens of milliseconds.
 */
export default async function oneDatabase(project: TestProject): Promise<() => Promise<void>> {
  const url = process.env['TEST_DATABASE_URL']
  const directory = url == null ? mkdtempSync(join(tmpdir(), 'linchpin-test-')) : null
  const embedded =
    directory == null
      ? null
      : await connectEmbedded({
          dataDir: directory,
          role: 'command',
          // No test of a capability cuts the power; those of the embedded server itself start their own.
          settings: {
            fsync: 'off',
            full_page_writes: 'off',
            synchronous_commit: 'off',
            shared_buffers: '64MB',
            // three files at a time, of which one may start four nodes
            max_connections: 300,
          },
        })
  const server: pg.PoolConfig = embedded?.connection ?? inParts(url ?? '')
  const template = `linchpin_template_${process.pid}_${Date.now().toString(36)}`
  try {
    await statement(server, `CREATE DATABASE ${template}`)
    await migrate({ ...server, database: template })
    const jobs = new pg.Pool({ ...server, database: template })
    await migrateJobs(jobs, createLog({ level: 'fatal' }))
    await jobs.end()
  } catch (error) {
    await embedded?.stop()
    throw error
  }
  const temporary = mkdtempSync(join(tmpdir(), 'linchpin-files-'))
  project.provide('temporary', temporary)
  project.provide('testServer', { connection: JSON.stringify(server), template })
  return async () => {
    await statement(server, `DROP DATABASE IF EXISTS ${template} WITH (FORCE)`)
    await embedded?.stop()
    rmSync(temporary, { recursive: true, force: true })
    if (directory != null) rmSync(directory, { recursive: true, force: true })
  }
}

async function statement(server: pg.PoolConfig, sql: string): Promise<void> {
  const client = new pg.Client(server)
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

/** In parts, so that another database on the same server can be named. */
function inParts(url: string): pg.PoolConfig {
  const { hostname, port, username, password, pathname } = new URL(url)
  return {
    host: decodeURIComponent(hostname),
    port: Number(port || 5432),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: pathname.slice(1) || 'postgres',
  }
}
