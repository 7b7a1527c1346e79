import { spawn, spawnSync } from 'node:child_process'
import { chownSync, chmodSync, existsSync, mkdtempSync, mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { freePort } from './free-port.ts'

const binaries = '/usr/lib/postgresql/15/bin'

export interface PostgresServer {
  port: number
  /** Makes a database and answers its address. */
  database(name: string): Promise<string>
  /** As an operator does: fast shutdown, then the same server again. */
  restart(): Promise<void>
  /** Starts it again where it ended by itself. */
  revive(): Promise<void>
  stop(): Promise<void>
}

/** A PostgreSQL 15 of Debian, started for a test; null, having said so, where it is not installed. */
export async function postgresServer(
  settings: Record<string, string> = {},
  below: string = tmpdir(),
): Promise<PostgresServer | null> {
  if (!existsSync(join(binaries, 'postgres'))) {
    console.warn(`Tests with a PostgreSQL server are skipped: there is no ${binaries} (install postgresql-15).`)
    return null
  }
  const folder = mkdtempSync(join(below, 'linchpin-server-'))
  const user = process.getuid?.() === 0 ? userNamed('postgres') : undefined
  chmodSync(folder, 0o711)
  const home = join(folder, 'home')
  mkdirSync(home)
  if (user !== undefined) chownSync(home, user.uid, user.gid)
  const as = { ...user, cwd: home }
  const data = join(home, 'data')
  const init = ['--pgdata', data, '--username=linchpin', '--encoding=UTF8', '--locale=C.UTF-8', '--auth=trust']
  const made = spawnSync(join(binaries, 'initdb'), init, { ...as, encoding: 'utf8' })
  if (made.status !== 0) throw new Error(made.stderr)
  const port = await freePort()
  const all = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: home,
    fsync: 'off',
    max_connections: '80',
    ...settings,
  }
  const options = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  let child: ReturnType<typeof spawn>
  const start = async () => {
    child = spawn(join(binaries, 'postgres'), ['-D', data, '-p', String(port), ...options], { ...as, stdio: 'ignore' })
    for (let tries = 0; tries < 200; tries++) {
      const client = new pg.Client({ host: '127.0.0.1', port, user: 'linchpin', database: 'postgres' })
      const up = await client.connect().then(
        () => true,
        () => false,
      )
      await client.end().catch(() => {})
      if (up) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error('the PostgreSQL server did not start')
  }
  const end = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGINT')
    await gone
  }
  await start()
  return {
    port,
    async database(name) {
      const client = new pg.Client({ host: '127.0.0.1', port, user: 'linchpin', database: 'postgres' })
      await client.connect()
      try {
        await client.query(`create database ${name}`)
      } finally {
        await client.end()
      }
      return `postgresql://linchpin@127.0.0.1:${port}/${name}`
    },
    async restart() {
      await end()
      await start()
    },
    async revive() {
      if (child.exitCode !== null || child.signalCode !== null) await start()
    },
    async stop() {
      await end()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function userNamed(name: string): { uid: number; gid: number } {
  const id = (flag: string) => Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout.trim())
  return { uid: id('-u'), gid: id('-g') }
}
