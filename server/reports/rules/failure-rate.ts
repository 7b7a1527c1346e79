import type { ModelFailure } from '../../../contract/model-failures.ts'

/** Failures in so many years of one device. */
export interface Exposure {
  readonly failures: number
  readonly deviceYears: number
}

/** Fewer failures than this are no pattern, whatever the arithmetic says. */
export const fewestFailures = 5
/** A model is proposed from this many times the rate of its peers on. */
export const leastRatio = 1.5
/** Share of proposals that may be chance, over all models of a category together (Bonferroni). */
const chanceInCategory = 0.05

/** ln(n!) by Stirling's series; exact enough (1e-10) from 8 on, and a table below. */
function logFactorial(n: number): number {
  if (n < 8) return Math.log([1, 1, 2, 6, 24, 120, 720, 5040][n]!)
  return n * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI * n) + 1 / (12 * n) - 1 / (360 * n ** 3) + 1 / (1260 * n ** 5)
}

/** Probability of `k` or more of `n` where each happens with probability `p`. */
export function binomialTail(n: number, k: number, p: number): number {
  if (k <= 0) return 1
  if (k > n || p <= 0) return 0
  if (p >= 1) return 1
  const logTerm = (i: number): number =>
    logFactorial(n) - logFactorial(i) - logFactorial(n - i) + i * Math.log(p) + (n - i) * Math.log(1 - p)
  // the smaller side is summed, so that nothing small is lost in 1 minus nearly 1
  const upper = k > n * p
  let sum = 0
  if (upper)
    for (let i = k; i <= n; i++) {
      const term = Math.exp(logTerm(i))
      sum += term
      if (term < sum * 1e-12) break
    }
  else
    for (let i = k - 1; i >= 0; i--) {
      const term = Math.exp(logTerm(i))
      sum += term
      if (term < sum * 1e-12) break
    }
  return Math.min(1, Math.max(0, upper ? sum : 1 - sum))
}

export const rateOf = ({ failures, deviceYears }: Exposure): number | null =>
  deviceYears > 0 ? failures / deviceYears : null

/**
 * Whether a model fails more often than its peers. Given how many failures there were in all, those of a model no worse than its peers are a binomial
 * share as large as its share of the time in service (exact conditional test of two Poisson rates, Przyborowski and Wilenski 1940). `compared`: models
 * of the category that are asked about together.
 */
export function judgeFailures(
  own: Exposure,
  peers: Exposure,
  compared: number,
): Pick<ModelFailure, 'ratio' | 'chance' | 'verdict'> {
  const mine = rateOf(own)
  const theirs = rateOf(peers)
  if (mine === null || theirs === null) return { ratio: null, chance: null, verdict: 'few' }
  const chance = binomialTail(
    own.failures + peers.failures,
    own.failures,
    own.deviceYears / (own.deviceYears + peers.deviceYears),
  )
  const ratio = theirs === 0 ? null : mine / theirs
  if (own.failures < fewestFailures)
    return { ratio, chance, verdict: own.failures + peers.failures < fewestFailures ? 'few' : 'as_peers' }
  const isMore = (ratio === null || ratio >= leastRatio) && chance < chanceInCategory / Math.max(1, compared)
  return { ratio, chance, verdict: isMore ? 'more' : 'as_peers' }
}
