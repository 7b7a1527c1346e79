import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * A lock that the kernel lets go of when its holder dies, however it dies: Node has no flock(), but SQLite takes
 * fcntl() locks on the file it opens. Nothing is ever written to that file. A lock file with a pid in it would need
 * guesses about stale pids, and two processes could guess at the same time.
 */
export type KernelLock = { release(): void }

export function tryLock(path: string, mode: 'shared' | 'exclusive'): KernelLock | null {
  const file = new DatabaseSync(path, { timeout: 0 })
  try {
    if (mode === 'exclusive') {
      file.exec('BEGIN EXCLUSIVE')
    } else {
      file.exec('BEGIN')
      file.prepare('SELECT count(*) FROM sqlite_schema').get()
    }
  } catch (error) {
    file.close()
    if ((error as { errcode?: number }).errcode === 5 /* SQLITE_BUSY */) return null
    throw error
  }
  return { release: () => file.isOpen && file.close() }
}

/** Waits for the lock; null when it is still taken after `limit` milliseconds. */
export async function waitForLock(
  path: string,
  mode: 'shared' | 'exclusive',
  limit: number,
): Promise<KernelLock | null> {
  const end = performance.now() + limit
  for (;;) {
    const lock = tryLock(path, mode)
    if (lock != null || performance.now() > end) return lock
    await sleep(25)
  }
}
