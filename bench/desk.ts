import { createHmac } from 'node:crypto'
import { Agent, request } from 'node:http'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { followRules } from '../server/automation/public.ts'
import { loadConfig, loadSecret } from '../server/platform/config.ts'
import { type Db, openPool, sql } from '../server/platform/db.ts'
import { connectEmbedded } from '../server/platform/embedded-postgres/embedded-postgres.ts'
import type { RecordedEvent } from '../server/platform/events.ts'
import { newId, newSecret } from '../server/platform/identifiers.ts'
import { createLog } from '../server/platform/log.ts'
import { Outgoing } from '../server/platform/outgoing.ts'
import type { Platform } from '../server/platform/platform.ts'
import { networksOf } from '../server/platform/private-addresses.ts'
import { Subjects } from '../server/platform/subjects.ts'
import { type Shot, summary } from './load.ts'
import { residentMb } from './resident.ts'
import { seed } from './seed.ts'
import { seededDatabase } from './seeded-database.ts'
import { startApp } from './started-app.ts'

/**
 * The figures of a desk at work: what 200 rules cost a ticket, and an hour of 1,000 requesters and 60 technicians compressed into ten minutes. Requests are
 * sent when they are due, whatever is still under way. The client shares the cores. `npm run bench -- desk`; `--small` tries the harness, `--minutes 5` takes
 * another span at the same pace.
 */
const small = process.argv.includes('--small')
const at = process.argv.indexOf('--minutes')
const minutes = at > 0 ? Number(process.argv[at + 1]) : small ? 0.2 : 10
const volume = small ? { tickets: 2_000, open: 400, teams: 20 } : { tickets: 20_000, open: 1_200, teams: 200 }
const staff = 60
const config = { ...loadConfig(), dataDir: process.env['LINCHPIN_BENCH_DATA'] ?? join(loadConfig().dataDir, 'bench') }
process.env['LINCHPIN_DATA'] = config.dataDir
process.env['LINCHPIN_RATE_LIMIT'] = '0'
const log = createLog({ level: 'warn' })
const server = await connectEmbedded({ dataDir: config.dataDir, role: 'serve' })
const say = (text: string) => void process.stdout.write(`${text}\n`)
const note = (figure: string, value: string, bound = '') =>
  say(`${figure}: ${value}${bound === '' ? '' : `  (${bound})`}`)

/** Accounts for the first thousand who ask, and for technicians who serve ten of the large teams each. */
async function furnish(db: Db, organisation: string): Promise<void> {
  await sql`insert into accounts (id, person_id, role, name, email, zone)
    select gen_random_uuid(), id, 'requester', name, 'asks' || substr(name, 8) || '@bench.example', 'Europe/Berlin' from persons where name ~ '^Person [0-9]+$' order by (substr(name, 8))::int limit 1000`.execute(
    db,
  )
  await sql`insert into persons (id, organisation_id, name) select gen_random_uuid(), ${organisation}, 'Technician ' || n from generate_series(1, ${staff}::int) n`.execute(
    db,
  )
  await sql`insert into accounts (id, person_id, role, name, email, zone)
    select gen_random_uuid(), id, 'technician', name, 'works' || substr(name, 12) || '@bench.example', 'Europe/Berlin' from persons where name like 'Technician %'`.execute(
    db,
  )
  await sql`insert into team_members (team_id, person_id)
    select t.id, p.id from persons p join teams t on t.name like 'Team %' and (substr(t.name, 6))::int between 1 + (substr(p.name, 12))::int % 10 and 10 + (substr(p.name, 12))::int % 10
    where p.name like 'Technician %'`.execute(db)
}

const seeded = await seededDatabase(
  server.connection,
  small ? 'bench_desk_s' : 'bench_desk',
  `${volume.tickets}/${volume.open}/${volume.teams}/${staff}`,
  log,
  async (db, organisation) => {
    say(`seeding ${volume.tickets.toLocaleString('en')} tickets`)
    await seed(db, organisation, volume, say)
    await furnish(db, organisation)
  },
)
const database = openPool(seeded.connection, 4)
const { db } = database
say(
  `${cpus().length} cores ${cpus()[0]?.model ?? ''}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, embedded PostgreSQL; ${volume.tickets.toLocaleString('en')} tickets`,
)

// what 200 rules cost
const words = ['payroll', 'licence key', 'scanner', 'badge', 'projector', 'salary', 'crane', 'harbour', 'toner', 'vpn']
await sql`delete from ticket_rules`.execute(db)
for (let n = 0; n < 200; n++)
  await sql`
    insert into ticket_rules (id, organisation_id, name, position, active, event, conditions, effects) values (${newId()}, ${seeded.organisation}, ${`Rule ${n}`}, ${n}, true, 'opened',
      ${JSON.stringify([
        { field: 'text', any: [`${words[n % words.length]} of house ${n}`, `door ${n}*`], not: false },
        { field: 'sender', any: [`@house${n}.example`], not: false },
      ])}::jsonb, '[{"do": "urgency", "value": "1"}]')`.execute(db)
const platform: Platform = {
  config,
  database,
  log,
  secret: Buffer.alloc(0),
  outgoing: new Outgoing(networksOf('')!),
  subjects: new Subjects(),
  wakeOutbox: () => {},
}
const { rows: some } = await sql<{ id: string }>`select id from tickets where open limit 1000`.execute(db)
const rules = followRules(platform)
const times: number[] = []
for (const [n, { id }] of [...some, ...some].entries()) {
  const event = {
    id: newId(),
    type: 'ticket.opened',
    subject: { kind: 'ticket', id },
    organisation: seeded.organisation,
    actor: { kind: 'person', id: newId(), name: 'Somebody' },
    before: null,
    after: {},
  } as unknown as RecordedEvent
  const begun = performance.now()
  await rules.react(event)
  if (n >= some.length) times.push(performance.now() - begun)
}
const asked: number[] = []
for (const { id } of some) {
  const begun = performance.now()
  await sql`select * from tickets where id = ${id}`.execute(db)
  await sql`select * from ticket_rules where organisation_id = ${seeded.organisation} and active and event = 'opened' order by position`.execute(
    db,
  )
  asked.push(performance.now() - begun)
}
const cost = summary(times)
note(
  '200 rules on a ticket, read and matched',
  `p50 ${cost.p50.toFixed(2)} ms, p95 ${cost.p95.toFixed(2)} ms; reading ticket and rules alone p50 ${summary(asked).p50.toFixed(2)} ms`,
  '≤ 5 ms',
)

// an hour at the desk
const secret = (await loadSecret(config)).toString('base64url')
interface Person {
  cookie: string
  tickets: string[]
}
async function people(role: 'requester' | 'technician'): Promise<Person[]> {
  const { rows } = await sql<{ account: string; person: string; tickets: string[] }>`
    select a.id as account, a.person_id as person, array(select t.reference from tickets t where ${
      role === 'requester'
        ? sql`t.requester_id = a.person_id and not t.confidential order by t.created_at desc`
        : sql`t.open and not t.confidential and t.queue_id in (select queue_id from queue_teams where team_id in (select team_id from team_members m where m.person_id = a.person_id)) order by t.id`
    } limit 40) as tickets from accounts a where a.role = ${role} and a.email like '%@bench.example' order by a.id limit 1000`.execute(
    db,
  )
  const found: Person[] = []
  for (const row of rows) {
    const token = newSecret()
    await sql`insert into account_sessions (id, account_id, token, expires_at) values (${newId()}, ${row.account}, ${token}, now() + interval '1 day')`.execute(
      db,
    )
    const signature = createHmac('sha256', secret).update(token).digest('base64')
    found.push({
      cookie: `linchpin.session_token=${encodeURIComponent(`${token}.${signature}`)}`,
      tickets: row.tickets,
    })
  }
  return found
}
const [requesters, technicians] = [await people('requester'), await people('technician')]
const get = (path: string): Shot => ({ method: 'GET', path: `/api/v1${path}` })
const send = (method: string, path: string, body: object): Shot => ({
  method,
  path: `/api/v1${path}`,
  body: JSON.stringify(body),
})
const one = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)]!

/** A requester looks in: the first page, a request of theirs; every fifth asks something, every tenth answers. */
function visit({ tickets }: Person): Shot[] {
  const own = tickets.length === 0 ? [] : [one(tickets)]
  return [
    get('/me'),
    get('/portal'),
    get('/major-incidents/live'),
    ...own.flatMap((reference) => [get(`/tickets/${reference}`), get(`/tickets/${reference}/timeline`)]),
    ...(Math.random() < 0.2
      ? [send('POST', '/tickets', { title: 'The door does not open', description: '<p>Since this morning.</p>' })]
      : []),
    ...(Math.random() < 0.1
      ? own.map((r) => send('POST', `/tickets/${r}/notes`, { public: true, body: '<p>It still does not.</p>' }))
      : []),
  ]
}
/** A technician takes up a ticket: the queue, the ticket with what stands beside it, an answer, now and then a search and the day. */
function turn({ tickets }: Person): Shot[] {
  const reference = one(tickets)
  return [
    get('/tickets?open=true&sort=due&limit=50'),
    get(`/tickets/${reference}`),
    get(`/tickets/${reference}/timeline`),
    get(`/tickets/${reference}/tasks`),
    get(`/tickets/${reference}/major-incidents`),
    send('POST', `/tickets/${reference}/notes`, { public: Math.random() < 0.6, body: '<p>We look into it.</p>' }),
    ...(Math.random() < 0.3 ? [get(`/search?q=${one(['laptop', 'payroll', 'monitor', 'badge'])}`)] : []),
    ...(Math.random() < 0.3 ? [get('/today')] : []),
    get('/tickets?open=true&sort=due&limit=50'),
  ]
}

const app = await startApp(seeded.connection, config.dataDir)
const agent = new Agent({ keepAlive: true, maxSockets: 200 })
const { hostname, port } = new URL(app.base)
const took = new Map<string, number[]>()
const refused = new Map<string, number>()
const ask = (cookie: string, { method, path, body }: Shot): Promise<void> =>
  new Promise((resolve) => {
    const begun = performance.now()
    const sent = request(
      {
        agent,
        hostname,
        port,
        method,
        path,
        headers: {
          cookie,
          origin: app.base,
          ...(body === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
        },
      },
      (response) => {
        response.resume()
        response.on('end', () => {
          const kind = `${method} ${path.replace(/\?.*/, '').replace(/\/(INC|REQ|PRB|TSK)-\d+/, '/{id}')}`
          const list = took.get(kind) ?? []
          list.push(performance.now() - begun)
          took.set(kind, list)
          if (response.statusCode! >= 300) {
            const why = `${kind} ${response.statusCode}`
            refused.set(why, (refused.get(why) ?? 0) + 1)
          }
          resolve()
        })
      },
    )
    sent.on('error', (error) => {
      refused.set(String(error), (refused.get(String(error)) ?? 0) + 1)
      resolve()
    })
    sent.end(body)
  })
const course = async (who: Person, shots: Shot[]): Promise<void> => {
  for (const shot of shots) await ask(who.cookie, shot)
}

await pause(2000)
const span = minutes * 60_000
/** In an hour three visits of each requester and twelve turns of each technician; the hour takes ten minutes. */
const courses = Math.round(((requesters.length * 3 + technicians.length * 12) * minutes) / 10)
const under: Promise<void>[] = []
const begun = performance.now()
for (let n = 0; n < courses; n++) {
  const due = begun + (n * span) / courses
  if (performance.now() < due) await pause(due - performance.now())
  const isVisit = Math.random() < (requesters.length * 3) / (requesters.length * 3 + technicians.length * 12)
  const who = one(isVisit ? requesters : technicians.filter(({ tickets }) => tickets.length > 0))
  under.push(course(who, isVisit ? visit(who) : turn(who)))
}
await Promise.all(under)
const elapsed = (performance.now() - begun) / 1000
const all = summary([...took.values()].flat())
note(
  `an hour of ${requesters.length} requesters and ${technicians.length} technicians${minutes === 10 ? ' in ten minutes' : `, ${minutes} minutes of it at ten minutes' pace`}`,
  `${all.count.toLocaleString('en')} requests, ${(all.count / elapsed).toFixed(0)}/s: p50 ${all.p50.toFixed(1)} ms, p95 ${all.p95.toFixed(1)} ms, max ${all.max.toFixed(0)} ms`,
  'p95 ≤ 100 ms',
)
for (const [kind, list] of [...took].toSorted((a, b) => summary(b[1]).p95 - summary(a[1]).p95)) {
  const { p50, p95, count } = summary(list)
  say(`  ${kind}: ${count}, p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`)
}
for (const [why, n] of refused) say(`  not answered well: ${why}, ${n} times`)
note('app memory after it', `${residentMb(app.pid)} MB`)
agent.destroy()
await app.stop()
await database.close()
await server.stop()
