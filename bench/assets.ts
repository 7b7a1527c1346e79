import { execFile } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Action } from '../contract/action.ts'
import { assets } from '../contract/assets.ts'
import { assetRoutes } from '../server/assets/public.ts'
import { openCustomValues } from '../server/fields/public.ts'
import { personNames } from '../server/people/public.ts'
import { loadConfig } from '../server/platform/config.ts'
import { systemActor } from '../server/platform/ctx.ts'
import { openPool, sql } from '../server/platform/db.ts'
import { connectEmbedded } from '../server/platform/embedded-postgres/embedded-postgres.ts'
import { hashOf, newId, newSecret } from '../server/platform/identifiers.ts'
import { createLog } from '../server/platform/log.ts'
import { Outgoing } from '../server/platform/outgoing.ts'
import { openCtx } from '../server/platform/platform.ts'
import { networksOf } from '../server/platform/private-addresses.ts'
import { Subjects } from '../server/platform/subjects.ts'
import { importAssets } from './asset-import.ts'
import { type AssetVolume, seedRegister } from './asset-seeds.ts'
import { load, type Measured } from './load.ts'
import { seededDatabase } from './seeded-database.ts'
import { startApp } from './started-app.ts'

/**
 * The figures of the register: lists with every filter and in every order, and the page of an asset, through the app and beside the raw limit of
 * the same statements. `npm run bench -- assets`; `--small` tries the harness.
 */
const small = process.argv.includes('--small')
const seconds = small ? 1 : 4
const volume: AssetVolume = small ? { assets: 5_000, persons: 2_000 } : { assets: 50_000, persons: 20_000 }
const config = { ...loadConfig(), dataDir: process.env['LINCHPIN_BENCH_DATA'] ?? join(loadConfig().dataDir, 'bench') }
process.env['LINCHPIN_DATA'] = config.dataDir
process.env['LINCHPIN_RATE_LIMIT'] = '0'
const log = createLog({ level: 'warn' })
const server = await connectEmbedded({ dataDir: config.dataDir, role: 'serve' })
const say = (text: string) => void process.stdout.write(`${text}\n`)
const ms = (n: number) => `${n.toFixed(1)} ms`

const seeded = await seededDatabase(
  server.connection,
  small ? 'bench_register_s' : 'bench_register',
  `${volume.assets}/${volume.persons}/1`,
  log,
  (db, organisation) => seedRegister(db, organisation, volume),
)
const { db, close } = openPool(seeded.connection, 2)
const key = newSecret()
await sql`insert into api_keys (id, organisation_id, name, role, prefix, key_hash) values (${newId()}, ${seeded.organisation}, 'bench', 'coordinator', ${key.slice(0, 8)}, ${hashOf(key)})`.execute(
  db,
)
const pick = async (query: ReturnType<typeof sql<{ v: string }>>) => (await query.execute(db)).rows.map((row) => row.v)
const models = await pick(sql`select id as v from asset_models limit 50`)
const makers = await pick(sql`select id as v from manufacturers`)
const categories = await pick(sql`select id as v from asset_categories`)
const sites = await pick(sql`select id as v from locations where kind = 'site'`)
const rooms = await pick(sql`select id as v from locations where kind = 'room' limit 100`)
const pools = await pick(sql`select id as v from loan_pools`)
const holders = await pick(sql`select distinct holder_id as v from assets where holder_id is not null limit 200`)
const tags = await pick(sql`select tag as v from assets tablesample system (20) limit 500`)
const serials = await pick(sql`select serial as v from assets tablesample system (20) limit 500`)
await close()

const at = (from: readonly string[], n: number) => from[n % from.length]!
type Input = Record<string, string>
const lists: [string, (n: number) => Input][] = [
  ['no filter', () => ({})],
  ['the last page of an order', () => ({ sort: '-tag' })],
  ['state, most have it', () => ({ state: 'deployed' })],
  ['state, few have it', () => ({ state: 'lost' })],
  ['class', () => ({ class: 'sim' })],
  ['category', (n) => ({ category: at(categories, n) })],
  ['model', (n) => ({ model: at(models, n) })],
  ['manufacturer', (n) => ({ manufacturer: at(makers, n) })],
  ['site with everything inside', (n) => ({ location: at(sites, n) })],
  ['room', (n) => ({ location: at(rooms, n) })],
  ['holder', (n) => ({ holder: at(holders, n) })],
  ['nobody holds it', () => ({ holder: 'none' })],
  ['loan pool', (n) => ({ pool: at(pools, n) })],
  ['serial number', (n) => ({ serial: at(serials, n) })],
  ['warranty ends before', (n) => ({ warranty_before: `202${3 + (n % 5)}-06-01` })],
  ['end of life before', (n) => ({ end_of_life_before: `202${4 + (n % 5)}-06-01` })],
  ['audit before', () => ({ audit_before: '2027-03-01' })],
  ['custom field, rare value', (n) => ({ field: `inventory_no:INV${1 + ((n * 97) % volume.assets)}` })],
  ['custom field, 1 in 500', (n) => ({ field: `cost_code:KS${n % 500}` })],
  ['custom field, 1 in 3', (n) => ({ field: `colour:${at(['Black', 'White', 'Silver'], n)}` })],
  ['two custom fields', (n) => ({ field: `colour:Black,ports:${n % 8}` })],
  ['words: tag', (n) => ({ q: at(tags, n) })],
  ['words: serial', (n) => ({ q: at(serials, n).slice(0, 6) })],
  ['words: model and maker', (n) => ({ q: `model ${1 + (n % 300)} maker` })],
  ['words: holder', (n) => ({ q: at(['rita sommer', 'otto', 'amara okoye 1', 'chloé'], n) })],
  ['words: in every third', () => ({ q: 'host' })],
  ['by name', () => ({ sort: 'name' })],
  ['by change, newest first', () => ({ sort: '-updated' })],
  ['by warranty, in stock', () => ({ sort: 'warranty', state: 'in_stock' })],
  ['four filters', (n) => ({ state: 'deployed', location: at(sites, n), class: 'device', field: `ports:${n % 8}` })],
]
const path = (input: Input) =>
  `/api/v1/assets?${new URLSearchParams({ limit: '50', count: 'capped', ...input }).toString()}`

/** What the app asks the database for one question, as it sends it. */
async function statementsOf(
  action: Action,
  input: Record<string, unknown>,
): Promise<{ text: string; values: unknown[] }[]> {
  const heard: { text: string; values: unknown[] }[] = []
  const listening = openPool(seeded.connection, 1, (text, values) => heard.push({ text, values: [...values] }))
  const platform = {
    config,
    database: listening,
    log,
    subjects: new Subjects(),
    wakeOutbox: () => {},
    secret: Buffer.alloc(32),
    outgoing: new Outgoing(networksOf('')!),
  }
  const route = assetRoutes(openCustomValues({ secret: platform.secret, personNames })).find(
    (r) => r.action === action,
  )!
  const run = route.handle as (ctx: unknown, given: unknown) => Promise<unknown>
  const { ctx } = openCtx(platform, systemActor(seeded.organisation), listening.db)
  await run(ctx, action.input.parse(input))
  await listening.close()
  return heard
}
async function rawLimit(action: Action, input: Record<string, unknown>): Promise<Measured> {
  const statements = await statementsOf(action, input)
  const job = JSON.stringify({ connection: seeded.connection, statements, clients: 1, seconds: 1 })
  // the ids that a word found are more than an argument can hold
  const file = join(tmpdir(), `linchpin-bench-${process.pid}.json`)
  writeFileSync(file, job)
  const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'raw.ts'), `@${file}`])
  rmSync(file)
  return JSON.parse(stdout) as Measured
}

say(
  `${cpus().length} cores ${cpus()[0]?.model ?? ''}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, embedded PostgreSQL`,
)
say(`${volume.assets} assets, ${volume.persons} persons, 1 client, ${seconds} s each; bound: p95 ≤ 30 ms`)
const app = await startApp(seeded.connection, config.dataDir)
const headers = { authorization: `Bearer ${key}` }
const over: string[] = []
const tell = async (name: string, of: Measured, action: Action, input: Record<string, unknown>) => {
  const limit = await rawLimit(action, input)
  say(`${name.padEnd(30)} p50 ${ms(of.p50)}, p95 ${ms(of.p95)}, raw p50 ${ms(limit.p50)}, ${of.bytes} bytes`)
  if (of.p95 > 30) over.push(name)
}
for (const [name, input] of lists) {
  const measured = await load(app.base, headers, 1, seconds, (n) => ({ method: 'GET', path: path(input(n)) }))
  await tell(name, measured, assets.list, { limit: '50', count: 'capped', ...input(0) })
}
const page = await load(app.base, headers, 1, seconds, (n) => ({
  method: 'GET',
  path: `/api/v1/assets/${at(tags, n)}`,
}))
await tell('page of an asset', page, assets.show, { id: tags[0] })
const history = await load(app.base, headers, 1, seconds, (n) => ({
  method: 'GET',
  path: `/api/v1/assets/${at(tags, n)}/history`,
}))
await tell('its history', history, assets.history, { id: tags[0] })
await app.stop()
const imported = await importAssets(volume.assets)
say(
  `import of ${volume.assets} assets ${imported.first.toFixed(1)} s, again ${imported.again.toFixed(1)} s (bound: 60 s): ${imported.counts}`,
)
if (imported.first > 60) over.push('import')
await server.stop()
say(over.length === 0 ? 'all within the bound' : `over the bound: ${over.join(', ')}`)
process.exitCode = small || over.length === 0 ? 0 : 1
