import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tickets } from '../../contract/tickets.ts'
import { openContents } from '../../server/files/public.ts'
import { takeBackup } from '../../server/operations/public.ts'
import { sentence } from '../../server/platform/catalogue.ts'
import { openPool, type Database } from '../../server/platform/db.ts'
import { Problem } from '../../server/platform/errors.ts'
import { freePort } from '../support/free-port.ts'
import { postgresServer, type PostgresServer } from '../support/postgres-server.ts'
import { startTestServer, type TestPerson, type TestServer } from '../support/server.ts'
import { App } from './app.ts'
import { expectKept, prepareLoad, write } from './load.ts'

/** A file system of this size, gone with the test; null, having said so, where none may be mounted. */
function smallDisk(megabytes: number): { path: string; free(): void } | null {
  const path = mkdtempSync(join(tmpdir(), 'linchpin-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0777`, 'tmpfs', path], { stdio: 'ignore' })
  } catch {
    rmSync(path, { recursive: true })
    console.warn('Tests with a full disk are skipped: nothing can be mounted here (it takes root).')
    return null
  }
  return {
    path,
    free() {
      execFileSync('umount', ['-l', path])
      rmSync(path, { recursive: true })
    },
  }
}

describe('the disk of the files is full', () => {
  const disk = smallDisk(12)
  let server: TestServer
  let tech: TestPerson
  beforeAll(async () => {
    if (disk === null) return
    server = await startTestServer({ config: { files: { kind: 'folder', path: join(disk.path, 'files') } } })
    await server.queue('Desk', ['Desk team'])
    tech = await server.person({ name: 'Tess', role: 'technician', teams: ['Desk team'] })
  })
  afterAll(async () => {
    await server?.stop()
    disk?.free()
  })
  const upload = (megabytes: number) => {
    const form = new FormData()
    form.set('file', new File([Buffer.alloc(megabytes << 20, Math.random().toString())], 'big.bin'))
    const headers = { cookie: `${tech.cookie.name}=${tech.cookie.value}` }
    return fetch(`${server.base}/api/v1/files`, { method: 'POST', headers, body: form })
  }
  it('an upload is refused in words and leaves nothing; smaller ones and everything else go on', async (context) => {
    if (disk === null) return context.skip('nothing can be mounted')
    const refused = await upload(20)
    expect(refused.status).toBe(507)
    expect(((await refused.json()) as { error: { code: string } }).error.code).toBe('no-room')
    expect(readdirSync(join(disk.path, 'files', 'partial'))).toEqual([])
    expect((await upload(1)).status).toBe(200)
    expect((await tech.client(tickets.open, { title: 'Goes on' })).version).toBe(1)
  })
  it('a backup is given up in words and leaves nothing', async (context) => {
    if (disk === null) return context.skip('nothing can be mounted')
    const folder = mkdtempSync(join(tmpdir(), 'linchpin-files-'))
    const files = { kind: 'folder' as const, path: folder }
    const config = { ...server.opened.platform.config, files }
    // what packs badly, and more than the disk holds
    const { sha256 } = await openContents(config).keep((await import('node:stream')).Readable.from(noise(16)))
    await server.database.pool.query(
      `insert into files (id, organisation_id, name, type, size, sha256) values (gen_random_uuid(), $1, 'noise', 'x/y', 1, $2)`,
      [server.organisation, sha256],
    )
    const installation = {
      config,
      connection: server.database.connection,
      embedded: false,
      contents: openContents(config),
      log: server.opened.platform.log,
    }
    const error: unknown = await takeBackup(installation, join(disk.path, 'full.backup')).catch(
      (thrown: unknown) => thrown,
    )
    expect(error).toBeInstanceOf(Problem)
    expect(sentence((error as Problem).code, (error as Problem).params)).toContain('not enough room')
    expect(readdirSync(disk.path).filter((name) => name.startsWith('full'))).toEqual([])
    rmSync(folder, { recursive: true })
  })
})

async function* noise(megabytes: number): AsyncGenerator<Buffer> {
  const { randomBytes } = await import('node:crypto')
  for (let n = 0; n < megabytes; n++) yield randomBytes(1 << 20)
}

describe('the disk of the database is full', () => {
  const disk = smallDisk(400)
  let server: PostgresServer | null = null
  let app: App
  let dataDir: string
  let database: Database
  beforeAll(async () => {
    if (disk === null) return
    server = await postgresServer({ max_wal_size: '64MB', min_wal_size: '32MB', wal_recycle: 'off' }, disk.path)
    if (server === null) return
    const url = await server.database('to_fill')
    dataDir = mkdtempSync(join(tmpdir(), 'linchpin-full-'))
    app = new App(dataDir, await freePort(), { DATABASE_URL: url, LINCHPIN_RATE_LIMIT: '0' })
    await app.start()
    database = openPool({ connectionString: url }, 2)
  }, 60_000)
  afterAll(async () => {
    await database?.close()
    await app?.stop()
    await server?.stop()
    disk?.free()
    if (dataDir !== undefined) rmSync(dataDir, { recursive: true, force: true })
  })
  it(
    'a clear 503 meanwhile, nothing acknowledged is lost, and everything goes on by itself',
    { timeout: 120_000 },
    async (context) => {
      if (disk === null || server === null) return context.skip('nothing can be mounted, or there is no PostgreSQL 15')
      const prepared = await prepareLoad(database.db, app.base)
      const acknowledged = write(prepared, 8)
      await pause(1500)
      // somebody else fills the disk to the last byte
      const filler = join(disk.path, 'filler')
      const answers = new Set<string>()
      const ask = async () => {
        const { bavail, bsize } = await statfs(disk.path)
        if (bavail > 0) writeFileSync(filler, Buffer.alloc(bavail * bsize), { flag: 'a' })
        const answer = await fetch(`${app.base}/api/v1/tickets`, {
          method: 'POST',
          headers: { authorization: `Bearer ${prepared.key}`, 'content-type': 'application/json' },
          body: JSON.stringify({
            title: 'x'.repeat(200),
            description: `<p>${'y '.repeat(20_000)}</p>`,
            queue: 'Faults',
          }),
        })
        const body = (await answer.json()) as { error?: { code: string } }
        answers.add(answer.ok ? 'ok' : `${answer.status} ${body.error?.code ?? 'no words'}`)
      }
      for (let n = 0; n < 400 && ![...answers].some((one) => one.startsWith('503')); n++) await ask().catch(() => {})
      for (let n = 0; n < 10; n++) await ask().catch(() => {})
      rmSync(filler, { force: true })
      await server.revive()
      await pause(5_000)
      await acknowledged.stop()
      expect([...answers].filter((one) => one !== 'ok' && !/^503 database-(full|unavailable)$/.test(one))).toEqual([])
      expect([...answers].some((one) => one.startsWith('503'))).toBe(true)
      await prepared.client(tickets.open, { title: 'After it', queue: 'Faults' })
      await expectKept(database.db, prepared, acknowledged, () => app.output.slice(-4000))
      expect(existsSync(filler)).toBe(false)
    },
  )
})
