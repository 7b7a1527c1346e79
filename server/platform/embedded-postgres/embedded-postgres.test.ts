import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connectEmbedded, type EmbeddedPostgres } from './embedded-postgres.ts'
import { tryLock } from './kernel-lock.ts'
import { isAlive, processesIn } from './processes.ts'

const holder = resolve(import.meta.dirname, 'testing-holder.ts')

let base: string
let dataDir: string
let open: EmbeddedPostgres[]
let children: ChildProcess[]

beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'linchpin-embedded-')))
  chmodSync(base, 0o711)
  dataDir = join(base, 'data')
  open = []
  children = []
})

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  for (const embedded of open) await embedded.stop()
  // Whatever a failed test left running works in this directory only.
  for (const pid of processesIn(join(dataDir, 'postgres'))) process.kill(pid, 'SIGKILL')
  rmSync(base, { recursive: true, force: true })
})

async function connect(role: 'serve' | 'command' = 'command'): Promise<EmbeddedPostgres> {
  const embedded = await connectEmbedded({ dataDir, role })
  open.push(embedded)
  return embedded
}

/** Another process of Linchpin, which prints the postmaster's pid when it is connected. */
async function other(role: 'serve' | 'command', as: { uid?: number; gid?: number } = {}) {
  const child = spawn(process.execPath, [holder, dataDir, role], { stdio: ['pipe', 'pipe', 'pipe'], ...as })
  children.push(child)
  let said = ''
  child.stderr.on('data', (chunk) => (said += chunk))
  const pid = await new Promise<number>((connected, failed) => {
    child.stdout.once('data', (chunk) => connected(Number(chunk)))
    child.once('exit', () => failed(new Error(said)))
  })
  const gone = new Promise<void>((done) => child.once('exit', () => done()))
  return { child, pid, gone }
}

async function query(embedded: EmbeddedPostgres, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(embedded.connection)
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(sql)).rows as Record<string, unknown>[]
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function eventually<T>(look: () => T | Promise<T>, limit = 10_000): Promise<T> {
  const end = performance.now() + limit
  for (;;) {
    try {
      const found = await look()
      if (found) return found
    } catch (error) {
      if (performance.now() > end) throw error
    }
    if (performance.now() > end) throw new Error(`Not within ${limit} ms`)
    await sleep(25)
  }
}

describe('starting and stopping', () => {
  test('makes a durable cluster in UTF-8 that orders texts alike everywhere, and ends it', async () => {
    const embedded = await connect()
    const [row] = await query(
      embedded,
      `SELECT current_setting('fsync') AS fsync, current_setting('full_page_writes') AS pages,
         current_setting('synchronous_commit') AS commit, current_setting('server_encoding') AS encoding,
         datlocprovider AS provider, datlocale AS locale, current_setting('listen_addresses') AS addresses
       FROM pg_database WHERE datname = current_database()`,
    )
    expect(row).toEqual({
      fsync: 'on',
      pages: 'on',
      commit: 'on',
      encoding: 'UTF8',
      provider: 'b',
      locale: 'C.UTF-8',
      addresses: '',
    })
    const pid = embedded.pid() ?? 0
    expect(isAlive(pid)).toBe(true)
    await embedded.stop()
    expect(isAlive(pid)).toBe(false)
    expect(processesIn(join(dataDir, 'postgres'))).toEqual([])
  })

  test('nobody but its owner may enter the directory that holds data and socket', async () => {
    const { connection } = await connect()
    expect(statSync(connection.host ?? '').mode & 0o777).toBe(0o700)
    expect(statSync(join(dataDir, 'postgres')).mode & 0o077).toBe(0)
  })

  test('starts a second time on the same cluster', async () => {
    const cluster = async () => {
      const embedded = await connect()
      const [row] = await query(embedded, 'SELECT system_identifier FROM pg_control_system()')
      await embedded.stop()
      return row
    }
    expect(await cluster()).toEqual(await cluster())
  })

  test('a path longer than a socket may have is no obstacle', async () => {
    dataDir = join(base, 'a-rather-long-name-for-a-directory'.repeat(4), 'data')
    const embedded = await connect()
    expect(await query(embedded, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    await embedded.stop()
    rmSync(embedded.connection.host ?? '', { recursive: true, force: true })
  })

  test('a cluster left half-made is made anew', async () => {
    mkdirSync(join(dataDir, 'postgres.new', 'base'), { recursive: true })
    chmodSync(dataDir, 0o711)
    expect(await query(await connect(), 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })
})

describe('several processes', () => {
  test('two at once start one server, and the last to leave ends it', async () => {
    const [first, second] = await Promise.all([other('command'), other('command')])
    expect(first.pid).toBe(second.pid)
    first.child.stdin.end()
    await first.gone
    expect(isAlive(second.pid)).toBe(true)
    second.child.stdin.end()
    await second.gone
    expect(isAlive(second.pid)).toBe(false)
  })

  test('a second application on the same data directory is refused in words', async () => {
    const serving = await other('serve')
    await expect(connect('serve')).rejects.toThrow(`(process ${serving.child.pid}, since`)
  })

  test('a command works beside the application and leaves its server running', async () => {
    const serving = await other('serve')
    const command = await connect('command')
    expect(command.pid()).toBe(serving.pid)
    await command.stop()
    expect(isAlive(serving.pid)).toBe(true)
  })

  test('a lock dies with its holder', async () => {
    const serving = await other('serve')
    expect(tryLock(join(dataDir, 'serve.lock'), 'exclusive')).toBeNull()
    serving.child.kill('SIGKILL')
    const lock = await eventually(() => tryLock(join(dataDir, 'serve.lock'), 'exclusive'))
    lock?.release()
  })
})

describe('kill -9', () => {
  test('of the application: the next one adopts its server, and can end it', async () => {
    const serving = await other('serve')
    serving.child.kill('SIGKILL')
    await serving.gone
    expect(isAlive(serving.pid)).toBe(true)
    const next = await connect('serve')
    expect(next.pid()).toBe(serving.pid)
    await next.stop()
    // its parent died before it: whoever buries it now takes a moment
    await eventually(() => !isAlive(serving.pid))
  })

  test('of the postmaster: it is started again, with every committed row', async () => {
    const embedded = await connect('serve')
    await query(embedded, 'CREATE TABLE kept (n int)')
    for (let round = 1; round <= 3; round++) {
      await query(embedded, `INSERT INTO kept VALUES (${round})`)
      const before = embedded.pid() ?? 0
      process.kill(before, 'SIGKILL')
      await eventually(() => embedded.pid() != null && embedded.pid() !== before)
      expect(await query(embedded, 'SELECT count(*)::int AS n FROM kept')).toEqual([{ n: round }])
    }
  })

  test('of the postmaster, while a backend is busy: the new server waits for its end', async () => {
    const embedded = await connect('serve')
    const busy = query(embedded, 'SELECT count(*) FROM generate_series(1, 1000000000)').catch(() => 'cut')
    await eventually(() =>
      query(embedded, `SELECT 1 FROM pg_stat_activity WHERE query LIKE '%generate%' HAVING count(*) > 1`).then(
        (rows) => rows.length > 0,
      ),
    )
    const before = embedded.pid() ?? 0
    process.kill(before, 'SIGKILL')
    await eventually(() => embedded.pid() != null && embedded.pid() !== before, 15_000)
    expect(await busy).toBe('cut')
    expect(await query(embedded, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  test('of an adopted postmaster: it is started again too', async () => {
    const serving = await other('serve')
    serving.child.kill('SIGKILL')
    await serving.gone
    const next = await connect('serve')
    process.kill(serving.pid, 'SIGKILL')
    await eventually(() => next.pid() != null && next.pid() !== serving.pid)
    expect(await query(next, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  test('of both: a pid file whose pid another program has taken keeps nobody from starting', async () => {
    const serving = await other('serve')
    process.kill(serving.pid, 'SIGKILL')
    serving.child.kill('SIGKILL')
    await eventually(() => processesIn(join(dataDir, 'postgres')).length === 0)
    const file = join(dataDir, 'postgres', 'postmaster.pid')
    const stranger = spawn('sleep', ['60'], { stdio: 'ignore' })
    children.push(stranger)
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+/, String(stranger.pid)))
    const next = await connect('serve')
    expect(next.pid()).not.toBe(stranger.pid)
    expect(await query(next, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect(isAlive(stranger.pid ?? 0)).toBe(true)
  })
})

const root = process.getuid?.() === 0

describe.skipIf(!root)('as root (skipped for an ordinary user, who cannot become another)', () => {
  test('runs the server as somebody else', async () => {
    const embedded = await connect()
    const status = readFileSync(`/proc/${embedded.pid()}/status`, 'utf8')
    const reachable = statSync(join(dataDir, 'postgres')).uid !== 0
    if (reachable) expect(status).toMatch(/^Uid:\s+(?!0\s)/m)
    expect(await query(embedded, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  test('runs it in a user namespace where only root may enter', async () => {
    chmodSync(base, 0o700)
    const embedded = await connect()
    expect(statSync(join(dataDir, 'postgres')).uid).toBe(0)
    expect(await query(embedded, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    const before = embedded.pid() ?? 0
    process.kill(before, 'SIGKILL')
    await eventually(() => embedded.pid() != null && embedded.pid() !== before)
    expect(await query(embedded, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  test('an ordinary user runs it as himself, in a home only he may enter; root then does so too', async (context) => {
    // `su` would want a password file entry that is not ours: the numbers are enough, but the user must exist.
    const nobody = spawnSync('id', ['-u', 'daemon'], { encoding: 'utf8' })
    const uid = Number(nobody.stdout)
    const reachable =
      spawnSync(process.execPath, [holder, '--version'], { uid, gid: uid, stdio: 'ignore' }).status === 0
    if (!uid || !reachable) context.skip('the checkout lies where no other user may enter')
    chownSync(base, uid, uid)
    chmodSync(base, 0o700)
    const user = await other('command', { uid, gid: uid })
    expect(readFileSync(`/proc/${user.pid}/status`, 'utf8')).toMatch(new RegExp(`^Uid:\\s+${uid}\\s`, 'm'))
    user.child.stdin.end()
    await user.gone
    expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false)
    const embedded = await connect()
    expect(readFileSync(`/proc/${embedded.pid()}/status`, 'utf8')).toMatch(new RegExp(`^Uid:\\s+${uid}\\s`, 'm'))
  })
})
