import { type Db, sql } from '../../platform/db.ts'
import { completeEvent, type RecordedEvent } from '../../platform/events.ts'
import { newId } from '../../platform/identifiers.ts'
import type { TicketSettings } from './origin.ts'

/** A register whose records have a name and remember, as `source_key`, under which name a source knows them. */
export interface Register {
  table: 'persons' | 'teams' | 'queues' | 'vendors' | 'categories'
  subject: string
  /** Records with the same name are the same: a record of that name is taken over. People may share a name. */
  uniqueName: boolean
}

export const registers = {
  persons: { table: 'persons', subject: 'person', uniqueName: false },
  teams: { table: 'teams', subject: 'team', uniqueName: true },
  queues: { table: 'queues', subject: 'queue', uniqueName: true },
  vendors: { table: 'vendors', subject: 'vendor', uniqueName: true },
} satisfies Record<string, Register>

/** An event about something the import makes, by the import's own actor. */
export const importEvent = (
  settings: TicketSettings,
  type: string,
  subject: { kind: string; id: string },
  after: Record<string, unknown>,
): RecordedEvent =>
  completeEvent(
    { type, subject, after: { ...after, source: settings.origin.source }, actor: settings.actor },
    { ...settings.actor, organisation: settings.organisation } as Parameters<typeof completeEvent>[1],
    settings.importedAt,
  )

/** The ids of records by the names a source uses, kept for the whole run; what is missing is made. */
export class NameRegistry {
  readonly #register: Register
  readonly #settings: TicketSettings
  readonly #prefix: string
  readonly #ids = new Map<string, string>()

  constructor(register: Register, settings: TicketSettings) {
    this.#register = register
    this.#settings = settings
    this.#prefix = `${settings.origin.source}:`
  }

  /** The id of a name that was made sure of before. */
  id(name: string): string {
    const id = this.#ids.get(name)
    if (id === undefined) throw new Error(`${this.#register.table} without a record for an imported name`)
    return id
  }

  /** Makes sure that there is a record for each name. Answers the names newly made, with an event for each. */
  async ensure(tx: Db, names: Iterable<string>): Promise<{ made: string[]; events: RecordedEvent[] }> {
    const unknown = [...new Set(names)].filter((name) => !this.#ids.has(name))
    if (unknown.length === 0) return { made: [], events: [] }
    await this.#find(tx, unknown)
    const missing = unknown.filter((name) => !this.#ids.has(name))
    if (missing.length === 0) return { made: [], events: [] }
    const { table, subject } = this.#register
    await sql`insert into ${sql.table(table)} (id, organisation_id, name, source_key)
      select g.id, ${this.#settings.organisation}, g.name, ${this.#prefix} || g.name from unnest(${missing.map(() => newId())}::uuid[], ${missing}::text[]) as g(id, name)
      on conflict do nothing`.execute(tx)
    await this.#find(tx, missing)
    return {
      made: missing,
      events: missing.map((name) =>
        importEvent(this.#settings, `${subject}.created`, { kind: subject, id: this.id(name) }, { name }),
      ),
    }
  }

  async #find(tx: Db, names: readonly string[]): Promise<void> {
    const { table, uniqueName } = this.#register
    const { rows } = await sql<{ name: string; id: string }>`
      select g.name, r.id from unnest(${names}::text[]) as g(name) join ${sql.table(table)} r
        on r.organisation_id = ${this.#settings.organisation} and (r.source_key = ${this.#prefix} || g.name ${uniqueName ? sql`or lower(r.name) = lower(g.name)` : sql``})
      order by (r.source_key = ${this.#prefix} || g.name) is not true`.execute(tx)
    for (const { name, id } of rows) if (!this.#ids.has(name)) this.#ids.set(name, id)
  }
}
