import type { BulkChange } from '../../../contract/ticket-bulk-edits.ts'
import type { TicketState } from '../../../contract/tickets.ts'
import type { Refusal } from '../../platform/errors.ts'
import {
  type Standing,
  whyNotClose,
  whyNotEdit,
  whyNotMove,
  whyNotNote,
  whyNotResolve,
  whyNotWork,
} from './ticket-states.ts'

/** Whether a change says anything, and whether what it says belongs together. */
export function whyNotChangeAtAll(change: BulkChange): Refusal | null {
  const { vendor: _vendor, resolution: _resolution, ...acts } = change
  if (Object.values(acts).every((value) => value === undefined)) return { code: 'bulk.nothing' }
  if (change.state === 'waiting_vendor' && change.vendor === undefined) return { code: 'tickets.name-vendor' }
  return null
}

/**
 * What a change would be refused with for a ticket as it stands: the rules of the acts it is made of, in their order. What acts ask of others (who
 * serves a queue, what hangs on a ticket) shows itself as it is carried out.
 */
export function whyNotBulk(
  change: BulkChange,
  ticket: { state: TicketState; merged_into: string | null },
  who: Standing,
): Refusal | null {
  const fields = (['category', 'impact', 'urgency'] as const).filter((field) => change[field] !== undefined)
  const moves = change.queue !== undefined || change.assignee !== undefined
  return (
    (moves ? whyNotWork(ticket, who) : null) ??
    (fields.length > 0 ? whyNotEdit(ticket, who, fields) : null) ??
    (change.note === undefined ? null : whyNotNote(who, change.note.public, ticket)) ??
    whyNotEnter(change, ticket, who)
  )
}

function whyNotEnter(
  { state, vendor }: BulkChange,
  ticket: { state: TicketState; merged_into: string | null },
  who: Standing,
): Refusal | null {
  if (state === undefined) return null
  if (state === 'resolved') return whyNotResolve(ticket, who)
  return state === 'closed' ? whyNotClose(ticket, who) : whyNotMove(ticket, who, state, vendor ?? null)
}

/** Only what is not over can be stopped. */
export const whyNotStop = (status: string): Refusal | null =>
  status === 'waiting' || status === 'running' ? null : { code: 'bulk.over' }
