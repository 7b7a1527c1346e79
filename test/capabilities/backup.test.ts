import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { tickets } from '../../contract/tickets.ts'
import { openContents } from '../../server/files/public.ts'
import { restoreInstallation, takeBackup } from '../../server/operations/public.ts'
import { openPool, sql } from '../../server/platform/db.ts'
import type { Config } from '../../server/platform/config.ts'
import { databaseForThisTest } from '../support/database.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linchpin-backup-'))
  server = await startTestServer()
})
afterAll(async () => {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

const installation = (config: Config, connection = server.database.connection) => ({
  config,
  connection,
  embedded: false,
  contents: openContents(config),
  log: server.opened.platform.log,
})

it('is one moment while others write, with files and waiting jobs, none lost and none doubled', async () => {
  await server.queue('Desk', ['Desk team'])
  const writer = await server.person({ name: 'Wanda', role: 'technician', teams: ['Desk team'] })
  const form = new FormData()
  form.set('file', new File([Buffer.alloc(3_000_000, 'x')], 'big.bin'))
  const uploaded = await fetch(`${server.base}/api/v1/files`, {
    method: 'POST',
    headers: { cookie: `${writer.cookie.name}=${writer.cookie.value}` },
    body: form,
  })
  expect(uploaded.status).toBe(200)
  await sql`select graphile_worker.add_job('react', payload := '{"reaction":"x"}'::json, job_key := 'once', queue_name := 'mail')`.execute(
    server.db,
  )
  // a worker holds this one, at its last attempt
  await sql`select graphile_worker.add_job('react', payload := '{"reaction":"held"}'::json, max_attempts := 1)`.execute(
    server.db,
  )
  await sql`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'w', attempts = 1 where payload->>'reaction' = 'held'`.execute(
    server.db,
  )

  let writing = true
  const acknowledged: string[] = []
  const writers = Array.from({ length: 3 }, async () => {
    while (writing) acknowledged.push((await writer.client(tickets.open, { title: 'While it is taken' })).id)
  })
  while (acknowledged.length < 20) await new Promise((resolve) => setTimeout(resolve, 10))
  const before = [...acknowledged]
  const path = join(folder, 'serving.backup')
  const taken = await takeBackup(installation(server.opened.platform.config), path)
  writing = false
  await Promise.all(writers)

  expect(taken.files).toMatchObject({ count: 1, bytes: 3_000_000, missing: [] })
  expect(taken.tables['tickets']!.rows).toBeGreaterThanOrEqual(before.length)
  expect(taken.tables['tickets']!.rows).toBeLessThan(acknowledged.length + 1)

  const target = await databaseForThisTest()
  await target.pool.query('drop schema public cascade; create schema public')
  await target.pool.end()
  target.pool.end = () => Promise.resolve()
  const dataDir = join(folder, 'restored')
  const config = {
    ...server.opened.platform.config,
    dataDir,
    files: { kind: 'folder' as const, path: join(dataDir, 'files') },
    secret: null,
  }
  const restored = await restoreInstallation(installation(config), path, {
    connect: () => Promise.resolve(target.connection),
    key: join(server.dataDir, 'backup.key'),
    replace: false,
  })
  expect(restored.tables).toEqual(taken.tables)
  expect(Buffer.from(readFileSync(join(dataDir, 'secret.key'), 'utf8').trim(), 'base64url').toString()).toBe(
    server.opened.platform.config.secret,
  )
  const there = openPool(target.connection, 1)
  try {
    const { rows: found } = await sql<{ id: string; clocks: number; events: number; sent: number }>`
      select t.id, (select count(*) from events e where e.subject_id = t.id) as events,
        (select count(*) from outbox o join events e on e.id = o.event_id where e.subject_id = t.id) as sent from tickets t`.execute(
      there.db,
    )
    const ids = new Set(found.map((row) => row.id))
    for (const id of before) expect(ids).toContain(id)
    // no worker ran: what a ticket set off is still to be done, each event once
    for (const row of found) expect(row.sent).toBe(row.events)
    const { rows: jobs } = await sql<{ payload: { reaction: string }; attempts: number; locked: boolean; key: string }>`
      select payload, attempts, locked_at is not null as locked, key from graphile_worker._private_jobs order by id`.execute(
      there.db,
    )
    expect(jobs.map((job) => [job.payload.reaction, job.attempts, job.locked, job.key])).toEqual([
      ['x', 0, false, 'once'],
      ['held', 0, false, null],
    ])
    // numbers go on where they were, foreign keys and triggers are back
    const { rows: next } = await sql<{ n: number; most: number }>`
      select nextval('incident_number') as n, (select max(substring(reference from '[0-9]+')::int) from tickets) as most`.execute(
      there.db,
    )
    expect(next[0]!.n).toBeGreaterThan(next[0]!.most)
    await expect(sql`delete from events`.execute(there.db)).rejects.toThrow('append-only')
    await expect(sql`delete from queues`.execute(there.db)).rejects.toThrow('foreign key')
  } finally {
    await there.close()
  }
})
