import pg from 'pg'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openContents } from '../files/public.ts'
import { restoreBackup } from '../platform/backup/restore-backup.ts'
import type { Config } from '../platform/config.ts'
import { connectEmbedded } from '../platform/embedded-postgres/embedded-postgres.ts'
import { Problem } from '../platform/errors.ts'
import { createLog } from '../platform/log.ts'
import { giveWay, openingKey, takeBackup } from './installation-backup.ts'

/** What the serving process asks of this one, and what it is answered. */
export interface Asked {
  what: 'backup' | 'restore-test'
  config: Config
  connection: pg.PoolConfig
  embedded: boolean
  path: string
}
export type Answered =
  | {
      done: true
      takenAt: string
      seconds: number
      bytes: number
      rows: number
      tables: number
      files: number
      missing: number
    }
  | { done: false; code: string; params: Record<string, unknown> }

const log = createLog({ level: 'error' })

async function answer(asked: Asked): Promise<Answered> {
  giveWay()
  const made = asked.what === 'backup' ? await backup(asked) : await test(asked)
  const rows = Object.values(made.tables).reduce((sum, table) => sum + table.rows, 0)
  return {
    done: true,
    takenAt: made.takenAt,
    seconds: made.seconds,
    bytes: made.bytes,
    rows,
    tables: Object.keys(made.tables).length,
    files: made.files.count,
    missing: made.files.missing.length,
  }
}

const backup = ({ config, connection, embedded, path }: Asked) =>
  takeBackup({ config, connection, embedded, contents: openContents(config), log }, path)

/** Restores into a database made for it, which is dropped again whatever happens. */
async function test({ config, connection, path }: Asked) {
  const identity = await openingKey(config, null)
  const scratch = await scratchDatabase(connection)
  try {
    const done = await restoreBackup({
      connect: () => Promise.resolve(scratch.connection),
      path,
      identity,
      replace: false,
      log,
    })
    return { ...done, takenAt: done.head.takenAt, bytes: 0 }
  } finally {
    await scratch.drop()
  }
}

/** Beside the database, where the user may make one; else on an embedded server of its own. */
async function scratchDatabase(
  connection: pg.PoolConfig,
): Promise<{ connection: pg.PoolConfig; drop(): Promise<void> }> {
  const name = `linchpin_restore_test_${process.pid}_${Date.now().toString(36)}`
  const statement = async (sql: string) => {
    const client = new pg.Client(connection)
    await client.connect()
    try {
      await client.query(sql)
    } finally {
      await client.end()
    }
  }
  try {
    await statement(`create database ${name} template template0`)
    return {
      connection: onDatabase(connection, name),
      drop: () => statement(`drop database if exists ${name} with (force)`),
    }
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'linchpin-restore-test-'))
  const server = await connectEmbedded({ dataDir, role: 'command' })
  return {
    connection: server.connection,
    async drop() {
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

function onDatabase(connection: pg.PoolConfig, database: string): pg.PoolConfig {
  if (connection.connectionString === undefined) return { ...connection, database }
  const url = new URL(connection.connectionString)
  url.pathname = `/${database}`
  return { ...connection, connectionString: url.toString() }
}

process.on('message', (asked: Asked) => {
  void answer(asked)
    .catch((error: unknown): Answered =>
      error instanceof Problem
        ? { done: false, code: error.code, params: error.params }
        : { done: false, code: (error as Error).message, params: {} },
    )
    .then((answered) => process.send!(answered, () => process.exit(0)))
})
// the serving process is gone: what was begun is given up, and nothing of it is under its name
process.on('disconnect', () => process.exit(1))
