import type { TicketState } from '../../../../contract/tickets.ts'

/**
 * States of ServiceNow incidents as ours. Waiting for a problem is a wait for another piece of IT's own work, which
 * here is `waiting_change`; evidence comes from whoever reported. The source's own word stays in the history.
 */
const states: Readonly<Record<string, TicketState>> = {
  new: 'new',
  active: 'in_progress',
  'in progress': 'in_progress',
  'on hold': 'waiting_requester',
  'awaiting user info': 'waiting_requester',
  'awaiting caller': 'waiting_requester',
  'awaiting evidence': 'waiting_requester',
  'awaiting vendor': 'waiting_vendor',
  'awaiting problem': 'waiting_change',
  'awaiting change': 'waiting_change',
  resolved: 'resolved',
  closed: 'closed',
  canceled: 'closed',
  cancelled: 'closed',
}

/** Undefined for a state that says nothing here, such as `-100`. */
export const stateOf = (source: string): TicketState | undefined => states[source.toLowerCase()]
export const isWaiting = (state: TicketState): boolean => state.startsWith('waiting_')
