import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type pg from 'pg'
import { serverEnv, serverFlags } from '../bootstrap/setup.mjs'

export interface StartedApp {
  base: string
  pid: number
  stop(): Promise<void>
}

/** The app as a process of its own, with the flags the product is started with. It does not outlive this process. */
export async function startApp(connection: pg.PoolConfig, dataDir: string): Promise<StartedApp> {
  const child = spawn(
    process.execPath,
    [...serverFlags, join(import.meta.dirname, 'app.ts'), JSON.stringify(connection)],
    { env: { ...process.env, ...serverEnv, LINCHPIN_DATA: dataDir }, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  process.once('exit', () => child.kill('SIGKILL'))
  const base = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (data: Buffer) => resolve(data.toString().trim()))
    child.once('exit', (code) => reject(new Error(`the app ended with ${code}`)))
  })
  return {
    base,
    pid: child.pid!,
    stop: () =>
      new Promise((resolve) => {
        child.removeAllListeners('exit')
        child.once('exit', () => resolve())
        child.kill('SIGTERM')
      }),
  }
}
