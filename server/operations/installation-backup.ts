import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { setPriority } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import type pg from 'pg'
import type { Logger } from 'pino'
import type { FileContents } from '../files/public.ts'
import { type BackupKey, backupKey } from '../platform/backup/backup-key.ts'
import { type Restored, restoreBackup } from '../platform/backup/restore-backup.ts'
import { type Written, writeBackup } from '../platform/backup/write-backup.ts'
import { type Config, loadSecret } from '../platform/config.ts'
import { Problem } from '../platform/errors.ts'
import { migrationState } from '../platform/migrate.ts'
import { version } from '../platform/version.ts'

/** An installation as backups see it: its configuration, its database, its file contents. */
export interface Installation {
  config: Config
  connection: pg.PoolConfig
  embedded: boolean
  contents: FileContents
  log: Logger
}

export interface TakeOptions {
  key?: string | null
  onProgress?: (what: string) => void
  signal?: AbortSignal
}

/** Backs an installation up into a file, beside a running server or without one. Answers the sums and the key used. */
export async function takeBackup(
  { config, connection, embedded, contents }: Installation,
  path: string,
  options: TakeOptions = {},
): Promise<Written & { key: BackupKey }> {
  if ((await migrationState(connection)).applied.length === 0) throw new Problem(409, 'backups.no-database')
  const key = await backupKey(config, { given: options.key ?? null, make: true })
  try {
    const written = await writeBackup({
      connection,
      path,
      recipient: key.recipient,
      secret: await loadSecret(config),
      contents,
      version,
      sameMachine: embedded,
      ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    })
    return { ...written, key }
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === 'ENOSPC' || code === 'EFBIG' || code === 'EDQUOT')
      throw new Problem(507, 'backups.no-room', { path: dirname(path) })
    throw error
  }
}

/** This process gives way to others: lists must not wait for a backup. */
export function giveWay(): void {
  try {
    setPriority(10)
  } catch {
    // not allowed here
  }
}

/** The half of the key that opens backups. */
export async function openingKey(config: Config, given: string | null): Promise<string> {
  const key = await backupKey(config, { given })
  if (key.identity === null) throw new Problem(409, 'backups.no-identity', { path: key.from })
  return key.identity
}

/** Restores a file into this installation: rows, file contents and the secret, all of it or nothing. */
export async function restoreInstallation(
  { config, contents, log }: Pick<Installation, 'config' | 'contents' | 'log'>,
  path: string,
  options: {
    connect: () => Promise<pg.PoolConfig>
    key: string | null
    replace: boolean
    onProgress?: (what: string) => void
  },
): Promise<Restored> {
  const made: Buffer[] = []
  try {
    const restored = await restoreBackup({
      connect: options.connect,
      path,
      identity: await openingKey(config, options.key),
      replace: options.replace,
      log,
      ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
      async approve({ secret }) {
        if (config.secret === null) await layOutSecret(config.dataDir, secret)
        else if (!Buffer.from(config.secret, 'utf8').equals(secret)) throw new Problem(409, 'backups.other-secret')
      },
      async keepFile(hex, _size, body) {
        const sha256 = Buffer.from(hex, 'hex')
        if (await contents.exists(sha256)) return
        await contents.keep(Readable.from(body))
        made.push(sha256)
      },
    })
    if (config.secret === null) await putSecret(config.dataDir, restored.secret)
    return restored
  } catch (error) {
    for (const sha256 of made) await contents.remove(sha256)
    if (config.secret === null) await rm(draftOf(config.dataDir), { force: true })
    throw error
  }
}

const draftOf = (dataDir: string): string => join(dataDir, 'secret.key.restored')

/** Before anything is replaced: once the database is restored, only a name has to change. */
async function layOutSecret(dataDir: string, secret: Buffer): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o711 })
  await writeFile(draftOf(dataDir), `${secret.toString('base64url')}\n`, { mode: 0o600, flush: true })
}

/** The secret of the backup takes the place of the one there is, which is kept beside it. */
async function putSecret(dataDir: string, secret: Buffer): Promise<void> {
  const path = join(dataDir, 'secret.key')
  const draft = draftOf(dataDir)
  const old = await readFile(path, 'utf8').catch(() => null)
  if (old !== null && Buffer.from(old.trim(), 'base64url').equals(secret)) return rm(draft, { force: true })
  if (old !== null) await rename(path, `${path}.before-restore-${Date.now()}`)
  await rename(draft, path)
}
