import { createReadStream } from 'node:fs'
import { type EventEmitter, once } from 'node:events'
import { open } from 'node:fs/promises'
import { PassThrough, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ReadableStream, type ReadableStream as WebStream } from 'node:stream/web'
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib'
import { extract, pack } from 'tar-stream'
import { Problem } from '../errors.ts'

/** A tar, packed with zstd, locked with age: each can be undone with the tool of its name. */
export interface ArchiveWriter {
  /** One entry of exactly `size` bytes. */
  add(name: string, size: number, content: Iterable<Buffer> | AsyncIterable<Buffer>): Promise<void>
  /** Ends the file and answers its size in bytes once it is on the disk. */
  end(): Promise<number>
  abandon(): Promise<void>
}

export async function writeArchive(path: string, recipient: string): Promise<ArchiveWriter> {
  const tar = pack()
  const plain = new PassThrough({ highWaterMark: 1 << 20 })
  const { Encrypter } = await import('age-encryption')
  const lock = new Encrypter()
  lock.addRecipient(recipient)
  const file = await open(path, 'wx', 0o600)
  const locked = (await lock.encrypt(ReadableStream.from(plain) as never)) as unknown as ReadableStream<Uint8Array>
  let bytes = 0
  const keep = async () => {
    const reader = locked.getReader()
    try {
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        bytes += read.value.length
        for (let at = 0; at < read.value.length;) at += (await file.write(read.value, at)).bytesWritten
      }
      await file.sync()
    } finally {
      await file.close()
    }
  }
  const level = { [constants.ZSTD_c_compressionLevel]: 3 }
  const halves = [pipeline(tar, createZstdCompress({ params: level }), plain), keep()]
  const done = Promise.all(halves)
  // whatever ends one half ends the other
  let cause: unknown
  done.catch((error: Error) => {
    cause ??= error
    tar.destroy()
    plain.destroy(error)
  })
  // Told of the end by one lasting listener: a listener for each entry would hold every entry's content until then.
  let broken: ((error: unknown) => void) | null = null
  done.then(
    () => broken?.(new Error('the archive ended early')),
    (error: unknown) => broken?.(error),
  )
  return {
    async add(name, size, content) {
      const written = Promise.withResolvers<void>()
      written.promise.catch(() => {})
      const entry = tar.entry({ name, size, mode: 0o600 }, (error) =>
        error == null ? written.resolve() : written.reject(error),
      )
      const fill = async () => {
        for await (const chunk of content)
          if (!entry.write(chunk)) await once(entry as unknown as EventEmitter, 'drain')
        entry.end(null)
        await written.promise
      }
      try {
        const ended = Promise.withResolvers<never>()
        broken = ended.reject
        await Promise.race([fill(), ended.promise])
      } catch (error) {
        // what an entry says of a file that broke off is not why it did
        throw cause ?? error
      } finally {
        broken = null
      }
    },
    async end() {
      tar.finalize()
      await done
      return bytes
    },
    async abandon() {
      tar.destroy()
      await done.catch(() => {})
    },
  }
}

export interface ArchiveEntry {
  name: string
  size: number
  body: AsyncIterable<Buffer>
}

/**
 * Every entry of an archive in order; each body must be read to its end before the next. Throws a Problem in words where
 * the key does not fit, or the file is cut off or altered: age authenticates each piece, and the last one as the last.
 */
export async function* entriesOf(path: string, identity: string): AsyncGenerator<ArchiveEntry> {
  const { Decrypter } = await import('age-encryption')
  const opener = new Decrypter()
  opener.addIdentity(identity)
  const file = createReadStream(path, { highWaterMark: 1 << 20 })
  const tar = extract()
  let cause: unknown
  try {
    const plain = await opener.decrypt(Readable.toWeb(file) as never)
    const unpacked = pipeline(Readable.fromWeb(plain as unknown as WebStream), createZstdDecompress(), tar)
    unpacked.catch((error: unknown) => (cause ??= error))
    for await (const entry of tar)
      yield { name: entry.header.name, size: entry.header.size ?? 0, body: entry as AsyncIterable<Buffer> }
    await unpacked
  } catch (error) {
    throw inWords(cause ?? error, path)
  } finally {
    tar.destroy()
    file.destroy()
  }
}

function inWords(error: unknown, path: string): Problem {
  if (error instanceof Problem) return error
  const { message, code } = error as { message?: string; code?: string }
  if (code !== undefined && /^E[A-Z]+$/.test(code)) return new Problem(409, 'backups.unreadable', { path })
  return new Problem(409, /no identity matched/.test(message ?? '') ? 'backups.wrong-key' : 'backups.damaged', { path })
}
