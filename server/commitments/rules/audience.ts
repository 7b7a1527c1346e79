import type { LadderStep } from '../../../contract/commitments.ts'

/** Whom a step may reach, by the ids of persons who can sign in. Teams stand for their members. */
export interface Around {
  /** The owner, or the members of the team that owns. */
  readonly owner: readonly string[]
  readonly assignee: string | null
  readonly teamMembers: readonly string[]
  readonly leads: readonly string[]
  readonly coordinators: readonly string[]
  readonly administrators: readonly string[]
  readonly requester: string | null
  readonly watchers: readonly string[]
  /** Who was called because of the step, if it calls. */
  readonly onCall: readonly string[]
}

/**
 * Who hears of a ladder step, each person once. A step that names somebody but reaches nobody goes to the coordinators, else to the
 * administrators: nothing is dropped in silence.
 */
export function audienceOf(step: Pick<LadderStep, 'notify'>, around: Around): string[] {
  const reached = new Set<string>()
  for (const whom of step.notify) for (const person of personsOf(whom, around)) reached.add(person)
  if (reached.size > 0 || step.notify.length === 0) return [...reached]
  return [...(around.coordinators.length > 0 ? around.coordinators : around.administrators)]
}

function personsOf(whom: LadderStep['notify'][number], around: Around): readonly string[] {
  const one = (person: string | null) => (person === null ? [] : [person])
  switch (whom) {
    case 'owner':
      return around.owner
    case 'assignee':
      return one(around.assignee)
    case 'team':
      return around.teamMembers
    case 'lead':
      return around.leads
    case 'coordinators':
      return around.coordinators
    case 'requester':
      return one(around.requester)
    case 'watchers':
      return around.watchers
    case 'on_call':
      return around.onCall
  }
}

/** How a step is told: before, at, or after the due moment. */
export function tellingOf(
  step: Pick<LadderStep, 'percent' | 'workingSeconds' | 'clockSeconds'>,
): 'ahead' | 'due' | 'late' {
  const after = step.percent !== undefined ? step.percent - 100 : (step.workingSeconds ?? step.clockSeconds ?? 0)
  return after < 0 ? 'ahead' : after === 0 ? 'due' : 'late'
}
