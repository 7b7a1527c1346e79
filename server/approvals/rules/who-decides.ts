/** What must be known of people to say who decides. Ids of persons. */
export interface People {
  readonly requester: string | null
  /** Those who can decide at all: active, with an open account. */
  readonly able: ReadonlySet<string>
  readonly managerOf: ReadonlyMap<string, string>
  readonly coordinators: readonly string[]
  readonly administrators: readonly string[]
}
export interface Candidate {
  readonly person: string
  readonly insteadOf: string | null
  readonly why: 'own_request' | 'left' | null
}

/** The managers above a person, nearest first; a circle ends. */
export function managersAbove(person: string, managerOf: ReadonlyMap<string, string>): string[] {
  const above: string[] = []
  let one = managerOf.get(person)
  while (one !== undefined && one !== person && !above.includes(one)) {
    above.push(one)
    one = managerOf.get(one)
  }
  return above
}

/** Those who take the place of somebody who cannot decide: the nearest manager above who can, else the coordinators, else the administrators. */
function inPlaceOf(person: string, p: People): string[] {
  const above = managersAbove(person, p.managerOf).find((one) => can(one, p))
  return above === undefined ? fallback(p) : [above]
}
const can = (one: string, p: People): boolean => p.able.has(one) && one !== p.requester
function fallback(p: People): string[] {
  const coordinators = p.coordinators.filter((one) => can(one, p))
  return coordinators.length > 0 ? coordinators : p.administrators.filter((one) => can(one, p))
}

/**
 * Who fills a seat. Nobody decides on their own request: of several it leaves the requester out, alone somebody takes over; the same for who has
 * left. `named`: those the definition means, in order; where it means nobody (no manager, an empty team), whoever would take over for the requester.
 */
export function candidatesOf(named: readonly string[], p: People): Candidate[] {
  const fine = [...new Set(named)].filter((one) => p.able.has(one) && one !== p.requester)
  if (fine.length > 0) return fine.map((person) => ({ person, insteadOf: null, why: null }))
  const from = named[0] ?? p.requester
  const substitutes = from === null ? fallback(p) : inPlaceOf(from, p)
  const why = named.length > 0 && named[0] === p.requester ? 'own_request' : 'left'
  return substitutes.map((person) => ({ person, insteadOf: named[0] ?? null, why: named.length === 0 ? null : why }))
}

/** The manager of a level above the requester (1: their own); the highest there is where there are not so many. Null where there is none. */
export function managerAt(
  requester: string | null,
  level: number,
  managerOf: ReadonlyMap<string, string>,
): string | null {
  if (requester === null) return null
  const above = managersAbove(requester, managerOf)
  return above[level - 1] ?? above.at(-1) ?? null
}
