import type { Snapshot, Step } from '../rules/incident-history.ts'
import type { FieldTexts, KnownTicket } from './known-tickets.ts'
import { stepType } from './rules/course.ts'

type Field = keyof FieldTexts

const snapshotField: Partial<Record<Field, (keyof Snapshot)[]>> = {
  state: ['state', 'sourceState', 'waitingSince', 'resolvedAt', 'closedAt', 'reopenCount'],
  priority: ['priority', 'impact', 'urgency'],
  queue: ['group'],
  assignee: ['assignee'],
  requester: ['requester'],
  category: ['category', 'subcategory'],
}
/** What happened at the source since, on top of what it said last; fields that stay as they are here take no part. */
export function freshSteps(
  steps: readonly (Step & { identity: string })[],
  known: KnownTicket,
  end: Snapshot,
  writes: readonly Field[],
  isTaken: (identity: string) => boolean,
): Step[] {
  const before = (field: string) => known.said[field]?.text ?? ''
  const state = (before('state') || end.state) as Snapshot['state']
  const [category = '', subcategory] = before('category').split('\u001f')
  let now: Snapshot = {
    ...end,
    state,
    sourceState: state,
    priority: Number(before('priority')) || end.priority,
    group: before('queue') || null,
    assignee: before('assignee') || null,
    requester: before('requester') || null,
    category: category || null,
    subcategory: subcategory ?? null,
    ...(state === end.state ? {} : { waitingSince: null, resolvedAt: null, closedAt: null }),
  }
  const parts = writes.flatMap((field) => snapshotField[field] ?? [])
  const fresh: Step[] = []
  const move = (step: Step, from: Snapshot | null, to: Snapshot) => {
    const changed = parts.filter((part) => from === null || from[part] !== to[part])
    const after: Snapshot = { ...now, ...Object.fromEntries(changed.map((part) => [part, to[part]])) }
    const type = stepType(now, after)
    if (type !== null) fresh.push({ ...step, row: fresh.length, type, before: now, after })
    now = after
  }
  const synthetic = /^[0567]0{15}$/
  for (const step of steps)
    if (!synthetic.test(step.identity) && !isTaken(step.identity)) move(step, step.before, step.after)
  const last = steps.at(-1)!
  move({ ...last, by: synthetic.test(last.identity) ? null : last.by }, null, end)
  return fresh
}
