import { createReadStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import type { FileContents } from './content.ts'
import { intoFile } from './into-file.ts'

/** Contents in a folder of this machine, or one that all nodes have mounted. */
export class LocalContents implements FileContents {
  readonly #folder: string
  constructor(folder: string) {
    this.#folder = folder
  }

  #pathOf(sha256: Buffer): string {
    const hex = sha256.toString('hex')
    return join(this.#folder, hex.slice(0, 2), hex.slice(2, 4), hex)
  }

  async keep(content: Readable): Promise<{ sha256: Buffer; size: number }> {
    const { path, sha256, size } = await intoFile(join(this.#folder, 'partial'), content)
    try {
      await mkdir(dirname(this.#pathOf(sha256)), { recursive: true, mode: 0o700 })
      await rename(path, this.#pathOf(sha256))
    } catch (error) {
      await rm(path, { force: true })
      throw error
    }
    return { sha256, size }
  }

  async open(sha256: Buffer): Promise<{ size: number; body: Readable } | null> {
    const found = await stat(this.#pathOf(sha256)).catch(() => null)
    return found === null ? null : { size: found.size, body: createReadStream(this.#pathOf(sha256)) }
  }

  async exists(sha256: Buffer): Promise<boolean> {
    return (await stat(this.#pathOf(sha256)).catch(() => null)) !== null
  }

  async remove(sha256: Buffer): Promise<void> {
    await rm(this.#pathOf(sha256), { force: true })
  }

  localPath(sha256: Buffer): Promise<string> {
    return Promise.resolve(this.#pathOf(sha256))
  }
}
