import type { Refusal } from '../../platform/errors.ts'

/** What decides what may be done about a major incident. */
export interface IncidentFacts {
  state: 'live' | 'ended'
}
export interface IncidentStanding {
  /** Works on its ticket for IT. */
  inside: boolean
}

const outside: Refusal = { code: 'major-incidents.not-yours' }

/** Null where a ticket may be declared a major incident. `everyone`: it is shown to the whole organisation. */
export function whyNotDeclare(
  ticket: { open: boolean; confidential: boolean; isLive: boolean },
  who: IncidentStanding,
  everyone: boolean,
): Refusal | null {
  if (!who.inside) return outside
  if (ticket.isLive) return { code: 'major-incidents.live-already' }
  if (!ticket.open) return { code: 'major-incidents.ticket-over' }
  return ticket.confidential && everyone ? { code: 'major-incidents.confidential' } : null
}

/** Null where it may be told of, changed and ended. */
export const whyNotLead = (incident: IncidentFacts, who: IncidentStanding): Refusal | null =>
  !who.inside ? outside : incident.state === 'live' ? null : { code: 'major-incidents.over' }

/** Null where its report may be written and sent. */
export const whyNotReport = (incident: IncidentFacts, who: IncidentStanding): Refusal | null =>
  !who.inside ? outside : incident.state === 'ended' ? null : { code: 'major-incidents.still-live' }
