import { isDone } from '../../../../../contract/tickets.ts'
import type { Snapshot, Step } from '../../rules/incident-history.ts'
import { isWaiting } from '../../rules/source-states.ts'
import type { Entry, Told } from './told.ts'
import { priorityOf, stateFor } from './words.ts'

/** A step with what tells it from others in a later file. */
export interface CourseStep extends Step {
  identity: string
}

const plain = (old: string): string | null => (old.trim() === '' || /^nobody$/i.test(old.trim()) ? null : old.trim())

/** A ticket at its end as the source tells it. */
function final(told: Told, createdAt: number, updatedAt: number): Snapshot {
  const merged = told.mergedInto !== null
  const state =
    merged || (told.state === null && told.closedAt !== null)
      ? 'closed'
      : (told.state ?? (told.resolvedAt === null ? 'new' : 'resolved'))
  const urgency = told.urgency ?? 2
  const impact = told.impact ?? 2
  return {
    state,
    sourceState: merged ? `merged into ${told.mergedInto}` : state,
    impact,
    urgency,
    priority: told.priority ?? Math.min(5, impact + urgency - 1),
    group: told.queue,
    assignee: told.assignee,
    requester: told.requester,
    category: told.category,
    subcategory: told.category === null ? null : told.subcategory,
    vendor: null,
    waitingSince: isWaiting(state) ? updatedAt : null,
    resolvedAt: isDone(state) ? Math.max(createdAt, told.resolvedAt ?? told.closedAt ?? updatedAt) : null,
    closedAt: state === 'closed' ? Math.max(createdAt, told.closedAt ?? updatedAt) : null,
    reopenCount: 0,
  }
}

function applied(s: Snapshot, entry: Entry, way: 'old' | 'new', states: ReadonlyMap<string, string>): Snapshot {
  const word = entry[way]
  switch (entry.kind) {
    case 'state':
      return { ...s, state: stateFor(word, states) ?? s.state }
    case 'owner':
      return { ...s, assignee: plain(word) }
    case 'queue':
      return { ...s, group: plain(word)?.slice(0, 100) ?? s.group }
    case 'priority':
      return { ...s, priority: priorityOf(word) ?? s.priority }
    default:
      return s
  }
}

/** Moments that follow from a change of state. */
function withMoments(after: Snapshot, before: Snapshot, at: number): Snapshot {
  const { state } = after
  return {
    ...after,
    sourceState: state === before.state ? before.sourceState : state,
    waitingSince: isWaiting(state) ? (before.state === state ? before.waitingSince : at) : null,
    resolvedAt: isDone(state) ? (before.resolvedAt ?? at) : null,
    closedAt: state === 'closed' ? (before.closedAt ?? at) : null,
    reopenCount: before.reopenCount + (isDone(before.state) && !isDone(state) ? 1 : 0),
  }
}

const compared = [
  'state',
  'impact',
  'urgency',
  'priority',
  'group',
  'assignee',
  'requester',
  'category',
  'subcategory',
] as const

/** What a step is called; null where nothing differs. */
export function stepType(before: Snapshot, after: Snapshot): Step['type'] | null {
  if (before.state !== after.state) {
    if (after.state === 'resolved') return 'ticket.resolved'
    if (after.state === 'closed') return 'ticket.closed'
    return isDone(before.state) ? 'ticket.reopened' : 'ticket.state-changed'
  }
  const differs = (field: (typeof compared)[number]) => before[field] !== after[field]
  if (differs('group') || differs('assignee')) return 'ticket.assigned'
  return compared.some(differs) ? 'ticket.changed' : null
}

/**
 * The course of a ticket from its entries. It begins as the first changes say it was before them, and ends as the ticket is said to be: where no entry leads
 * there, a last step does, at the moment of resolution, of closing, or of the last update.
 */
export function courseOf(
  told: Told,
  states: ReadonlyMap<string, string>,
  until: number,
): { steps: CourseStep[]; createdAt: number; lastAt: number } {
  const moments = [told.createdAt, ...told.entries.map((e) => e.at)].filter((at) => at !== null)
  const createdAt =
    moments.length > 0 ? Math.min(...moments) : (told.updatedAt ?? told.resolvedAt ?? told.closedAt ?? until)
  const lastAt = Math.max(
    createdAt,
    told.updatedAt ?? 0,
    told.resolvedAt ?? 0,
    told.closedAt ?? 0,
    ...told.entries.map((e) => e.at),
  )
  // without a moment of its own it ended after the last that was said
  const end = final(told, createdAt, Math.max(createdAt, told.updatedAt ?? lastAt))
  const changes = told.entries.filter((e) => ['state', 'owner', 'queue', 'priority'].includes(e.kind))
  let first: Snapshot = {
    ...end,
    state: 'new',
    sourceState: 'new',
    waitingSince: null,
    resolvedAt: null,
    closedAt: null,
  }
  // a ticket whose course is not told was taken up by whoever has it
  for (const entry of changes.toReversed()) first = applied(first, entry, 'old', states)
  first = withMoments(first, { ...first, resolvedAt: null, closedAt: null, reopenCount: 0 }, createdAt)
  const steps: CourseStep[] = [
    {
      row: 0,
      identity: '0'.repeat(16),
      at: createdAt,
      type: 'ticket.imported',
      before: null,
      after: first,
      by: told.requester,
      updatedBy: null,
    },
  ]
  const add = (at: number, after: Snapshot, identity: string, by: string | null) => {
    const before = steps.at(-1)!.after
    const type = stepType(before, after)
    if (type !== null)
      steps.push({
        row: steps.length,
        identity,
        at: Math.max(at, steps.at(-1)!.at),
        type,
        before,
        after,
        by,
        updatedBy: null,
      })
  }
  for (const entry of changes) {
    const before = steps.at(-1)!.after
    add(entry.at, withMoments(applied(before, entry, 'new', states), before, entry.at), entry.identity, entry.by)
  }
  const last = steps.at(-1)!.after
  if (last.state !== end.state) {
    if (
      end.state === 'closed' &&
      last.state !== 'resolved' &&
      told.resolvedAt !== null &&
      told.closedAt !== null &&
      told.resolvedAt < told.closedAt
    )
      add(
        told.resolvedAt,
        { ...last, state: 'resolved', sourceState: 'resolved', waitingSince: null, resolvedAt: told.resolvedAt },
        `5${'0'.repeat(15)}`,
        null,
      )
    add(end.closedAt ?? end.resolvedAt ?? lastAt, { ...end, reopenCount: last.reopenCount }, `6${'0'.repeat(15)}`, null)
  } else
    add(
      lastAt,
      { ...last, ...Object.fromEntries(compared.map((field) => [field, end[field]])) },
      `7${'0'.repeat(15)}`,
      null,
    )
  return { steps, createdAt, lastAt }
}
