/** Days of history a category is held against. */
export const historyDays = 28

/**
 * Whether today's number is out of the ordinary: more than three standard deviations above the mean of the days before
 * (Shewhart's control limit), and at least five more than usual, so that small categories do not cry wolf.
 */
export function isSpike(
  today: number,
  history: readonly number[],
): { spike: boolean; usual: number; deviation: number } {
  const days = history.length === 0 ? [0] : history
  const usual = days.reduce((sum, n) => sum + n, 0) / days.length
  const deviation = Math.sqrt(days.reduce((sum, n) => sum + (n - usual) ** 2, 0) / days.length)
  return { spike: today >= usual + 5 && today > usual + 3 * Math.max(deviation, 1), usual, deviation }
}

/** Somebody carries more than twice what colleagues do (median), and at least ten more. */
export function isOverloaded(open: number, colleagues: readonly number[]): { overloaded: boolean; usual: number } {
  const sorted = colleagues.toSorted((a, b) => a - b)
  const usual =
    sorted.length === 0
      ? 0
      : (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2
  return { overloaded: sorted.length >= 3 && open > 2 * usual && open >= usual + 10, usual }
}
