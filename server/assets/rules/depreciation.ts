/** What is written off, and over how long. Amounts in minor units (cents), dates without a zone (`yyyy-mm-dd`). */
export interface DepreciationTerms {
  readonly costMinor: number
  /** What is left at the end, in hundredths of a percent of the cost (2,50 % is 250). */
  readonly salvageBasisPoints: number
  readonly months: number
  readonly inServiceOn: string
  /** Nothing of a leased thing is ours to write off. */
  readonly leased: boolean
}
/** One month of a schedule: the amount of it, and the book value after it. */
export interface DepreciationPeriod {
  readonly endsOn: string
  readonly amountMinor: number
  readonly bookMinor: number
}

/** What is left at the end, rounded half up to the minor unit. */
export const salvageOf = (costMinor: number, basisPoints: number): number =>
  Number((BigInt(costMinor) * BigInt(basisPoints) + 5000n) / 10_000n)

/**
 * Straight line by whole months from the day in service: every month the same amount, rounded down to the minor unit; the last absorbs what the
 * rounding left, so that the sum is exactly cost minus salvage. A month ends the day before its date comes again (the 31st: the last day of a
 * shorter month). Empty for what is leased.
 */
export function depreciationSchedule(terms: DepreciationTerms): DepreciationPeriod[] {
  if (terms.leased) return []
  const base = terms.costMinor - salvageOf(terms.costMinor, terms.salvageBasisPoints)
  const each = Math.floor(base / terms.months)
  const start = Temporal.PlainDate.from(terms.inServiceOn)
  return Array.from({ length: terms.months }, (_, i) => ({
    endsOn: start
      .add({ months: i + 1 })
      .subtract({ days: 1 })
      .toString(),
    amountMinor: i === terms.months - 1 ? base - each * (terms.months - 1) : each,
    bookMinor: terms.costMinor - (i === terms.months - 1 ? base : each * (i + 1)),
  }))
}

/** The book value at the end of a date: cost less the months that are over by then. Before the day in service nothing is written off. */
export function bookValue(terms: DepreciationTerms, on: string): number | null {
  if (terms.leased) return null
  return depreciationSchedule(terms).findLast((period) => period.endsOn <= on)?.bookMinor ?? terms.costMinor
}

/** Gain (positive) or loss (negative) on disposal: what came in, less what it cost to dispose of it, less the book value of that day. */
export const gainOnDisposal = (bookMinor: number, proceedsMinor: number, costMinor: number): number =>
  proceedsMinor - costMinor - bookMinor
