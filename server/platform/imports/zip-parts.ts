import yauzl, { type Entry, type ZipFile } from 'yauzl'
import { ImportProblem } from './import-problem.ts'

/** Unpacked bytes of all parts that are read of a workbook. */
const mostBytes = 64 * 1024 ** 2
const mostEntries = 10_000

const opened = (path: string): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true, validateEntrySizes: true }, (error, zip) =>
      error ? reject(error) : resolve(zip),
    )
  })

async function bytesOf(zip: ZipFile, entry: Entry, left: number): Promise<Buffer> {
  const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    zip.openReadStream(entry, (error, found) => (error ? reject(error) : resolve(found)))
  })
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    length += chunk.length
    // whatever the archive says of its sizes, no more is unpacked
    if (length > left) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const tooLarge = () => new ImportProblem('imports.unpacks-too-large', { megabytes: mostBytes / 1024 ** 2 })

/**
 * The parts of a zip archive that are wanted, by name, unpacked in memory and bounded. Null where the file is no archive that can be read.
 */
export async function zipParts(path: string, wanted: (name: string) => boolean): Promise<Map<string, Buffer> | null> {
  const zip = await opened(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new ImportProblem('imports.file-missing')
    return null
  })
  if (zip === null) return null
  const parts = new Map<string, Buffer>()
  let left = mostBytes
  let entries = 0
  try {
    await new Promise<void>((resolve, reject) => {
      zip.on('error', reject)
      zip.on('end', resolve)
      zip.on('entry', (entry: Entry) => {
        entries += 1
        const name = entry.fileName
        if (entries > mostEntries) reject(tooLarge())
        else if (!wanted(name) || parts.has(name)) zip.readEntry()
        else if (entry.uncompressedSize > left) reject(tooLarge())
        else
          bytesOf(zip, entry, left).then((bytes) => {
            left -= bytes.length
            parts.set(name, bytes)
            zip.readEntry()
          }, reject)
      })
      zip.readEntry()
    })
    return parts
  } catch (error) {
    if (error instanceof ImportProblem) throw error
    throw new ImportProblem('imports.workbook-broken')
  } finally {
    zip.close()
  }
}
