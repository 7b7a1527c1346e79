import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import type { FileContents } from '../files/public.ts'
import type { Actor } from '../platform/ctx.ts'
import { importById, moveImport, sameImport, type StoredImport } from '../platform/imports/imports-store.ts'
import { runImport } from '../platform/imports/run-import.ts'
import type { ImportSource } from '../platform/imports/source.ts'
import { type Platform, runCommand } from '../platform/platform.ts'
import { importingOn } from './job.ts'
import { optionsOf, requestImport, type Requested } from './request-import.ts'

export interface FileImport extends Omit<Requested, 'sha256' | 'fileName'> {
  path: string
  onProgress(run: StoredImport): void
  /** Another import is running; this one waits. */
  onWaiting(): void
}

/**
 * Imports a file in this process, as the command line does, and answers the import at its end. One that was begun
 * with the same file and options and never finished is gone on with.
 */
export async function importFile(
  platform: Platform,
  actor: Actor,
  sources: readonly ImportSource[],
  contents: FileContents,
  given: FileImport,
): Promise<StoredImport> {
  const { db } = platform.database
  const { sha256 } = await contents.keep(createReadStream(given.path))
  const options = optionsOf(given)
  const begun = await sameImport(db, {
    organisation: actor.organisation,
    source: given.source.source,
    sha256,
    options,
    dryRun: given.dryRun,
  })
  const isUnfinished = begun !== undefined && begun.status !== 'done'
  if (isUnfinished)
    await moveImport(db, begun.id, ['failed', 'cancelled'], { status: 'waiting', phase: 'imports.phase.waiting' })
  const run = isUnfinished
    ? begun
    : await runCommand(
        platform,
        actor,
        (ctx) => requestImport(ctx, { ...given, fileName: basename(given.path), sha256 }),
        { name: 'imports.start' },
      )
  const importing = { ...importingOn(platform, sources, contents), onProgress: given.onProgress }
  for (let told = false; (await runImport(importing, run.id)) === 'busy';) {
    if (!told) given.onWaiting()
    told = true
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  return (await importById(db, run.id))!
}
