import { spawnSync, type SpawnSyncReturns } from 'node:child_process'
import { resolve } from 'node:path'

/** The program of the command line. */
export const commandLine = resolve(import.meta.dirname, '../../cli/main.ts')

/** What a command finds in its environment on a data directory of its own: nothing of the test's, but the code compiled before. */
export const commandEnv = (dataDir: string, more: Record<string, string> = {}): Record<string, string | undefined> => ({
  PATH: process.env['PATH'],
  NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
  PORT: '0',
  LINCHPIN_DATA: dataDir,
  LINCHPIN_LOG: 'error',
  ...more,
})

/** Runs a command to its end, as somebody at a terminal does. */
export const linchpin = (
  dataDir: string,
  args: readonly string[],
  { env = {}, cwd = process.cwd() }: { env?: Record<string, string>; cwd?: string } = {},
): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, [commandLine, ...args], { encoding: 'utf8', env: commandEnv(dataDir, env), cwd })
