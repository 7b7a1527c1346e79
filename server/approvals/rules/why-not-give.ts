import type { ApprovalState } from '../../../contract/approvals.ts'
import type { Refusal } from '../../platform/errors.ts'
import { whyNotOpen } from './why-not-decide.ts'

/** Null where a waiting seat may be given to somebody else: by who looks after people (`gives`) and works on the record. */
export const whyNotGive = (state: ApprovalState, who: { gives: boolean; inside: boolean }): Refusal | null =>
  whyNotOpen(state) ?? (who.gives && who.inside ? null : { code: 'approvals.not-yours-to-give' })

export interface TakeFacts {
  readonly requester: string | null
  /** Who gives it. */
  readonly by: string | null
  /** Those who are still asked in the seat. */
  readonly open: readonly string[]
  /** Those who sit or have spoken elsewhere in the stage. */
  readonly busy: ReadonlySet<string>
}

/** Null where a person may take a seat: not on their own request, not given by themselves, and not where they speak already. */
export function whyNotTake(person: string, { requester, by, open, busy }: TakeFacts): Refusal | null {
  if (open.length === 0) return { code: 'approvals.seat-answered' }
  if (person === requester) return { code: 'approvals.own-request' }
  if (person === by) return { code: 'approvals.give-oneself' }
  return busy.has(person) || open.includes(person) ? { code: 'approvals.sits-already' } : null
}
