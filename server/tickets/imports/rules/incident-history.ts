import { isDone, type TicketState } from '../../../../contract/tickets.ts'
import type { IncidentRow } from './incident-rows.ts'
import { known } from './incident-rows.ts'
import { isWaiting } from './source-states.ts'

/** An incident as the source knew it at one moment; people, groups and categories by their names there. Instants in ms. */
export interface Snapshot {
  state: TicketState
  sourceState: string
  impact: number
  urgency: number
  priority: number
  group: string | null
  assignee: string | null
  requester: string | null
  category: string | null
  subcategory: string | null
  vendor: string | null
  waitingSince: number | null
  resolvedAt: number | null
  closedAt: number | null
  reopenCount: number
}

/** A row that changed something, or the first one (`before` null). */
export interface Step {
  row: number
  at: number
  type:
    | 'ticket.imported'
    | 'ticket.resolved'
    | 'ticket.closed'
    | 'ticket.reopened'
    | 'ticket.state-changed'
    | 'ticket.assigned'
    | 'ticket.changed'
  before: Snapshot | null
  after: Snapshot
  /** The person the source names for this act, if any: opener or resolver. */
  by: string | null
  updatedBy: string | null
}

/** The leading number of `2 - Medium`; null where it is none of 1 to `most`. */
export function levelOf(cell: string | undefined, most: number): number | null {
  const level = Number(/^\s*(\d)\b/.exec(cell ?? '')?.[1])
  return level >= 1 && level <= most ? level : null
}

/** What happened to an incident, from its rows in order. Rows that change nothing make no step. */
export function historyOf(rows: readonly IncidentRow[]): Step[] {
  const steps: Step[] = []
  let before: Snapshot | null = null
  for (const row of rows) {
    const after = snapshotAt(row, before)
    const type = before === null ? ('ticket.imported' as const) : whatHappened(before, after)
    if (type === null) continue
    const by =
      type === 'ticket.imported'
        ? row.cells['opened_by']
        : type === 'ticket.resolved'
          ? row.cells['resolved_by']
          : undefined
    steps.push({
      row: row.row,
      at: row.at,
      type,
      before,
      after,
      by: known(by),
      updatedBy: known(row.cells['sys_updated_by']),
    })
    before = after
  }
  return steps
}

function snapshotAt({ at, cells, state: told }: IncidentRow, before: Snapshot | null): Snapshot {
  const state = told ?? before?.state ?? 'new'
  const was = before?.state
  const reopened = was !== undefined && isDone(was) && !isDone(state)
  return {
    state,
    sourceState: told === null ? (before?.sourceState ?? cells['incident_state'] ?? '') : cells['incident_state']!,
    impact: levelOf(cells['impact'], 3) ?? before?.impact ?? 2,
    urgency: levelOf(cells['urgency'], 3) ?? before?.urgency ?? 2,
    priority: levelOf(cells['priority'], 5) ?? before?.priority ?? 3,
    group: known(cells['assignment_group']),
    assignee: known(cells['assigned_to']),
    requester: known(cells['caller_id']),
    category: known(cells['category']),
    subcategory: known(cells['subcategory']),
    vendor: known(cells['vendor']),
    waitingSince: isWaiting(state) ? (was === state ? before!.waitingSince : at) : null,
    resolvedAt: isDone(state) ? (before?.resolvedAt ?? at) : null,
    closedAt: state === 'closed' ? (before?.closedAt ?? at) : null,
    reopenCount: (before?.reopenCount ?? 0) + (reopened ? 1 : 0),
  }
}

const assigning = ['group', 'assignee'] as const
const others = [
  'sourceState',
  'impact',
  'urgency',
  'priority',
  'requester',
  'category',
  'subcategory',
  'vendor',
] as const

/** One name for what one row changed: the state first, then who has it, then the rest. */
function whatHappened(before: Snapshot, after: Snapshot): Step['type'] | null {
  if (before.state !== after.state) {
    if (after.state === 'resolved') return 'ticket.resolved'
    if (after.state === 'closed') return 'ticket.closed'
    return isDone(before.state) ? 'ticket.reopened' : 'ticket.state-changed'
  }
  if (assigning.some((field) => before[field] !== after[field])) return 'ticket.assigned'
  return others.some((field) => before[field] !== after[field]) ? 'ticket.changed' : null
}
