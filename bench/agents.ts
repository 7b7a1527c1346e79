import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { loadConfig } from '../server/platform/config.ts'
import { openPool, sql } from '../server/platform/db.ts'
import { connectEmbedded } from '../server/platform/embedded-postgres/embedded-postgres.ts'
import { hashOf, newId, newSecret } from '../server/platform/identifiers.ts'
import { createLog } from '../server/platform/log.ts'
import { reportOf } from '../test/support/agents.ts'
import { type AgentVolume, seedAgents } from './agent-seeds.ts'
import { load, type Shot } from './load.ts'
import { seededDatabase } from './seeded-database.ts'
import { startApp } from './started-app.ts'

/**
 * The figures of discovery: reports of agents taken in, and lists of installed programs over five million of them. The reports are made and packed by
 * the measuring process, on the same cores. `npm run bench -- agents`; `--small` tries the harness.
 */
const small = process.argv.includes('--small')
const seconds = small ? 2 : 10
const volume: AgentVolume = small
  ? { devices: 400, programs: 50, names: 2_000 }
  : { devices: 20_000, programs: 260, names: 12_000 }
const config = { ...loadConfig(), dataDir: process.env['LINCHPIN_BENCH_DATA'] ?? join(loadConfig().dataDir, 'bench') }
process.env['LINCHPIN_DATA'] = config.dataDir
process.env['LINCHPIN_RATE_LIMIT'] = '0'
const log = createLog({ level: 'warn' })
const server = await connectEmbedded({ dataDir: config.dataDir, role: 'serve' })
const say = (text: string) => void process.stdout.write(`${text}\n`)

const seeded = await seededDatabase(
  server.connection,
  small ? 'bench_agents_s' : 'bench_agents',
  `${volume.devices}/${volume.programs}/${volume.names}`,
  log,
  (db, organisation) => seedAgents(db, organisation, volume),
)
const { db, close } = openPool(seeded.connection, 2)
const [agentKey, key] = [newSecret(), newSecret()]
await sql`insert into agent_keys (id, organisation_id, name, prefix, key_hash) values (${newId()}, ${seeded.organisation}, 'bench', ${agentKey.slice(0, 8)}, ${hashOf(agentKey)})`.execute(
  db,
)
await sql`insert into api_keys (id, organisation_id, name, role, prefix, key_hash) values (${newId()}, ${seeded.organisation}, 'bench', 'coordinator', ${key.slice(0, 8)}, ${hashOf(key)})`.execute(
  db,
)
const rows = (await sql<{ n: number }>`select count(*) as n from installed_programs where gone_at is null`.execute(db))
  .rows[0]!.n
const pick = async (query: ReturnType<typeof sql<{ v: string }>>) =>
  (await query.execute(db)).rows.map((row) => String(row.v))
const devices = await pick(sql`select id as v from devices order by id limit 200`)
const common = await pick(sql`select id as v from program_names order by devices desc limit 50`)
await close()

const over: string[] = []
const note = (figure: string, value: string, isMet: boolean, bound: string): void => {
  say(`${figure.padEnd(48)} ${value}  (${bound})`)
  if (!isMet) over.push(figure)
}
const run = process.pid.toString(36)
/** A machine of this run; `turn` changes the version of one of its programs. */
const machine = (n: number, programs: number, turn = 0): Shot => ({
  method: 'POST',
  path: '/inventory',
  type: 'application/x-compress-zlib',
  body: deflateSync(
    reportOf({
      sentId: `bench-${run}-${n}-2026-01-05-09-00-00`,
      name: `bench-${n}`,
      serial: `BN${run}${n}`,
      uuid: `4c4c4544-0034-3010-8048-${(parseInt(run, 36) * 100_000 + n).toString(16).padStart(12, '0')}`,
      mac: (0x3c0000000000 + parseInt(run, 36) * 100_000 + n)
        .toString(16)
        .padStart(12, '0')
        .replace(/..(?=.)/g, '$&:'),
      programs: Array.from({ length: programs }, (_, i) => [
        `Program ${1 + ((n * 31 + i * 7) % volume.names)} for work`,
        i === 0 ? `1.${turn}` : '1.2.3',
      ]),
    }),
    { level: 1 },
  ),
})

say(
  `${cpus().length} cores ${cpus()[0]?.model ?? ''}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, embedded PostgreSQL; ${rows.toLocaleString('en')} installed programs`,
)
const app = await startApp(seeded.connection, config.dataDir)
const agent = { authorization: `Basic ${Buffer.from(`agent:${agentKey}`).toString('base64')}` }
const rate = (n: number) => `${n.toFixed(0)}/s`

const first = await load(app.base, agent, 4, seconds, (n) => machine(n, 300))
note('first reports, 300 programs, 4 agents at once', rate(first.perSecond), first.perSecond >= 10, '≥ 10/s')
const known = Math.min(200, first.count)
const same = Array.from({ length: known }, (_, n) => machine(n, 300))
const unchanged = await load(app.base, agent, 4, seconds, (n) => same[n % known]!)
note('unchanged reports', rate(unchanged.perSecond), unchanged.perSecond >= 60, '≥ 60/s')
const changed = await load(app.base, agent, 4, seconds, (n) => machine(n % known, 300, 1 + Math.floor(n / known)))
note('changed reports, one program of 300', rate(changed.perSecond), changed.perSecond >= 10, '≥ 10/s')
const many = await load(app.base, agent, 1, seconds, (n) => machine(50_000 + n, 3_000))
note(
  'a new machine with 3,000 programs',
  `p50 ${many.p50.toFixed(0)} ms, p95 ${many.p95.toFixed(0)} ms`,
  many.p95 <= 500,
  '≤ 500 ms',
)

const reader = { authorization: `Bearer ${key}` }
for (const [name, path] of [
  ['programs by name, page by page', () => '/api/v1/programs?limit=50'],
  ['programs by words', (n: number) => `/api/v1/programs?limit=50&q=program%20${1 + (n % 900)}`],
  ['who has a common program', (n: number) => `/api/v1/programs/${common[n % common.length]!}/devices?limit=50`],
  ['what is on a device', (n: number) => `/api/v1/devices/${devices[n % devices.length]!}/software?limit=50`],
  ['devices', () => '/api/v1/devices?limit=50'],
  ['a device', (n: number) => `/api/v1/devices/${devices[n % devices.length]!}`],
] as [string, (n: number) => string][]) {
  const asked = await load(app.base, reader, 1, seconds / 2, (n) => ({ method: 'GET', path: path(n) }))
  note(name, `p50 ${asked.p50.toFixed(1)} ms, p95 ${asked.p95.toFixed(1)} ms`, asked.p95 <= 30, 'p95 ≤ 30 ms')
}
await app.stop()
await server.stop()
say(over.length === 0 ? 'all within the bound' : `over the bound: ${over.join(', ')}`)
process.exitCode = small || over.length === 0 ? 0 : 1
