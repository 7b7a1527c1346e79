import { isAfter } from '../../../contract/instants.ts'
import { isDone, type TicketState } from '../../../contract/tickets.ts'
import type { Refusal } from '../../platform/errors.ts'

export interface StateFacts {
  state: TicketState
  /** Until when it may be reopened; null while it is open. ISO instant. */
  reopenUntil: string | null
  /** The ticket in which it goes on; whatever is done is done there. */
  merged_into: string | null
}

/** What the actor is to the ticket, where that decides. */
export interface Standing {
  /** Works on it for IT. */
  inside: boolean
  requester: boolean
}

export const notInside: Refusal = { code: 'tickets.not-yours-to-work' }
/** Null where what is said and done is said and done on the ticket itself, and not on the one in which it goes on. */
export const whyNotHere = (ticket: Pick<StateFacts, 'merged_into'>): Refusal | null =>
  ticket.merged_into === null ? null : { code: 'tickets.merged' }

export function whyNotWork(ticket: Pick<StateFacts, 'state' | 'merged_into'>, who: Standing): Refusal | null {
  if (!who.inside) return notInside
  return (
    whyNotHere(ticket) ??
    (isDone(ticket.state) ? { code: 'tickets.reopen-first', params: { state: ticket.state } } : null)
  )
}

/** Moving between the open states; resolving, closing and reopening have rules of their own. */
export function whyNotMove(
  ticket: Pick<StateFacts, 'state' | 'merged_into'>,
  who: Standing,
  to: TicketState,
  vendor: string | null,
): Refusal | null {
  const refusal = whyNotWork(ticket, who)
  if (refusal !== null) return refusal
  return to === 'waiting_vendor' && vendor === null ? { code: 'tickets.name-vendor' } : null
}

/** A ticket is resolved by somebody: it must have an assignee (whoever resolves an unowned one takes it). */
export function whyNotResolve(ticket: Pick<StateFacts, 'state' | 'merged_into'>, who: Standing): Refusal | null {
  if (!who.inside) return notInside
  return (
    whyNotHere(ticket) ??
    (isDone(ticket.state) ? { code: 'tickets.resolved-already', params: { state: ticket.state } } : null)
  )
}

/** Resolved tickets are closed by IT or confirmed by their requester. */
export function whyNotClose(ticket: Pick<StateFacts, 'state'>, who: Standing): Refusal | null {
  if (!who.inside && !who.requester) return notInside
  if (ticket.state === 'closed') return { code: 'tickets.closed-already' }
  return ticket.state === 'resolved' ? null : { code: 'tickets.resolve-first' }
}

/** Within the window, by IT or the requester. */
export function whyNotReopen(ticket: StateFacts, who: Standing, now: string): Refusal | null {
  if (!who.inside && !who.requester) return notInside
  const refusal = whyNotHere(ticket)
  if (refusal !== null) return refusal
  if (!isDone(ticket.state)) return { code: 'tickets.not-resolved' }
  return ticket.reopenUntil !== null && isAfter(now, ticket.reopenUntil)
    ? { code: 'tickets.reopen-window-over', params: { overAt: ticket.reopenUntil } }
    : null
}

/** How a ticket stands once it is reopened: with whoever had it, if they are still here. */
export const asReopened = (ticket: { assignee_active: boolean; reopen_count: number }) => ({
  state: ticket.assignee_active ? ('in_progress' as const) : ('new' as const),
  resolved_at: null,
  closed_at: null,
  reopen_count: ticket.reopen_count + 1,
})

/** Outsiders see and answer; they do not leave internal notes. */
export function whyNotNote(who: Standing, isPublic: boolean, ticket: Pick<StateFacts, 'merged_into'>): Refusal | null {
  return whyNotHere(ticket) ?? (isPublic || who.inside ? null : { code: 'tickets.internal-for-it' })
}

/** A requester may mend the words of an untouched ticket; everything else is for IT. */
export function whyNotEdit(
  ticket: Pick<StateFacts, 'state' | 'merged_into'>,
  who: Standing,
  fields: readonly string[],
): Refusal | null {
  const refusal = whyNotHere(ticket)
  if (refusal !== null) return refusal
  if (ticket.state === 'closed') return { code: 'tickets.reopen-first', params: { state: 'closed' } }
  if (who.inside) return null
  if (!who.requester) return notInside
  return fields.every((field) => field === 'title' || field === 'description') && ticket.state === 'new'
    ? null
    : { code: 'tickets.requester-edits-new' }
}

/** Moment after which a resolved or closed ticket stays so: calendar days after resolving. ISO instants. */
export const reopenUntil = (resolvedAt: string | null, days: number): string | null =>
  resolvedAt === null ? null : new Date(Date.parse(resolvedAt) + days * 86_400_000).toISOString()
