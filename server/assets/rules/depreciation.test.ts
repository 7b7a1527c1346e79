import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bookValue, depreciationSchedule, type DepreciationTerms, gainOnDisposal, salvageOf } from './depreciation.ts'

const terms = (given: Partial<DepreciationTerms> = {}): DepreciationTerms => ({
  costMinor: 120_000,
  salvageBasisPoints: 0,
  months: 36,
  inServiceOn: '2024-01-15',
  leased: false,
  ...given,
})

describe('straight-line depreciation', () => {
  it.each<[Partial<DepreciationTerms>, string, number | null]>([
    [{}, '2023-12-31', 120_000],
    [{}, '2024-01-15', 120_000],
    [{}, '2024-02-13', 120_000],
    [{}, '2024-02-14', 116_667],
    [{}, '2025-01-14', 80_004],
    [{}, '2027-01-13', 3_345],
    [{}, '2027-01-14', 0],
    [{}, '2040-01-01', 0],
    [{ salvageBasisPoints: 1000 }, '2040-01-01', 12_000],
    [{ salvageBasisPoints: 1000 }, '2024-02-14', 117_000],
    [{ inServiceOn: '2024-01-31', months: 12 }, '2024-02-28', 110_000],
    [{ inServiceOn: '2024-01-31', months: 12 }, '2024-02-27', 120_000],
    [{ months: 1 }, '2024-02-14', 0],
    [{ salvageBasisPoints: 10_000 }, '2040-01-01', 120_000],
    [{ leased: true }, '2025-01-01', null],
  ])('%j on %s: %s', (given, on, book) => expect(bookValue(terms(given), on)).toBe(book))

  it('rounds what is left half up to the cent', () => {
    expect(salvageOf(333, 5000)).toBe(167)
    expect(salvageOf(333, 4999)).toBe(166)
    expect(salvageOf(Number.MAX_SAFE_INTEGER, 10_000)).toBe(Number.MAX_SAFE_INTEGER)
  })
  it('says what was gained or lost at the end', () => {
    expect(gainOnDisposal(20_000, 25_000, 1_000)).toBe(4_000)
    expect(gainOnDisposal(20_000, 0, 0)).toBe(-20_000)
  })

  const anyTerms = fc.record({
    costMinor: fc.integer({ min: 0, max: 1e12 }),
    salvageBasisPoints: fc.integer({ min: 0, max: 10_000 }),
    months: fc.integer({ min: 1, max: 600 }),
    inServiceOn: fc
      .date({ min: new Date('1990-01-01'), max: new Date('2090-12-31'), noInvalidDate: true })
      .map((d) => d.toISOString().slice(0, 10)),
    leased: fc.constant(false),
  })
  it('sums to exactly cost minus salvage; the last month alone may differ, and by less than there are months', () => {
    fc.assert(
      fc.property(anyTerms, (t) => {
        const schedule = depreciationSchedule(t)
        const base = t.costMinor - salvageOf(t.costMinor, t.salvageBasisPoints)
        expect(schedule.reduce((sum, period) => sum + period.amountMinor, 0)).toBe(base)
        expect(new Set(schedule.slice(0, -1).map((period) => period.amountMinor)).size).toBeLessThanOrEqual(1)
        const more = schedule.at(-1)!.amountMinor - Math.floor(base / t.months)
        expect(more).toBeGreaterThanOrEqual(0)
        expect(more).toBeLessThan(t.months)
        expect(schedule.at(-1)!.bookMinor).toBe(t.costMinor - base)
      }),
    )
  })
  it('never grows in time and never falls below what is left', () => {
    const day = fc
      .date({ min: new Date('1985-01-01'), max: new Date('2150-12-31'), noInvalidDate: true })
      .map((d) => d.toISOString().slice(0, 10))
    fc.assert(
      fc.property(anyTerms, day, day, (t, a, b) => {
        const [early, late] = a < b ? [a, b] : [b, a]
        const [before, after] = [bookValue(t, early)!, bookValue(t, late)!]
        expect(after).toBeLessThanOrEqual(before)
        expect(after).toBeGreaterThanOrEqual(salvageOf(t.costMinor, t.salvageBasisPoints))
        expect(before).toBeLessThanOrEqual(t.costMinor)
      }),
      { numRuns: 60 },
    )
  })
})
