import { readFile, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer } from '../../contract/action.ts'
import { calendars } from '../../contract/calendars.ts'
import { type Client, createClient } from '../../contract/client.ts'
import { serviceLevels } from '../../contract/service-levels.ts'
import { queues } from '../../contract/queues.ts'
import { tickets } from '../../contract/tickets.ts'
import { type Database, openPool, sql } from '../../server/platform/db.ts'
import { connectEmbedded, type EmbeddedPostgres } from '../../server/platform/embedded-postgres/embedded-postgres.ts'
import { hashOf, newId, newSecret } from '../../server/platform/identifiers.ts'
import { App } from './app.ts'

/**
 * Eight writers, ladder steps falling due all the while, the app's process group and the postmaster killed (-9) again
 * and again. Whatever was acknowledged must be readable; each step is recorded once, each notification written once,
 * and nothing that fell due is missing.
 */
const long = process.env['LINCHPIN_LONG'] === '1'
const kills = long ? 25 : 2
const betweenKillsMs = long ? 4_000 : 3_000
/** Tickets opened a second; each brings two clocks with twenty steps within a minute: 200 steps a second from six on. */
const ticketsPerSecond = 6

const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })

let app: App
let dataDir: string
let postgres: EmbeddedPostgres
let database: Database
let client: Client
let assignee: string

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'linchpin-faults-'))
  app = new App(dataDir, await freePort())
  await app.start()
  postgres = await connectEmbedded({ dataDir, role: 'command' })
  database = openPool(postgres.connection, 2)
  const key = newSecret()
  const organisation = (await sql<{ id: string }>`select id from organisations`.execute(database.db)).rows[0]!.id
  await sql`insert into api_keys (id, organisation_id, name, role, prefix, key_hash) values (${newId()}, ${organisation}, 'faults', 'administrator', ${key.slice(0, 8)}, ${hashOf(key)})`.execute(
    database.db,
  )
  client = createClient({ base: app.base, key })
  assignee = newId()
  const team = newId()
  await sql`insert into persons (id, organisation_id, name) values (${assignee}, ${organisation}, 'Fay Fault')`.execute(
    database.db,
  )
  await sql`insert into accounts (id, person_id, role, name, email) values (${newId()}, ${assignee}, 'technician', 'Fay Fault', 'fay@example.test')`.execute(
    database.db,
  )
  await sql`insert into teams (id, organisation_id, name, lead_id) values (${team}, ${organisation}, 'Faults', ${assignee})`.execute(
    database.db,
  )
  await sql`insert into team_members (team_id, person_id) values (${team}, ${assignee})`.execute(database.db)
  await client(queues.create, { name: 'Faults', teams: [team] })
  const day = [{ from: '00:00', to: '24:00' }]
  const calendar = await client(calendars.create, {
    name: 'Always',
    zone: 'UTC',
    week: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day },
  })
  const ladder = Array.from({ length: 20 }, (_, i) => ({
    step: `at ${(i + 1) * 5} %`,
    percent: (i + 1) * 5,
    notify: ['owner' as const],
  }))
  await client(serviceLevels.create, {
    name: 'A minute',
    calendar: calendar.id,
    conditions: {},
    targets: [
      { kind: 'first_response', seconds: 60, ladder },
      { kind: 'resolution', seconds: 60, ladder },
    ],
  })
}, 120_000)

afterAll(async () => {
  await database?.close()
  await postgres?.stop()
  await app?.stop()
  await rm(dataDir, { recursive: true, force: true })
})

type Ticket = Answer<typeof tickets.open>
interface Acknowledged {
  tickets: Map<string, { title: string; notes: string[] }>
  refused: number
}

describe('killed again and again', () => {
  it(
    `keeps what it acknowledged and does everything once (${kills} kills of each)`,
    async () => {
      const acknowledged: Acknowledged = { tickets: new Map(), refused: 0 }
      let writing = true
      const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
      const attempt = async <T>(act: () => Promise<T>): Promise<T | undefined> => {
        try {
          return await act()
        } catch {
          acknowledged.refused++
          await pause(100)
          return undefined
        }
      }
      const writers = Array.from({ length: 8 }, async (_, writer) => {
        for (let n = 0; writing; n++) {
          if (writer < 4) {
            const title = `Writer ${writer} ticket ${n}`
            const made: Ticket | undefined = await attempt(() =>
              client(tickets.open, { title, queue: 'Faults', assignee }, { idempotencyKey: `${writer}-${n}` }),
            )
            if (made !== undefined) acknowledged.tickets.set(made.id, { title, notes: [] })
            await pause((1000 / ticketsPerSecond) * 4)
          } else {
            const known = [...acknowledged.tickets.keys()]
            const id = known[Math.floor((((writer * 7919 + n * 104_729) % 1000) / 1000) * known.length)]
            if (id !== undefined) {
              const body = `note ${writer}/${n}`
              if ((await attempt(() => client(tickets.addNote, { id, public: false, body }))) !== undefined)
                acknowledged.tickets.get(id)!.notes.push(body)
            }
            await pause(50)
          }
        }
      })
      for (let n = 0; n < kills * 2; n++) {
        await pause(betweenKillsMs)
        if (n % 2 === 0) {
          await app.kill()
          await app.start()
        } else {
          const pid = Number((await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0])
          process.kill(pid, 'SIGKILL')
        }
      }
      await pause(long ? 10_000 : 5_000)
      writing = false
      await Promise.all(writers)
      expect(acknowledged.tickets.size).toBeGreaterThan(kills * 5)

      for (const [id, { title, notes }] of acknowledged.tickets) {
        const shown = await client(tickets.show, { id }).catch((error: Error) => {
          throw new Error(`${error.message}: ${app.output.slice(-4000)}`)
        })
        expect(shown.title).toBe(title)
        const { rows } = await sql<{ body: string }>`select body from notes where subject_id = ${id}`.execute(
          database.db,
        )
        const written = new Set(rows.map((row) => row.body.replace(/<[^>]*>/g, '')))
        for (const note of notes) expect(written).toContain(note)
      }
      const doubled = await sql`select title from tickets group by title having count(*) > 1`.execute(database.db)
      expect(doubled.rows).toEqual([])

      // everything that fell due up to a moment ago is recorded: wait until the timer has caught up
      for (let tries = 0; tries < 60; tries++) {
        const behind =
          await sql`select 1 from commitments where next_at < now() - interval '2 seconds' limit 1`.execute(database.db)
        if (behind.rows.length === 0) break
        await pause(500)
      }
      const { rows: counts } = await sql<{
        clocks: number
        expected: number
        recorded: number
        notified: number
        causes: number
      }>`
      with due as (
        select c.id, least(20, floor(extract(epoch from now() - interval '3 seconds' - e.at) / 3))::int as steps from commitments c join clock_events e on e.commitment_id = c.id and e.seq = (select min(seq) from clock_events f where f.commitment_id = c.id)
        where c.subject_kind = 'ticket' and c.phase = 'running')
      select (select count(*) from due) as clocks, (select sum(greatest(0, steps)) from due) as expected,
        (select count(*) from ladder_records r join due d on d.id = r.commitment_id where substring(r.step from '[0-9]+')::int <= d.steps * 5) as recorded,
        (select count(*) from notifications where kind like '%step%' or cause like 'ladder:%') as notified, (select count(distinct cause) from notifications where cause like 'ladder:%') as causes`.execute(
        database.db,
      )
      const [seen] = counts
      expect(seen!.clocks).toBe(acknowledged.tickets.size === 0 ? 0 : seen!.clocks)
      expect(seen!.recorded).toBe(seen!.expected)
      expect(seen!.notified).toBe(seen!.causes)
      const { rows: untold } = await sql<{ n: number }>`
      select count(*) as n from ladder_records r where not exists (select 1 from notifications n where n.cause = 'ladder:' || r.commitment_id || ':' || r.generation || ':' || r.step)`.execute(
        database.db,
      )
      expect(untold[0]!.n).toBe(0)
      process.stdout.write(
        `kills ${kills * 2}, tickets ${acknowledged.tickets.size}, notes ${[...acknowledged.tickets.values()].reduce((sum, t) => sum + t.notes.length, 0)}, refused ${acknowledged.refused}, steps ${seen!.recorded}\n`,
      )
    },
    60 * 60_000,
  )
})
