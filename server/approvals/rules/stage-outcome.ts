import type { ApprovalStage } from '../../../contract/approvals.ts'
import type { Money } from '../../../contract/money.ts'

/** What one person said in a stage. */
export interface Said {
  readonly person: string
  readonly approve: boolean
}
export interface StageFacts {
  readonly need: ApprovalStage['need']
  readonly count: number
  /** Of each seat: those who can fill it. */
  readonly seats: readonly (readonly string[])[]
}

/** How many of those people there are must approve: never more than there are, so that no stage waits for nobody. */
const needed = ({ need, count }: StageFacts, people: number): number => Math.min(need === 'one' ? 1 : count, people)

/**
 * What a stage comes to. A function of what was said, not of the order in which: `one` and `count` are approved when so many people approved, and
 * refused when so many cannot any more; `all` is approved when of each seat somebody approved, and refused when of a seat everybody refused. Where nobody
 * is left to ask at all it is refused: what nobody approved is not approved.
 */
export function stageOutcome(stage: StageFacts, said: readonly Said[]): 'approved' | 'refused' | 'waiting' {
  const approved = new Set(said.filter((one) => one.approve).map((one) => one.person))
  const refused = new Set(said.filter((one) => !one.approve).map((one) => one.person))
  if (stage.seats.every((seat) => seat.length === 0)) return 'refused'
  if (stage.need === 'all') {
    if (stage.seats.some((seat) => seat.length > 0 && seat.every((person) => refused.has(person)))) return 'refused'
    return stage.seats.every((seat) => seat.some((person) => approved.has(person))) ? 'approved' : 'waiting'
  }
  const people = [...new Set(stage.seats.flat())]
  const enough = needed(stage, people.length)
  if (people.filter((person) => approved.has(person)).length >= enough) return 'approved'
  return people.filter((person) => !refused.has(person)).length < enough ? 'refused' : 'waiting'
}

/** Whether an amount makes a stage necessary. What cannot be compared (another currency) is asked about rather than let through. */
export function isNeeded(above: Money | null, amount: Money | null): boolean {
  if (above === null) return true
  if (amount === null) return false
  return amount.currency !== above.currency ? amount.minor > 0 : amount.minor > above.minor
}
