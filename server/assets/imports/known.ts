import type { LocationTree, TreeStep } from '../../locations/public.ts'
import { LocationTree as Tree, namesIn, writeSteps } from '../../locations/public.ts'
import { type Meant, type NamedPersons, oneNamed } from '../../people/public.ts'
import type { Ctx } from '../../platform/ctx.ts'
import type { Db } from '../../platform/db.ts'
import type { Cells } from '../../platform/imports/cells.ts'
import { type NewVendor, VendorNames, writeVendors } from '../../vendors/public.ts'
import { KindRegistry, type KindStep, writeKinds } from '../kind-registry.ts'
import { cut } from '../../platform/rules/storable-text.ts'

/** What was made in memory on behalf of rows, to be written before the assets that need it. */
export interface MadeOnTheWay {
  kinds: KindStep[]
  places: TreeStep[]
  vendors: NewVendor[]
}

/** Everything that rows of assets name, of one organisation: found, or made in memory first. */
export class Known {
  readonly kinds: KindRegistry
  readonly #places: LocationTree
  readonly #vendors: VendorNames
  #named: NamedPersons

  private constructor(kinds: KindRegistry, places: LocationTree, vendors: VendorNames) {
    this.kinds = kinds
    this.#places = places
    this.#vendors = vendors
    this.#named = () => ({ email: null, username: null, number: null, names: [] })
  }

  static async load(db: Db, organisation: string): Promise<Known> {
    const kinds = await KindRegistry.load(db, organisation)
    return new Known(kinds, await Tree.load(db, organisation), await VendorNames.load(db, organisation))
  }

  /** The people of the rows that are read next. */
  hear(named: NamedPersons): void {
    this.#named = named
  }

  person = (word: string): Meant => oneNamed(this.#named, word)

  vendor = (name: string): string => this.#vendors.idOf(name)

  isThere = (column: 'location_id' | 'vendor_id', id: string): boolean =>
    column === 'vendor_id' ? this.#vendors.has(id) : this.#places.byId(id)?.active === true

  /** The open place a cell names, made where there is none; null, having said so, where nobody can know which. */
  location(cells: Cells, field: string): string | null {
    const text = cells.line(field, 300)
    const found = this.#places.find(text)
    if (found === 'several') cells.warn('location-several', { column: field, value: text })
    else if (found === null) {
      const names = namesIn(text).map((name) => cut(name, 120).trim())
      return names.length === 0 ? null : this.#places.make(names).place.id
    } else if (found.active) return found.id
    else cells.warn('location-closed', { column: field, value: text })
    return null
  }

  /** What was made since it was last asked. */
  takeMade(): MadeOnTheWay {
    return { kinds: this.kinds.takeSteps(), places: this.#places.takeSteps(), vendors: this.#vendors.takeMade() }
  }
}

/** Writes what rows needed and was not there, each with its event. */
export async function writeMade(ctx: Ctx, made: MadeOnTheWay): Promise<void> {
  await writeKinds(ctx, made.kinds)
  await writeSteps(ctx, made.places)
  await writeVendors(ctx, made.vendors)
}
