import type { StoredAlert } from './alerts-store.ts'
import { type AlertCourse, dueAct } from './rules/follow-alert.ts'
import { policyOf, type StoredSource } from './sources-store.ts'

const standing = (state: string | null): AlertCourse['ticket'] =>
  state === null ? null : state === 'closed' || state === 'resolved' ? state : 'open'

/** What the ticket of a stored alert needs next, and when; null: nothing. */
export const nextAct = (alert: StoredAlert, source: StoredSource) =>
  dueAct(
    {
      status: alert.status,
      severity: alert.severity,
      changes: alert.changes,
      flapping: alert.flapping,
      statusSince: alert.status_since,
      ticket: standing(alert.ticket_state),
      settledAt: alert.ticket_settled_at,
    },
    policyOf(source),
  )
