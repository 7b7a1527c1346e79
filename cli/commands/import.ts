import { createWriteStream } from 'node:fs'
import { access, readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { openContents } from '../../server/files/public.ts'
import { importSources, sourceNames } from '../../server/import-sources.ts'
import { importFile, mappingNamed, resultFile, shownImport } from '../../server/imports/public.ts'
import { systemActor } from '../../server/platform/ctx.ts'
import type { Platform } from '../../server/platform/platform.ts'
import { type Call, optional, type Run, UsageError } from '../command.ts'
import { importProgress, showReport } from '../import-progress.ts'
import { onInstallation } from '../installation.ts'

const dateOrders = { dmy: 'dmy', mdy: 'mdy', iso: 'ymd', ymd: 'ymd' } as const

/** The order of dates by the words of the command line. */
function dateOrderOf(call: Call) {
  const given = optional(call, 'date-order')
  if (given === null) return null
  const order = Object.hasOwn(dateOrders, given) ? dateOrders[given as keyof typeof dateOrders] : null
  if (order === null) throw new UsageError(`Say --date-order as one of ${Object.keys(dateOrders).join(', ')}.`)
  return order
}

/** A mapping from a file `{ "Header": "field" }`, or one that was saved by name. */
async function mappingOf(call: Call, platform: Platform, organisation: string, source: string) {
  const given = optional(call, 'mapping')
  if (given === null) return {}
  const text = await readFile(given, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw new Error(`The mapping ${given} cannot be read: ${error.message}`)
  })
  if (text === null) {
    const saved = await mappingNamed(platform.database.db, organisation, source, given)
    if (saved === undefined)
      throw new Error(`There is neither a file ${given} nor a saved mapping of that name for ${source}.`)
    return saved.mapping
  }
  let mapping: unknown
  try {
    mapping = JSON.parse(text)
  } catch {
    throw new Error(`The mapping ${given} is no JSON. Write it as { "Header": "field" }.`)
  }
  const entries =
    mapping !== null && typeof mapping === 'object' && !Array.isArray(mapping) ? Object.entries(mapping) : null
  if (entries === null || entries.some(([, field]) => typeof field !== 'string'))
    throw new Error(`The mapping ${given} must be { "Header": "field" }, text on both sides.`)
  return Object.fromEntries(entries) as Record<string, string>
}

/** Imports a file in this process, with its progress on standard error and the counts on standard output. */
export const run: Run = async (call) => {
  const [kind, path] = call.positionals
  if (kind === undefined || !sourceNames.includes(kind))
    throw new UsageError(`Say what to import: ${sourceNames.join(', ')}.`)
  if (path === undefined) throw new UsageError('Name the file.')
  await access(path).catch(() => {
    throw new Error(`There is no file ${path} that can be read.`)
  })
  const dateOrder = dateOrderOf(call)
  return onInstallation(call, async ({ platform, organisation }) => {
    const sources = importSources(platform)
    const source = sources.find((s) => s.source === kind)!
    const progress = importProgress(process.stderr, kind === 'servicenow-incidents' ? 'incidents' : 'records')
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
        mapping: await mappingOf(call, platform, organisation, kind),
        dateOrder,
        currency: optional(call, 'currency')?.toUpperCase() ?? null,
        sheet: optional(call, 'sheet'),
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
