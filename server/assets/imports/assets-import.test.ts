import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { assetCategories } from '../../../contract/asset-models.ts'
import { type Asset, assets } from '../../../contract/assets.ts'
import { fields } from '../../../contract/fields.ts'
import { locations } from '../../../contract/locations.ts'
import { people } from '../../../contract/people.ts'
import {
  eventCount,
  importInto,
  type ImportGiven,
  sample,
  sourceOf,
  verdictsOf,
  writeTemporary,
} from '../../../test/support/imports.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../../test/support/server.ts'
import { sql } from '../../platform/db.ts'

let server: TestServer
let cora: TestPerson
beforeAll(async () => {
  server = await startTestServer()
  cora = await server.person({ name: 'Cora', role: 'coordinator' })
  await cora.client(people.create, {
    name: 'Ida Lund',
    emails: ['ida@x.example'],
    username: 'ilund',
    employeeNumber: '0017',
  })
  await cora.client(people.create, { name: 'Jan Two' })
  await cora.client(people.create, { name: 'Jan Two' })
})
afterAll(() => server.stop())

const run = async (text: string | Buffer, given: ImportGiven = {}) =>
  importInto(server, await writeTemporary('assets.csv', text), given, sourceOf(server, 'assets'))
const codes = async (id: string) =>
  (await verdictsOf(server, id)).map((v) => [v.row, v.verdict, v.messages.map((m) => m.code.replace('imports.', ''))])
const asset = (tag: string): Promise<Asset> => cora.client(assets.show, { id: tag })

const file =
  'Asset Tag,Serial,Name,Model,Manufacturer,Category,Status,Location,Supplier,Order Number,Purchase Date,Purchase Cost,Warranty,Notes,Username\n' +
  'T-1,SN-0001,Laptop one,Latitude 5440,Dell,Laptops,Ready to Deploy,Kiel > Works,Bechtle,017019279-2,1/23/23,$12.58,36,"line 1\nline 2",ilund\n' +
  ',SN-0002,Laptop two,Latitude 5440,DELL Inc.,Laptops,Archived,Kiel > Works,bechtle,,,,,,\n' +
  ',,Monitor,,,Monitors,On the moon,Kiel > Works,,,,,,,\n'

describe('a list of assets', () => {
  test('comes in with models, places, vendors and holders; without a tag one is made', async () => {
    const done = await run(file)
    expect(done).toMatchObject({
      status: 'done',
      error: null,
      counts: { rows: 3, created: 3, rejected: 0, warnings: 1 },
    })
    expect(await asset('T-1')).toMatchObject({
      serial: 'SN-0001',
      state: 'deployed',
      holder: { kind: 'person', name: 'Ida Lund' },
      location: { name: 'Kiel / Works' },
      vendor: { name: 'Bechtle' },
      orderNumber: '017019279-2',
      purchasedOn: '2023-01-23',
      inServiceOn: '2023-01-23',
      warrantyUntil: '2026-01-23',
      cost: { minor: 1258, currency: 'USD' },
      note: 'line 1\nline 2',
      model: { name: 'Latitude 5440' },
      manufacturer: { name: 'Dell' },
      category: { name: 'Laptops' },
    })
    const { items } = await cora.client(assets.list, { sort: 'tag' })
    expect(items.map((a) => [a.tag, a.state, a.category.name])).toEqual([
      ['T-1', 'deployed', 'Laptops'],
      ['AST-1001', 'retired', 'Laptops'],
      ['AST-1002', 'in_stock', 'Monitors'],
    ])
    expect((await codes(done.id))[2]).toEqual([4, 'created', ['warning.state-unknown-word']])
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from custodies where ended_at is null`.execute(
      server.db,
    )
    expect(rows[0]!.n).toBe(1)
  })

  test('a second time changes nothing and records nothing', async () => {
    const events = await eventCount(server.db)
    const again = await run(file)
    expect(again.counts).toMatchObject({ created: 0, updated: 0, unchanged: 3, rejected: 0 })
    expect(await eventCount(server.db)).toBe(events)
  })

  test('what somebody corrected stays, and is said; what the file says anew is taken', async () => {
    await cora.client(assets.edit, { id: 'T-1', name: 'The right name', note: 'mine' })
    const again = await run(file.replace('"line 1\nline 2"', 'theirs').replace('Bechtle', 'Cancom'))
    expect(again.counts).toMatchObject({ updated: 1, unchanged: 2 })
    expect((await codes(again.id))[0]).toEqual([2, 'updated', ['warning.kept']])
    expect(await asset('T-1')).toMatchObject({ name: 'The right name', note: 'theirs', vendor: { name: 'Cancom' } })
    const events = await eventCount(server.db)
    expect((await run(file.replace('"line 1\nline 2"', 'theirs').replace('Bechtle', 'Cancom'))).counts).toMatchObject({
      updated: 0,
    })
    expect(await eventCount(server.db)).toBe(events)
  })

  test('a tag that was changed here still finds its asset; an unknown word for a state is learnt from a mapping', async () => {
    await cora.client(assets.edit, { id: 'AST-1002', tag: 'MON-7' })
    const again = await run(file.replace('"line 1\nline 2"', 'theirs').replace('Bechtle', 'Cancom'), {
      mapping: { 'state:On the moon': 'lost' },
    })
    expect(again.counts).toMatchObject({ created: 0, updated: 1, unchanged: 2 })
    expect(await asset('MON-7')).toMatchObject({ state: 'lost' })
  })

  test('who has it goes on, and what is given back lies in stock again', async () => {
    const head = 'tag,category,location,user\n'
    await run(`${head}H-1,Phones,Kiel > Works,ida@x.example\n`)
    expect(await asset('H-1')).toMatchObject({ state: 'deployed', holder: { name: 'Ida Lund' } })
    await run(`${head}H-1,Phones,Kiel > Works,Cora\n`)
    expect(await asset('H-1')).toMatchObject({ state: 'deployed', holder: { name: 'Cora' } })
    const back = await run(`${head}H-1,Phones,Kiel > Works,\n`)
    expect(back.counts).toMatchObject({ updated: 1 })
    expect(await asset('H-1')).toMatchObject({ state: 'in_stock', holder: null })
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int as n from custodies c join assets a on a.id = c.asset_id where a.tag = 'H-1'`.execute(
      server.db,
    )
    expect(rows[0]!.n).toBe(2)
  })
})

test('a holder and a status the register refused are tried again, not taken for written', async () => {
  const head = 'tag,category,status,user\n'
  await run(`${head}R-1,Laptops,Retired,\n`)
  const row = `${head}R-1,Laptops,Deployed,ida@x.example\n`
  for (let i = 0; i < 2; i++)
    expect(await codes((await run(row)).id)).toEqual([[2, 'unchanged', ['warning.state-refused']]])
  const { id: location } = (await cora.client(locations.list, { q: 'Works' })).items[0]!
  await cora.client(assets.changeState, { id: 'R-1', state: 'in_stock', reason: 'Found good', location })
  expect(await codes((await run(row)).id)).toEqual([[2, 'updated', []]])
  expect(await asset('R-1')).toMatchObject({ state: 'deployed', holder: { name: 'Ida Lund' } })
})

test('a category or a place that was renamed here is still meant by its old name', async () => {
  const text = 'tag,category,location,checkout type,checked out to: location\nN-1,Scanners,Bay,Location,Ramp\n'
  await run(text)
  const { category, location, holder } = await asset('N-1')
  await cora.client(assetCategories.edit, { id: category.id, name: 'Readers' })
  await cora.client(locations.edit, { id: location!.id, name: 'East bay' })
  await cora.client(locations.edit, { id: holder!.id, name: 'Steep ramp' })
  expect((await run(text)).counts).toMatchObject({ updated: 0, unchanged: 1, warnings: 0 })
  expect(await asset('N-1')).toMatchObject({
    category: { name: 'Readers' },
    location: { name: 'East bay' },
    holder: { name: 'Steep ramp' },
  })
  const old = async (q: string) => (await cora.client(locations.list, { q })).items.map((one) => one.name)
  expect([await old('Bay'), await old('Ramp')]).toEqual([['East bay'], ['Steep ramp']])
  expect((await cora.client(assetCategories.list, {})).items.map((one) => one.name)).not.toContain('Scanners')
})

describe('what a row cannot be', () => {
  test('two rows with one serial number, a row about two assets, people nobody or several are', async () => {
    const done = await run(
      'tag,serial,category,user\nC-1,DUP-1,Laptops,\nC-2,dup-1,Laptops,\nC-1,,Laptops,\nT-1,SN-0002,Laptops,\nC-3,To be filled by O.E.M.,Laptops,Jan Two\nC-4,to be filled by o.e.m.,Laptops,Nobody\n',
    )
    expect(await codes(done.id)).toEqual([
      [2, 'created', []],
      [3, 'rejected', ['row-doubled']],
      [4, 'rejected', ['row-again']],
      [5, 'rejected', ['asset-two']],
      [6, 'created', ['warning.serial-junk', 'warning.person-several']],
      [7, 'created', ['warning.serial-junk', 'warning.person-unknown']],
    ])
    expect((await verdictsOf(server, done.id))[1]!.messages[0]!.params).toEqual({
      column: 'serial',
      value: 'dup-1',
      row: 2,
    })
  })

  test('damaged numbers, dates, amounts and tags are said by column; formulas are text', async () => {
    const done = await run(
      'Asset Tag;Serial;Name;Category;Purchase Date;Purchase Cost;Warranty\nV-1;6.37702E+15;=3+1;Laptops;31.02.2024;abc;12\nV 2;56022484085662558554;@x;Laptops;01.02.2024;100;12 months\n',
    )
    expect(await codes(done.id)).toEqual([
      [2, 'created', ['warning.number-damaged', 'warning.bad-date', 'warning.warranty-from', 'warning.bad-amount']],
      [3, 'created', ['warning.tag-changed', 'warning.no-currency']],
    ])
    expect(await asset('V-1')).toMatchObject({ serial: '6.37702E+15', name: '=3+1' })
    const long = (await cora.client(assets.list, { q: '56022484085662558554' })).items[0]!
    expect(await asset(long.tag)).toMatchObject({ purchasedOn: '2024-02-01', warrantyUntil: '2025-02-01', cost: null })
  })

  test('dates that can be read both ways are asked about; said, they are read', async () => {
    const text = 'tag,category,purchase date\nD-1,Laptops,8/7/22\n'
    expect(await run(text)).toMatchObject({ status: 'failed', error: { code: 'imports.date-order-unknown' } })
    expect(await run(text, { dateOrder: 'mdy' })).toMatchObject({ status: 'done', counts: { created: 1 } })
    expect(await asset('D-1')).toMatchObject({ purchasedOn: '2022-08-07' })
  })

  test('columns of custom fields are held against the one rule of fields', async () => {
    await cora.client(fields.define, {
      kind: 'asset',
      label: 'Cost code',
      key: 'cost_code',
      type: 'choice',
      choices: ['A', 'B'],
    })
    await cora.client(fields.define, { kind: 'asset', label: 'Insured', key: 'insured', type: 'boolean' })
    await cora.client(fields.define, { kind: 'asset', label: 'Plate', key: 'plate', type: 'text', unique: true })
    const head = 'tag,category,Cost code,Versichert,plate\n'
    const mapping = { Versichert: 'field:insured' }
    const done = await run(`${head}F-1,Laptops,a,Ja,P1\nF-2,Laptops,Z,maybe,p1\n`, { mapping })
    expect(await codes(done.id)).toEqual([
      [2, 'created', []],
      [3, 'created', ['warning.field-wrong', 'warning.field-wrong', 'warning.field-taken']],
    ])
    expect((await asset('F-1')).fields.map((f) => [f.key, f.value])).toEqual(
      expect.arrayContaining([
        ['cost_code', 'A'],
        ['insured', true],
        ['plate', 'P1'],
      ]),
    )
    const again = await run(`${head}F-1,Laptops,B,Ja,P1\nF-2,Laptops,Z,maybe,p1\n`, { mapping })
    expect(again.counts).toMatchObject({ updated: 1, unchanged: 1 })
  })
})

test('a dry run answers as the import does, and writes nothing', async () => {
  const text =
    'tag,model,manufacturer,category,location,supplier\nX-1,New Thing,New Maker,New Kind,New Place,New Vendor\nX-2,New Thing,new maker inc.,New Kind,New Place,New Vendor\n'
  const count = async () =>
    (
      await sql<{
        n: number
      }>`select ((select count(*) from assets) + (select count(*) from asset_models) + (select count(*) from locations) + (select count(*) from vendors))::int as n`.execute(
        server.db,
      )
    ).rows[0]!.n
  const before = await count()
  const dry = await run(text, { dryRun: true })
  expect(dry.counts).toMatchObject({ created: 2, rejected: 0 })
  expect(await count()).toBe(before)
  expect((await run(text)).counts).toMatchObject({ created: 2 })
  expect(await count()).toBe(before + 5)
})

test('files as they come: the older layout with doubled headers, CR only, windows-1252, no final line end', async () => {
  const old =
    'Full Name,Email,Username,Company,item Name,Category,Model name,Manufacturer,Model Number,Serial,Asset Tag,Location,Category,Notes,Purchase Date,Purchase Cost,Company,Status,Warranty,Supplier,,'
  const row =
    'Ida Lund,ida@x.example,ilund,Acme,Büro-PC,Desktops,OptiPlex,Dell,OP-7,OLD-S1,OLD-1,Kiel,Ignored,,2024-01-01,99.50,Acme,Deployed,24,Böhm,,'
  const done = await run(Buffer.from(`${old}\r${row}`, 'latin1'), { currency: 'EUR' })
  expect(done).toMatchObject({ status: 'done', sniffed: { lineEnds: 'CR' }, counts: { created: 1, rejected: 0 } })
  expect(done.sniffed!.problems.map((p) => [p.code, p.params['letter']])).toEqual([
    ['imports.header-unknown', 'D'],
    ['imports.header-doubled', 'M'],
    ['imports.header-doubled', 'Q'],
    ['imports.header-empty', 'U'],
    ['imports.header-empty', 'V'],
  ])
  expect(await asset('OLD-1')).toMatchObject({
    name: 'Büro-PC',
    category: { name: 'Desktops' },
    holder: { name: 'Ida Lund' },
    cost: { minor: 9950 },
  })
})

const files = sample('assets-sample.csv')
describe.skipIf(files === null)('the samples of Snipe-IT', () => {
  test('locations, models, users and assets come in one after the other, and a second time unchanged', async () => {
    const results: Record<string, unknown> = {}
    for (const kind of ['locations', 'models', 'people', 'assets']) {
      const path = sample(`${kind === 'people' ? 'users' : kind}-sample.csv`)!
      const done = await importInto(server, path, { currency: 'USD' }, sourceOf(server, kind))
      expect(done, kind).toMatchObject({ status: 'done', error: null })
      results[kind] = [done.counts.rows, done.counts.created, done.counts.rejected]
      const again = await importInto(
        server,
        path,
        { currency: 'USD', mapping: { nothing: '' } },
        sourceOf(server, kind),
      )
      expect(again.counts, kind).toMatchObject({ created: 0, updated: 0 })
    }
    expect(results).toEqual({ locations: [19, 17, 2], models: [20, 20, 0], people: [100, 100, 0], assets: [22, 22, 0] })
  })
})
