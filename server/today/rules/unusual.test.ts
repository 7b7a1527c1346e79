import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isOverloaded, isSpike } from './unusual.ts'

describe('isSpike', () => {
  it.each([
    [41, Array.from({ length: 28 }, (_, i) => 12 + (i % 5) - 2), true],
    [13, Array.from({ length: 28 }, (_, i) => 12 + (i % 5) - 2), false],
    [4, [0, 0, 0, 0], false],
    [6, [0, 0, 0, 0], true],
    [60, [0, 50, 0, 55, 0, 60], false],
    [5, [], true],
  ])('%i against %j is %s', (today, history, expected) => {
    expect(isSpike(today, history).spike).toBe(expected)
  })

  it('never calls an ordinary day a spike', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(200), { minLength: 1, maxLength: 60 }),
        (history) => !isSpike(Math.floor(history.reduce((a, b) => a + b, 0) / history.length), history).spike,
      ),
    )
  })
})

describe('isOverloaded', () => {
  it.each([
    [30, [8, 10, 9, 30], true],
    [19, [8, 10, 9, 19], false],
    [30, [30, 8], false],
    [12, [0, 0, 0, 12], true],
    [9, [0, 0, 0, 9], false],
  ])('%i among %j is %s', (open, colleagues, expected) => {
    expect(isOverloaded(open, colleagues).overloaded).toBe(expected)
  })
})
