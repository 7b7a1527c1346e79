import { resolve } from 'node:path'
import { openContents } from '../../server/files/public.ts'
import { restoreInstallation } from '../../server/operations/public.ts'
import { openDatabase, type OpenedDatabase } from '../../server/platform/database-server.ts'
import { optional, type Run, UsageError } from '../command.ts'
import { commandLog, inSentences } from '../installation.ts'
import { steps } from '../steps.ts'

/** Restores into the installation that the environment names; no Linchpin may run on it. */
export const run: Run = async (call) => {
  const [file] = call.positionals
  if (file === undefined) throw new UsageError('Name the backup to restore.')
  const word = optional(call, 'replace')
  if (word !== null && word !== 'everything')
    throw new UsageError('To give up what the database holds, say --replace everything.')
  const { config } = call
  return inSentences(async () => {
    let database: OpenedDatabase | null = null
    const progress = steps(process.stderr)
    try {
      const contents = openContents(config)
      const done = await restoreInstallation({ config, contents, log: commandLog() }, resolve(file), {
        connect: async () => (database = await openDatabase(config, { role: 'serve' })).connection,
        key: optional(call, 'key'),
        replace: word !== null,
        onProgress: progress.show,
      })
      progress.end()
      const rows = Object.values(done.tables).reduce((sum, table) => sum + table.rows, 0)
      if (call.json)
        call.print(
          JSON.stringify({
            takenAt: done.head.takenAt,
            linchpin: done.head.linchpin,
            postgres: done.head.postgres,
            seconds: done.seconds,
            rows,
            tables: done.tables,
            files: done.files,
          }),
        )
      else
        call.print(
          `Restored as of ${done.head.takenAt}: ${rows.toLocaleString('en')} rows of ${Object.keys(done.tables).length} tables, ${done.files.count.toLocaleString('en')} files, in ${done.seconds.toFixed(1)} s. Every sum is that of the backup.`,
        )
      return 0
    } finally {
      progress.end()
      await (database as OpenedDatabase | null)?.stop()
    }
  })
}
