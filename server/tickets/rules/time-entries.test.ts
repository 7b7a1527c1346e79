import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { timeGiven, whyNotKeepTime, whyNotOnDay, whyNotSoMuch, whyNotSpan } from './time-entries.ts'

const nobody = { own: false, leads: false, configures: false }

describe('whose time one keeps', () => {
  it.each([
    ['one’s own', { ...nobody, own: true }, null],
    ['of a team one leads', { ...nobody, leads: true }, null],
    ['everybody’s, as coordinator', { ...nobody, configures: true }, null],
    ['that of others', nobody, 'time.not-yours'],
  ])('%s', (_, who, code) => {
    expect(whyNotKeepTime(who)?.code ?? null).toBe(code)
  })
})

it.each([
  ['1h 30m', 5400],
  ['', 'time.duration-empty'],
  ['a while', 'time.duration-unreadable'],
  ['-5', 'time.duration-negative'],
  ['0', 'time.duration-zero'],
  ['25h', 'time.duration-too-long'],
])('takes %j as %s', (text, expected) => {
  const found = timeGiven(text)
  expect(typeof found === 'number' ? found : found.code).toBe(expected)
})

it.each([
  ['2026-03-02', null],
  ['2026-03-03', 'time.day-ahead'],
  ['2025-03-01', null],
  ['2025-02-28', 'time.day-long-ago'],
  ['1026-03-02', 'time.day-long-ago'],
])('a day %s seen on 2 March 2026: %s', (day, code) => {
  expect(whyNotOnDay(day, '2026-03-02')?.code ?? null).toBe(code)
})

it('never lets a day have more than its hours, and always lets it be filled', () => {
  const seconds = fc.integer({ min: 1, max: 86_400 })
  fc.assert(
    fc.property(fc.array(seconds, { maxLength: 30 }), (wanted) => {
      let day = 0
      for (const one of wanted) {
        const refusal = whyNotSoMuch(one, day)
        if (refusal === null) day += one
        else expect(Number(refusal.params!['left'])).toBe(86_400 - day)
      }
      expect(day).toBeLessThanOrEqual(86_400)
      if (day < 86_400) expect(whyNotSoMuch(86_400 - day, day)).toBeNull()
    }),
  )
})

it.each([
  ['2026-01-01', '2026-12-31', null],
  ['2024-01-01', '2024-12-31', null],
  ['2026-05-01', '2026-05-01', null],
  ['2026-05-02', '2026-05-01', 'time.ends-before'],
  ['2025-01-01', '2026-02-01', 'time.span-too-long'],
])('a span from %s to %s: %s', (from, to, code) => {
  expect(whyNotSpan(from, to)?.code ?? null).toBe(code)
})
