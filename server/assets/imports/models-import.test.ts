import { afterAll, beforeAll, expect, test } from 'vitest'
import { assetCategories, assetModels, manufacturers } from '../../../contract/asset-models.ts'
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
  importInto(server, await writeTemporary('models.csv', text), given, sourceOf(server, 'models'))
const file =
  'Name,Category,Manufacturer,Model Number,EOL,Notes\nLatitude 5440,Laptops,Dell Inc.,LAT5440,48,fine\nLatitude 5450,Laptops,DELL,6.37702E+15,,\nDock,,,,x,\n'

test('models come with makers in one spelling; damaged numbers are said and left as they are', async () => {
  const done = await run(file)
  expect(done.counts).toMatchObject({ rows: 3, created: 3, rejected: 0, warnings: 2 })
  const models = (await cora.client(assetModels.list, {})).items
  expect(models.map((m) => [m.name, m.number, m.manufacturer?.name ?? null, m.category.name, m.lifeMonths])).toEqual([
    ['Dock', null, null, 'Other devices', null],
    ['Latitude 5440', 'LAT5440', 'Dell Inc.', 'Laptops', 48],
    ['Latitude 5450', '6.37702E+15', 'Dell Inc.', 'Laptops', null],
  ])
  expect(
    (await verdictsOf(server, done.id)).flatMap((v) => v.messages.map((m) => [v.row, m.code, m.params['column']])),
  ).toEqual([
    [3, 'imports.warning.number-damaged', 'Model Number'],
    [4, 'imports.warning.bad-number', 'EOL'],
  ])
  const events = await eventCount(server.db)
  expect((await run(file)).counts).toMatchObject({ created: 0, updated: 0, unchanged: 3 })
  expect(await eventCount(server.db)).toBe(events)
})

test('what the file changes is changed; what somebody changed here since stays and is said', async () => {
  const latitude = (await cora.client(assetModels.list, { q: 'LAT5440' })).items[0]!
  await cora.client(assetModels.edit, { id: latitude.id, lifeMonths: 60, name: 'Latitude 5440 XCTO' })
  const again = await run(file.replace('fine', 'better'))
  expect(again.counts).toMatchObject({ created: 0, updated: 1, unchanged: 2 })
  expect(await cora.client(assetModels.show, { id: latitude.id })).toMatchObject({
    name: 'Latitude 5440 XCTO',
    lifeMonths: 60,
    note: 'better',
  })
  expect((await verdictsOf(server, again.id))[0]!.messages).toEqual([
    { code: 'imports.warning.kept', params: { column: 'EOL', value: '48' } },
  ])
})

test('a maker or a category that was renamed here is still meant by its old name', async () => {
  const text = 'Name,Category,Manufacturer\nBeamer 1,Beamers,Acme Optics\n'
  await run(text)
  const made = (await cora.client(assetModels.list, { q: 'Beamer 1' })).items[0]!
  await cora.client(manufacturers.edit, { id: made.manufacturer!.id, name: 'Lumen Works' })
  await cora.client(assetCategories.edit, { id: made.category.id, name: 'Projectors' })
  expect((await run(text)).counts).toMatchObject({ created: 0, updated: 0, unchanged: 1 })
  expect(await cora.client(assetModels.show, { id: made.id })).toMatchObject({
    manufacturer: { name: 'Lumen Works' },
    category: { name: 'Projectors' },
  })
  expect((await cora.client(manufacturers.list, {})).items.map((one) => one.name)).not.toContain('Acme Optics')
  expect((await cora.client(assetCategories.list, {})).items.map((one) => one.name)).not.toContain('Beamers')
})
