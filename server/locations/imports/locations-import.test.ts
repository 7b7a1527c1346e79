import { afterAll, beforeAll, expect, test } from 'vitest'
import { locations } from '../../../contract/locations.ts'
import { eventCount, importInto, sourceOf, verdictsOf, writeTemporary } from '../../../test/support/imports.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../../test/support/server.ts'

let server: TestServer
let cora: TestPerson
beforeAll(async () => {
  server = await startTestServer()
  cora = await server.person({ name: 'Cora', role: 'coordinator' })
})
afterAll(() => server.stop())

const run = async (text: string, given = {}) =>
  importInto(server, await writeTemporary('places.csv', text), given, sourceOf(server, 'locations'))
const tree = async () => (await cora.client(locations.list, {})).items.map((l) => [l.fullName, l.kind])

test('a tree by parent comes in whatever order its rows have, and a second time changes nothing', async () => {
  const text =
    'Name;Parent;Ort;Land;Ansprechpartner\nRoom 7;Works;;;\nWorks;Harbour;Kiel;Deutschland;Cora\nHarbour;;Kiel;DE;Nobody\n'
  const first = await run(text.replace('Ort', 'Stadt'))
  expect(first).toMatchObject({
    status: 'done',
    counts: { rows: 3, incidents: 3, created: 3, rejected: 0, warnings: 1 },
  })
  expect(await tree()).toEqual([
    ['Harbour', 'site'],
    ['Harbour / Works', 'building'],
    ['Harbour / Works / Room 7', 'floor'],
  ])
  expect((await verdictsOf(server, first.id)).map((v) => v.messages.map((m) => m.code))).toEqual([
    [],
    [],
    ['imports.warning.person-unknown'],
  ])
  const before = await eventCount(server.db)
  const again = await run(text.replace('Ort', 'Stadt'))
  expect(again.counts).toMatchObject({ created: 0, updated: 0, unchanged: 3 })
  expect(await eventCount(server.db)).toBe(before)
})

test('paths make what is missing on the way; kinds can be said', async () => {
  const done = await run('path,kind\nCampus > Hall 2 > Store,stock room\nCampus > Hall 2,building\n')
  expect(done.counts).toMatchObject({ created: 2, rejected: 0 })
  expect(await tree()).toEqual(
    expect.arrayContaining([
      ['Campus / Hall 2', 'building'],
      ['Campus / Hall 2 / Store', 'stock_room'],
    ]),
  )
})

test('circles, missing names and impossible kinds are refused in words; the rest comes in', async () => {
  const done = await run('name,parent,kind\nYin,Yang,\nYang,Yin,\n,,\nTower,Cellar,site\nCellar,,room\nFine,,\n')
  expect((await verdictsOf(server, done.id)).map((v) => [v.row, v.verdict, v.messages.map((m) => m.code)])).toEqual([
    [2, 'created', []],
    [3, 'rejected', ['locations.circle']],
    [5, 'created', []],
    [6, 'rejected', ['locations.larger-inside']],
    [7, 'created', []],
  ])
})

test('what somebody changed here since the last import stays, and is said; what the file changed is taken', async () => {
  await run('name,city,zip\nDepot,Bremen,28195\n')
  const depot = (await cora.client(locations.list, { q: 'Depot' })).items[0]!
  await cora.client(locations.edit, { id: depot.id, city: 'Bremerhaven' })
  const same = await run('name,city,zip\nDepot,Bremen,28195\n\n')
  expect(same.counts).toMatchObject({ unchanged: 1, warnings: 1 })
  expect((await verdictsOf(server, same.id))[0]!.messages[0]).toEqual({
    code: 'imports.warning.kept',
    params: { column: 'city', value: 'Bremen' },
  })
  const other = await run('name,city,zip\nDepot,Hamburg,28195\n')
  expect(other.counts).toMatchObject({ updated: 1, warnings: 0 })
  expect(await cora.client(locations.show, { id: depot.id })).toMatchObject({ city: 'Hamburg', postalCode: '28195' })
})

test('a dry run answers the same and writes nothing', async () => {
  const before = await tree()
  const dry = await run('name,parent\nDock,Pier\nPier,Marina\n', { dryRun: true })
  expect(dry.counts).toMatchObject({ created: 2, rejected: 0 })
  expect(await tree()).toEqual(before)
})

test('a place that was renamed here stays the parent of what the file puts into it', async () => {
  const text = 'name,parent\nQuay,Haven\nPier 1,Quay\nHaven,\n'
  await run(text)
  for (const [q, name] of [
    ['Quay', 'South quay'],
    ['Haven', 'Old haven'],
  ] as const) {
    const place = (await cora.client(locations.list, { q })).items.find((one) => one.name === q)!
    await cora.client(locations.edit, { id: place.id, name })
  }
  const again = await run(`${text}Pier 2,Haven > Quay\n`)
  expect(again.counts).toMatchObject({ created: 1, updated: 0, unchanged: 3, warnings: 0 })
  const names = (await tree()).map(([name]) => name)
  expect(names).toEqual(expect.arrayContaining(['Old haven / South quay / Pier 1', 'Old haven / South quay / Pier 2']))
  expect(names.filter((name) => /^(Haven|Quay)/.test(name!))).toEqual([])
})
