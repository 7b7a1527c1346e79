/** How the commitment about a moment of a record stands. `at`: the moment it was made for, epoch seconds. */
export interface KnownMoment {
  readonly at: number
  readonly phase: 'running' | 'paused' | 'stopped' | 'waived' | 'cancelled'
}

/**
 * What a moment that a record names (the end of a warranty, the next audit) asks of the commitment about it. Moments are epoch seconds.
 * What is over already is promised to nobody; what was done or waived is done for that moment and begins anew for another one.
 * `anew`: a new promise even for the same moment, which takes the place of one that is still open.
 */
export function momentChange(
  known: KnownMoment | null,
  wanted: number | null,
  now: number,
  anew = false,
): 'start' | 'retarget' | 'replace' | 'cancel' | 'leave' {
  const isOpen = known !== null && (known.phase === 'running' || known.phase === 'paused')
  if (isOpen) {
    if (wanted === known.at && !anew) return 'leave'
    if (wanted === null || wanted <= now) return 'cancel'
    return anew ? 'replace' : 'retarget'
  }
  if (wanted === null || wanted <= now) return 'leave'
  return !anew && known !== null && known.at === wanted && known.phase !== 'cancelled' ? 'leave' : 'start'
}
