import type { Refusal } from '../../platform/errors.ts'

type State = 'waiting' | 'linked' | 'ignored' | 'merged'

/** Only what waits is put aside: an asset is retired in the register. */
export const whyNotIgnore = (state: State): Refusal | null =>
  state === 'waiting' ? null : { code: `discovery.not-waiting-${state}` }

/** What was ignored or taken for an asset can wait again. */
export const whyNotWait = (state: State): Refusal | null =>
  state === 'ignored' || state === 'linked' ? null : { code: 'discovery.not-ignored' }

/** Only what waits becomes an asset. */
export const whyNotLink = (state: State): Refusal | null =>
  state === 'waiting' || state === 'ignored' ? null : { code: `discovery.not-waiting-${state}` }

export const deviceRefusals = (state: State): Record<string, Refusal | null> => ({
  ignore: whyNotIgnore(state),
  wait: whyNotWait(state),
  link: whyNotLink(state),
})

/** A pair is decided once; a decision is taken back before it is made anew. */
export const whyNotDecide = (state: 'open' | 'same' | 'different'): Refusal | null =>
  state === 'open' ? null : { code: 'discovery.pair-decided' }

export const whyNotUndo = (state: 'open' | 'same' | 'different'): Refusal | null =>
  state === 'open' ? { code: 'discovery.pair-open' } : null
