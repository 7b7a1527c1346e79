import { createWriteStream } from 'node:fs'
import { access } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { openContents } from '../../server/files/public.ts'
import { importFile, resultFile, shownImport } from '../../server/imports/public.ts'
import { systemActor } from '../../server/platform/ctx.ts'
import { serviceNowIncidents } from '../../server/tickets/public.ts'
import { optional, type Run, UsageError } from '../command.ts'
import { importProgress, showReport } from '../import-progress.ts'
import { onInstallation } from '../installation.ts'

const sources = [serviceNowIncidents]

/** Imports a file in this process, with its progress on standard error and the counts on standard output. */
export const run: Run = async (call) => {
  const [kind, path] = call.positionals
  const source = sources.find((s) => s.source === kind)
  if (source === undefined) throw new UsageError(`Say what to import: ${sources.map((s) => s.source).join(', ')}.`)
  if (path === undefined) throw new UsageError('Name the file.')
  await access(path).catch(() => {
    throw new Error(`There is no file ${path} that can be read.`)
  })
  return onInstallation(call, async ({ platform, organisation }) => {
    const progress = importProgress(process.stderr)
    const done = await importFile(
      platform,
      systemActor(organisation, 'Command line'),
      sources,
      openContents(call.config),
      {
        path,
        source,
        dryRun: call.options['dry-run'] === true,
        asOf: optional(call, 'as-of'),
        zone: optional(call, 'zone') ?? 'UTC',
        shift: call.options['shift'] === true,
        mapping: {},
        onProgress: progress.show,
        onWaiting: progress.waiting,
      },
    ).finally(progress.end)
    const shown = shownImport(done, 'UTC')
    const result = optional(call, 'result') ?? `${path}.result.csv`
    await pipeline(Readable.from(resultFile(platform.database.db, done.id, 'UTC')), createWriteStream(result)).then(
      () => process.stderr.write(`Every row's verdict: ${result}\n`),
      (error: Error) => process.stderr.write(`The verdicts could not be written to ${result}: ${error.message}\n`),
    )
    if (done.status === 'done') showReport(process.stderr, shown)
    else process.stderr.write(`${shown.error ?? shown.phase}\n`)
    if (call.json) call.print(JSON.stringify(shown.counts))
    else
      for (const [name, count] of Object.entries(shown.counts))
        call.print(`${name.padEnd(10)} ${count.toLocaleString('en')}`)
    return done.status === 'done' ? 0 : 1
  })
}
