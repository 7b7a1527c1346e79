import { isDone, type TicketState } from '../../../contract/tickets.ts'
import type { Refusal } from '../../platform/errors.ts'
import { notInside, type Standing, whyNotHere } from './ticket-states.ts'

export interface MergeFacts {
  id: string
  reference: string
  state: TicketState
  merged_into: string | null
}
/** What is still to be done on the ticket that would end, and would be forgotten with it. */
export interface LeftToDo {
  tasks: number
  plans: number
  approvals: number
}
export interface AroundMerge extends LeftToDo {
  /** The ticket that would end stands above the one that goes on. */
  isAbove: boolean
  /** A major incident goes on with the ticket that would end. */
  isMajor: boolean
}

/**
 * Whoever merges works on both. The ticket that goes on is open and merged into none itself, so that a chain grows at its end alone and no circle
 * can come about. What would be forgotten with the other is seen to first.
 */
export function whyNotMerge(
  loser: MergeFacts,
  survivor: MergeFacts,
  who: { loser: Standing; survivor: Standing },
  { isAbove, isMajor, ...left }: AroundMerge,
): Refusal | null {
  if (!who.loser.inside || !who.survivor.inside) return notInside
  if (loser.id === survivor.id) return { code: 'tickets.merge-with-itself' }
  const refusal = whyNotHere(loser)
  if (refusal !== null) return refusal
  if (survivor.merged_into !== null) return { code: 'tickets.merge-goes-on', params: { reference: survivor.reference } }
  if (isDone(survivor.state)) return { code: 'tickets.merge-into-open', params: { reference: survivor.reference } }
  if (isAbove) return { code: 'tickets.merge-child-of-it', params: { reference: survivor.reference } }
  if (isMajor) return { code: 'tickets.merge-major' }
  return left.tasks + left.plans + left.approvals > 0 ? { code: 'tickets.merge-work-left', params: { ...left } } : null
}

/** Who works on the ticket takes it out again, whatever became of the other one. */
export function whyNotTakeApart(loser: Pick<MergeFacts, 'merged_into'>, who: Standing): Refusal | null {
  if (!who.inside) return notInside
  return loser.merged_into === null ? { code: 'tickets.not-merged' } : null
}
