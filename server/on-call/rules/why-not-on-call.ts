import type { Layer, PathStep } from '../../../contract/on-call.ts'
import type { Refusal } from '../../platform/errors.ts'

/** What the shape of a schedule cannot say. `known`: ids of active persons of the organisation. */
export function whyNotSchedule(
  schedule: { layers: readonly Layer[]; path: readonly PathStep[] },
  known: ReadonlySet<string>,
): Refusal | null {
  for (const { name, members } of schedule.layers)
    if (members.some((id) => !known.has(id))) return { code: 'on-call.member-unknown', params: { layer: name } }
  const minutes = schedule.path.map((step) => step.afterMinutes)
  return minutes.some((m, i) => i > 0 && m <= minutes[i - 1]!) ? { code: 'on-call.path-order' } : null
}

/** Members of the team arrange their shifts among themselves; others need the right to change schedules. */
export const whyNotShift = (who: { member: boolean; mayWrite: boolean }): Refusal | null =>
  who.member || who.mayWrite ? null : { code: 'on-call.not-yours' }

export function whyNotTake(
  page: { state: string },
  who: { member: boolean; told: boolean; mayWrite: boolean },
): Refusal | null {
  if (!who.member && !who.told && !who.mayWrite) return { code: 'on-call.not-yours' }
  return page.state === 'taken' ? { code: 'on-call.taken-already' } : null
}
