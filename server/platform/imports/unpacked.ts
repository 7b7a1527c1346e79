import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Transform } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { ImportProblem } from './import-problem.ts'

export interface UnpackingLimits {
  /** Unpacked bytes beyond which a file is refused. */
  bytes: number
  /** Unpacked bytes per packed byte; looked at only beyond `ratioFrom` unpacked bytes. */
  ratio: number
  ratioFrom: number
}
export const usualLimits: UnpackingLimits = { bytes: 2 * 1024 ** 3, ratio: 300, ratioFrom: 16 * 1024 ** 2 }

/**
 * The bytes of a file, unpacked on the way where it is gzip (by its first bytes, whatever its name says). Nothing is
 * unpacked to disk, and no more than the limits allow is unpacked at all: a zip bomb ends in `imports.unpacks-too-large`.
 */
export async function* unpacked(path: string, limits: UnpackingLimits = usualLimits): AsyncGenerator<Buffer> {
  const start = await firstBytes(path)
  if (start.subarray(0, 4).equals(zip)) throw new ImportProblem('imports.not-a-table')
  const packed = start[0] === 0x1f && start[1] === 0x8b
  let read = 0
  let given = 0
  const file = createReadStream(path, { highWaterMark: 64 * 1024 })
  const measured = file.pipe(
    new Transform({
      transform(chunk: Buffer, _encoding, done) {
        read += chunk.length
        done(null, chunk)
      },
    }),
  )
  const stream = packed ? measured.pipe(createGunzip({ chunkSize: 64 * 1024 })) : measured
  // pipe() does not carry errors onwards
  for (const before of [file, measured]) before.on('error', (error) => stream.destroy(error))
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      given += chunk.length
      const tooDense = packed && given > limits.ratioFrom && given > read * limits.ratio
      if (given > limits.bytes || tooDense)
        throw new ImportProblem('imports.unpacks-too-large', { megabytes: Math.round(limits.bytes / 1024 ** 2) })
      yield chunk
    }
  } catch (error) {
    if (/^Z_|ERR_ZLIB/.test((error as { code?: string }).code ?? '')) throw new ImportProblem('imports.gzip-broken')
    throw error
  } finally {
    file.destroy()
    stream.destroy()
  }
}

/** A zip archive, which an XLSX file also is. */
const zip = Buffer.from([0x50, 0x4b, 0x03, 0x04])

/** Whether a file is a zip archive, by its first bytes. */
export const isArchive = async (path: string): Promise<boolean> => (await firstBytes(path)).equals(zip)

async function firstBytes(path: string): Promise<Buffer> {
  const handle = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new ImportProblem('imports.file-missing') : error
  })
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}
