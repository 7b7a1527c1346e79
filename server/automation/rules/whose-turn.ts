export interface Candidate {
  id: string
  /** Open tickets they have. */
  open: number
  /** When it was their turn last, ISO; null: never. */
  turn: string | null
}

/** Whoever has the fewest open tickets; of several the one whose turn is longest ago. Null where nobody is there. */
export const leastLoaded = (people: readonly Candidate[]): string | null =>
  people.toSorted((a, b) => a.open - b.open || byTurn(a, b))[0]?.id ?? null

/** Whoever has waited longest for a turn. Null where nobody is there. */
export const nextInTurn = (people: readonly Candidate[]): string | null => people.toSorted(byTurn)[0]?.id ?? null

const byTurn = (a: Candidate, b: Candidate): number => {
  const [x, y] = [a.turn ?? '', b.turn ?? '']
  return x < y ? -1 : x > y ? 1 : a.id < b.id ? -1 : 1
}
