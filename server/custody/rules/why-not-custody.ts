import type { AssetState, HolderKind } from '../../../contract/assets.ts'
import type { Refusal } from '../../platform/errors.ts'
import { waysFrom } from '../../assets/rules/life-cycle.ts'

/** What decides what may be done with who has an asset. */
export interface CustodyFacts {
  readonly tag: string
  readonly state: AssetState
  /** Null: nobody has it. */
  readonly holder: { readonly kind: HolderKind; readonly id: string; readonly name: string } | null
}

const isAtHand = (state: AssetState): boolean => waysFrom(state).some((way) => way.to === 'deployed')

/** Null where it can be handed out. What somebody has is passed on, so that nobody takes it from another by mistake. */
export function whyNotHandOut(facts: CustodyFacts): Refusal | null {
  const { tag, state, holder } = facts
  if (holder !== null) return { code: 'custody.held', params: { tag, holder: holder.name } }
  return isAtHand(state) ? null : { code: 'custody.not-at-hand', params: { tag, state } }
}

/** Null where it can be passed on to another. */
export function whyNotTransfer(facts: CustodyFacts, to: { kind: HolderKind; id: string }): Refusal | null {
  const { tag, state, holder } = facts
  if (holder === null) return { code: 'custody.with-nobody', params: { tag } }
  if (holder.kind === to.kind && holder.id === to.id)
    return { code: 'custody.same-holder', params: { tag, holder: holder.name } }
  return state === 'deployed' ? null : { code: 'custody.not-at-hand', params: { tag, state } }
}

/** Null where it can be taken back. */
export function whyNotTakeBack(facts: CustodyFacts): Refusal | null {
  return facts.holder === null ? { code: 'custody.with-nobody', params: { tag: facts.tag } } : null
}

/** What decides whether a holder can answer. */
export interface AnswerFacts {
  readonly isHolder: boolean
  readonly acceptance: 'none' | 'waiting' | 'accepted' | 'declined'
  readonly isOpen: boolean
}

/** Null where the terms can be accepted or declined: by the holder alone, once, while one has the thing. */
export function whyNotAnswer({ isHolder, acceptance, isOpen }: AnswerFacts): Refusal | null {
  if (!isHolder) return { code: 'custody.not-yours' }
  if (!isOpen) return { code: 'custody.over' }
  return acceptance === 'waiting' ? null : { code: `custody.answered-${acceptance}` }
}

/** Null where an issue can be taken back: what is used up does not come back. */
export function whyNotTakeIssued(facts: { isOpen: boolean; isConsumable: boolean }): Refusal | null {
  if (!facts.isOpen) return { code: 'custody.over' }
  return facts.isConsumable ? { code: 'custody.used-up' } : null
}

/**
 * Null where an asset can be with another asset: neither with itself nor in a circle. `chain`: ids of what has the other asset, nearest first,
 * itself included.
 */
export function whyNotInside(tag: string, asset: string, chain: readonly string[]): Refusal | null {
  return chain.includes(asset) ? { code: 'custody.circle', params: { tag } } : null
}
