import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { Problem } from '../errors.ts'

/** What a backup is locked with. Without `identity` backups can be made, but not read. */
export interface BackupKey {
  recipient: string
  identity: string | null
  /** Where it was found, for people. */
  from: string
  /** Made this moment: it must be copied away. */
  fresh: boolean
}

const wordsOf = (
  recipient: string,
  identity: string,
) => `# The key of Linchpin's backups. Keep a copy of this file somewhere else: without it no backup can be opened, and
# whoever has it and a backup can read everything. Public half: ${recipient}
${identity}
`

/**
 * The key given (a file, or the key itself), else `backup.key` in the data directory, made there if `make` says so. A key
 * that begins with `age1` is a public half: it locks, and does not open.
 */
export async function backupKey(
  config: Pick<Config, 'dataDir' | 'backupKey'>,
  options: { given?: string | null; make?: boolean } = {},
): Promise<BackupKey> {
  const given = options.given ?? config.backupKey
  if (given !== null && given !== undefined) {
    if (/^(AGE-SECRET-KEY-1|age1)/.test(given)) return await understood(given, 'LINCHPIN_BACKUP_KEY', false)
    return await understood(await textOf(given), given, false)
  }
  const path = join(config.dataDir, 'backup.key')
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (text !== null) return await understood(text, path, false)
  if (options.make !== true) throw new Problem(409, 'backups.no-key', { path })
  const { generateX25519Identity, identityToRecipient } = await import('age-encryption')
  const identity = await generateX25519Identity()
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(wordsOf(await identityToRecipient(identity), identity))
    await file.sync()
  } finally {
    await file.close()
  }
  return await understood(identity, path, true)
}

const textOf = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch(() => {
    throw new Problem(409, 'backups.key-unreadable', { path })
  })

async function understood(text: string, from: string, fresh: boolean): Promise<BackupKey> {
  const line = text
    .split('\n')
    .map((one) => one.trim())
    .find((one) => one !== '' && !one.startsWith('#'))
  try {
    if (line?.startsWith('age1') === true) return { recipient: line, identity: null, from, fresh }
    if (line !== undefined) {
      const { identityToRecipient } = await import('age-encryption')
      return { recipient: await identityToRecipient(line), identity: line, from, fresh }
    }
  } catch {
    // falls through
  }
  throw new Problem(409, 'backups.key-malformed', { path: from })
}
