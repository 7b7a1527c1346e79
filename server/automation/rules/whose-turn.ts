import type { AssignWay } from '../../../contract/ticket-rules.ts'

export interface Candidate {
  id: string
  /** Open tickets they have. */
  open: number
  /** When it was their turn last, ISO; null: never. */
  turn: string | null
  /** Away now, as they said. */
  away: boolean
  /** What they can do of what is needed. */
  skills: readonly string[]
}

/** Why nobody was chosen: nobody serves the queue, nobody who does has the skills, or those who have them are all away. */
export type WhyNobody = 'unserved' | 'unskilled' | 'away'

/** Whom a ticket is given to, and how it came about. */
export type Choice =
  | { person: string; among: number; ties: number; open: number; turn: string | null }
  | { person: null; why: WhyNobody }

/** A choice as it is kept: with the ids of the skills that were needed, and who was told where there was nobody. */
export type Chosen = Choice & { needed: string[]; told: string[] }

/**
 * Of those who serve a queue: first whoever has all the skills needed, then whoever is there; of these the one with the fewest open tickets, or the one who has waited
 * longest for a turn. `among`: how many came into question; `ties`: how many of them had as few. Never anybody else: where there is nobody, it says why.
 */
export function chooseAssignee(people: readonly Candidate[], way: AssignWay, needed: readonly string[]): Choice {
  const skilled = people.filter((one) => needed.every((skill) => one.skills.includes(skill)))
  const there = skilled.filter((one) => !one.away)
  const least = Math.min(...there.map((one) => one.open))
  const best = way === 'in-turn' ? there : there.filter((one) => one.open === least)
  const chosen = best.toSorted(byTurn)[0]
  if (chosen !== undefined)
    return { person: chosen.id, among: there.length, ties: best.length, open: chosen.open, turn: chosen.turn }
  return { person: null, why: people.length === 0 ? 'unserved' : skilled.length === 0 ? 'unskilled' : 'away' }
}

const byTurn = (a: Candidate, b: Candidate): number => {
  const [x, y] = [a.turn ?? '', b.turn ?? '']
  return x < y ? -1 : x > y ? 1 : a.id < b.id ? -1 : 1
}
