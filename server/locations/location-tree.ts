import type { Ctx } from '../platform/ctx.ts'
import type { Db } from '../platform/db.ts'
import { changes } from '../platform/events.ts'
import type { Refusal } from '../platform/errors.ts'
import { newId } from '../platform/identifiers.ts'
import { type LocationKind, whyNotKind, whyNotPlace } from './rules/why-not-place.ts'
import {
  allLocations,
  holdTree,
  insertLocation,
  type LocationColumns,
  saveLocation,
  type StoredLocation,
} from './store.ts'

/** Something a tree in memory did, to be done in the database. */
export interface TreeStep {
  before: StoredLocation | null
  after: StoredLocation
}

const plain = (name: string): string => name.trim().toLowerCase()
const inside: Record<LocationKind, LocationKind> = {
  site: 'building',
  building: 'floor',
  floor: 'room',
  room: 'room',
  stock_room: 'room',
}

/** The names along a path as a person writes it: `Site > Building > Floor`, or with ` / ` between. */
export const namesIn = (text: string): string[] =>
  text
    .split(text.includes('>') ? '>' : / \/ /)
    .map((name) => name.trim())
    .filter((name) => name !== '')

/**
 * All locations of an organisation in memory, found by name or path, made and moved there first: what a file says of fifty thousand records
 * is worked out at once, and written as the steps it took.
 */
export class LocationTree {
  readonly #nodes = new Map<string, StoredLocation>()
  readonly #byPlace = new Map<string, string>()
  /** Made here without anybody saying of what kind they are: that follows from where they lie. */
  readonly #kindOpen = new Set<string>()
  #steps: TreeStep[] = []

  static async load(db: Db, organisation: string): Promise<LocationTree> {
    const tree = new LocationTree()
    for (const l of await allLocations(db, organisation)) tree.#put(l)
    return tree
  }

  #put(l: StoredLocation): void {
    const before = this.#nodes.get(l.id)
    if (before !== undefined) this.#byPlace.delete(`${before.parent_id ?? ''} ${plain(before.name)}`)
    this.#nodes.set(l.id, l)
    this.#byPlace.set(`${l.parent_id ?? ''} ${plain(l.name)}`, l.id)
  }

  byId = (id: string): StoredLocation | undefined => this.#nodes.get(id)

  /** What lies in another of that name. */
  inside(parent: string | null, name: string): StoredLocation | undefined {
    const id = this.#byPlace.get(`${parent ?? ''} ${plain(name)}`)
    return id === undefined ? undefined : this.#nodes.get(id)
  }

  /** All of a name, wherever they are. */
  named = (name: string): StoredLocation[] => [...this.#nodes.values()].filter((l) => plain(l.name) === plain(name))

  /** The place a text names, by path from the top, or by a name that one place alone has. Null where there is none. */
  find(text: string): StoredLocation | 'several' | null {
    const whole = this.inside(null, text)
    if (whole !== undefined) return whole
    const names = namesIn(text)
    let at: StoredLocation | undefined
    for (const name of names) {
      at = this.inside(at?.id ?? null, name)
      if (at === undefined) break
    }
    if (at !== undefined) return at
    if (names.length > 1) return null
    const found = this.named(text)
    return found.length > 1 ? 'several' : (found[0] ?? null)
  }

  /** The place at the end of a path, made with whatever is missing on the way. Answers what was made besides. */
  make(names: readonly string[], parent: string | null = null): { place: StoredLocation; made: StoredLocation[] } {
    const made: StoredLocation[] = []
    let at = parent === null ? undefined : this.#nodes.get(parent)
    for (const name of names) {
      const known = this.inside(at?.id ?? null, name)
      const next = known ?? this.#add(name, at)
      if (known === undefined) made.push(next)
      at = next
    }
    return { place: at!, made }
  }

  #add(name: string, parent: StoredLocation | undefined): StoredLocation {
    const id = newId()
    const made: StoredLocation = {
      id,
      version: 1,
      kind: parent === undefined ? 'site' : inside[parent.kind],
      name,
      parent_id: parent?.id ?? null,
      path: `${parent?.path ?? '/'}${id}/`,
      full_name: parent === undefined ? name : `${parent.full_name} / ${name}`,
      street: null,
      postal_code: null,
      city: null,
      region: null,
      country: null,
      contact_id: null,
      note: '',
      active: true,
    }
    this.#put(made)
    this.#kindOpen.add(id)
    this.#steps.push({ before: null, after: made })
    return made
  }

  /** Why a place cannot have these columns; null where it has them from now on, with whatever lies inside it. */
  change(id: string, columns: Partial<LocationColumns>): Refusal | null {
    const before = this.#nodes.get(id)!
    const next = { ...before, ...columns }
    const parent = next.parent_id === null ? null : this.#nodes.get(next.parent_id)!
    const children = [...this.#nodes.values()].filter((l) => l.parent_id === id)
    const larger = (kind: LocationKind) =>
      whyNotKind(
        kind,
        children.filter((child) => !this.#kindOpen.has(child.id)).map((child) => child.kind),
      )
    if (columns.kind !== undefined) this.#kindOpen.delete(id)
    else if (parent !== null && (this.#kindOpen.has(id) || whyNotPlace({ id, kind: next.kind }, parent) !== null))
      next.kind = larger(inside[parent.kind]) === null ? inside[parent.kind] : parent.kind
    const refusal = whyNotPlace({ id, kind: next.kind }, parent) ?? larger(next.kind)
    if (refusal !== null) return refusal
    const other = this.inside(next.parent_id, next.name)
    if (other !== undefined && other.id !== id) return { code: 'locations.name-taken', params: { name: next.name } }
    if (!next.active && children.some((child) => child.active)) return { code: 'locations.holds-places' }
    const after = {
      ...next,
      version: before.version + 1,
      path: `${parent?.path ?? '/'}${id}/`,
      full_name: parent === null ? next.name : `${parent.full_name} / ${next.name}`,
    }
    this.#put(after)
    if (before.path !== after.path || before.full_name !== after.full_name)
      for (const l of this.#nodes.values())
        if (l.id !== id && l.path.startsWith(before.path))
          this.#put({
            ...l,
            path: after.path + l.path.slice(before.path.length),
            full_name: after.full_name + l.full_name.slice(before.full_name.length),
          })
    this.#steps.push({ before, after })
    for (const child of children)
      if (this.#kindOpen.has(child.id) && child.kind !== inside[after.kind]) {
        this.change(child.id, { kind: inside[after.kind] })
        this.#kindOpen.add(child.id)
      }
    return null
  }

  /** Takes back what was done since it was last asked. */
  undo(): void {
    for (const { before, after } of this.#steps.reverse()) {
      if (before !== null) this.#put(before)
      else {
        this.#nodes.delete(after.id)
        this.#byPlace.delete(`${after.parent_id ?? ''} ${plain(after.name)}`)
      }
    }
    this.#steps = []
  }

  /** What was done since it was last asked. */
  takeSteps(): TreeStep[] {
    const steps = this.#steps
    this.#steps = []
    return steps
  }
}

/** Does in the database what was done in memory, each step with its event. */
export async function writeSteps(ctx: Ctx, steps: readonly TreeStep[]): Promise<void> {
  if (steps.length === 0) return
  await holdTree(ctx.tx, ctx.actor.organisation)
  for (const { before, after } of steps) {
    const { path: _path, version: _version, id, ...told } = after
    if (before === null) {
      await insertLocation(ctx.tx, ctx.actor.organisation, after)
      ctx.record({ type: 'location.created', subject: { kind: 'location', id }, after: told })
      continue
    }
    await saveLocation(ctx.tx, before, after)
    const { path: _was, version: _before, id: _id, ...toldBefore } = before
    const type = before.parent_id === after.parent_id ? 'location.changed' : 'location.moved'
    ctx.record({ type, subject: { kind: 'location', id }, ...changes(toldBefore, told) })
  }
}
