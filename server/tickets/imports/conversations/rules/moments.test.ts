import { expect, test } from 'vitest'
import { readMoment } from './moments.ts'

test.each([
  ['2024-11-02T10:00:00Z', '2024-11-02T10:00:00.000Z'],
  ['2024-11-02T10:00:00.123+0100', '2024-11-02T09:00:00.000Z'],
  ['2024-11-02 10:00', '2024-11-02T09:00:00.000Z'],
  ['02.11.2024 10:00:30', '2024-11-02T09:00:30.000Z'],
  ['02/Nov/24 3:04 PM', '2024-11-02T14:04:00.000Z'],
  ['Sat, 02 Nov 2024 10:00:00 +0100', '2024-11-02T09:00:00.000Z'],
  ['2. November 2024', '2024-11-01T23:00:00.000Z'],
  ['1730419200', '2024-11-01T00:00:00.000Z'],
  ['1730419200000', '2024-11-01T00:00:00.000Z'],
  ['12:30', null],
  ['2024-02-30 10:00', null],
  ['2024-11-02 25:00', null],
  ['1/2/1960 10:00', null],
  ['yesterday', null],
  ['', null],
])('%s in Berlin is %s', (text, moment) => {
  const at = readMoment(text, 'Europe/Berlin', 'dmy')
  expect(at === null ? null : new Date(at).toISOString()).toBe(moment)
})
