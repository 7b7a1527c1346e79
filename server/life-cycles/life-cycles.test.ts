import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Client } from '../../contract/client.ts'
import { devices } from '../../contract/devices.ts'
import { programs } from '../../contract/installed-software.ts'
import { lifeCycles } from '../../contract/life-cycles.ts'
import { agentOf, newAgentKey, reportOf } from '../../test/support/agents.ts'
import { importInto, sourceOf, verdictsOf, writeTemporary } from '../../test/support/imports.ts'
import { startTestServer, type TestServer } from '../../test/support/server.ts'
import { sql } from '../platform/db.ts'
import { namePrograms } from './name-programs.ts'

let server: TestServer
let keeper: Client
beforeAll(async () => {
  server = await startTestServer({ work: true })
  keeper = (await server.person({ name: 'Kim', role: 'coordinator' })).client
})
afterAll(() => server.stop())

const header = 'product,title,category,cycle,releaseDate,eoas,eol,eoes,lts,latest,latestReleaseDate,identifiers\n'
const run = async (text: string, given = {}) =>
  importInto(server, await writeTemporary('cycles.csv', header + text), given, sourceOf(server, 'life-cycles'))
const patient = { timeout: 15_000 }

it('programs are out of support as soon as it is published, and no more when that is corrected', async () => {
  const { key } = await newAgentKey(server)
  const send = agentOf(server, key)
  for (const n of [1, 2])
    await send(
      reportOf({
        sentId: `p-${n}`,
        name: `pc-${n}`,
        serial: `PC-${n}`,
        uuid: null,
        mac: `3c:52:82:0d:00:0${n}`,
        programs: [
          ['Python 3.6.8 (64-bit)', '3.6.8150.0'],
          ['Python 3.12.1 (64-bit)', '3.12.1150.0'],
          ['Something', '1'],
        ],
      }).replaceAll('Acme &amp; Sons', 'Python Software Foundation'),
    )
  const device = (await keeper(devices.list, { q: 'pc-1' })).items[0]!.id
  // the system is known before anything is imported
  expect(await keeper(lifeCycles.ofDevice, { id: device })).toMatchObject({
    system: { label: 'Windows 11 23H2 (Home, Pro)', isOver: true, until: '2025-11-11', source: 'linchpin' },
    programs: [],
  })
  expect((await keeper(lifeCycles.outOfSupport, {})).items).toEqual([])
  const first = await run(
    'python,Python,lang,3.6,2016-12-23,,2021-12-23,,,3.6.15,2021-09-03,\npython,Python,lang,3.12,2023-10-02,2025-04-02,2028-10-31,,,3.12.14,,\n',
  )
  expect(first.counts).toMatchObject({ created: 1, rejected: 0 })
  const ended = async () =>
    (await keeper(lifeCycles.outOfSupport, {})).items.map((one) => [one.name, one.devicesOutOfSupport])
  await expect.poll(ended, patient).toEqual([['Python 3.6.8 (64-bit)', 2]])
  expect((await keeper(lifeCycles.ofDevice, { id: device })).programs).toMatchObject([
    { label: 'Python 3.6', isOver: true, source: 'endoflife.date' },
  ])
  // programs are counted within seconds
  await expect.poll(async () => (await keeper(programs.list, { q: 'python 3.12' })).items.length, patient).toBe(1)
  const python = (await keeper(programs.list, { q: 'python 3.12' })).items[0]!
  expect((await keeper(lifeCycles.ofProgram, { id: python.id })).items).toMatchObject([
    { label: 'Python 3.12', until: '2028-10-31', versions: ['3.12.1150.0'], devices: 2, isOver: false },
  ])
  await expect(keeper(lifeCycles.ofDevice, { id: crypto.randomUUID() })).rejects.toMatchObject({ status: 404 })
  const again = await run('python,Python,lang,3.6,2016-12-23,,2021-12-23,,,3.6.15,2021-09-03,\n')
  expect(again.counts).toMatchObject({ unchanged: 1 })
  await run('python,Python,lang,3.6,2016-12-23,,2090-12-23,,,3.6.15,2021-09-03,\n')
  await expect.poll(ended, patient).toEqual([])
})

it('a program that new rules say nothing of any more is counted anew, and the devices it is on looked at again', async () => {
  const ended = async () => (await keeper(lifeCycles.outOfSupport, {})).items.map((one) => one.name)
  await run('python,Python,lang,2.7,2010-07-03,,2020-01-01,,,2.7.18,,\n')
  // what the rules before said of it
  const { rows } = await sql<{
    id: number
    name_id: number
  }>`select p.id, p.name_id from programs p join program_names n on n.id = p.name_id where n.name = 'Something'`.execute(
    server.db,
  )
  const { id, name_id: name } = rows[0]!
  await sql`insert into program_cycles (program, name_id, product, cycle) values (${id}, ${name}, 'python', '2.7')`.execute(
    server.db,
  )
  await sql`insert into program_support_recounts values (${name})`.execute(server.db)
  await expect.poll(ended, patient).toEqual(['Something'])
  const heard: string[] = []
  await server.db.transaction().execute(async (tx) => {
    await sql`insert into programs_to_name values (${id})`.execute(tx)
    expect(await namePrograms(tx, async (_, told) => void heard.push(...told.map((one) => one.device)))).toBe(1)
  })
  expect(heard).toHaveLength(2)
  await expect.poll(ended, patient).toEqual([])
})

it('what is neither a day nor true or false is refused in words; the rest comes in', async () => {
  const done = await run(
    'thing,Thing,app,1,,,soon,,,,,\nthing,Thing,app,2,,,2026-02-30,,,,,\nthing,Thing,app,3,,,True,,,,,\nthing,Thing,app,,,,False,,,,,\n',
  )
  expect((await verdictsOf(server, done.id)).map((one) => [one.verdict, one.messages.map((m) => m.code)])).toEqual([
    ['rejected', ['life-cycles.no-date']],
    ['rejected', ['life-cycles.no-date']],
    ['created', []],
    ['rejected', ['life-cycles.no-cycle']],
  ])
})

const published = resolve(import.meta.dirname, '../../../shared/data/software-names/endoflife_cycles.csv')
const isThere = existsSync(published)
if (!isThere) console.log('skipped: the published ends of support are not here')
it.skipIf(!isThere)(
  'the whole published list comes in, and what came along agrees with it',
  { timeout: 120_000 },
  async () => {
    const own = await sql<{ product: string; cycle: string; eol_on: string | null; is_over: boolean | null }>`
    select product, cycle, eol_on, is_over from product_cycles where source = 'linchpin' order by 1, 2`.execute(
      server.db,
    )
    expect(own.rows.length).toBeGreaterThan(50)
    const done = await importInto(server, published, {}, sourceOf(server, 'life-cycles'))
    expect(done.counts).toMatchObject({ rows: 8351, incidents: 464, rejected: 0 })
    expect(readFileSync(published, 'utf8')).toContain('windows')
    const now = await sql<
      (typeof own.rows)[number]
    >`select product, cycle, eol_on, is_over from product_cycles`.execute(server.db)
    const by = new Map(now.rows.map((row) => [`${row.product} ${row.cycle}`, row]))
    const apart = own.rows.flatMap((row) => {
      const other = by.get(`${row.product} ${row.cycle}`)!
      const days =
        row.eol_on === null || other.eol_on === null
          ? 0
          : Math.abs(Date.parse(row.eol_on) - Date.parse(other.eol_on)) / 86_400_000
      return days > 31 ? [[row.product, row.cycle, row.eol_on, other.eol_on]] : []
    })
    expect(apart).toEqual([])
  },
)
