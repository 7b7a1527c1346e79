import type { Ctx } from '../platform/ctx.ts'
import { type Db, sql } from '../platform/db.ts'
import { newId } from '../platform/identifiers.ts'
import { saveVendor } from './store.ts'

export interface NewVendor {
  id: string
  name: string
}

const plain = (name: string): string => name.trim().toLowerCase()

/** Vendors of an organisation by name, made in memory where there is none. */
export class VendorNames {
  readonly #ids = new Map<string, string>()
  readonly #known = new Set<string>()
  #made: NewVendor[] = []

  static async load(db: Db, organisation: string): Promise<VendorNames> {
    const names = new VendorNames()
    const { rows } = await sql<NewVendor>`select id, name from vendors where organisation_id = ${organisation}`.execute(
      db,
    )
    for (const { id, name } of rows) names.#put(id, name)
    return names
  }

  #put(id: string, name: string): void {
    this.#ids.set(plain(name), id)
    this.#known.add(id)
  }

  has = (id: string): boolean => this.#known.has(id)

  idOf(name: string): string {
    const found = this.#ids.get(plain(name))
    if (found !== undefined) return found
    const id = newId()
    this.#put(id, name)
    this.#made.push({ id, name: name.trim() })
    return id
  }

  /** What was made since it was last asked. */
  takeMade(): NewVendor[] {
    const made = this.#made
    this.#made = []
    return made
  }
}

/** Writes vendors that a file named, each with its event. */
export async function writeVendors(ctx: Ctx, made: readonly NewVendor[]): Promise<void> {
  for (const { id, name } of made) {
    const vendor = { name, email: null, phone: null, note: '', calendar: null, active: true }
    await saveVendor(ctx.tx, id, ctx.actor.organisation, vendor)
    ctx.record({ type: 'vendor.created', subject: { kind: 'vendor', id }, after: vendor })
  }
}
