import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binomialTail, judgeFailures } from './failure-rate.ts'

describe('the tail of a binomial distribution', () => {
  // by hand: sums of C(n, i) / 2^n, and (1/6)^3
  it.each([
    [10, 8, 0.5, 56 / 1024],
    [10, 0, 0.5, 1],
    [10, 11, 0.5, 0],
    [3, 3, 1 / 6, 1 / 216],
    [20, 1, 0.1, 1 - 0.9 ** 20],
  ])('%i of which %i or more at %d', (n, k, p, expected) => {
    expect(binomialTail(n, k, p)).toBeCloseTo(expected, 9)
  })

  it('is a probability, falls as more is asked, and both sides are the whole', () => {
    const case_ = fc.record({
      n: fc.integer({ min: 1, max: 3000 }),
      k: fc.nat(3000),
      p: fc.double({ min: 0.001, max: 0.999, noNaN: true }),
    })
    fc.assert(
      fc.property(case_, ({ n, k, p }) => {
        const here = binomialTail(n, k, p)
        expect(here).toBeGreaterThanOrEqual(0)
        expect(here).toBeLessThanOrEqual(1)
        expect(binomialTail(n, k + 1, p)).toBeLessThanOrEqual(here + 1e-9)
        // k or more of one kind is fewer than n - k + 1 of the other
        expect(here + binomialTail(n, n - k + 1, 1 - p)).toBeCloseTo(k > n ? binomialTail(n, n - k + 1, 1 - p) : 1, 6)
      }),
    )
  })
})

describe('whether a model fails more often', () => {
  it.each([
    [
      'three times as often, many devices',
      { failures: 60, deviceYears: 100 },
      { failures: 100, deviceYears: 500 },
      'more',
    ],
    [
      'three times as often, two devices',
      { failures: 3, deviceYears: 2 },
      { failures: 100, deviceYears: 200 },
      'as_peers',
    ],
    ['a little more often', { failures: 130, deviceYears: 500 }, { failures: 100, deviceYears: 500 }, 'as_peers'],
    ['less often', { failures: 10, deviceYears: 500 }, { failures: 100, deviceYears: 500 }, 'as_peers'],
    ['hardly anything failed', { failures: 2, deviceYears: 10 }, { failures: 1, deviceYears: 10 }, 'few'],
    ['peers never failed', { failures: 12, deviceYears: 20 }, { failures: 0, deviceYears: 200 }, 'more'],
    ['no peers', { failures: 12, deviceYears: 20 }, { failures: 0, deviceYears: 0 }, 'few'],
  ] as const)('%s', (_, own, peers, verdict) => {
    expect(judgeFailures(own, peers, 4).verdict).toBe(verdict)
  })

  it('asks more of each where many are asked about', () => {
    const own = { failures: 12, deviceYears: 20 }
    const peers = { failures: 100, deviceYears: 400 }
    expect(judgeFailures(own, peers, 2).verdict).toBe('more')
    expect(judgeFailures(own, peers, 1000).verdict).toBe('as_peers')
  })
})
