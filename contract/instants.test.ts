import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareInstants, isAfter } from './instants.ts'

test.each([
  ['2026-11-30T13:27:38Z', '2026-11-30T13:27:38.006Z'],
  ['2026-11-30T13:27:37.999Z', '2026-11-30T13:27:38Z'],
  ['2026-11-30T13:27:38.006Z', '2026-11-30T13:27:38.006001Z'],
  ['2026-11-30T14:59:59+02:00', '2026-11-30T13:00:00Z'],
  ['2026-11-30T13:00:00Z', '2026-11-30T08:00:01-05:00'],
])('%s comes before %s', (first, second) => {
  expect(compareInstants(first, second)).toBeLessThan(0)
  expect(compareInstants(second, first)).toBeGreaterThan(0)
  expect([isAfter(first, second), isAfter(second, first), isAfter(first, first)]).toEqual([false, true, false])
})

test('the order is that of time, however the second is worded', () => {
  const worded = fc
    .tuple(fc.integer({ min: 0, max: 3_000 }), fc.boolean())
    .map(([ms, isShort]) => ({ ms, text: new Date(1_790_000_000_000 + ms).toISOString(), isShort }))
    .map(({ ms, text, isShort }) => ({ ms, text: isShort ? text.replace('.000Z', 'Z') : text }))
  fc.assert(
    fc.property(worded, worded, (a, b) => {
      if (a.ms !== b.ms) expect(Math.sign(compareInstants(a.text, b.text))).toBe(Math.sign(a.ms - b.ms))
    }),
  )
})
