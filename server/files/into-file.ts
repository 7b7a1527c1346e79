import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { newId } from '../platform/identifiers.ts'

/** Writes a stream into a new file of the folder, hashed as it passes; nothing is left of one that breaks off. */
export async function intoFile(
  folder: string,
  content: Readable,
): Promise<{ path: string; sha256: Buffer; size: number }> {
  const path = join(folder, newId())
  await mkdir(folder, { recursive: true, mode: 0o700 })
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
    await pipeline(content, measure, createWriteStream(path, { mode: 0o600, flush: true }))
    return { path, sha256: hash.digest(), size }
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}
