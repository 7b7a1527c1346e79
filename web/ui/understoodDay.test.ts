import { expect, test } from 'vitest'
import { understoodDay } from './understoodDay.ts'

const tuesday = new Date(2026, 10, 24, 14, 2)

test.each([
  ['2026-12-24', '2026-12-24'],
  ['24.12.2026', '2026-12-24'],
  ['24.12.', '2026-12-24'],
  ['today', '2026-11-24'],
  ['in 3 days', '2026-11-27'],
  ['in 2 weeks', '2026-12-08'],
  ['next friday', '2026-11-27'],
  ['tue', '2026-12-01'],
])('%s is %s', (said, day) => {
  expect(understoodDay(said, tuesday)).toBe(day)
})

test.each(['', 'soon', '2026-02-30', '31.2.', 'in many days'])('%s is no date', (said) => {
  expect(understoodDay(said, tuesday)).toBeNull()
})
