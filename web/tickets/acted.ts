import type { TicketRow } from '../../contract/tickets.ts'

/** What an act needs to know of a ticket; rows, whole tickets and lines of Today all have it. */
export type Acted = Pick<TicketRow, 'id' | 'reference' | 'version'> &
  Partial<Pick<TicketRow, 'queue' | 'category' | 'assignee' | 'state' | 'impact' | 'urgency' | 'refusals'>>

/** The states that are set by hand. */
export type WaitState = 'in_progress' | 'waiting_requester' | 'waiting_vendor' | 'waiting_change'
