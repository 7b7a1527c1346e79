import pg from 'pg'
import { type Config } from './config.ts'
import { connectEmbedded, type EmbeddedOptions } from './embedded-postgres/embedded-postgres.ts'

export type OpenedDatabase = {
  connection: pg.PoolConfig
  embedded: boolean
  /** Call it last, after every pool has ended. */
  stop(): Promise<void>
}

export const OLDEST_SERVER = 15

/** The server named in DATABASE_URL, or the embedded one, started, adopted or joined as `role` wants it. */
export async function openDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  options: Partial<Pick<EmbeddedOptions, 'role' | 'log'>> = {},
): Promise<OpenedDatabase> {
  if (config.databaseUrl == null) {
    const { connection, stop } = await connectEmbedded({ dataDir: config.dataDir, role: 'serve', ...options })
    return { connection, embedded: true, stop }
  }
  const connection = { connectionString: config.databaseUrl }
  const version = await serverVersion(connection)
  if (version < OLDEST_SERVER) {
    throw new Error(
      `The server named in DATABASE_URL is PostgreSQL ${version}; Linchpin needs PostgreSQL ${OLDEST_SERVER} or newer.`,
    )
  }
  return { connection, embedded: false, stop: () => Promise.resolve() }
}

async function serverVersion(connection: pg.PoolConfig): Promise<number> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
    const answer = await client.query<{ server_version_num: string }>('SHOW server_version_num')
    return Math.floor(Number(answer.rows[0]?.server_version_num) / 10_000)
  } catch (error) {
    // The driver's message names neither address nor password.
    const { code, message } = error as Error & { code?: string }
    throw new Error(`The server named in DATABASE_URL does not answer: ${message || code || 'no connection'}.`, {
      cause: error,
    })
  } finally {
    await client.end().catch(() => undefined)
  }
}
