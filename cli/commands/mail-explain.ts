import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type AskKnown, explainedInWords, explainMail, knownFor } from '../../server/mailboxes/public.ts'
import { firstOrganisation } from '../../server/people/public.ts'
import { type Config, loadSecret } from '../../server/platform/config.ts'
import { systemActor } from '../../server/platform/ctx.ts'
import { openDatabase } from '../../server/platform/database-server.ts'
import { openPool } from '../../server/platform/db.ts'
import { type Run, UsageError } from '../command.ts'

export const run: Run = async (call) => {
  if (call.positionals.length === 0) throw new UsageError('Name at least one file that holds a message.')
  const here = await installationAt(call.config)
  let status = 0
  try {
    for (const file of call.positionals) {
      let raw
      try {
        raw = await readFile(file)
      } catch (error) {
        process.stderr.write(`${file} cannot be read: ${(error as Error).message}\n`)
        status = 1
        continue
      }
      const mail = await explainMail(raw, here?.ask)
      call.print(call.json ? JSON.stringify({ file, ...mail }) : `${file}\n${explainedInWords(mail)}\n`)
    }
  } finally {
    await here?.close()
  }
  return status
}

/**
 * What the installation of this environment knows, where its database answers: one that is named, or the embedded one while it runs. Null where there
 * is none; nothing is started and nothing is written.
 */
async function installationAt(config: Config): Promise<{ ask: AskKnown; close: () => Promise<void> } | null> {
  if (config.databaseUrl === null && !existsSync(join(config.dataDir, 'postgres', 'postmaster.pid'))) return null
  try {
    const server = await openDatabase(config, { role: 'command' })
    const database = openPool(server.connection, 2)
    const close = async () => {
      await database.close()
      await server.stop()
    }
    try {
      const organisation = await firstOrganisation(database.db)
      const lookup = knownFor({ config, secret: await loadSecret(config) }, systemActor(organisation.id))
      return { ask: (read) => lookup.ask(database.db, read), close }
    } catch (error) {
      await close()
      throw error
    }
  } catch (error) {
    process.stderr.write(
      `The installation could not be asked, so this tells what the message alone does: ${(error as Error).message}\n`,
    )
    return null
  }
}
