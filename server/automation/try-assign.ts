import { type AssignWay, isAssignWay, type RuleEffect } from '../../contract/ticket-rules.ts'
import type { Ctx } from '../platform/ctx.ts'
import { candidates, neededFor } from './candidates-store.ts'
import type { KnownTicket } from './facts-store.ts'
import { type Candidate, type Choice, chooseAssignee } from './rules/whose-turn.ts'

export type Tried = Choice & { way: AssignWay; needed: string[] }

/**
 * Tries an assignment by load or in turn on one ticket after another, as those who serve are there now: turns and load go on from ticket to ticket as they would.
 * Answers a function that says nothing (null) where the effects do not choose anybody. People and skills are asked once for each queue and category.
 */
export function assignTrial(ctx: Ctx, rule: string | null, effects: readonly RuleEffect[]) {
  const at = effects.findLastIndex((effect) => effect.do === 'assignee' && isAssignWay(effect.value))
  const value = effects[at]?.value ?? ''
  const earlier = (what: string): string | undefined =>
    effects.slice(0, Math.max(at, 0)).findLast((effect) => effect.do === what)?.value
  const staff = new Map<string, Candidate[]>()
  const skills = new Map<string, string[]>()
  let turns = 0

  return async (ticket: KnownTicket): Promise<Tried | null> => {
    if (!isAssignWay(value)) return null
    const queue = earlier('queue') ?? ticket.facts.queue
    const category = earlier('category') ?? ticket.category
    const crowd = `${queue} ${ticket.confidential}`
    const people = staff.get(crowd) ?? (await candidates(ctx.tx, queue, rule, ticket.confidential))
    staff.set(crowd, people)
    const needed =
      skills.get(category ?? '') ??
      (await neededFor(ctx.tx, ctx.actor.organisation, category, effects[at]!.skills ?? []))
    skills.set(category ?? '', needed)
    const choice = chooseAssignee(people, value, needed)
    const chosen = people.find(({ id }) => id === choice.person)
    if (chosen !== undefined) {
      chosen.open += 1
      chosen.turn = new Date(Date.parse(ctx.now) + ++turns).toISOString()
    }
    return { ...choice, way: value, needed }
  }
}
