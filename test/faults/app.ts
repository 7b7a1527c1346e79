import { type ChildProcess, spawn } from 'node:child_process'
import { commandLine } from '../support/command-line.ts'

/** The app as people run it, in a process group of its own, on a data directory. Restarted as often as it is killed. */
export class App {
  readonly dataDir: string
  readonly port: number
  #child: ChildProcess | null = null
  output = ''

  readonly #env: Record<string, string>

  constructor(dataDir: string, port: number, env: Record<string, string> = {}) {
    this.dataDir = dataDir
    this.port = port
    this.#env = env
  }

  get base(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** Starts and waits until it says it is ready to work. */
  async start(timeoutMs = 60_000): Promise<void> {
    const child = spawn(process.execPath, [commandLine, 'serve'], {
      env: {
        ...process.env,
        ...this.#env,
        LINCHPIN_DATA: this.dataDir,
        PORT: String(this.port),
        HOST: '127.0.0.1',
        LINCHPIN_LOG: 'warn',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    this.#child = child
    // what answers at the port may be another test's; what it says of itself is its own
    let said = ''
    child.stdout.on('data', (data: Buffer) => (said += data.toString()))
    child.stderr.on('data', (data: Buffer) => (said += data.toString()))
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => (this.output = (this.output + data.toString()).slice(-20_000)))
    const until = Date.now() + timeoutMs
    for (;;) {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`the app ended by itself: ${this.output.slice(-2000)}`)
      if (
        said.includes('Linchpin is ready') &&
        (await fetch(`${this.base}/readyz`).then(
          (r) => r.ok,
          () => false,
        ))
      )
        return
      if (Date.now() > until) throw new Error(`the app was not ready in time: ${this.output.slice(-2000)}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  /** kill -9 of the whole process group. */
  async kill(): Promise<void> {
    const child = this.#child
    if (child?.pid === undefined) return
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`the app ended by itself (${child.exitCode ?? child.signalCode}): ${this.output.slice(-4000)}`)
    const ended = new Promise((resolve) => child.once('exit', resolve))
    process.kill(-child.pid, 'SIGKILL')
    await ended
  }

  async stop(): Promise<void> {
    const child = this.#child
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    process.kill(child.pid, 'SIGTERM')
    await ended
  }
}
