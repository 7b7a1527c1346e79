import { tellAccess } from '../../people/public.ts'
import { type Db, sql } from '../../platform/db.ts'
import type { RecordedEvent } from '../../platform/events.ts'
import type { Origin, TicketSettings } from './origin.ts'
import { CategoryRegistry } from './category-registry.ts'
import { NameRegistry, registers } from './name-registry.ts'
import type { Snapshot, Step } from './rules/incident-history.ts'

/** Where tickets wait whose source names no group, if the organisation has no default queue. */
const withoutGroup = 'Service desk'

interface Persons {
  id(word: string): string
  ensure(tx: Db, words: Iterable<string>): Promise<{ events: RecordedEvent[] }>
}

/** People, teams, queues, categories and vendors that incidents name: found or made, and kept for the run. */
export class RelatedRecords {
  readonly origin: Origin
  readonly #persons: Persons
  readonly #teams: NameRegistry
  readonly #queues: NameRegistry
  readonly #vendors: NameRegistry
  readonly #categories: CategoryRegistry
  readonly #members = new Set<string>()
  readonly #organisation: string
  #defaultQueue: { id: string; name: string } | null = null

  constructor(settings: TicketSettings, persons: Persons = new NameRegistry(registers.persons, settings)) {
    this.origin = settings.origin
    this.#organisation = settings.organisation
    this.#persons = persons
    this.#teams = new NameRegistry(registers.teams, settings)
    this.#queues = new NameRegistry(registers.queues, settings)
    this.#vendors = new NameRegistry(registers.vendors, settings)
    this.#categories = new CategoryRegistry(settings)
  }

  /** Makes everything that these steps name. A group becomes a team and the queue it serves; who is assigned in it, a member. */
  async ensure(tx: Db, steps: readonly Step[], further: readonly string[] = []): Promise<RecordedEvent[]> {
    const named = (pick: (s: Snapshot) => string | null) =>
      steps.map((s) => pick(s.after)).filter((name) => name !== null)
    const groups = named((s) => s.group)
    const persons = await this.#persons.ensure(tx, [
      ...named((s) => s.requester),
      ...named((s) => s.assignee),
      ...steps.flatMap((s) => s.by ?? []),
      ...further,
    ])
    const teams = await this.#teams.ensure(tx, groups)
    const queues = await this.#queues.ensure(tx, groups)
    const vendors = await this.#vendors.ensure(
      tx,
      named((s) => s.vendor),
    )
    const categories = await this.#categories.ensure(
      tx,
      steps.map((s) => s.after),
    )
    await this.#findDefaultQueue(tx)
    await sql`insert into queue_teams (queue_id, team_id) select * from unnest(${queues.made.map((n) => this.#queues.id(n))}::uuid[], ${queues.made.map((n) => this.#teams.id(n))}::uuid[]) on conflict do nothing`.execute(
      tx,
    )
    const joined = await this.#join(tx, steps)
    if (joined || teams.made.length + queues.made.length > 0) await tellAccess(tx)
    return [...persons.events, ...teams.events, ...queues.events, ...vendors.events, ...categories]
  }

  person = (name: string | null): string | null => (name === null ? null : this.#persons.id(name))
  vendor = (name: string | null): string | null => (name === null ? null : this.#vendors.id(name))
  category = (s: Pick<Snapshot, 'category' | 'subcategory'>): string | null => this.#categories.id(s)
  /** The category and the one above it. */
  categories = (s: Pick<Snapshot, 'category' | 'subcategory'>): string[] =>
    [
      this.#categories.id(s),
      s.subcategory === null ? null : this.#categories.id({ category: s.category, subcategory: null }),
    ].filter((id) => id !== null)
  queue = (group: string | null): { id: string; name: string; teams: string[] } =>
    group === null
      ? { ...this.#defaultQueue!, teams: [] }
      : { id: this.#queues.id(group), name: group, teams: [this.#teams.id(group)] }

  async #findDefaultQueue(tx: Db): Promise<void> {
    if (this.#defaultQueue !== null) return
    const find = () =>
      sql<{
        id: string
        name: string
      }>`select id, name from queues where organisation_id = ${this.#organisation} and is_default`.execute(tx)
    let { rows } = await find()
    if (rows[0] === undefined) {
      await this.#queues.ensure(tx, [withoutGroup])
      await sql`update queues set is_default = true where id = ${this.#queues.id(withoutGroup)}`.execute(tx)
      rows = (await find()).rows
    }
    this.#defaultQueue = rows[0]!
  }

  async #join(tx: Db, steps: readonly Step[]): Promise<boolean> {
    const pairs = new Map<string, [string, string]>()
    for (const { after } of steps) {
      if (after.group === null || after.assignee === null) continue
      const pair: [string, string] = [this.#teams.id(after.group), this.#persons.id(after.assignee)]
      if (!this.#members.has(pair.join())) pairs.set(pair.join(), pair)
    }
    if (pairs.size === 0) return false
    const list = [...pairs.values()]
    await sql`insert into team_members (team_id, person_id) select * from unnest(${list.map((p) => p[0])}::uuid[], ${list.map((p) => p[1])}::uuid[]) on conflict do nothing`.execute(
      tx,
    )
    for (const key of pairs.keys()) this.#members.add(key)
    return true
  }
}
