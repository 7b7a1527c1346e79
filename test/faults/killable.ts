import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Database, openPool } from '../../server/platform/db.ts'
import { connectEmbedded } from '../../server/platform/embedded-postgres/embedded-postgres.ts'
import { freePort } from '../support/free-port.ts'
import { App } from './app.ts'

/** An application in a process of its own, which may be killed, and a way to look into its database meanwhile. */
export interface Killable {
  app: App
  database: Database
  stop(): Promise<void>
}

/** Starts it in a directory of its own. `settings`: further variables of its environment; `connections`: of the onlooker. */
export async function startKillable(settings: Record<string, string> = {}, connections = 2): Promise<Killable> {
  const dataDir = await mkdtemp(join(tmpdir(), 'linchpin-faults-'))
  const app = new App(dataDir, await freePort(), settings)
  const end = async (): Promise<void> => {
    await app.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  try {
    await app.start()
    const postgres = await connectEmbedded({ dataDir, role: 'command' })
    const database = openPool(postgres.connection, connections)
    return {
      app,
      database,
      async stop() {
        await database.close()
        await postgres.stop()
        await end()
      },
    }
  } catch (error) {
    await end()
    throw error
  }
}
