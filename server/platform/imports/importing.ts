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
  /** Asks the import to end after the portion it is at; it is gone on with elsewhere. */
  signal?: AbortSignal
  /** Hears every saved step, at most twice a second. */
  onProgress?(run: StoredImport): void
}

/** The import was cancelled, or another process took it over: what is committed stays. */
export class Interrupted extends Error {}

/** This node is being stopped: what is committed stays, and the import is taken up again. */
export class Stopped extends Error {}
