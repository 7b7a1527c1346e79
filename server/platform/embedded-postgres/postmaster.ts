import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive, processesIn, worksIn } from './processes.ts'
import { asCommand, type RunAs } from './run-as.ts'
import { PORT, settingsFile, type Settings } from './settings.ts'

export type Cluster = {
  /** With symbolic links resolved. */
  directory: string
  binaries: { postgres: string; initdb: string }
  runAs: RunAs
  socketDirectory: string
  settings: Settings
}

export type Postmaster = { pid: number; socketDirectory: string }

/** The server that runs on this cluster now, whoever started it; null also for a stale or foreign pid. */
export function runningPostmaster(directory: string): (Postmaster & { ready: boolean }) | null {
  let lines: string[]
  try {
    lines = readFileSync(join(directory, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return null
  }
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 1 || !worksIn(pid, directory)) return null
  return { pid, socketDirectory: lines[4] ?? '', ready: lines[7]?.trim() === 'ready' }
}

/** Starts a server and waits until it answers; recovery after a crash may take its time, a failure says why. */
export async function startPostmaster(
  cluster: Cluster,
  onWait: (seconds: number) => void,
): Promise<Postmaster & { child: ChildProcess }> {
  await clearRemains(cluster)
  // Beside the cluster, not in it: as root we write into no directory in which another user could plant a link.
  const settings = `${cluster.directory}.conf`
  await writeFile(settings, settingsFile(cluster.settings, cluster.socketDirectory), { mode: 0o644 })
  const startLog = `${cluster.directory}.start.log`
  const output = openSync(startLog, 'w', 0o600)
  const command = asCommand(cluster.runAs, cluster.binaries.postgres, [
    '-D',
    cluster.directory,
    `--config-file=${settings}`,
  ])
  // Detached: Ctrl-C in the terminal goes to Linchpin, which first finishes what it is doing and then stops this.
  const child = spawn(command.file, command.args, {
    ...command.options,
    cwd: cluster.directory,
    detached: true,
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  let failure: string | null = null
  child.once('error', (error) => (failure = error.message))
  child.once('exit', (code, signal) => (failure ??= `it ended with ${signal ?? `exit status ${code}`}`))
  child.unref()
  const begun = performance.now()
  for (let said = 5; ;) {
    const running = runningPostmaster(cluster.directory)
    if (running?.ready && running.pid === child.pid) return { ...running, child }
    if (failure != null) {
      const words = await readFile(startLog, 'utf8').catch(() => '')
      throw new Error(`The embedded PostgreSQL did not start: ${failure}. ${lastLines(words)}`.trim())
    }
    if ((performance.now() - begun) / 1000 > said) {
      onWait(said)
      said += 5
    }
    await sleep(10)
  }
}

/** Smart, then fast, then immediate, then by force: each is given its time. */
export async function stopPostmaster(directory: string, pid: number): Promise<void> {
  const steps: [NodeJS.Signals, number][] = [
    ['SIGTERM', 500],
    ['SIGINT', 20_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ]
  for (const [signal, limit] of steps) {
    if (!worksIn(pid, directory)) return
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    if (await ended(() => !worksIn(pid, directory), limit)) {
      // a process that ends loses its memory, and with it its name, a moment before it is gone
      await ended(() => !isAlive(pid), 1_000)
      return
    }
  }
  throw new Error(`The embedded PostgreSQL (process ${pid}) could not be stopped.`)
}

/**
 * What a postmaster killed with -9 leaves behind. Its backends notice within moments, but one in a long query may go
 * on writing: the pid file, PostgreSQL's own guard against two servers on one directory, goes only after the last of
 * them. A pid that another program has taken since would otherwise keep PostgreSQL from starting.
 */
async function clearRemains(cluster: Cluster): Promise<void> {
  const { directory } = cluster
  const none = () => processesIn(directory).length === 0
  if (!(await ended(none, 2_000))) {
    for (const signal of ['SIGQUIT', 'SIGKILL'] as const) {
      for (const pid of processesIn(directory)) {
        try {
          process.kill(pid, signal)
        } catch {
          // It ended meanwhile.
        }
      }
      if (await ended(none, 2_000)) break
    }
  }
  if (!none()) throw new Error(`Processes of an earlier PostgreSQL do not end: ${processesIn(directory).join(', ')}.`)
  if (process.platform === 'linux') rmSync(join(directory, 'postmaster.pid'), { force: true })
  // A socket's lock file names a pid too, and a reused one keeps PostgreSQL from starting just the same.
  for (const end of ['', '.lock']) rmSync(join(cluster.socketDirectory, `.s.PGSQL.${PORT}${end}`), { force: true })
}

async function ended(done: () => boolean, limit: number): Promise<boolean> {
  const end = performance.now() + limit
  while (!done()) {
    if (performance.now() > end) return false
    await sleep(15)
  }
  return true
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-5).join(' | ')
}
