/** Buckets grow by this factor, so the middle of one is at most (factor - 1) / (factor + 1), just under 2 %, from whatever lies in it. */
const factor = 1.04

/** The bucket of a number of working seconds: the smallest n with seconds ≤ factor^n; 0 for a second or less. */
export const bucketOf = (seconds: number): number =>
  seconds <= 1 ? 0 : Math.ceil(Math.log(seconds) / Math.log(factor) - 1e-9)

/** What is said of a bucket, in seconds: the number with the least relative distance from both its edges. */
export const secondsOf = (bucket: number): number => (bucket === 0 ? 1 : (2 * factor ** bucket) / (factor + 1))

/** Median and ninth decile of a histogram (nearest rank), in seconds; null where nothing was counted. */
export function timesOf(
  histogram: readonly { bucket: number; n: number }[],
): { count: number; median: number; p90: number } | null {
  const sorted = histogram.filter((b) => b.n > 0).toSorted((a, b) => a.bucket - b.bucket)
  const count = sorted.reduce((sum, b) => sum + b.n, 0)
  if (count === 0) return null
  const at = (share: number): number => {
    let left = Math.ceil(count * share)
    for (const { bucket, n } of sorted) {
      left -= n
      if (left <= 0) return Math.round(secondsOf(bucket))
    }
    return 0
  }
  return { count, median: at(0.5), p90: at(0.9) }
}
