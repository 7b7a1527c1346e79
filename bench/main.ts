import { execFile } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { chromium } from 'playwright-core'
import { tickets } from '../contract/tickets.ts'
import { actorOfAccount } from '../server/people/public.ts'
import { loadConfig, loadSecret } from '../server/platform/config.ts'
import { openCtx, type Platform } from '../server/platform/platform.ts'
import { type Database, type Db, openPool, sql } from '../server/platform/db.ts'
import { connectEmbedded } from '../server/platform/embedded-postgres/embedded-postgres.ts'
import { hashOf, newId, newSecret } from '../server/platform/identifiers.ts'
import { createLog } from '../server/platform/log.ts'
import { Outgoing } from '../server/platform/outgoing.ts'
import { networksOf } from '../server/platform/private-addresses.ts'
import { Subjects } from '../server/platform/subjects.ts'
import { listTickets } from '../server/tickets/queries/list-tickets.ts'
import { chromiumFlags, chromiumPath } from '../test/support/browser.ts'
import { scriptWeight } from '../test/support/script-weight.ts'
import { backupWhileAsked } from './backup-figure.ts'
import { load, type Measured, type Shot } from './load.ts'
import { forgetHighest, highestMb, residentMb } from './resident.ts'
import { seed, type Volume } from './seed.ts'
import { settle } from './settled.ts'
import { type SeededDatabase, seededDatabase } from './seeded-database.ts'
import { startApp } from './started-app.ts'

/**
 * The figures of the README. Two databases of different size in one embedded cluster below the data directory, made once
 * and used again; the app as a process of its own; the raw limit of PostgreSQL from another. `--small` tries the harness.
 */
const small = process.argv.includes('--small')
const seconds = small ? 2 : 10
const volumes: Record<string, Volume> = small
  ? { bench_s: { tickets: 2_000, open: 400, teams: 20 }, bench_m: { tickets: 20_000, open: 1_200, teams: 200 } }
  : {
      // fewer teams: of 600 open tickets of 200 teams the technician would see 23, and half a page is another page
      bench_10k: { tickets: 10_000, open: 600, teams: 20 },
      bench_1m: { tickets: 1_000_000, open: 60_000, teams: 200 },
    }

const config = { ...loadConfig(), dataDir: process.env['LINCHPIN_BENCH_DATA'] ?? join(loadConfig().dataDir, 'bench') }
process.env['LINCHPIN_DATA'] = config.dataDir
// one session asks as fast as it can
process.env['LINCHPIN_RATE_LIMIT'] = '0'
const log = createLog({ level: 'warn' })
const server = await connectEmbedded({ dataDir: config.dataDir, role: 'serve' })
const say = (text: string) => void process.stderr.write(`${text}\n`)
const table: { figure: string; value: string; bound: string }[] = []
const note = (figure: string, value: string, bound = '') => {
  table.push({ figure, value, bound })
  say(`${figure}: ${value}${bound === '' ? '' : `  (${bound})`}`)
}
const ms = (n: number) => `${n.toFixed(1)} ms`

interface Prepared extends SeededDatabase {
  database: Database
  account: string
  cookie: string
  /** An API key that may open tickets, so that they do not pile up on the technician. */
  key: string
  references: string[]
}

async function prepare(name: string, volume: Volume): Promise<Prepared> {
  const seeded = await seededDatabase(
    server.connection,
    name,
    `${volume.tickets}/${volume.open}/${volume.teams}`,
    log,
    async (db, of) => {
      say(`seeding ${name}: ${volume.tickets} tickets`)
      await seed(db, of, volume, say)
      await makeTechnician(db, of)
    },
  )
  const { organisation } = seeded
  const database = openPool(seeded.connection, 1)
  const account = (
    await sql<{ id: string }>`select id from accounts where email = 'bench@example.test'`.execute(database.db)
  ).rows[0]!.id
  const token = newSecret()
  await sql`insert into account_sessions (id, account_id, token, expires_at) values (${newId()}, ${account}, ${token}, now() + interval '1 day')`.execute(
    database.db,
  )
  const key = newSecret()
  await sql`insert into api_keys (id, organisation_id, name, role, prefix, key_hash) values (${newId()}, ${organisation}, 'bench', 'coordinator', ${key.slice(0, 8)}, ${hashOf(key)})`.execute(
    database.db,
  )
  const signature = createHmac('sha256', (await loadSecret(config)).toString('base64url'))
    .update(token)
    .digest('base64')
  const { rows } = await sql<{ reference: string }>`
    select t.reference from tickets t join queue_teams qt using (queue_id) join team_members m using (team_id) join accounts a on a.person_id = m.person_id where a.id = ${account} and t.open and not t.confidential limit 2000`.execute(
    database.db,
  )
  return {
    ...seeded,
    database,
    account,
    key,
    cookie: `linchpin.session_token=${encodeURIComponent(`${token}.${signature}`)}`,
    references: rows.map((r) => r.reference),
  }
}

/** A technician in three teams: a large, a middling and a small one. */
async function makeTechnician(db: Db, organisation: string): Promise<void> {
  const person = newId()
  await sql`insert into persons (id, organisation_id, name) values (${person}, ${organisation}, 'Bench Technician')`.execute(
    db,
  )
  await sql`insert into accounts (id, person_id, role, name, email, zone) values (${newId()}, ${person}, 'technician', 'Bench Technician', 'bench@example.test', 'Europe/Berlin')`.execute(
    db,
  )
  await sql`insert into team_members (team_id, person_id) select id, ${person} from teams where name in ('Team 3', 'Team 10', 'Team 20')`.execute(
    db,
  )
}

/** What the app asks the database for one queue page, as it sends it. */
async function statementsOfPage(p: Prepared): Promise<{ text: string; values: unknown[] }[]> {
  const heard: { text: string; values: unknown[] }[] = []
  const listening = openPool(p.connection, 1, (text, values) => heard.push({ text, values: [...values] }))
  const actor = (await actorOfAccount(listening.db, p.account, null))!
  const platform: Platform = {
    config,
    database: listening,
    log,
    secret: Buffer.alloc(0),
    outgoing: new Outgoing(networksOf('')!),
    subjects: new Subjects(),
    wakeOutbox: () => {},
  }
  const input = tickets.list.input.parse(Object.fromEntries(new URLSearchParams(pagePath.split('?')[1])))
  await listTickets(openCtx(platform, actor, listening.db).ctx, input)
  heard.length = 0
  await listTickets(openCtx(platform, actor, listening.db).ctx, input)
  await listening.close()
  return heard
}

async function raw(p: Prepared, clients: number): Promise<Measured & { rows: number }> {
  const job = JSON.stringify({ connection: p.connection, statements: await statementsOfPage(p), clients, seconds })
  const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'raw.ts'), job], {
    maxBuffer: 1 << 24,
  })
  return JSON.parse(stdout) as Measured & { rows: number }
}

const pagePath = '/api/v1/tickets?open=true&sort=due&limit=50'
const prepared: Record<string, Prepared> = {}
for (const [name, volume] of Object.entries(volumes)) prepared[name] = await prepare(name, volume)
if (process.argv.includes('--seed-only')) {
  for (const p of Object.values(prepared)) await p.database.close()
  await server.stop()
  process.exit(0)
}
const [smallName, largeName] = Object.keys(volumes) as [string, string]

note(
  'machine',
  `${cpus().length} cores ${cpus()[0]?.model ?? ''}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, embedded PostgreSQL`,
)
note('seconds a measurement', String(seconds))

const page: Record<string, Measured> = {}
for (const name of [smallName, largeName]) {
  const p = prepared[name]!
  await settle(p.connection, config.dataDir, say)
  const app = await startApp(p.connection, config.dataDir)
  const headers = { cookie: p.cookie }
  await new Promise((resolve) => setTimeout(resolve, 2000))
  const rest = residentMb(app.pid)
  forgetHighest(app.pid)
  page[name] = await load(app.base, headers, 1, seconds, () => ({ method: 'GET', path: pagePath }))
  if (name === largeName) await largeFigures(p, app, headers, rest)
  await app.stop()
}
note(
  'the same page, large against small, p50',
  `${(page[largeName]!.p50 / page[smallName]!.p50).toFixed(2)}× (${ms(page[smallName]!.p50)} → ${ms(page[largeName]!.p50)})`,
  '≤ 1.5×',
)

async function largeFigures(
  p: Prepared,
  app: { base: string; pid: number },
  headers: Record<string, string>,
  rest: number,
): Promise<void> {
  const one = page[largeName]!
  note('queue page, 1 client', `p50 ${ms(one.p50)}, p95 ${ms(one.p95)}, ${one.bytes} bytes`, 'p95 ≤ 15 ms')
  const limit = await raw(p, 8)
  const eight = await load(app.base, headers, 8, seconds, () => ({ method: 'GET', path: pagePath }))
  note(
    'queue page, 8 clients',
    `${eight.perSecond.toFixed(0)}/s, raw limit ${limit.perSecond.toFixed(0)}/s (${limit.rows} rows, ${limit.bytes} bytes): ${((100 * eight.perSecond) / limit.perSecond).toFixed(0)} %`,
    '≥ 40 %',
  )
  const reference = (n: number) => p.references[n % p.references.length]!
  const shown = await load(app.base, headers, 1, seconds, (n) => ({
    method: 'GET',
    path: `/api/v1/tickets/${reference(n)}`,
  }))
  note('ticket, 1 client', `p50 ${ms(shown.p50)}, p95 ${ms(shown.p95)}`, 'p95 ≤ 15 ms')
  const timeline = await load(app.base, headers, 1, seconds, (n) => ({
    method: 'GET',
    path: `/api/v1/tickets/${reference(n)}/timeline`,
  }))
  note('its timeline, 1 client', `p50 ${ms(timeline.p50)}, p95 ${ms(timeline.p95)}`, 'p95 ≤ 15 ms')
  const words = [
    'laptop',
    'case17',
    'printer shows',
    'W1234',
    'login needs acc',
    'mailbox full',
    'person 77',
    'payroll error case4',
    'monitor',
    'scanner was lost',
    'device w19',
    'phone slow',
    'licence',
    'network disconn',
    'case4711',
    'login',
    'person 4021',
    'monitor noise',
    'keeps',
    'laptop case23',
  ]
  const search = await load(app.base, headers, 1, seconds, (n) => ({
    method: 'GET',
    path: `/api/v1/search?q=${encodeURIComponent(words[n % words.length]!)}`,
  }))
  note('search, 1 client', `p50 ${ms(search.p50)}, p95 ${ms(search.p95)}`, 'p95 ≤ 60 ms')
  const filtered = await load(app.base, headers, 1, seconds, (n) => ({
    method: 'GET',
    path: `/api/v1/tickets?limit=50&q=${encodeURIComponent(words[n % words.length]!)}`,
  }))
  const everywhere = await load(app.base, headers, 1, seconds, () => ({
    method: 'GET',
    path: '/api/v1/search?q=restart',
  }))
  note('search for a word that stands in every ticket', `p50 ${ms(everywhere.p50)}, p95 ${ms(everywhere.p95)}`)
  note('list filtered by words, 1 client', `p50 ${ms(filtered.p50)}, p95 ${ms(filtered.p95)}`, 'p95 ≤ 60 ms')
  const today = await load(app.base, headers, 1, seconds, () => ({ method: 'GET', path: '/api/v1/today' }))
  note('Today, 1 client', `p50 ${ms(today.p50)}, p95 ${ms(today.p95)}`)
  const create = (n: number): Shot => ({
    method: 'POST',
    path: '/api/v1/tickets',
    body: JSON.stringify({
      title: `Bench ticket ${n}`,
      queue: 'Queue 3',
      description: '<p>It does not work any more.</p>',
    }),
  })
  const made = await load(app.base, { authorization: `Bearer ${p.key}` }, 8, seconds, create)
  note('create ticket, 8 clients', `${made.perSecond.toFixed(0)}/s, p95 ${ms(made.p95)}`, '≥ 400/s')
  note('backup, queue page meanwhile', await backupWhileAsked(p, app, pagePath, headers), 'p95 ≤ 50 ms')
  note(
    'app memory',
    `at rest ${rest} MB, at its highest under load ${highestMb(app.pid)} MB, after it ${residentMb(app.pid)} MB`,
    '≤ 200 MB, ≤ 400 MB',
  )
}

for (const name of [smallName, largeName]) {
  const { db } = prepared[name]!.database
  const times: number[] = []
  for (let i = 0; i < 200; i++) {
    const start = performance.now()
    await sql`select id from commitments where next_at <= now() order by next_at limit 500 for update skip locked`.execute(
      db,
    )
    times.push(performance.now() - start)
  }
  const open = (await sql<{ n: number }>`select count(*) as n from commitments where next_at is not null`.execute(db))
    .rows[0]!.n
  note(`timer's idle tick, ${open} open clocks`, `p50 ${times.toSorted((a, b) => a - b)[100]!.toFixed(2)} ms`)
}

const real = join(import.meta.dirname, '../../shared/data/servicenow-incident-log/incident_event_log.csv.gz')
if (existsSync(real) && !small) {
  const dataDir = join(config.dataDir, 'import')
  rmSync(dataDir, { recursive: true, force: true })
  const command = [
    join(import.meta.dirname, '../cli/main.ts'),
    'import',
    'servicenow-incidents',
    real,
    '--json',
    '--result',
    join(dataDir, 'result.csv'),
  ]
  const started = performance.now()
  const { stdout } = await promisify(execFile)(process.execPath, command, {
    env: { ...process.env, LINCHPIN_DATA: dataDir, DATABASE_URL: '' },
  })
  note(
    'import of the real log, database made and started',
    `${((performance.now() - started) / 1000).toFixed(1)} s: ${stdout.trim()}`,
    '≤ 60 s',
  )
  rmSync(dataDir, { recursive: true, force: true })
}

const browserPath = chromiumPath()
if (browserPath !== null) {
  const p = prepared[smallName]!
  const app = await startApp(p.connection, config.dataDir)
  const browser = await chromium.launch({ executablePath: browserPath, args: chromiumFlags })
  const weights: string[] = []
  for (const path of ['/sign-in', '/today', '/tickets']) {
    const context = await browser.newContext({ serviceWorkers: 'block' })
    const [name, value] = p.cookie.split('=') as [string, string]
    if (path !== '/sign-in') await context.addCookies([{ name, value, url: app.base }])
    const { bytes, files } = await scriptWeight(context, `${app.base}${path}`)
    weights.push(`${path} ${Math.round(bytes / 1000)} kB in ${files} files`)
  }
  await browser.close()
  await app.stop()
  note('scripts of the first page, gzip', weights.join(', '), '≤ 300 kB')
}

for (const p of Object.values(prepared)) await p.database.close()
await server.stop()
process.stdout.write(
  `\n| figure | measured | bound |\n|---|---|---|\n${table.map((row) => `| ${row.figure} | ${row.value} | ${row.bound} |`).join('\n')}\n`,
)
