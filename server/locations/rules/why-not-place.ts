import type { Refusal } from '../../platform/errors.ts'

export type LocationKind = 'site' | 'building' | 'floor' | 'room' | 'stock_room'

/** From the outside in. A room may lie in a room (a cage, a cabinet), a building on a campus. */
const rank: Record<LocationKind, number> = { site: 0, building: 1, floor: 2, room: 3, stock_room: 3 }

export interface Place {
  readonly id: string
  readonly kind: LocationKind
  /** `/a/b/` down to itself. */
  readonly path: string
}

/** Null where a location of a kind can lie there: inside something larger or of its own kind, and never inside itself. */
export function whyNotPlace(moved: { id: string; kind: LocationKind }, parent: Place | null): Refusal | null {
  if (parent === null) return null
  if (parent.id === moved.id || parent.path.includes(`/${moved.id}/`)) return { code: 'locations.circle' }
  return rank[parent.kind] > rank[moved.kind]
    ? { code: 'locations.larger-inside', params: { kind: moved.kind, parent: parent.kind } }
    : null
}

/** Null where a location of a kind can hold what lies in it. */
export function whyNotKind(kind: LocationKind, children: readonly LocationKind[]): Refusal | null {
  const larger = children.find((child) => rank[child] < rank[kind])
  return larger === undefined ? null : { code: 'locations.larger-inside', params: { kind: larger, parent: kind } }
}
