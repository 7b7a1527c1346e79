import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAmount } from './amounts.ts'
import { isDamagedNumber, oneLine, readYesNo } from './cell-words.ts'
import { columnLetter } from './column-letter.ts'
import { addEvidence, type DateEvidence, orderOf } from './date-evidence.ts'
import { type DateOrder, evidenceOf, readDate } from './dates.ts'
import { ImportProblem } from './import-problem.ts'
import { matchHeaders, strayEntries } from './match-headers.ts'
import type { ImportField } from './source.ts'

describe('dates', () => {
  test.each<[string, DateOrder, string | null]>([
    ['2024-01-31', 'mdy', '2024-01-31'],
    ['2024/1/3', 'dmy', '2024-01-03'],
    ['8/24/22', 'mdy', '2022-08-24'],
    ['11/24/2008', 'mdy', '2008-11-24'],
    ['24/11/2008', 'mdy', null],
    ['24/11/2008', 'dmy', '2008-11-24'],
    ['3.2.2021', 'mdy', '2021-02-03'],
    ['1/2/99', 'dmy', '1999-02-01'],
    ['8/19/2021 1:25:31 PM', 'mdy', '2021-08-19'],
    ['2021-08-19T13:25:31.123Z', 'ymd', '2021-08-19'],
    ['20260101120000.0Z', 'ymd', '2026-01-01'],
    ['3-Mar-2024', 'mdy', '2024-03-03'],
    ['3. März 2024', 'dmy', '2024-03-03'],
    ['March 3, 2024', 'dmy', '2024-03-03'],
    ['31/02/2024', 'dmy', null],
    ['36', 'dmy', null],
    ['n/a', 'dmy', null],
    ['', 'dmy', null],
  ])('%s as %s: %s', (text, order, iso) => expect(readDate(text, order)).toBe(iso))

  test.each([
    ['8/24/22', 'mdy'],
    ['24/8/22', 'dmy'],
    ['8/7/22', 'either'],
    ['7/7/22', null],
    ['2024-08-07', null],
    ['07.08.2024', null],
    ['40/40/2022', null],
  ])('%s speaks for %s', (text, order) => expect(evidenceOf(text)).toBe(order))

  test('any date written in an order is read in it again, and any text at all without a crash', () => {
    const day = fc.date({ min: new Date('1970-01-01'), max: new Date('2069-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(day, (at) => {
        const iso = at.toISOString().slice(0, 10)
        const [y, m, d] = iso.split('-').map(Number) as [number, number, number]
        expect(readDate(`${m}/${d}/${y}`, 'mdy')).toBe(iso)
        expect(readDate(`${d}/${m}/${String(y).slice(2)}`, 'dmy')).toBe(iso)
        expect(readDate(iso, 'mdy')).toBe(iso)
      }),
    )
    fc.assert(fc.property(fc.string(), (text) => void readDate(text, 'dmy')))
  })

  test('the order of a file is what one of its dates settles, what was said, or asked for', () => {
    const of = (...dates: string[]): DateEvidence => {
      const evidence: DateEvidence = {}
      for (const [i, date] of dates.entries()) addEvidence(evidence, i + 2, date)
      return evidence
    }
    const codeOf = (act: () => unknown) => {
      try {
        return act()
      } catch (error) {
        return error instanceof ImportProblem ? error.sentence : error
      }
    }
    expect(orderOf(of('1/2/22', '1/23/23'), null)).toBe('mdy')
    expect(orderOf(of('1/2/22', '23/1/23'), null)).toBe('dmy')
    expect(orderOf(of('2024-01-02', ''), null)).toBe('ymd')
    expect(codeOf(() => orderOf(of('1/1/22', '1/2/22'), null))).toMatchObject({
      code: 'imports.date-order-unknown',
      params: { row: 3, value: '1/2/22' },
    })
    expect(codeOf(() => orderOf(of('1/23/22', '23/1/22'), null))).toMatchObject({ code: 'imports.date-order-mixed' })
    expect(orderOf(of('1/23/22', '23/1/22'), 'dmy')).toBe('dmy')
  })
})

describe('amounts', () => {
  test.each<[string, string | null, unknown]>([
    ['$12.58', null, { minor: 1258, currency: 'USD' }],
    ['$12.58', 'CAD', { minor: 1258, currency: 'CAD' }],
    ['133289.59', 'EUR', { minor: 13328959, currency: 'EUR' }],
    ['1.234,50 €', null, { minor: 123450, currency: 'EUR' }],
    ['€ 1,234.50', null, { minor: 123450, currency: 'EUR' }],
    ["CHF 1'234.5", null, { minor: 123450, currency: 'CHF' }],
    ['1.234', 'EUR', { minor: 123400, currency: 'EUR' }],
    ['1,5', 'EUR', { minor: 150, currency: 'EUR' }],
    ['12000', 'JPY', { minor: 12000, currency: 'JPY' }],
    ['1,234,567.89', 'USD', { minor: 123456789, currency: 'USD' }],
    ['12.58', null, 'no-currency'],
    ['-5', 'EUR', 'no-amount'],
    ['free', 'EUR', 'no-amount'],
    ['1.2.3', 'EUR', 'no-amount'],
    ['9E+15', 'EUR', 'no-amount'],
  ])('%s (%s)', (text, currency, amount) => expect(readAmount(text, currency)).toEqual(amount))

  test('any text at all without a crash', () => {
    fc.assert(fc.property(fc.string(), (text) => void readAmount(text, 'EUR')))
  })
})

test('yes and no in the words of many products', () => {
  expect(['Y', 'true', 'YES', '1', 'Ja', 'x'].map(readYesNo)).toEqual(Array(6).fill(true))
  expect(['n', 'False', '0', 'nein'].map(readYesNo)).toEqual(Array(4).fill(false))
  expect(readYesNo('perhaps')).toBeNull()
})

test('what a spreadsheet damaged is told from what only looks like it', () => {
  expect(['6.37702E+15', '5.60E+18', '3E+10'].map(isDamagedNumber)).toEqual([true, true, true])
  expect(['56022484085662558554', '017019279-2', '1E5', 'E+15', ''].map(isDamagedNumber)).toEqual(Array(5).fill(false))
})

test('lines are cut between characters', () => {
  expect(oneLine(' a\r\nb\t', 10)).toEqual({ line: 'a b', isCut: false })
  expect(oneLine('😀😀😀', 2)).toEqual({ line: '😀😀', isCut: true })
})

test('columns have the letters of a spreadsheet', () => {
  expect([1, 26, 27, 52, 53, 703].map(columnLetter)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'AAA'])
})

describe('a mapping', () => {
  const field = (name: string): ImportField => ({ field: name, title: name, required: false, aliases: [] })
  const fields = [field('category'), field('company'), field('name')]

  test('takes the second of two columns by its number, and then the first is the one left out', () => {
    const { columns, problems } = matchHeaders(['Name', 'Category', 'Category'], fields, { '#3': 'category' })
    expect(columns).toEqual(['name', null, 'category'])
    expect(problems.map((p) => [p.code, p.params['letter']])).toEqual([['imports.header-doubled', 'B']])
  })
  test('goes before names, wherever its column stands', () => {
    expect(matchHeaders(['Name', 'Title'], fields, { Title: 'name' }).columns).toEqual([null, 'name'])
  })
  test('says what it names and the file does not have', () => {
    const stray = strayEntries(['Name'], fields, { Colour: 'name', '#4': 'name', 'state:Gone': 'lost', Name: 'hue' })
    expect(stray.missingHeaders.map((p) => p.params['header'])).toEqual(['Colour', '#4'])
    expect(stray.unknownField).toEqual({ header: 'Name', field: 'hue' })
  })
  test('one of several fields is enough, none is not', () => {
    expect(() => matchHeaders(['Colour'], fields, {}, ['name', 'company'])).toThrow('imports.fields-missing-all')
  })
})
