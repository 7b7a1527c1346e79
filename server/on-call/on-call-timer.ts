import { DueRounds } from '../platform/due-rounds.ts'
import type { Platform } from '../platform/platform.ts'
import { stepOn } from './calling.ts'
import { pagesDue } from './pages-store.ts'

/** Goes along the paths of open calls, on every node; each step once. `clock`: milliseconds since 1970, for tests. */
export const onCallTimer = (platform: Platform, clock?: () => number): DueRounds =>
  new DueRounds(
    platform,
    {
      pauseMs: 2_000,
      roundFailed: 'calls could not be looked through; trying again',
      oneFailed: 'a call could not go on; it is tried again',
      due: pagesDue,
      take: (ctx, id) => stepOn(ctx, platform.subjects, id),
    },
    clock,
  )
