import { mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { connectionTo, ensureDatabase, openCluster } from './cluster.ts'
import { tryLock, waitForLock, type KernelLock } from './kernel-lock.ts'
import { runningPostmaster, startPostmaster, stopPostmaster } from './postmaster.ts'
import { isAlive } from './processes.ts'
import { type Settings } from './settings.ts'

export type EmbeddedPostgres = {
  connection: pg.PoolConfig
  /** The postmaster of this moment; null while it is being restarted. */
  pid(): number | null
  /** Leaves the server, and ends it unless another process of Linchpin uses it. */
  stop(): Promise<void>
}

type Notes = { info(facts: object, sentence: string): void; warn(facts: object, sentence: string): void }

export type EmbeddedOptions = {
  dataDir: string
  /** `serve`: the one application on this data directory. `command`: works beside it, and without it. */
  role: 'serve' | 'command'
  log?: Notes | null
  /** Tests only. */
  settings?: Settings
}

/**
 * Three locks in the data directory, which die with their holders:
 * `start.lock` while somebody starts or stops PostgreSQL, `users.lock` shared by everybody who uses it (the last one to
 * leave ends it), `serve.lock` by the one application.
 * A server found running is adopted, whoever started it: the orphan of an application that was killed, or that of the
 * application beside which this command works.
 */
export async function connectEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { dataDir, role, log = null } = options
  mkdirSync(dataDir, { recursive: true, mode: 0o711 })
  const data = realpathSync(dataDir)
  const cluster = join(data, 'postgres')
  const held: KernelLock[] = []
  let current: number | null = null
  let stopping = false

  /** Adopts the server that runs, or starts one. Only under the start lock. */
  async function ensureRunning(): Promise<string> {
    let running = runningPostmaster(cluster)
    for (let waited = 0; running != null && !running.ready; waited++) {
      // Starting, recovering or stopping on behalf of a process that died over it: wait which of them it is.
      if (waited === 500) log?.warn({ pid: running.pid }, 'The embedded PostgreSQL is up but not ready; still waiting')
      await sleep(20)
      running = runningPostmaster(cluster)
    }
    if (running != null) {
      if (current !== running.pid) log?.info({ pid: running.pid }, 'Adopted the embedded PostgreSQL that was running')
      current = running.pid
    } else {
      const opened = await openCluster(data, options.settings)
      const started = await startPostmaster(opened, (seconds) =>
        log?.warn({ seconds }, 'The embedded PostgreSQL is still starting; it may be recovering from a crash'),
      )
      started.child.once('exit', () => void attend())
      current = started.pid
      running = { ...started, ready: true }
      log?.info({ pid: started.pid }, 'Started the embedded PostgreSQL')
    }
    await ensureDatabase(running.socketDirectory)
    return running.socketDirectory
  }

  let attending = false
  /** Starts the server again when it is gone, with growing pauses while that fails. */
  async function attend(): Promise<void> {
    if (attending || stopping || current == null || isAlive(current)) return
    attending = true
    log?.warn({ pid: current }, 'The embedded PostgreSQL has ended; starting it again')
    current = null
    for (let pause = 100; !stopping; pause = Math.min(pause * 2, 10_000)) {
      const lock = await waitForLock(join(data, 'start.lock'), 'exclusive', 60_000)
      try {
        if (lock != null && !stopping) await ensureRunning()
        if (current != null) break
      } catch (error) {
        log?.warn({ err: error, pause }, 'The embedded PostgreSQL could not be started; trying again')
      } finally {
        lock?.release()
      }
      await sleep(pause)
    }
    attending = false
  }

  let socketDirectory: string
  try {
    if (role === 'serve') held.push(await serveAlone(data))
    const start = await lockOrThrow(join(data, 'start.lock'), 'exclusive')
    try {
      socketDirectory = await ensureRunning()
      held.push(await lockOrThrow(join(data, 'users.lock'), 'shared'))
    } finally {
      start.release()
    }
  } catch (error) {
    for (const lock of held) lock.release()
    throw error
  }
  const watch = setInterval(() => void attend(), 250)
  watch.unref()

  let stopped: Promise<void> | null = null
  async function stop(): Promise<void> {
    stopping = true
    clearInterval(watch)
    const start = await lockOrThrow(join(data, 'start.lock'), 'exclusive')
    try {
      for (const lock of held.slice(-1)) lock.release()
      const alone = tryLock(join(data, 'users.lock'), 'exclusive')
      try {
        const running = alone == null ? null : runningPostmaster(cluster)
        if (running != null) await stopPostmaster(cluster, running.pid)
      } finally {
        alone?.release()
      }
    } finally {
      if (role === 'serve') rmSync(join(data, 'serve.json'), { force: true })
      for (const lock of held) lock.release()
      start.release()
    }
  }

  const embedded: EmbeddedPostgres = {
    connection: connectionTo(socketDirectory),
    pid: () => current,
    stop: () => (stopped ??= stop().finally(() => inUse.delete(embedded))),
  }
  inUse.add(embedded)
  return embedded
}

const inUse = new Set<EmbeddedPostgres>()

/** For a command that a signal ends in the middle of its work. */
export async function leaveEveryEmbedded(): Promise<void> {
  await Promise.allSettled([...inUse].map(async (embedded) => await embedded.stop()))
}

/** Whoever serves this data directory now, as far as it said so. */
export function servingProcess(dataDir: string): { pid: number; since: string } | null {
  try {
    const note = JSON.parse(readFileSync(join(dataDir, 'serve.json'), 'utf8')) as { pid: number; since: string }
    return isAlive(note.pid) ? note : null
  } catch {
    return null
  }
}

async function serveAlone(data: string): Promise<KernelLock> {
  // A predecessor that was just killed may take a moment to let go of its memory and with it of its lock.
  const lock = await waitForLock(join(data, 'serve.lock'), 'exclusive', 3_000)
  if (lock == null) {
    const other = servingProcess(data)
    const who = other == null ? 'Another Linchpin' : `Another Linchpin (process ${other.pid}, since ${other.since})`
    throw new Error(
      `${who} already serves the data directory ${data}. Stop it first, or give this one its own in LINCHPIN_DATA. ` +
        `Commands such as "doctor" and "import" work beside it.`,
    )
  }
  writeFileSync(join(data, 'serve.json'), JSON.stringify({ pid: process.pid, since: new Date().toISOString() }))
  return lock
}

async function lockOrThrow(path: string, mode: 'shared' | 'exclusive'): Promise<KernelLock> {
  const lock = await waitForLock(path, mode, 10 * 60_000)
  if (lock == null) throw new Error(`Another process has held ${path} for ten minutes; end it and try again.`)
  return lock
}
