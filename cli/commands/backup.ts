import { resolve } from 'node:path'
import { openContents } from '../../server/files/public.ts'
import { giveWay, takeBackup } from '../../server/operations/public.ts'
import { openDatabase } from '../../server/platform/database-server.ts'
import { optional, type Run, UsageError } from '../command.ts'
import { commandLog, inSentences } from '../installation.ts'
import { steps } from '../steps.ts'

/** Writes the file and prints what is in it. The key's whereabouts go to standard error when it was made this moment. */
export const run: Run = async (call) => {
  const [file] = call.positionals
  if (file === undefined) throw new UsageError('Name the file to write.')
  const path = resolve(file)
  const { config } = call
  giveWay()
  return inSentences(async () => {
    const database = await openDatabase(config, { role: 'command' })
    const progress = steps(process.stderr)
    try {
      const contents = openContents(config)
      const installation = { config, ...database, contents, log: commandLog() }
      const done = await takeBackup(installation, path, { key: optional(call, 'key'), onProgress: progress.show })
      progress.end()
      const rows = Object.values(done.tables).reduce((sum, table) => sum + table.rows, 0)
      if (call.json)
        call.print(
          JSON.stringify({
            file: path,
            bytes: done.bytes,
            seconds: done.seconds,
            takenAt: done.takenAt,
            rows,
            tables: done.tables,
            files: done.files,
          }),
        )
      else {
        call.print(`${path}: ${(done.bytes / 1e6).toFixed(1)} MB in ${done.seconds.toFixed(1)} s`)
        call.print(
          `${rows.toLocaleString('en')} rows of ${Object.keys(done.tables).length} tables, ${done.files.count.toLocaleString('en')} files`,
        )
      }
      for (const sha256 of done.files.missing)
        process.stderr.write(`The content ${sha256} is named by a record and was not there; it is not in the backup.\n`)
      if (done.key.fresh)
        process.stderr.write(
          `\nThe key of the backups was made in ${done.key.from}. Copy it to another place now: without it no backup can be opened,\nand a backup beside its key protects nobody.\n`,
        )
      return 0
    } finally {
      progress.end()
      await database.stop()
    }
  })
}
