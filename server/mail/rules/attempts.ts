import type { FailureJudged } from './judge-failure.ts'

/** For how long a mail is tried (RFC 5321, 4.5.4.1 asks for four to five days; news of a help desk is stale before). Seconds. */
export const longestTrying = 3 * 86_400
/** For how long a node that took a mail may work on it; longer than all time limits of an attempt together. Seconds. */
export const leaseSeconds = 300

const minute = 60
/** Greylisting wants minutes between attempts; a server that is away is asked sooner, because it holds up everybody. Seconds. */
const pauses = {
  later: [minute, 5 * minute, 15 * minute, 30 * minute, 3600],
  server: [15, 30, minute, 2 * minute, 5 * minute],
}

export type NextStep = { do: 'again'; afterSeconds: number } | { do: 'give-up' }

/**
 * What follows a failed attempt. `attempts` counts this one; `ageSeconds` since the mail was to go first; `spread` in [0, 1) keeps many
 * mails from coming back at the same moment.
 */
export function afterFailure(
  what: FailureJudged['what'],
  attempts: number,
  ageSeconds: number,
  spread: number,
): NextStep {
  if (what === 'address' || what === 'message') return { do: 'give-up' }
  const pause = pauses[what]
  const seconds = pause[Math.min(attempts, pause.length) - 1]!
  const afterSeconds = Math.round(seconds * (1 + spread * 0.2))
  return ageSeconds + afterSeconds > longestTrying ? { do: 'give-up' } : { do: 'again', afterSeconds }
}
