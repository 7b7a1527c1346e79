import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { reports } from '../contract/reports.ts'
import { loadConfig } from '../server/platform/config.ts'
import { type Db, openPool, sql } from '../server/platform/db.ts'
import { connectEmbedded } from '../server/platform/embedded-postgres/embedded-postgres.ts'
import { hashOf, newId, newSecret } from '../server/platform/identifiers.ts'
import { createLog } from '../server/platform/log.ts'
import { systemActor } from '../server/platform/ctx.ts'
import { openCtx, type Platform } from '../server/platform/platform.ts'
import { countPromises, sumNextSpan } from '../server/reports/public.ts'
import { reportPromises } from '../server/reports/queries/report-promises.ts'
import { paced, summary } from './load.ts'
import { seedClosed, seedLongClock, seedSteps } from './promise-seeds.ts'
import { seed } from './seed.ts'
import { seededDatabase } from './seeded-database.ts'
import { startApp } from './started-app.ts'

/**
 * The figures of promises: `npm run bench -- promises`. A database of 50,000 open tickets with two open clocks each, made anew each time because
 * a clock keeps the history of its moves; `--small` tries the harness with a twentieth of it.
 */
const small = process.argv.includes('--small')
const tickets = small ? 2_500 : 50_000
const name = small ? 'bench_promises_s' : 'bench_promises'
const config = { ...loadConfig(), dataDir: process.env['LINCHPIN_BENCH_DATA'] ?? join(loadConfig().dataDir, 'bench') }
process.env['LINCHPIN_DATA'] = config.dataDir
process.env['LINCHPIN_RATE_LIMIT'] = '0'
const log = createLog({ level: 'warn' })
const say = (text: string) => void process.stderr.write(`${text}\n`)
const table: { figure: string; value: string; bound: string }[] = []
const note = (figure: string, value: string, bound = '') => {
  table.push({ figure, value, bound })
  say(`${figure}: ${value}${bound === '' ? '' : `  (${bound})`}`)
}
const ms = (n: number) => `${n.toFixed(1)} ms`
const one = async <T>(db: Db, question: ReturnType<typeof sql<T>>): Promise<T> => (await question.execute(db)).rows[0]!

const server = await connectEmbedded({ dataDir: config.dataDir, role: 'serve' })
const { connection, organisation, calendar } = await seededDatabase(
  server.connection,
  name,
  `promises ${new Date().toISOString()}`,
  log,
  async (filling, of) => {
    say(`seeding ${name}: ${tickets} open tickets`)
    await seed(filling, of, { tickets, open: tickets, teams: 200 }, say)
  },
)
const database = openPool(connection, 2)
const { db } = database
const key = newSecret()
await sql`insert into api_keys (id, organisation_id, name, role, prefix, key_hash) values (${newId()}, ${organisation}, 'bench', 'coordinator', ${key.slice(0, 8)}, ${hashOf(key)})`.execute(
  db,
)
const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }

async function ask<T>(base: string, path: string, method = 'GET', body?: unknown): Promise<T> {
  const response = await fetch(`${base}/api/v1${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as T
}

const listing = (base: string, until: () => boolean) =>
  paced(() => ask(base, '/tickets?open=true&sort=due&limit=50'), until)

const unfinished = () =>
  one(db, sql<{ n: number }>`select count(*) as n from retargets where finished_at is null`).then((r) => r.n)

/** Waits until what follows from acts has been done: events handed on, figures counted. */
async function rest(): Promise<void> {
  const left = sql<{ n: number }>`select (select count(*) from outbox) + (select count(*) from promise_changes) as n`
  while ((await one(db, left)).n > 0) await setTimeout(100)
}

/** Acts, and waits until all clocks have moved, with a list being asked meanwhile. */
async function moving(
  base: string,
  act: () => Promise<void>,
): Promise<{ seconds: number; p95: number; clocks: number }> {
  const before = await one(db, sql<{ n: number }>`select coalesce(sum(done), 0)::int as n from retargets`)
  const count = () => one(db, sql<{ n: number }>`select count(*) as n from retargets`).then((r) => r.n)
  const known = await count()
  await act()
  const start = performance.now()
  let done = false
  const lists = listing(base, () => done)
  while ((await count()) === known || (await unfinished()) > 0) await setTimeout(50)
  const seconds = (performance.now() - start) / 1000
  done = true
  const after = await one(db, sql<{ n: number }>`select coalesce(sum(done), 0)::int as n from retargets`)
  return { seconds, p95: (await lists).p95, clocks: after.n - before.n }
}

const app = await startApp(connection, config.dataDir)
interface Level {
  id: string
  version: number
  openClocks: number
  targets: { kind: string; seconds?: number }[]
}
const levelOf = async () =>
  (await ask<{ items: Level[] }>(app.base, '/service-levels')).items.toSorted((a, b) => b.openClocks - a.openClocks)[0]!
const retargeted = (seconds: number) => async () => {
  const level = await levelOf()
  const targets = level.targets.map((t) => (t.kind === 'resolution' ? { ...t, seconds } : t))
  await ask(app.base, `/service-levels/${level.id}`, 'PATCH', { targets, version: level.version })
}
// the seeded clocks were never counted: the first move settles their due moments and breaches
await moving(app.base, retargeted(200 * 3600))
await rest()
await sql`vacuum analyze`.execute(db)
const quiet = await (async () => {
  const until = performance.now() + 2000
  return listing(app.base, () => performance.now() > until)
})()
note('list while nothing moves', `p95 ${ms(quiet.p95)}`)
for (const [what, act] of [
  ['a longer target', retargeted(220 * 3600)],
  [
    'a holiday tomorrow',
    async () => {
      const date = new Date(Date.now() + 86_400_000 * 2).toISOString().slice(0, 10)
      const { version, ownHolidays } = await ask<{ version: number; ownHolidays: object[] }>(
        app.base,
        `/calendars/${calendar}`,
      )
      const known = JSON.stringify(ownHolidays).includes(date)
      await ask(app.base, `/calendars/${calendar}`, 'PATCH', {
        version,
        ownHolidays: known ? [] : [...ownHolidays, { from: date, to: date }],
      })
    },
  ],
] as const) {
  const { seconds, p95, clocks } = await moving(app.base, act)
  note(
    `recomputing ${clocks} open clocks: ${what}`,
    `${seconds.toFixed(1)} s, list meanwhile p95 ${ms(p95)}`,
    '≤ 10 s, p95 ≤ 30 ms',
  )
  await rest()
}

// an explanation
const owner = newId()
await sql`insert into persons (id, organisation_id, name) values (${owner}, ${organisation}, 'Bench Coordinator')`.execute(
  db,
)
await sql`insert into accounts (id, person_id, role, name, email, zone) values (${newId()}, ${owner}, 'coordinator', 'Bench Coordinator', ${`${owner}@example.test`}, 'Europe/Berlin')`.execute(
  db,
)
const long = await seedLongClock(db, organisation, 200, owner)
const explaining: number[] = []
for (let i = 0; i < 220; i++) {
  const start = performance.now()
  await ask(app.base, `/commitments/${long}/explanation`)
  if (i >= 20) explaining.push(performance.now() - start)
}
const explained = summary(explaining)
note('explaining a clock of 200 events', `p50 ${ms(explained.p50)}, p95 ${ms(explained.p95)}`, '≤ 20 ms')

// steps that fall due in the same second, on two nodes
const stepCount = small ? 1_000 : 10_000
await sql`update commitments set next_at = null where next_at is not null`.execute(db)
const at = new Date(Math.ceil(Date.now() / 1000) * 1000 + 15_000)
const terms = await seedSteps(db, organisation, at, stepCount, owner)
await sql`analyze commitments`.execute(db)
const second = await startApp(connection, config.dataDir)
await setTimeout(at.getTime() - Date.now())
const recorded = () =>
  one(
    db,
    sql<{ n: number; told: number }>`
    select (select count(*) from ladder_records l join commitments m on m.id = l.commitment_id where m.terms_id = ${terms}) as n,
      (select count(distinct cause) from notifications where person_id = ${owner}) as told`,
  )
let found = await recorded()
while (found.n < stepCount && Date.now() - at.getTime() < 120_000) {
  await setTimeout(100)
  found = await recorded()
}
const took = (Date.now() - at.getTime()) / 1000
await setTimeout(1500)
const { n: notices } = await one(
  db,
  sql<{ n: number }>`
    select count(*) as n from notifications n join commitments m on n.cause = 'ladder:' || m.id || ':1:due' where n.person_id = ${owner} and m.terms_id = ${terms}`,
)
note(
  `${stepCount} steps in one second, two nodes`,
  `${took.toFixed(1)} s; ${found.n} recorded, ${notices} notices, each once`,
  '≤ 15 s',
)
if (found.n !== stepCount || notices !== stepCount) throw new Error('a step was lost or told twice')
await second.stop()
await app.stop()
await database.close()

// reports
const closed = small ? 20_000 : 1_000_000
const reportName = small ? 'bench_figures_s' : 'bench_figures'
const figures = await seededDatabase(server.connection, reportName, `figures 2/${closed}`, log, async (filling, of) => {
  say(`seeding ${reportName}: ${closed} closed tickets`)
  await seedClosed(filling, of, closed, say)
  const start = performance.now()
  while ((await countPromises(filling, 10_000)) > 0);
  while (await sumNextSpan(filling));
  say(`  counted in ${((performance.now() - start) / 1000).toFixed(1)} s`)
  await sql`vacuum analyze`.execute(filling)
})
const reportDatabase = openPool(figures.connection, 1)
const reader = systemReader(figures.organisation)
const year = new Date().getUTCFullYear()
for (const [what, input] of [
  ['by service level, all weeks', { by: 'level' }],
  ['by week, all weeks', { by: 'week' }],
  ['by team, all weeks', { by: 'team' }],
  ['by technician, all weeks', { by: 'technician' }],
  ['by category, all weeks', { by: 'category' }],
  ['by vendor, all weeks', { by: 'vendor' }],
] as const) {
  const times: number[] = []
  let rows = 0
  for (let i = 0; i < 8; i++) {
    const start = performance.now()
    const report = await reader(
      reports.promises.input.parse({ ...input, from: `${year - 4}-01-01`, to: `${year}-12-28` }),
    )
    if (i >= 2) times.push(performance.now() - start)
    rows = report.rows.length
  }
  note(`report over ${closed} tickets ${what}`, `${ms(summary(times).p95)} (${rows} rows)`, '≤ 1 s')
}
await reportDatabase.close()
await server.stop()
process.stdout.write(
  `\n| figure | measured | bound |\n|---|---|---|\n${table.map((row) => `| ${row.figure} | ${row.value} | ${row.bound} |`).join('\n')}\n`,
)

function systemReader(of: string) {
  const platform = { config, database: reportDatabase, log, secret: Buffer.alloc(0) } as unknown as Platform
  return (input: Parameters<typeof reportPromises>[1]) =>
    reportPromises(openCtx(platform, systemActor(of), reportDatabase.db).ctx, input)
}
