import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { assets } from '../../contract/assets.ts'
import { importInto, type ImportGiven, sourceOf, verdictsOf, writeTemporary } from '../../test/support/imports.ts'
import { readSheet } from '../platform/imports/sheet-rows.ts'
import { openWorkbook } from '../platform/imports/workbook.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../test/support/server.ts'

let server: TestServer
let cora: TestPerson
beforeAll(async () => {
  server = await startTestServer()
  cora = await server.person({ name: 'Cora', role: 'coordinator' })
})
afterAll(() => server.stop())

const bytesOf = async (book: ExcelJS.Workbook) => Buffer.from(await book.xlsx.writeBuffer())
const run = async (bytes: Buffer, given: ImportGiven = {}) =>
  importInto(server, await writeTemporary('book.csv', bytes), given, sourceOf(server, 'assets'))

async function book(): Promise<ExcelJS.Workbook> {
  const made = new ExcelJS.Workbook()
  made.addWorksheet('Notes').addRow(['Nothing here'])
  const sheet = made.addWorksheet('Devices')
  sheet.addRow([])
  sheet.addRow(['Asset Tag', 'Serial', 'Name', 'Category', 'Purchase Date', 'Purchase Cost', 'Notes', 'Spare'])
  sheet.addRow([
    'W-1',
    123456789012,
    { richText: [{ text: 'Büro' }, { text: ' & <PC>' }] },
    'Laptops',
    new Date('2024-02-07'),
    1292.94,
    { formula: '1+2', result: 'three' },
  ])
  sheet.addRow([
    'W-2',
    5.602248408566256e19,
    '=3+1',
    'Laptops',
    '7.2.2024',
    '99,50 €',
    { formula: 'NOW()' },
    { formula: '1+1', result: 2 },
  ])
  sheet.addRow([])
  sheet.addRow(['W-3', '000123', 'Plain', 'Laptops', null, null, null, null, 'beyond'])
  return made
}

test('a sheet reads as a table: dates as days, numbers as they stand, formulas with the value they had', async () => {
  const done = await run(await bytesOf(await book()), { sheet: 'devices', currency: 'EUR' })
  expect(done).toMatchObject({ status: 'done', error: null, sniffed: { encoding: 'xlsx', sheet: 'Devices' } })
  expect(
    (await verdictsOf(server, done.id)).map((v) => [
      v.row,
      v.verdict,
      v.messages.map((m) => [m.code.replace('imports.', ''), m.params['column'] ?? null]),
    ]),
  ).toEqual([
    [3, 'created', [['warning.formula', 'Notes']]],
    [
      4,
      'created',
      [
        ['warning.number-damaged', 'Serial'],
        ['warning.formula-empty', 'Notes'],
      ],
    ],
    [6, 'rejected', [['cells-differ', null]]],
  ])
  expect(await cora.client(assets.show, { id: 'W-1' })).toMatchObject({
    serial: '123456789012',
    name: 'Büro & <PC>',
    purchasedOn: '2024-02-07',
    cost: { minor: 129294, currency: 'EUR' },
    note: 'three',
  })
  expect(await cora.client(assets.show, { id: 'W-2' })).toMatchObject({
    name: '=3+1',
    purchasedOn: '2024-02-07',
    cost: { minor: 9950 },
  })
})

describe('what cannot be read is refused in words', () => {
  test.each<[string, () => Promise<Buffer>, ImportGiven, string]>([
    ['a sheet that is not there', async () => bytesOf(await book()), { sheet: 'Machines' }, 'imports.sheet-missing'],
    ['the first sheet, of other headers', async () => bytesOf(await book()), {}, 'imports.fields-missing-all'],
    ['an archive cut off', async () => (await bytesOf(await book())).subarray(0, 900), {}, 'imports.not-a-table'],
    ['bytes that only begin as one', async () => Buffer.from('PK\u0003\u0004 and so on'), {}, 'imports.not-a-table'],
    [
      'a sheet that unpacks to more than is believed',
      async () => {
        const made = new ExcelJS.Workbook()
        const sheet = made.addWorksheet('Bomb')
        sheet.addRow(['Name'])
        const long = 'x'.repeat(32_000)
        for (let i = 0; i < 2200; i++) sheet.addRow([`${i}${long}`])
        return bytesOf(made)
      },
      {},
      'imports.unpacks-too-large',
    ],
  ])('%s', async (_name, bytes, given, code) => {
    expect(await run(await bytes(), given)).toMatchObject({ status: 'failed', error: { code } })
  })

  test('bytes of a workbook that were changed anywhere give verdicts or a sentence', { timeout: 60_000 }, async () => {
    const whole = await bytesOf(await book())
    for (let i = 0; i < 60; i++) {
      const torn = Buffer.from(whole)
      for (let n = 0; n < 8; n++) torn[Math.floor(((i * 8 + n) / 480) * torn.length)] = (i * 37 + n * 101) % 256
      const done = await run(torn, { sheet: 'Devices', dryRun: true })
      expect(done.status === 'done' || done.error?.code.startsWith('imports.')).toBe(true)
    }
  })
})

test('a zero in a header, in the name of the sheet or in a damaged cell is left out', async () => {
  const made = new ExcelJS.Workbook()
  const sheet = made.addWorksheet('Zero_x0000_s')
  sheet.addRow(['Asset_x0000_ Tag', 'Name', 'Category', 'Odd_x0000_'])
  sheet.addRow(['Z-1', { formula: '1+1', result: 'Ze_x0000_ro' }, 'Laptops', 'x'])
  const done = await run(await bytesOf(made))
  expect(done).toMatchObject({ status: 'done', counts: { created: 1 }, sniffed: { sheet: 'Zeros' } })
  expect(await cora.client(assets.show, { id: 'Z-1' })).toMatchObject({ name: 'Zero' })
})

test('others are answered while a large sheet is read', async () => {
  const made = new ExcelJS.Workbook()
  const sheet = made.addWorksheet('Many')
  sheet.addRow(['Asset Tag', 'Name'])
  for (let i = 0; i < 12_000; i++) sheet.addRow([`M-${i}`, `Thing ${i}`])
  const path = await writeTemporary('many.xlsx', await bytesOf(made))
  expect((await openWorkbook(path))?.strings.length).toBe(24_002)
  let turns = 0
  const turn = () => {
    turns++
    next = setImmediate(turn)
  }
  let next = setImmediate(turn)
  let rows = 0
  for await (const batch of readSheet(path, null)) {
    if (rows === 0) turns = 0
    rows += batch.length
  }
  clearImmediate(next)
  expect([rows, turns > 10]).toEqual([12_001, true])
})
