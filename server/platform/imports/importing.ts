import type { Logger } from 'pino'
import type { Db } from '../db.ts'
import type { StoredImport } from './imports-store.ts'
import type { ImportSource } from './source.ts'

export interface Importing {
  db: Db
  log: Logger
  sources: readonly ImportSource[]
  /** Where the content with this hash lies. */
  pathOf(sha256: Buffer): Promise<string>
  /** A directory for what must be sorted on the way. */
  spoolOf(id: string): string
  /** Hears every saved step, at most twice a second. */
  onProgress?(run: StoredImport): void
}

/** The import was cancelled, or another process took it over: what is committed stays. */
export class Interrupted extends Error {}
