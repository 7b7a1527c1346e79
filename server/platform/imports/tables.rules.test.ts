import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvLine } from './csv-line.ts'
import { ImportProblem } from './import-problem.ts'
import { matchHeaders } from './match-headers.ts'
import { RecordReader } from './record-reader.ts'
import { delimiterOf, encodingOf, lineEndsOf } from './sniff.ts'
import type { ImportField } from './source.ts'

const read = (text: string, delimiter = ',', lineEnds: 'LF' | 'CR' = 'LF', piece = Infinity) => {
  const reader = new RecordReader(delimiter, lineEnds)
  const records = []
  for (let at = 0; at < text.length; at += piece) records.push(...reader.push(text.slice(at, at + piece)))
  return [...records, ...reader.end()].map((r) => r.cells)
}

describe('records', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', ';', '\n', '\r\n', ' ', '1'), maxLength: 6 })
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 })
  const quoted = (rows: string[][]) =>
    rows.map((row) => row.map((c) => (/[",\r\n]/.test(c) ? `"${c.replaceAll('"', '""')}"` : c)).join(',')).join('\n')

  test('what was written is read, as another reader reads it, in pieces of any size', () => {
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 9 }), (rows, piece) => {
        const text = quoted(rows)
        expect(read(text, ',', 'LF', piece)).toEqual(rows)
        expect(parse(text, { relaxColumnCount: true, recordDelimiter: '\n', skipEmptyLines: false })).toEqual(rows)
      }),
    )
  })

  test('carriage returns alone end lines too', () => {
    expect(read('a;b\r1;"x\ry"\r2;z', ';', 'CR')).toEqual([
      ['a', 'b'],
      ['1', 'x\ry'],
      ['2', 'z'],
    ])
  })

  test('a quotation mark that is not closed costs its line only', () => {
    expect(read('a,b\n1,"open\n2,fine\n3,also')).toEqual([['a', 'b'], null, ['2', 'fine'], ['3', 'also']])
    expect(read('a,b\n1,"torn" x\n2,5" disk\n')).toEqual([['a', 'b'], null, ['2', '5" disk']])
  })

  test('random text never throws and never loses the lines without quotation marks', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('"', 'x', ',', '\n'), { maxLength: 60 }), (marks) => {
        const records = read(`${marks.join('')}\nlast,line\n`)
        expect(records.length).toBeGreaterThan(0)
        if (marks.filter((m) => m === '"').length % 2 === 0 && !marks.includes('"'))
          expect(records.at(-1)).toEqual(['last', 'line'])
      }),
    )
  })
})

describe('sniffing', () => {
  test.each([
    ['a,b,c\n1,2,3', ',', 'LF'],
    ['a;b;c\r\n"x,y";2,5;3\r\n', ';', 'CRLF'],
    ['a\tb\r1\t2', '\t', 'CR'],
    ['a|b|c\n1|2|3\n', '|', 'LF'],
  ])('%j', (text, delimiter, ends) => {
    expect(lineEndsOf(text)).toBe(ends)
    expect(delimiterOf(text, lineEndsOf(text))).toBe(delimiter)
  })

  test('encodings', () => {
    expect(encodingOf(Buffer.from('﻿a,b'), true)).toBe('utf-8')
    expect(encodingOf(Buffer.from('a,b\nü,é', 'utf16le'), false)).toBe('utf-16le')
    expect(encodingOf(Buffer.from('﻿a,b', 'utf16le').swap16(), false)).toBe('utf-16be')
    // Büro Größe Café as a Mac writes them
    const mac = Buffer.from([0x42, 0x9f, 0x72, 0x6f, 0x2c, 0x47, 0x72, 0x9a, 0xa7, 0x65, 0x0d, 0x43, 0x61, 0x66, 0x8e])
    expect(encodingOf(mac, false)).toBe('macintosh')
    expect(new TextDecoder('macintosh').decode(mac)).toBe('Büro,Größe\rCafé')
    expect(encodingOf(Buffer.from('number;Übertragung für Größe;Müller\n', 'latin1'), false)).toBe('windows-1252')
  })
})

describe('headers', () => {
  const fields: ImportField[] = [
    { field: 'number', title: 'Number', required: true, aliases: ['Ticket no.'] },
    { field: 'state', title: 'State', required: false, aliases: ['status'] },
  ]

  test('aliases, doubled, empty and unknown ones', () => {
    const matched = matchHeaders(['TicketNo', 'STATUS', '', 'State', 'Colour'], fields)
    expect(matched.columns).toEqual(['number', 'state', null, null, null])
    expect(matched.problems.map((p) => [p.code, p.params['column']])).toEqual([
      ['imports.header-empty', 3],
      ['imports.header-doubled', 4],
      ['imports.header-unknown', 5],
    ])
  })

  test('a mapping goes before names, and leaves columns out', () => {
    expect(matchHeaders(['Key', 'state'], fields, { Key: 'number', state: '' }).columns).toEqual(['number', null])
  })

  test('a required field without a column is said', () => {
    expect(() => matchHeaders(['state'], fields)).toThrow(ImportProblem)
  })
})

test('cells that a spreadsheet would run are shown as text', () => {
  expect(csvLine(['=1+1', '@x', 'a,"b"', '-100'])).toBe(`'=1+1,'@x,"a,""b""",'-100\r\n`)
})
