import { isBadEnough } from './severity-words.ts'
import type { Severity } from '../../../contract/monitoring.ts'

/** What is set for the alerts of a source; times in seconds. */
export interface AlertPolicy {
  opensFrom: Severity | 'never'
  holdSeconds: number
  quietSeconds: number
  flapChanges: number
  flapSeconds: number
  resolves: boolean
}

export interface AlertCourse {
  status: 'firing' | 'resolved'
  severity: Severity
  /** Moments of its changes, ISO, oldest first. */
  changes: readonly string[]
  flapping: boolean
  statusSince: string
  /** How its ticket stands; null where it has none. */
  ticket: 'open' | 'resolved' | 'closed' | null
  /** When its ticket was resolved, ISO. */
  settledAt: string | null
}

export type TicketAct = 'open' | 'reopen' | 'resolve' | null

const ms = (seconds: number) => seconds * 1000

/** The alert after it was heard of once more at `now`: changes that are too old for flapping are forgotten. */
export function heard(
  before: Pick<AlertCourse, 'status' | 'changes' | 'statusSince'> | null,
  status: AlertCourse['status'],
  now: string,
  policy: Pick<AlertPolicy, 'flapChanges' | 'flapSeconds'>,
): Pick<AlertCourse, 'status' | 'changes' | 'flapping' | 'statusSince'> {
  const changed = before === null || before.status !== status
  const since = Date.parse(now) - ms(policy.flapSeconds)
  const changes = [...(before?.changes ?? []), ...(changed ? [now] : [])]
    .filter((at) => Date.parse(at) > since)
    // more would only grow the row: it flaps long before
    .slice(-policy.flapChanges)
  return {
    status,
    changes,
    flapping: changes.length >= policy.flapChanges,
    statusSince: changed ? now : before.statusSince,
  }
}

/**
 * What its ticket needs, and from when on. An alert must last `holdSeconds` before there is a ticket and be over for `quietSeconds` before it is resolved;
 * one that flaps opens its ticket like any other, and keeps it until it has been over for as long as flapping is looked at. A ticket that a person
 * resolved or closed while the alert goes on is left to that person. Null: nothing.
 */
export function dueAct(alert: AlertCourse, policy: AlertPolicy): { act: Exclude<TicketAct, null>; at: string } | null {
  const since = Date.parse(alert.statusSince)
  const at = (seconds: number) => new Date(since + ms(seconds)).toISOString()
  if (alert.status === 'firing') {
    if (!isBadEnough(alert.severity, policy.opensFrom) || alert.ticket === 'open') return null
    if (alert.settledAt !== null && since < Date.parse(alert.settledAt)) return null
    return { act: alert.ticket === 'resolved' ? 'reopen' : 'open', at: at(policy.holdSeconds) }
  }
  if (!policy.resolves || alert.ticket !== 'open') return null
  return {
    act: 'resolve',
    at: at(alert.flapping ? Math.max(policy.quietSeconds, policy.flapSeconds) : policy.quietSeconds),
  }
}
