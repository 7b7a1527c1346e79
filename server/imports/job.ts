import { join } from 'node:path'
import type { FileContents } from '../files/public.ts'
import { type Db, sql } from '../platform/db.ts'
import type { Importing } from '../platform/imports/importing.ts'
import { unfinishedImports } from '../platform/imports/imports-store.ts'
import { runImport } from '../platform/imports/run-import.ts'
import type { ImportSource } from '../platform/imports/source.ts'
import type { Job } from '../platform/jobs.ts'
import type { Platform } from '../platform/platform.ts'

export const importTask = 'import'

/** What running an import needs of this installation; the command line and the job use the same. */
export const importingOn = (
  platform: Platform,
  sources: readonly ImportSource[],
  contents: FileContents,
): Importing => ({
  db: platform.database.db,
  log: platform.log,
  sources,
  pathOf: (sha256) => contents.localPath(sha256),
  spoolOf: (id) => join(platform.config.dataDir, 'files', 'spool', id),
})

/** The jobs that work imports off. One whose organisation is busy comes back a little later. */
export const importJobs = (platform: Platform, sources: readonly ImportSource[], contents: FileContents): Job[] => [
  {
    task: importTask,
    async run({ import: id }, signal) {
      const importing = { ...importingOn(platform, sources, contents), signal }
      const outcome = await runImport(importing, id as string)
      if (outcome === 'stopped') await addImportJob(platform.database.db, id as string, 1)
      if (outcome === 'busy') await addImportJob(platform.database.db, id as string, 3)
    },
  },
]

const addImportJob = async (db: Db, id: string, seconds: number): Promise<void> => {
  await sql`select graphile_worker.add_job(${importTask}, payload := ${JSON.stringify({ import: id })}::json, run_at := now() + make_interval(secs => ${seconds}), job_key := ${`import:${id}`})`.execute(
    db,
  )
}

const everyMs = 15_000

/**
 * Takes up imports whose process is gone: after a start, and every now and then. An import that is still being worked on
 * is left alone by the lock of its organisation.
 */
export class ImportWatch {
  readonly #db: Db
  #timer: NodeJS.Timeout | null = null

  constructor(platform: Platform) {
    this.#db = platform.database.db
  }

  start(): void {
    const look = () => void this.#look().catch(() => {})
    look()
    this.#timer = setInterval(look, everyMs)
    this.#timer.unref()
  }

  async #look(): Promise<void> {
    for (const { id } of await unfinishedImports(this.#db)) await addImportJob(this.#db, id, 1)
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer)
  }
}
