import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bucketOf, secondsOf, timesOf } from './working-times.ts'

test('a bucket is never further than 2 % (and a second of rounding) from what lies in it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 315_360_000 }), (seconds) => {
      expect(Math.abs(secondsOf(bucketOf(seconds)) - seconds) / seconds).toBeLessThanOrEqual(0.02)
    }),
  )
})

test('median and p90 are those of the numbers themselves, within 2 %', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 60, max: 5_000_000 }), { minLength: 1, maxLength: 400 }), (all) => {
      const histogram = [...Map.groupBy(all, bucketOf)].map(([bucket, in_]) => ({ bucket, n: in_.length }))
      const sorted = all.toSorted((a, b) => a - b)
      const rank = (share: number) => sorted[Math.ceil(sorted.length * share) - 1]!
      const { count, median, p90 } = timesOf(histogram)!
      expect(count).toBe(all.length)
      for (const [told, real] of [
        [median, rank(0.5)],
        [p90, rank(0.9)],
      ] as const)
        expect(Math.abs(told - real)).toBeLessThanOrEqual(real * 0.02 + 0.5)
    }),
  )
  expect(timesOf([])).toBe(null)
})
