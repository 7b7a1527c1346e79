import { cpSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createClient } from '../../contract/client.ts'
import { people } from '../../contract/people.ts'
import { tickets } from '../../contract/tickets.ts'
import { vendors } from '../../contract/vendors.ts'
import { open, type Opened, prepareDatabase } from '../../server/main.ts'
import { sql } from '../../server/platform/db.ts'
import { migrate, MIGRATIONS, migrationState } from '../../server/platform/migrate.ts'
import { startTestServer, type TestPerson, type TestServer } from '../support/server.ts'

let server: TestServer
let second: Opened
let bases: string[]
let tech: TestPerson

beforeAll(async () => {
  server = await startTestServer({ work: true, config: { rateLimit: 60 } })
  const { config, log } = server.opened.platform
  second = await open(config, server.database.connection, log)
  const other = await second.app.listen({ port: 0, host: '127.0.0.1' })
  await second.work()
  bases = [server.base, other]
  await server.queue('Desk', ['Desk team'])
  tech = await server.person({ name: 'Tess', role: 'technician', teams: ['Desk team'] })
})
afterAll(async () => {
  await second.close()
  await server.stop()
})

const statusOf = (path: string, n: number, headers: Record<string, string> = {}, init: RequestInit = {}) =>
  fetch(`${bases[n % 2]}${path}`, { ...init, headers: { ...headers, ...(init.headers as Record<string, string>) } })

describe('limits of requests', () => {
  it('hold for a key over all nodes together, say in words when to come again, and leave others alone', async () => {
    const { key } = await server.key('technician')
    const headers = { authorization: `Bearer ${key}` }
    for (let n = 0; n < 40; n++) expect((await statusOf('/api/v1/queues', n, headers)).status).toBe(200)
    // counts are shared each second, and asked for once more
    const shared = () => new Promise((resolve) => setTimeout(resolve, 2600))
    await shared()
    const statuses: number[] = []
    for (let n = 0; n < 15; n++) statuses.push((await statusOf('/api/v1/queues', n, headers)).status)
    expect(statuses).toEqual(Array.from({ length: 15 }, () => 200))
    await shared()
    // each node for itself has counted some thirty of the sixty
    for (let n = 0; n < 8; n++) statuses.push((await statusOf('/api/v1/queues', 0, headers)).status)
    expect(statuses.at(-1)).toBe(429)
    const refused = await statusOf('/api/v1/queues', 0, headers)
    const wait = Number(refused.headers.get('retry-after'))
    expect(wait).toBeGreaterThan(0)
    expect(wait).toBeLessThanOrEqual(60)
    expect(((await refused.json()) as { error: { message: string } }).error.message).toContain('Try again in')
    const { client } = await server.key('technician')
    expect((await client(vendors.list, {})).items).toEqual([])
    expect((await fetch(`${server.base}/healthz`)).status).toBe(200)
  })
  it('count guessed keys for the address they come from', async () => {
    const from = { 'x-forwarded-for': '203.0.113.7' }
    const statuses: number[] = []
    for (let n = 0; n < 16; n++)
      statuses.push((await statusOf('/api/v1/queues', 0, { ...from, authorization: `Bearer guess${n}` })).status)
    expect(statuses.slice(0, 12).every((status) => status === 401)).toBe(true)
    expect(statuses.at(-1)).toBe(429)
    expect((await statusOf('/api/v1/setup', 0, { 'x-forwarded-for': '203.0.113.8' })).status).toBe(200)
  })
  it('of sign-ins hold exactly for an address over all nodes', async () => {
    const statuses: number[] = []
    for (let n = 0; n < 33; n++) {
      const init = {
        method: 'POST',
        body: JSON.stringify({ email: `nobody${n}@example.test`, password: 'wrong wrong wrong' }),
        // each visitor has an address of its own for the limit of requests, and the same for sign-ins is asked below
        headers: { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.9', cookie: `visit=${n}` },
      }
      statuses.push((await statusOf('/api/auth/sign-in/email', n, { origin: 'http://127.0.0.1' }, init)).status)
      if (statuses.at(-1) === 429 && n < 30) break
    }
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0)
    expect(statuses.indexOf(429)).toBeLessThanOrEqual(30)
  })
})

describe('a proxy before us', () => {
  it('is believed only where it is named', async () => {
    const { config, log } = server.opened.platform
    const strict = await open({ ...config, trustProxy: ['192.0.2.1'] }, server.database.connection, log)
    try {
      const base = await strict.app.listen({ port: 0, host: '127.0.0.1' })
      const person = await server.person({ name: 'Pia', role: 'technician' })
      await sql`insert into account_credentials (id, account_id, provider_account_id, provider_id, password) values (gen_random_uuid(), ${person.account}, ${person.account}, 'credential', 'x:y')`.execute(
        server.db,
      )
      await fetch(`${base}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.50' },
        body: JSON.stringify({ email: person.email, password: 'wrong wrong wrong' }),
      })
      const { rows } = await sql<{ from: string }>`
        select p.after->>'from' as from from events e join event_payloads p on p.event_id = e.id where e.type = 'account.sign-in-failed' and e.subject_id = ${person.id}`.execute(
        server.db,
      )
      expect(rows.map((row) => row.from)).toEqual(['127.0.0.1'])
    } finally {
      await strict.close()
    }
  })
})

describe('a rolling upgrade', () => {
  it('lets an old node go on while a newer migration is applied; a fresh start of the old version is refused in words', async () => {
    const old = await startTestServer({ work: true })
    const directory = await mkdtemp(join(tmpdir(), 'linchpin-next-'))
    try {
      await old.queue('Desk', ['Desk team'])
      const person = await old.person({ name: 'Olga', role: 'coordinator', teams: ['Desk team'] })
      let writing = true
      const acknowledged: string[] = []
      const read: unknown[] = []
      const failures: unknown[] = []
      const worker = async () => {
        for (let n = 0; writing; n++)
          try {
            acknowledged.push((await person.client(tickets.open, { title: `During ${n}`, queue: 'Desk' })).id)
            read.push(await person.client(tickets.list, {}), await person.client(people.list, {}))
            await person.client(vendors.list, {})
            await fetch(`${old.base}/api/v1/files/${acknowledged.at(-1)!}`, {
              headers: { cookie: `${person.cookie.name}=${person.cookie.value}` },
            })
          } catch (error) {
            failures.push(error)
          }
      }
      const workers = [worker(), worker()]
      while (acknowledged.length < 30) await new Promise((resolve) => setTimeout(resolve, 20))
      cpSync(MIGRATIONS, directory, { recursive: true })
      await writeFile(
        join(directory, '9001-next.sql'),
        `alter table tickets add column mood text; alter table persons add column mood text; alter table files add column mood text;
         alter table vendors add column mood text; alter table commitments add column mood text; alter table events add column mood text;
         create table moods (name text primary key); create index concurrently_not on tickets (mood);`,
      )
      expect((await migrate(old.database.connection, { directory })).applied).toEqual(['9001-next.sql'])
      const before = acknowledged.length
      while (acknowledged.length < before + 30) await new Promise((resolve) => setTimeout(resolve, 20))
      writing = false
      await Promise.all(workers)
      expect(failures).toEqual([])
      const { rows } = await sql<{
        n: number
      }>`select count(*) as n from tickets where id = any(${acknowledged}::uuid[])`.execute(old.db)
      expect(rows[0]!.n).toBe(acknowledged.length)
      await expect(prepareDatabase(old.database.connection, old.opened.platform.log)).rejects.toThrow(
        /9001-next\.sql, which this Linchpin does not know.*newer version/s,
      )
      expect((await migrationState(old.database.connection, directory)).pending).toEqual([])
    } finally {
      await old.stop()
      await rm(directory, { recursive: true, force: true })
    }
  }, 60_000)
})

it('who is signed in on one node is signed in on the other', async () => {
  const client = createClient({ base: bases[1]!, headers: { cookie: `${tech.cookie.name}=${tech.cookie.value}` } })
  const made = await tech.client(tickets.open, { title: 'On one' })
  expect((await client(tickets.show, { id: made.reference })).title).toBe('On one')
})
