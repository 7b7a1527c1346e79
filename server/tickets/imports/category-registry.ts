import { type Db, sql } from '../../platform/db.ts'
import type { RecordedEvent } from '../../platform/events.ts'
import { newId } from '../../platform/identifiers.ts'
import type { TicketSettings } from './origin.ts'
import { importEvent } from './name-registry.ts'

interface Named {
  category: string | null
  subcategory: string | null
}

const pathOf = (category: string, subcategory: string | null) =>
  subcategory === null ? category : `${category}/${subcategory}`

/** Categories in two levels. A subcategory without its category is not known well enough to be kept. */
export class CategoryRegistry {
  readonly #settings: TicketSettings
  readonly #ids = new Map<string, string>()

  constructor(settings: TicketSettings) {
    this.#settings = settings
  }

  #keyOf(category: string, subcategory: string | null): string {
    return `${this.#settings.origin.source}:${pathOf(category, subcategory)}`
  }

  id({ category, subcategory }: Named): string | null {
    return category === null ? null : (this.#ids.get(this.#keyOf(category, subcategory)) ?? null)
  }

  async ensure(tx: Db, named: readonly Named[]): Promise<RecordedEvent[]> {
    const tops = new Map<string, { key: string; name: string; parent: null }>()
    const subs = new Map<string, { key: string; name: string; parent: string }>()
    for (const { category, subcategory } of named) {
      if (category === null) continue
      const top = this.#keyOf(category, null)
      if (!this.#ids.has(top)) tops.set(top, { key: top, name: category, parent: null })
      if (subcategory === null) continue
      const key = this.#keyOf(category, subcategory)
      if (!this.#ids.has(key)) subs.set(key, { key, name: subcategory, parent: top })
    }
    return [...(await this.#make(tx, [...tops.values()])), ...(await this.#make(tx, [...subs.values()]))]
  }

  async #make(
    tx: Db,
    wanted: readonly { key: string; name: string; parent: string | null }[],
  ): Promise<RecordedEvent[]> {
    if (wanted.length === 0) return []
    const rows = wanted.map((w) => ({ ...w, parent: w.parent === null ? null : this.#ids.get(w.parent)!, id: newId() }))
    const columns = [rows.map((r) => r.id), rows.map((r) => r.name), rows.map((r) => r.parent), rows.map((r) => r.key)]
    const given = sql`unnest(${columns[0]}::uuid[], ${columns[1]}::text[], ${columns[2]}::uuid[], ${columns[3]}::text[]) as g(id, name, parent_id, key)`
    await sql`insert into categories (id, organisation_id, name, parent_id, source_key) select g.id, ${this.#settings.organisation}, g.name, g.parent_id, g.key from ${given} on conflict do nothing`.execute(
      tx,
    )
    const found = await sql<{ key: string; id: string }>`
      select g.key, c.id from ${given} join categories c on c.organisation_id = ${this.#settings.organisation}
        and (c.source_key = g.key or (c.parent_id is not distinct from g.parent_id and lower(c.name) = lower(g.name)))
      order by c.source_key is not distinct from g.key`.execute(tx)
    for (const { key, id } of found.rows) this.#ids.set(key, id)
    const made = new Set(found.rows.map((r) => r.id))
    return rows
      .filter((r) => made.has(r.id))
      .map((r) =>
        importEvent(
          this.#settings,
          'category.created',
          { kind: 'category', id: r.id },
          { name: r.name, parent: r.parent },
        ),
      )
  }
}
