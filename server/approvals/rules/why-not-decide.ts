import type { ApprovalState } from '../../../contract/approvals.ts'
import type { Refusal } from '../../platform/errors.ts'

export interface DecideFacts {
  readonly state: ApprovalState
  /** It is the reader's own request. */
  readonly isOwn: boolean
  /** Those for whom the reader could answer in the stage that waits, themselves among them. */
  readonly seatsOpen: number
  /** They sat in this stage and answered. */
  readonly hasAnswered: boolean
}

export const whyNotOpen = (state: ApprovalState): Refusal | null =>
  state === 'waiting' ? null : { code: 'approvals.over', params: { state } }

/** Null where the reader may decide now: asked in the stage that waits, or standing in for who is away, and never on a request of their own. */
export function whyNotDecide({ state, isOwn, seatsOpen, hasAnswered }: DecideFacts): Refusal | null {
  const over = whyNotOpen(state)
  if (over !== null) return over
  if (isOwn) return { code: 'approvals.own-request' }
  if (seatsOpen > 0) return null
  return hasAnswered ? { code: 'approvals.decided-already' } : { code: 'approvals.not-asked' }
}

/** Who is refused is told why. */
export const whyNotSay = (approve: boolean, comment: string): Refusal | null =>
  approve || comment.length >= 3 ? null : { code: 'approvals.say-why' }

/** Null where it may be taken back: by whoever asked or whose request it is, or by who works on the record. */
export const whyNotWithdraw = (state: ApprovalState, who: { isOwn: boolean; inside: boolean }): Refusal | null =>
  whyNotOpen(state) ?? (who.isOwn || who.inside ? null : { code: 'approvals.not-yours' })
