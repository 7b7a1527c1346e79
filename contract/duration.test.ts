import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { durationOf, durationText, longestDuration } from './duration.ts'

describe('a duration', () => {
  it.each([
    ['1h 30m', 5400],
    ['1h30m', 5400],
    ['1h30', 5400],
    ['1 h 30 min', 5400],
    ['1 hour 30 minutes', 5400],
    ['1:30', 5400],
    ['01:30:15', 5415],
    ['0:05', 300],
    ['90m', 5400],
    ['90', 5400],
    [' 90 MIN ', 5400],
    ['1.5h', 5400],
    ['1,5 h', 5400],
    ['.25h', 900],
    ['0.33h', 1188],
    ['2 hrs', 7200],
    ['45s', 45],
    ['1m30', 90],
    ['1h 5s', 3605],
    ['PT1H30M', 5400],
    ['PT45S', 45],
    ['24h', 86_400],
    ['24:00', 86_400],
  ])('reads %j as %i seconds', (text, seconds) => {
    expect(durationOf(text)).toBe(seconds)
  })

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['soon', 'unreadable'],
    ['1:75', 'unreadable'],
    ['1:3', 'unreadable'],
    ['1h 2h', 'unreadable'],
    ['30m 1h', 'unreadable'],
    ['1d', 'unreadable'],
    ['1h 30m 10s 5', 'unreadable'],
    ['1e3', 'unreadable'],
    ['1.2.3h', 'unreadable'],
    ['PT', 'unreadable'],
    ['h', 'unreadable'],
    ['-', 'unreadable'],
    ['٣٠', 'unreadable'],
    ['-30m', 'negative'],
    ['−1:30', 'negative'],
    ['0', 'zero'],
    ['0h 0m', 'zero'],
    ['0.001m', 'zero'],
    ['-0', 'zero'],
    ['24h 1s', 'too-long'],
    ['99999999h', 'too-long'],
  ])('refuses %j: %s', (text, fault) => {
    expect(durationOf(text)).toBe(fault)
  })

  it('comes back from how it is written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: longestDuration }), (seconds) => {
        expect(durationOf(durationText(seconds))).toBe(seconds)
        expect(durationOf(durationText(seconds).replaceAll(' ', ''))).toBe(seconds)
        expect(durationOf(`${String(seconds)}s`)).toBe(seconds)
      }),
    )
  })

  it('is whole seconds of a day or a reason, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.stringMatching(/^[-0-9hms:., ]{0,12}$/),
          fc.stringMatching(/^\d{1,3}[hms] ?\d{0,3}[hms]?$/),
        ),
        (text) => {
          const found = durationOf(text)
          if (typeof found === 'number') {
            expect(Number.isInteger(found)).toBe(true)
            expect(found).toBeGreaterThan(0)
            expect(found).toBeLessThanOrEqual(longestDuration)
          } else expect(['empty', 'unreadable', 'negative', 'zero', 'too-long']).toContain(found)
        },
      ),
    )
  })

  it.each([
    [0, '0m'],
    [45, '45s'],
    [300, '5m'],
    [5400, '1h 30m'],
    [3605, '1h 5s'],
    [360_000, '100h'],
  ])('is written: %i seconds as %s', (seconds, text) => {
    expect(durationText(seconds)).toBe(text)
  })
})
