import type { Breach } from './clock.ts'

/** A breach on record. Seconds. */
export interface KnownBreach {
  readonly id: string
  readonly generation: number
  readonly deadline: number
  readonly supersededAt: number | null
}

export interface BreachChanges {
  /** To be written, in this order. */
  readonly found: readonly Breach[]
  /** On record, no longer valid. */
  readonly superseded: readonly { readonly id: string; readonly at: number }[]
  /** Valid once the changes are made. */
  readonly valid: readonly { readonly generation: number; readonly deadline: number }[]
}

/**
 * Compares the breaches of a replay with those on record. None is ever deleted: one that the replay no longer finds is superseded (an event
 * that arrived late took it back), unless its due moment still lies ahead of the moment judged, as after a clock of the machine was set back.
 */
export function reconcileBreaches(
  replayed: readonly Breach[],
  known: readonly KnownBreach[],
  asOf: number,
): BreachChanges {
  if (replayed.length === 0 && known.length === 0) return { found: [], superseded: [], valid: [] }
  const left = new Set(known)
  const found: Breach[] = []
  const superseded: { id: string; at: number }[] = []
  const valid: { generation: number; deadline: number }[] = []
  for (const breach of replayed) {
    const same = (k: KnownBreach) => k.generation === breach.generation && k.deadline === breach.deadline
    const match =
      [...left].find((k) => same(k) && (k.supersededAt === null) === (breach.supersededAt === null)) ??
      (breach.supersededAt === null ? undefined : [...left].find(same))
    if (match === undefined) found.push(breach)
    else {
      left.delete(match)
      if (match.supersededAt === null && breach.supersededAt !== null)
        superseded.push({ id: match.id, at: breach.supersededAt })
    }
    if (breach.supersededAt === null) valid.push(breach)
  }
  for (const k of left) {
    if (k.supersededAt !== null) continue
    const isReplaced = valid.some((v) => v.generation === k.generation)
    if (k.deadline < asOf || isReplaced) superseded.push({ id: k.id, at: asOf })
    else valid.push(k)
  }
  return { found, superseded, valid }
}
