import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commitments } from '../../contract/commitments.ts'
import { events } from '../../contract/events.ts'
import { backups, jobs, system, type Backup } from '../../contract/operations.ts'
import { tickets } from '../../contract/tickets.ts'
import { BackupClock } from '../../server/operations/public.ts'
import { perform } from '../../server/platform/mount.ts'
import { sql } from '../../server/platform/db.ts'
import { startTestServer, type TestPerson, type TestServer } from '../support/server.ts'

let server: TestServer
let admin: TestPerson
let auditor: TestPerson
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linchpin-backups-'))
  server = await startTestServer({ work: true })
  await server.queue('Desk', ['Desk team'])
  admin = await server.person({ name: 'Ada', role: 'administrator', teams: ['Desk team'] })
  auditor = await server.person({ name: 'Aude', role: 'auditor' })
  const calendar = await admin.client((await import('../../contract/calendars.ts')).calendars.create, {
    name: 'Hours',
    zone: 'UTC',
    week: { mon: [{ from: '09:00', to: '17:00' }] },
  })
  expect(calendar.id).toBeTruthy()
})
afterAll(async () => {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

const until = async <T>(ask: () => Promise<T | undefined>): Promise<T> => {
  for (let tries = 0; tries < 300; tries++) {
    const answer = await ask()
    if (answer !== undefined) return answer
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('it did not happen in time')
}
const backupIn = (id: string, is: (one: Backup) => boolean) =>
  until(async () => (await admin.client(backups.list, {})).items.find((one) => one.id === id && is(one)))

describe('jobs', () => {
  const failing = async (attempts: number, most = 3) => {
    const { rows } = await sql<{
      id: string
    }>`select (graphile_worker.add_job('nobody-does-this', payload := '{"secret":"words"}'::json, max_attempts := ${most}, run_at := now() + interval '1 hour')).id::text as id`.execute(
      server.db,
    )
    await sql`update graphile_worker._private_jobs set attempts = ${attempts}, last_error = ${'Error: The peer hung up\n    at deep/in/the/code.ts:7'} where id = ${rows[0]!.id}`.execute(
      server.db,
    )
    return rows[0]!.id
  }
  it('are listed by state with their error in words, without payload or stack', async () => {
    const failed = await failing(3)
    const retrying = await failing(1)
    const { items, counts } = await auditor.client(jobs.list, {})
    expect(items.find((job) => job.id === failed)).toMatchObject({
      state: 'failed',
      error: 'The peer hung up',
      attempts: 3,
    })
    expect(items.find((job) => job.id === retrying)).toMatchObject({ state: 'retrying' })
    expect(counts).toMatchObject({ failed: 1, retrying: 1 })
    expect(JSON.stringify(items)).not.toMatch(/secret|deep\/in/)
    expect((await auditor.client(jobs.list, { state: 'failed' })).items.map((job) => job.id)).toEqual([failed])
    await sql`delete from graphile_worker._private_jobs`.execute(server.db)
  })
  it('are tried again or given up by an administrator, and both are recorded', async () => {
    const id = await failing(3)
    await expect(auditor.client(jobs.retry, { id })).rejects.toMatchObject({ status: 403 })
    expect(await admin.client(jobs.retry, { id })).toMatchObject({ attempts: 0 })
    const other = await failing(3)
    expect(await admin.client(jobs.giveUp, { id: other })).toEqual({ id: other })
    await expect(admin.client(jobs.giveUp, { id: other })).rejects.toMatchObject({ status: 404 })
    expect((await admin.client(events.list, { type: 'job.given-up' })).items).toHaveLength(1)
    const held = await failing(1)
    await sql`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'w' where id = ${held}`.execute(
      server.db,
    )
    await expect(admin.client(jobs.retry, { id: held })).rejects.toMatchObject({ status: 409, code: 'jobs.running' })
    await expect(admin.client(jobs.retry, { id: 'x' })).rejects.toMatchObject({ status: 400 })
    await sql`delete from graphile_worker._private_jobs`.execute(server.db)
  })
})

describe('/metrics', () => {
  it('tells this machine, and keys that may read the state of the system, and nobody else', async () => {
    await admin.client(tickets.open, { title: 'Measured' })
    const text = await (await fetch(`${server.base}/metrics`)).text()
    for (const line of [
      /^linchpin_http_request_seconds_count\{method="POST",route="\/api\/v1\/tickets",status="200"\} \d+$/m,
      /^linchpin_database_connections\{state="open"\} \d+$/m,
      /^linchpin_outbox_events \d+$/m,
      /^linchpin_jobs\{state="\w+"\} \d+$/m,
      /^linchpin_due_lag_seconds \d/m,
      /^linchpin_process_resident_memory_bytes \d+$/m,
      /^linchpin_nodejs_eventloop_lag_p99_seconds /m,
      /^linchpin_mails_waiting 0$/m,
      /^linchpin_database_up 1$/m,
    ])
      expect(text).toMatch(line)
    expect(text).not.toContain('Measured')
    const from = { 'x-forwarded-for': '203.0.113.7' }
    expect((await fetch(`${server.base}/metrics`, { headers: from })).status).toBe(401)
    const { key } = await server.key('technician')
    expect(
      (await fetch(`${server.base}/metrics`, { headers: { ...from, authorization: `Bearer ${key}` } })).status,
    ).toBe(403)
    const reader = await server.key('auditor')
    expect(
      (await fetch(`${server.base}/metrics`, { headers: { ...from, authorization: `Bearer ${reader.key}` } })).status,
    ).toBe(200)
  })
})

describe('the health of the system', () => {
  it('says of each part how it is and what to do', async () => {
    const { items, healthy } = await auditor.client(system.health, {})
    const of = (check: string) => items.find((item) => item.check === check)
    expect(items.map((item) => item.check)).toEqual([
      'database',
      'durability',
      'clocks',
      'migrations',
      'runtime',
      'data-directory',
      'secret',
      'public-address',
      'version',
      'outbox',
      'jobs',
      'timer',
      'backup',
      'restore-test',
      'log',
      'zones',
    ])
    for (const item of items) {
      expect(item.title).not.toContain('health.')
      expect(item.says).not.toContain('health.')
    }
    // the tests' database does not wait for the disk, and that is a problem
    expect(of('durability')!.state === 'problem').toBe(!healthy)
    expect(of('backup')).toMatchObject({ state: 'warning', mend: expect.any(String) as string })
    await sql`update commitments set next_at = now() - interval '5 minutes' where false`.execute(server.db)
    await sql`select graphile_worker.add_job('nobody-does-this', max_attempts := 1)`.execute(server.db)
    await sql`update graphile_worker._private_jobs set attempts = 1, locked_at = null`.execute(server.db)
    expect((await auditor.client(system.health, {})).items.find((item) => item.check === 'jobs')).toMatchObject({
      state: 'warning',
    })
    await sql`delete from graphile_worker._private_jobs`.execute(server.db)
  })
})

describe('backups', () => {
  it(
    'are made in the background, restored into a scratch database as a test, and both are recorded',
    { timeout: 90_000 },
    async () => {
      await admin.client(backups.save, { folder })
      const asked = await admin.client(backups.start, {})
      expect(asked).toMatchObject({ state: 'waiting', scheduled: false, by: 'Ada' })
      await expect(admin.client(backups.test, { id: asked.id })).rejects.toMatchObject({
        status: 409,
        code: 'backups.not-done',
      })
      const made = await backupIn(asked.id, (one) => one.state === 'done' || one.state === 'failed')
      expect(made).toMatchObject({ state: 'done', error: null, missingFiles: 0 })
      expect(made.rows).toBeGreaterThan(10)
      expect(made.path.startsWith(folder)).toBe(true)
      expect((await readFile(made.path)).subarray(0, 18).toString()).toBe('age-encryption.org')
      await admin.client(backups.test, { id: asked.id })
      const tested = await backupIn(
        asked.id,
        (one) => one.test !== null && ['passed', 'failed'].includes(one.test.state),
      )
      expect(tested.test).toMatchObject({ state: 'passed', error: null, rows: made.rows })
      const { rows: left } = await sql`select 1 from pg_database where datname like 'linchpin_restore_test_%'`.execute(
        server.db,
      )
      expect(left).toEqual([])
      const types = new Set((await admin.client(events.list, { limit: 50 })).items.map((event) => event.type))
      expect([...types]).toEqual(expect.arrayContaining(['backup.asked', 'backup.made', 'backup.restored-in-test']))
      const health = await auditor.client(system.health, {})
      expect(
        health.items.filter((item) => ['backup', 'restore-test'].includes(item.check)).map((item) => item.state),
      ).toEqual(['good', 'good'])
    },
  )

  it('that were altered fail their test, and the failure says why', { timeout: 60_000 }, async () => {
    const asked = await admin.client(backups.start, {})
    const made = await backupIn(asked.id, (one) => one.state === 'done')
    const text = await readFile(made.path)
    text[text.length >> 1]! ^= 1
    await writeFile(made.path, text)
    await admin.client(backups.test, { id: asked.id })
    const tested = await backupIn(asked.id, (one) => one.test?.state === 'failed')
    expect(tested.test!.error).toContain('cut off, altered')
    expect((await auditor.client(system.health, {})).items.find((item) => item.check === 'restore-test')).toMatchObject(
      { state: 'problem' },
    )
  })

  it(
    'come by themselves once on all nodes, are kept as long as asked, and each test is a kept commitment',
    { timeout: 90_000 },
    async () => {
      await expect(admin.client(backups.save, { folder: 'relative' })).rejects.toMatchObject({
        code: 'backups.folder-relative',
      })
      await admin.client(backups.save, {
        everyHours: 24,
        testEveryDays: 30,
        keepDays: 1,
        keepWeeks: 0,
        keepMonths: 0,
        testOwner: { kind: 'person', id: admin.id },
      })
      await sql`update restore_tests set created_at = now() - interval '31 days'`.execute(server.db)
      await sql`update backups set taken_at = taken_at - interval '2 days'`.execute(server.db)
      const { platform, routes, organisation } = server.opened
      const backing = {
        platform,
        organisation,
        connection: server.database.connection,
        embedded: false,
        act: ((actor, action, input) =>
          perform(
            platform,
            routes.find((one) => one.action.name === action.name)!,
            actor,
            input,
          )) as ConstructorParameters<typeof BackupClock>[0]['act'],
      }
      const clocks = [new BackupClock(backing), new BackupClock(backing), new BackupClock(backing)]
      await Promise.all(clocks.map((clock) => clock.round(Date.now())))
      const list = await until(async () => {
        const { items } = await admin.client(backups.list, {})
        const planned = items.filter((one) => one.scheduled)
        return planned.length > 0 && planned.every((one) => one.state === 'done') ? items : undefined
      })
      expect(list.filter((one) => one.scheduled)).toHaveLength(1)
      // those of two days ago went, file and all
      const gone = await until(async () => {
        const old = (await admin.client(backups.list, {})).items.filter((one) => !one.scheduled)
        return old.every((one) => one.removedAt !== null) ? old : undefined
      })
      for (const one of gone) expect(existsSync(one.path)).toBe(false)
      await sql`update restore_tests set created_at = now() - interval '31 days'`.execute(server.db)
      await clocks[0]!.round(Date.now())
      const [planned] = list.filter((one) => one.scheduled)
      await backupIn(planned!.id, (one) => one.test?.state === 'passed')
      const kept = await until(async () => {
        const { rows } = await sql<{
          id: string
          phase: string
        }>`select c.id, c.phase from commitments c join restore_tests t on t.commitment_id = c.id where t.backup_id = ${planned!.id}`.execute(
          server.db,
        )
        return rows[0]?.phase === 'stopped' ? rows[0] : undefined
      })
      const shown = await admin.client(commitments.show, { id: kept.id })
      expect(shown.byHand!.evidence).toContain('every SHA-256 as in the backup')
      expect(shown.late).toBe(false)
    },
  )

  it('settings are refused where they changed meanwhile, and to others', async () => {
    await expect(admin.client(backups.save, { version: 1, keepDays: 3 })).rejects.toMatchObject({ code: 'stale' })
    await expect(auditor.client(backups.save, { keepDays: 3 })).rejects.toMatchObject({ status: 403 })
    await expect(admin.client(backups.save, { keepDays: 0 })).rejects.toMatchObject({ status: 400 })
    expect(await auditor.client(backups.settings, {})).toMatchObject({ folder, keepDays: 1, folderUsed: folder })
  })
})
