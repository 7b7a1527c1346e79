import type { AssetClass } from '../../contract/asset-models.ts'
import type { Ctx } from '../platform/ctx.ts'
import type { Db } from '../platform/db.ts'
import { newId } from '../platform/identifiers.ts'
import { followModel } from './actions/follow-model.ts'
import { allListed, insertListed, listedById, saveListed } from './models-store.ts'
import { isFiller, makerKey } from './rules/makers.ts'

export interface KnownModel {
  id: string
  name: string
  number: string | null
  manufacturer_id: string | null
  category_id: string
  life_months: number | null
  end_of_life_on: string | null
  note: string
}
export interface KnownCategory {
  id: string
  name: string
  class: AssetClass
}
type ModelColumns = Omit<KnownModel, 'id'>

/** Something the registry did in memory, to be done in the database. */
export type KindStep =
  | { list: 'manufacturers' | 'asset_categories' | 'asset_models'; id: string; made: Record<string, unknown> }
  | { list: 'asset_models'; id: string; before: KnownModel; changed: Partial<ModelColumns> }

const plain = (text: string): string => text.trim().toLowerCase()
/** Where something goes whose category nobody says. */
const withoutCategory = 'Other devices'

/**
 * Makers, categories and models of an organisation in memory: found by what people and firmware call them, made where they are missing. What was
 * made is written as steps, so that a file of fifty thousand rows asks the database once for each portion.
 */
export class KindRegistry {
  readonly #makers = new Map<string, { id: string; name: string }>()
  readonly #makerKeys = new Map<string, string>()
  readonly #categories = new Map<string, KnownCategory>()
  readonly #categoriesById = new Map<string, KnownCategory>()
  readonly #models = new Map<string, KnownModel>()
  readonly #byWord = new Map<string, Set<string>>()
  #steps: KindStep[] = []

  static async load(db: Db, organisation: string): Promise<KindRegistry> {
    const registry = new KindRegistry()
    for (const m of await allListed(db, 'manufacturers', organisation)) registry.#putMaker(m.id, m.name)
    for (const c of await allListed(db, 'asset_categories', organisation)) registry.#putCategory(c)
    for (const m of await allListed(db, 'asset_models', organisation)) registry.#putModel(m)
    return registry
  }

  #putMaker(id: string, name: string): void {
    if (!this.#makers.has(makerKey(name))) this.#makers.set(makerKey(name), { id, name })
    this.#makerKeys.set(id, makerKey(name))
  }
  #putCategory({ id, name, class: kind }: KnownCategory): void {
    const known = { id, name, class: kind }
    this.#categories.set(plain(name), known)
    this.#categoriesById.set(id, known)
  }
  #putModel(m: KnownModel): void {
    this.#models.set(m.id, m)
    for (const word of [m.name, m.number])
      if (word !== null) this.#byWord.set(plain(word), (this.#byWord.get(plain(word)) ?? new Set()).add(m.id))
  }

  categoryById = (id: string): KnownCategory | undefined => this.#categoriesById.get(id)
  isMaker = (id: string): boolean => this.#makerKeys.has(id)
  modelById = (id: string): KnownModel | undefined => this.#models.get(id)

  /** A category by name, made as one of devices where there is none. */
  category(name: string): KnownCategory {
    const found = this.#categories.get(plain(name || withoutCategory))
    if (found !== undefined) return found
    const made = { id: newId(), name: name || withoutCategory, class: 'device' as const }
    this.#putCategory(made)
    this.#steps.push({ list: 'asset_categories', id: made.id, made: { name: made.name, class: made.class } })
    return made
  }

  /** A maker by any spelling of the name, made where there is none; null where the name says nothing. */
  maker(name: string): string | null {
    if (isFiller(name) || makerKey(name) === '') return null
    const found = this.#makers.get(makerKey(name))
    if (found !== undefined) return found.id
    const id = newId()
    this.#putMaker(id, name)
    this.#steps.push({ list: 'manufacturers', id, made: { name } })
    return id
  }

  /** A model by name, number and maker as far as they are said: the number decides among those of one name. */
  findModel(given: { name: string; number: string; maker: string }): KnownModel | undefined {
    const maker = isFiller(given.maker) ? '' : makerKey(given.maker)
    const bearing = (word: string) => [...(this.#byWord.get(plain(word)) ?? [])].map((id) => this.#models.get(id)!)
    const fits = (m: KnownModel) =>
      maker === '' || m.manufacturer_id === null || this.#makerKeys.get(m.manufacturer_id) === maker
    const named = (given.name === '' ? bearing(given.number) : bearing(given.name)).filter(fits)
    const exact = named.filter((m) => maker !== '' && m.manufacturer_id !== null)
    const found = exact.length > 0 ? exact : named
    if (given.number === '' || given.name === '') return found.find((m) => m.number === null) ?? found[0]
    return (
      found.find((m) => plain(m.number ?? '') === plain(given.number)) ??
      // the name was given as number, or none was known
      found.find((m) => m.number === null && plain(m.name) === plain(given.name))
    )
  }

  makeModel(columns: ModelColumns): KnownModel {
    const made = { id: newId(), ...columns }
    this.#putModel(made)
    this.#steps.push({ list: 'asset_models', id: made.id, made: { ...columns } })
    return made
  }

  changeModel(before: KnownModel, changed: Partial<ModelColumns>): void {
    this.#putModel({ ...before, ...changed })
    this.#steps.push({ list: 'asset_models', id: before.id, before, changed })
  }

  /** Whether another model has this name, number and maker. */
  isTaken(id: string, m: Pick<KnownModel, 'name' | 'number' | 'manufacturer_id'>): boolean {
    return [...(this.#byWord.get(plain(m.name)) ?? [])]
      .map((one) => this.#models.get(one)!)
      .some(
        (one) =>
          one.id !== id &&
          plain(one.name) === plain(m.name) &&
          plain(one.number ?? '') === plain(m.number ?? '') &&
          one.manufacturer_id === m.manufacturer_id,
      )
  }

  /** What was done since it was last asked. */
  takeSteps(): KindStep[] {
    const steps = this.#steps
    this.#steps = []
    return steps
  }
}

const kinds = {
  manufacturers: 'manufacturer',
  asset_categories: 'asset-category',
  asset_models: 'asset-model',
} as const

/** Does in the database what was done in memory, each step with its event; what follows for assets of a changed model follows. */
export async function writeKinds(ctx: Ctx, steps: readonly KindStep[]): Promise<void> {
  const { organisation } = ctx.actor
  for (const step of steps) {
    const subject = { kind: kinds[step.list], id: step.id }
    if ('made' in step) {
      await insertListed(ctx.tx, step.list, organisation, step.id, step.made)
      ctx.record({ type: `${subject.kind}.created`, subject, after: step.made })
      continue
    }
    const before = (await listedById(ctx.tx, 'asset_models', organisation, step.id, true))!
    await saveListed(ctx.tx, 'asset_models', step.id, step.changed)
    const was = Object.fromEntries(
      Object.keys(step.changed).map((column) => [column, (before as unknown as Record<string, unknown>)[column]]),
    )
    const cause = ctx.record({ type: 'asset-model.changed', subject, before: was, after: step.changed })
    const after = (await listedById(ctx.tx, 'asset_models', organisation, step.id))!
    await followModel(ctx, before, after, cause)
  }
}
