import type { Readable } from 'node:stream'

/** File contents, each under its SHA-256: the same content is kept once, names play no part. */
export interface FileContents {
  /** Stores a stream; complete or not at all. */
  keep(content: Readable): Promise<{ sha256: Buffer; size: number }>
  /** Size (bytes) and body; null where there is none. */
  open(sha256: Buffer): Promise<{ size: number; body: Readable } | null>
  exists(sha256: Buffer): Promise<boolean>
  remove(sha256: Buffer): Promise<void>
  /** A file of this machine with the content, for what reads a file more than once. Rejects with ENOENT where there is none. */
  localPath(sha256: Buffer): Promise<string>
}
