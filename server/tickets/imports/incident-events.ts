import type { RecordedEvent } from '../../platform/events.ts'
import { changes } from '../../platform/events.ts'
import { systemId } from '../../platform/ctx.ts'
import { newId } from '../../platform/identifiers.ts'
import type { IncidentPlan } from './incident-plan.ts'
import { personWord } from './origin.ts'
import type { RelatedRecords } from './related-records.ts'
import type { Snapshot, Step } from './rules/incident-history.ts'

export const isoOf = (ms: number): string => new Date(ms).toISOString()
const isoOrNull = (ms: number | null): string | null => (ms === null ? null : isoOf(ms))

/** A snapshot as the columns of a ticket. */
export const columnsOf = (s: Snapshot, related: RelatedRecords) => ({
  state: s.state,
  impact: s.impact,
  urgency: s.urgency,
  priority: s.priority,
  queue_id: related.queue(s.group).id,
  assignee_id: related.person(s.assignee),
  requester_id: related.person(s.requester),
  category_id: related.category(s),
  vendor_id: related.vendor(s.vendor),
  waiting_since: isoOrNull(s.waitingSince),
  resolved_at: isoOrNull(s.resolvedAt),
  closed_at: isoOrNull(s.closedAt),
  reopen_count: s.reopenCount,
})

/**
 * The steps of an incident as events at their original moments, with before and after as live acts record them and the
 * source's own state beside ours. Ids sort as the steps do, also where moments are equal; `after` is the moment inside the
 * id of the newest event there is.
 */
export function eventsOf(
  plan: IncidentPlan,
  ticket: string,
  related: RelatedRecords,
  organisation: string,
  after: number,
): RecordedEvent[] {
  let lastMs = after
  return plan.fresh.map((step) => {
    lastMs = Math.max(step.at, lastMs + 1)
    const { before, after } = payloadOf(step, plan, related)
    return {
      id: newId(lastMs),
      type: step.type,
      at: isoOf(step.at),
      organisation,
      actor: actorOf(step, related),
      subject: { kind: 'ticket', id: ticket },
      cause: null,
      before,
      after,
    }
  })
}

/** The person the source names, else the source itself under the name it gives. */
function actorOf(step: Step, related: RelatedRecords): RecordedEvent['actor'] {
  if (step.by !== null) return { kind: 'person', id: related.person(step.by)!, name: personWord(step.by).name }
  return {
    kind: 'integration',
    id: systemId,
    name: step.updatedBy === null ? related.origin.label : `${step.updatedBy} (${related.origin.label})`,
  }
}

function payloadOf(step: Step, plan: IncidentPlan, related: RelatedRecords): Pick<RecordedEvent, 'before' | 'after'> {
  const named = (s: Snapshot) => ({ ...columnsOf(s, related), source_state: s.sourceState })
  const names = (s: Snapshot) => ({
    queue_name: related.queue(s.group).name,
    assignee_name: s.assignee === null ? null : personWord(s.assignee).name,
  })
  const now = named(step.after)
  if (step.before === null)
    return {
      before: null,
      after: { reference: plan.key, title: plan.title, kind: 'incident', ...now, ...names(step.after) },
    }
  const change = changes(named(step.before), now)
  const moved = 'queue_id' in change.after || 'assignee_id' in change.after
  const vendor =
    step.after.state === 'waiting_vendor' && step.after.vendor !== null ? { vendor_name: step.after.vendor } : {}
  return {
    before: { ...change.before, ...(moved ? names(step.before) : {}) },
    after: { ...change.after, ...(moved ? names(step.after) : {}), ...vendor },
  }
}
