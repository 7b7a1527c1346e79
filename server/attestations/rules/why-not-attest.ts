import type { Attestation, DifferenceRemedy } from '../../../contract/attestations.ts'
import type { Refusal } from '../../platform/errors.ts'

type State = Attestation['state']

const whyNotOpen = (state: State): Refusal | null =>
  state === 'running' ? null : { code: 'attestations.over', params: { state } }

/** What decides whether somebody can answer. */
export interface AnswerFacts {
  readonly state: State
  /** It is asked of them, or they act for others as keepers of the register. */
  readonly isAsked: boolean
  readonly mayActForOthers: boolean
}

/** Null where answers are taken: from whoever is asked, or from a keeper of the register for them. */
export function whyNotAnswer({ state, isAsked, mayActForOthers }: AnswerFacts): Refusal | null {
  const over = whyNotOpen(state)
  if (over !== null) return over
  return isAsked || mayActForOthers ? null : { code: 'attestations.not-yours' }
}

/** Null where one thing can be answered so. What was settled stays answered; what somebody no longer has says where it went. */
export function whyNotSay(
  item: { tag: string; isSettled: boolean },
  said: { answer: 'mine' | 'not_mine'; note: string },
): Refusal | null {
  if (item.isSettled) return { code: 'attestations.settled-already', params: { tag: item.tag } }
  return said.answer === 'not_mine' && said.note.length < 3
    ? { code: 'attestations.say-where', params: { tag: item.tag } }
    : null
}

/** Null where a person can say that this is all. `open`: things they still have by the register, without an answer. */
export const whyNotDone = (open: number): Refusal | null =>
  open === 0 ? null : { code: 'attestations.unanswered', params: { n: open } }

/** How each kind of difference can be settled. */
const remediesFor: Record<'not_mine' | 'gap', readonly DifferenceRemedy[]> = {
  not_mine: ['keep', 'take_back', 'lost', 'transfer', 'leave'],
  gap: ['give', 'leave'],
}

/** Null where a difference can be settled so. `reason`: undefined where only the way is asked about. */
export function whyNotSettle(
  state: State,
  item: { label: string; answer: 'mine' | 'not_mine' | 'gap' | null; isSettled: boolean; isHeld: boolean },
  remedy: DifferenceRemedy,
  reason?: string,
): Refusal | null {
  const over = whyNotOpen(state)
  if (over !== null) return over
  const { label, answer } = item
  if (answer !== 'not_mine' && answer !== 'gap') return { code: 'attestations.no-difference', params: { label } }
  if (item.isSettled) return { code: 'attestations.settled-already', params: { tag: label } }
  if (!remediesFor[answer].includes(remedy)) return { code: 'attestations.no-such-remedy', params: { label } }
  // what is with somebody else by now is theirs: nothing of it is changed by what was said before
  if ((remedy === 'take_back' || remedy === 'transfer' || remedy === 'lost') && !item.isHeld)
    return { code: 'attestations.not-held', params: { label } }
  const needsReason = remedy === 'keep' || remedy === 'lost' || remedy === 'leave'
  return needsReason && reason !== undefined && reason.length < 3
    ? { code: 'attestations.say-why', params: { label } }
    : null
}

/** Null where a campaign can be closed: nothing that people said is left open. Who did not answer is no hindrance. */
export const whyNotClose = (state: State, unsettled: number): Refusal | null =>
  whyNotOpen(state) ?? (unsettled === 0 ? null : { code: 'attestations.unsettled', params: { n: unsettled } })

/** Null where it can be changed or given up. */
export const whyNotChange = whyNotOpen
