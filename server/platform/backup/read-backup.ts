import { createHash, type Hash } from 'node:crypto'
import { Problem } from '../errors.ts'
import { type ArchiveEntry, entriesOf } from './archive.ts'
import { type BackupHead, head, manifest, type Manifest, names, understood } from './format.ts'

export interface BackupReader {
  head?(head: BackupHead): Promise<void>
  secret?(secret: Buffer): Promise<void>
  /** The pieces of a table come one after the other. */
  table?(name: string, body: AsyncIterable<Buffer>): Promise<void>
  file?(sha256: string, size: number, body: AsyncIterable<Buffer>): Promise<void>
}

export interface BackupRead {
  head: BackupHead
  secret: Buffer
  manifest: Manifest
}

const largestText = 256 << 20

/**
 * Reads a backup from end to end, hands each part to the reader and holds every sum against the manifest. Throws a Problem
 * where anything is missing, altered or too much.
 */
export async function readBackup(path: string, identity: string, reader: BackupReader = {}): Promise<BackupRead> {
  let first: BackupHead | null = null
  let secret: Buffer | null = null
  let last: Manifest | null = null
  const tables = new Map<string, Hash>()
  const files = { count: 0, bytes: 0, list: createHash('sha256') }
  const damaged = () => new Problem(409, 'backups.damaged', { path })
  for await (const entry of entriesOf(path, identity)) {
    const [kind, name = ''] = entry.name.split('/')
    if (last !== null || (first === null && entry.name !== names.head)) throw damaged()
    if (entry.name === names.head) {
      first = understood(head, await whole(entry), path)
      await reader.head?.(first)
    } else if (entry.name === names.secret) {
      secret = await whole(entry)
      await reader.secret?.(secret)
    } else if (entry.name === names.manifest) last = understood(manifest, await whole(entry), path)
    else if (kind === 'tables') {
      const hash = tables.get(name) ?? createHash('sha256')
      tables.set(name, hash)
      await passed(entry, hash, (body) => reader.table?.(name, body))
    } else if (kind === 'files') {
      const hash = createHash('sha256')
      await passed(entry, hash, (body) => reader.file?.(name, entry.size, body))
      if (hash.digest('hex') !== name) throw damaged()
      files.list.update(`${name}\n`)
      files.count++
      files.bytes += entry.size
    } else throw damaged()
  }
  if (first === null || secret === null || last === null) throw damaged()
  const sums = Object.entries(last.tables)
  const same =
    sums.length === tables.size &&
    sums.every(([name, sum]) => tables.get(name)?.digest('hex') === sum.sha256) &&
    last.files.count === files.count &&
    last.files.sha256 === files.list.digest('hex')
  if (!same) throw damaged()
  return { head: first, secret, manifest: last }
}

async function whole(entry: ArchiveEntry): Promise<Buffer> {
  if (entry.size > largestText) throw new Error('an entry of a backup is too large to be one')
  const chunks: Buffer[] = []
  for await (const chunk of entry.body) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Hands a body on, hashed; what the reader leaves of it is read to its end. */
async function passed(
  entry: ArchiveEntry,
  hash: Hash,
  hand: (body: AsyncIterable<Buffer>) => Promise<void> | undefined,
): Promise<void> {
  const body = (async function* () {
    for await (const chunk of entry.body) {
      hash.update(chunk)
      yield chunk
    }
  })()
  await hand(body)
  for await (const _rest of body);
}
