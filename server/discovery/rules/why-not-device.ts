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

type PairState = 'open' | 'same' | 'different'

/** A pair is decided once, and while both are devices of their own; a decision is taken back before it is made anew. */
export const whyNotDecide = (state: PairState, devices: readonly State[]): Refusal | null => {
  if (state !== 'open') return { code: 'discovery.pair-decided' }
  return devices.includes('merged') ? { code: 'discovery.merged-meanwhile' } : null
}

/** `merge`: what became since of a merge that would be taken back; null where nothing was merged. */
export const whyNotUndo = (state: PairState, merge: { stays: State; isAssetTaken: boolean } | null): Refusal | null => {
  if (state === 'open') return { code: 'discovery.pair-open' }
  if (merge?.stays === 'merged') return { code: 'discovery.merged-on' }
  return merge?.isAssetTaken === true ? { code: 'discovery.asset-taken' } : null
}
