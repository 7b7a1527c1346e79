import { isDone, type TicketState } from '../../../contract/tickets.ts'
import type { Refusal } from '../../platform/errors.ts'
import { notInside, type Standing, whyNotHere } from './ticket-states.ts'

export interface FamilyFacts {
  id: string
  reference: string
  state: TicketState
  merged_into: string | null
}

/** Who works on a ticket says of which one it is a part; of none takes no right on the other. */
export function whyNotPart(child: Pick<FamilyFacts, 'merged_into'>, who: Standing): Refusal | null {
  return who.inside ? whyNotHere(child) : notInside
}

/**
 * A ticket has one parent, which is open and not below it: `above` are the tickets over the parent. Whoever makes it so works on both, for each is then
 * seen from the other.
 */
export function whyNotParent(
  child: FamilyFacts,
  parent: FamilyFacts,
  who: { child: Standing; parent: Standing },
  above: readonly string[],
): Refusal | null {
  const refusal = whyNotPart(child, who.child)
  if (refusal !== null) return refusal
  if (!who.parent.inside) return notInside
  const params = { reference: parent.reference }
  if (child.id === parent.id) return { code: 'tickets.parent-itself' }
  if (parent.merged_into !== null) return { code: 'tickets.merge-goes-on', params }
  if (isDone(parent.state)) return { code: 'tickets.parent-done', params }
  return above.includes(child.id) ? { code: 'tickets.parent-circle', params } : null
}
