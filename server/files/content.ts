import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Transform, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { newId } from '../platform/identifiers.ts'

/** File contents below the data directory, each under its SHA-256: the same content is kept once, names play no part. */
export class FileContents {
  readonly #folder: string
  constructor(dataDir: string) {
    this.#folder = join(dataDir, 'files')
  }

  pathOf(sha256: Buffer): string {
    const hex = sha256.toString('hex')
    return join(this.#folder, hex.slice(0, 2), hex.slice(2, 4), hex)
  }

  /** Stores a stream; complete or not at all. */
  async keep(content: Readable): Promise<{ sha256: Buffer; size: number }> {
    const partial = join(this.#folder, 'partial', newId())
    await mkdir(dirname(partial), { recursive: true, mode: 0o700 })
    const hash = createHash('sha256')
    let size = 0
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk)
        size += chunk.length
        done(null, chunk)
      },
    })
    try {
      await pipeline(content, measure, createWriteStream(partial, { mode: 0o600, flush: true }))
      const sha256 = hash.digest()
      await mkdir(dirname(this.pathOf(sha256)), { recursive: true, mode: 0o700 })
      await rename(partial, this.pathOf(sha256))
      return { sha256, size }
    } catch (error) {
      await rm(partial, { force: true })
      throw error
    }
  }

  read(sha256: Buffer): Readable {
    return createReadStream(this.pathOf(sha256))
  }

  /** Size (bytes) and body; null where there is none. */
  async open(sha256: Buffer): Promise<{ size: number; body: Readable } | null> {
    const found = await stat(this.pathOf(sha256)).catch(() => null)
    return found === null ? null : { size: found.size, body: this.read(sha256) }
  }

  async remove(sha256: Buffer): Promise<void> {
    await rm(this.pathOf(sha256), { force: true })
  }

  async exists(sha256: Buffer): Promise<boolean> {
    return stat(this.pathOf(sha256)).then(
      () => true,
      () => false,
    )
  }
}
