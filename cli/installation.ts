import type { Call } from './command.ts'
import { sentence } from '../server/platform/catalogue.ts'
import { openDatabase } from '../server/platform/database-server.ts'
import { Problem } from '../server/platform/errors.ts'
import { createLog, type Log } from '../server/platform/log.ts'
import { open, type Opened, prepareDatabase } from '../server/main.ts'

/** Standard output belongs to the answer, standard error to what a person should read. */
export const commandLog = (): Log => createLog({ level: process.env['LINCHPIN_LOG'] ?? 'error' })

/** A refusal becomes its sentence. */
export async function inSentences<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof Problem) throw new Error(sentence(error.code, error.params), { cause: error })
    throw error
  }
}

/**
 * Opens the installation that the environment names, beside a running server or without one, brings its database up to
 * date, and closes it again. A refusal of an action becomes its sentence.
 */
export async function onInstallation<T>(
  { config }: Pick<Call, 'config'>,
  act: (opened: Opened) => Promise<T>,
): Promise<T> {
  return inSentences(async () => {
    const server = await openDatabase(config, { role: 'command' })
    try {
      const log = commandLog()
      await prepareDatabase(server.connection, log)
      const opened = await open(config, server.connection, log)
      try {
        return await act(opened)
      } finally {
        await opened.close()
      }
    } finally {
      await server.stop()
    }
  })
}
