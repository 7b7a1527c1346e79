import type { Conditions } from '../../../contract/service-levels.ts'
import type { Said } from '../../calendars/rules/explain-due.ts'
import type { Terms } from '../../commitments/rules/terms.ts'
import type { Promised } from './happening.ts'

/** A service level in force, with the terms of its present version. */
export interface Level {
  readonly id: string
  readonly name: string
  readonly revision: number
  readonly conditions: Conditions
  readonly calendar: string
  readonly calendarVersion: string
  /** One for each kind of target, on the level's own calendar. */
  readonly terms: readonly Terms[]
}

type Facts = Promised['facts']

/** The first in order whose conditions all hold, with the sentence that says why; null where none fits. */
export function serviceLevelFor(levels: readonly Level[], facts: Facts): { level: Level; because: Said } | null {
  const level = levels.find((l) => holds(l.conditions, facts))
  return level === undefined ? null : { level, because: because(level, facts) }
}

/** Every condition that is given must hold; an empty list of values holds for none. */
export function holds(conditions: Conditions, facts: Facts): boolean {
  const { kinds, priorities, queues, categories, organisations } = conditions
  return (
    (kinds === undefined || (kinds as string[]).includes(facts.kind)) &&
    (priorities === undefined || priorities.includes(facts.priority)) &&
    (queues === undefined || queues.includes(facts.queue)) &&
    (categories === undefined || categories.some((id) => facts.categories.includes(id))) &&
    (organisations === undefined || organisations.includes(facts.organisation))
  )
}

export function because({ name, conditions }: Level, facts: Facts): Said {
  const given = (condition: unknown) => (condition === undefined ? 'none' : 'yes')
  return {
    code: 'service-levels.because',
    params: {
      name,
      kind: conditions.kinds === undefined ? 'none' : facts.kind,
      priority: conditions.priorities === undefined ? 'none' : String(facts.priority),
      queue: given(conditions.queues),
      category: given(conditions.categories),
      organisation: given(conditions.organisations),
    },
  }
}
