import { createHash, type Hash } from 'node:crypto'
import { access, rename, rm } from 'node:fs/promises'
import { setPriority } from 'node:os'
import type { Readable } from 'node:stream'
import pg from 'pg'
import { Problem } from '../errors.ts'
import { appliedMigrations } from '../migrate.ts'
import { type ArchiveWriter, writeArchive } from './archive.ts'
import { fileEntry, type Manifest, names, tableEntry } from './format.ts'
import { canonicalSession, jobsTable, rowsOf, type TableSum } from './rows.ts'
import { contentsNamed, sequencesOf, tablesOf, type TableShape } from './tables.ts'

/** Where the contents of files are read from. Answers null where there is none with this hash. */
export interface Contents {
  open(sha256: Buffer): Promise<{ size: number; body: Readable } | null>
}

export interface BackupOptions {
  connection: pg.PoolConfig
  path: string
  recipient: string
  secret: Buffer
  contents: Contents
  version: string
  /** The database runs on this machine: its work for the backup is given a low priority where the system allows it. */
  sameMachine: boolean
  onProgress?: (table: string) => void
  signal?: AbortSignal
}

export interface Written extends Manifest {
  path: string
  bytes: number
  takenAt: string
  seconds: number
}

const pieceBytes = 4 << 20
const niceness = 10

/**
 * Writes everything into one file, as it was at one moment, while others go on reading and writing. The file appears under
 * its name once it is complete and on the disk. Memory does not depend on how much there is.
 */
export async function writeBackup(options: BackupOptions): Promise<Written> {
  const { path } = options
  const begun = performance.now()
  const there = await access(path).then(
    () => true,
    () => false,
  )
  if (there) throw new Problem(409, 'backups.there-already', { path })
  const partial = `${path}.partial`
  await rm(partial, { force: true })
  const client = new pg.Client(options.connection)
  client.on('error', () => {})
  await client.connect()
  let archive: ArchiveWriter | null = null
  try {
    archive = await writeArchive(partial, options.recipient)
    await client.query(`begin isolation level repeatable read read only; ${canonicalSession}`)
    if (options.sameMachine) await yieldToOthers(client)
    const takenAt = await writeHead(client, archive, options)
    await archive.add(names.secret, options.secret.length, [options.secret])
    const tables: Record<string, TableSum> = {}
    for (const table of [...(await tablesOf(client)), jobsTable]) {
      options.onProgress?.(table.name)
      tables[table.name] = await writeTable(client, archive, table, options.signal)
    }
    const hashes = await contentsNamed(client)
    const sequences = await sequencesOf(client)
    await client.query('commit')
    const files = await writeFiles(archive, hashes, options)
    const manifest: Manifest = { tables, sequences, files }
    const text = Buffer.from(JSON.stringify(manifest))
    await archive.add(names.manifest, text.length, [text])
    const bytes = await archive.end()
    await rename(partial, path)
    return { path, bytes, takenAt, seconds: (performance.now() - begun) / 1000, ...manifest }
  } catch (error) {
    await archive?.abandon()
    await rm(partial, { force: true })
    throw error
  } finally {
    await client.end().catch(() => {})
  }
}

async function writeHead(client: pg.Client, archive: ArchiveWriter, options: BackupOptions): Promise<string> {
  const { rows } = await client.query<{ now: Date; version: string }>(
    `select now() as now, current_setting('server_version') as version`,
  )
  const takenAt = rows[0]!.now.toISOString()
  const text = Buffer.from(
    JSON.stringify({
      format: 1,
      linchpin: options.version,
      postgres: rows[0]!.version,
      takenAt,
      migrations: await appliedMigrations(client),
      tables: await tablesOf(client),
    }),
  )
  await archive.add(names.head, text.length, [text])
  return takenAt
}

/** The rows of a table in pieces of known size, hashed as they pass. */
async function writeTable(
  client: pg.Client,
  archive: ArchiveWriter,
  table: TableShape,
  signal?: AbortSignal,
): Promise<TableSum> {
  const hash = createHash('sha256')
  const stream = await rowsOf(client, table)
  let piece = 0
  let gathered: Buffer[] = []
  let size = 0
  const put = async () => {
    await archive.add(tableEntry(table.name, piece++), size, gathered)
    gathered = []
    size = 0
  }
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    signal?.throwIfAborted()
    hash.update(chunk)
    gathered.push(chunk)
    size += chunk.length
    if (size >= pieceBytes) await put()
  }
  if (size > 0 || piece === 0) await put()
  return { rows: stream.rowCount, sha256: hash.digest('hex') }
}

async function writeFiles(
  archive: ArchiveWriter,
  hashes: readonly Buffer[],
  { contents, signal, onProgress }: BackupOptions,
): Promise<Manifest['files']> {
  if (hashes.length > 0) onProgress?.('files')
  const list = createHash('sha256')
  const missing: string[] = []
  let count = 0
  let bytes = 0
  for (const sha256 of hashes) {
    signal?.throwIfAborted()
    const hex = sha256.toString('hex')
    const found = await contents.open(sha256)
    if (found === null) {
      missing.push(hex)
      continue
    }
    const hash = createHash('sha256')
    await archive.add(fileEntry(hex), found.size, hashed(found.body, hash))
    if (hash.digest('hex') !== hex) throw new Problem(409, 'backups.content-altered', { sha256: hex })
    list.update(`${hex}\n`)
    count++
    bytes += found.size
  }
  return { count, bytes, sha256: list.digest('hex'), missing }
}

async function* hashed(body: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Buffer> {
  for await (const chunk of body) {
    hash.update(chunk)
    yield chunk
  }
}

/** Lists must not wait for a backup: both processes give way. Not allowed everywhere, and then merely not done. */
async function yieldToOthers(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  try {
    setPriority(rows[0]!.pid, niceness)
  } catch {
    // another user's process
  }
}
