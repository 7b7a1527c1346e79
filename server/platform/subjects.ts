import type { Actor, Ctx } from './ctx.ts'
import { type Db, sql } from './db.ts'
import type { RawBuilder } from 'kysely'
import type { Refusal } from './errors.ts'
import { type NamesOthers, type Told, withoutUnseen } from './unseen-names.ts'

/**
 * What the floors below may know of a kind of record that things are attached to (commitments, notes, files,
 * notifications): who sees it, what it is called, and what to do when its due moment moves. Each capability that owns
 * such records registers its kind in main.ts; nobody below imports it.
 */
export interface SubjectKind extends NamesOthers {
  kind: string
  /** Condition that holds where the actor also sees what is internal to it: internal notes and what hangs on them. */
  insider(actor: Actor, idColumn: RawBuilder<unknown>): RawBuilder<boolean>
  describe(db: Db, ids: readonly string[]): Promise<Map<string, { reference: string; title: string }>>
  /** Where the web app shows it, below the public address. */
  path?(what: { id: string; reference: string }): string
  /** Keeps the record's copy of its earliest due moment (ISO instant, null while none runs) without touching `updated_at`. */
  dueMoved?(tx: Db, moved: readonly { id: string; dueAt: string | null }[]): Promise<void>
  /** Holds those of the records that nobody else holds for the rest of the transaction, without waiting, and answers which. */
  hold?(tx: Db, ids: readonly string[]): Promise<string[]>
  /** Who stands around a record, for those who must hear of it. */
  people?(db: Db, ids: readonly string[]): Promise<Map<string, SubjectPeople>>
  /** Holds the record for the rest of the transaction, and says why nothing more can be asked about it; null where it can. */
  whyNotAsk?(tx: Db, id: string): Promise<Refusal | null>
  /** Makes the record one step more urgent, as a ladder asks; nothing where it is at its highest. */
  raisePriority?(ctx: Ctx, id: string): Promise<void>
}

/** Ids of persons and of the teams that serve the record. */
export interface SubjectPeople {
  assignee: string | null
  requester: string | null
  watchers: readonly string[]
  teams: readonly string[]
}

export class Subjects {
  readonly #kinds = new Map<string, SubjectKind>()

  register(kind: SubjectKind): void {
    this.#kinds.set(kind.kind, kind)
  }

  get(kind: string): SubjectKind | undefined {
    return this.#kinds.get(kind)
  }

  /** The kinds of records that have a visibility rule. */
  kinds(): string[] {
    return [...this.#kinds.keys()]
  }

  /** Condition over `subject_kind` and `subject_id` columns: the actor sees the subject, which is of one of the kinds. */
  visible(
    actor: Actor,
    kindColumn: RawBuilder<unknown>,
    idColumn: RawBuilder<unknown>,
    kinds: readonly string[] = this.kinds(),
  ): RawBuilder<boolean> {
    const each = [...this.#kinds.values()]
      .filter((k) => kinds.includes(k.kind))
      .map((k) => sql<boolean>`(${kindColumn} = ${k.kind} and ${k.visible(actor, idColumn)})`)
    return each.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(each, sql` or `)})`
  }

  /** The same for what only those who work on the subject do: waive its commitments, read its internal notes. */
  insider(actor: Actor, kindColumn: RawBuilder<unknown>, idColumn: RawBuilder<unknown>): RawBuilder<boolean> {
    const each = [...this.#kinds.values()].map(
      (k) => sql<boolean>`(${kindColumn} = ${k.kind} and ${k.insider(actor, idColumn)})`,
    )
    return each.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(each, sql` or `)})`
  }

  /** Those of the given records that the actor sees. */
  async visibleIds(db: Db, actor: Actor, kind: string, ids: readonly string[]): Promise<Set<string>> {
    const registered = this.#kinds.get(kind)
    if (registered === undefined || ids.length === 0) return new Set()
    const { rows } = await sql<{
      id: string
    }>`select g.id from unnest(${ids}::uuid[]) as g(id) where ${registered.visible(actor, sql.ref('g.id'))}`.execute(db)
    return new Set(rows.map((row) => row.id))
  }

  /** Holds a record for the rest of the transaction, and says why nothing more can be asked about it; null where it can. */
  async whyNotAsk(tx: Db, about: { kind: string; id: string }): Promise<Refusal | null> {
    return (await this.#kinds.get(about.kind)?.whyNotAsk?.(tx, about.id)) ?? null
  }

  /** Events as the reader may read them, in their order: without the names of records that the reader does not see. */
  async asSeen<E extends Told>(db: Db, actor: Actor, events: readonly E[], kindOf: (event: E) => string): Promise<E[]> {
    const seen = [...events]
    for (const kind of this.#kinds.values()) {
      if (kind.named === undefined) continue
      const at = seen.flatMap((event, place) => (kindOf(event) === kind.kind ? [place] : []))
      const told = await withoutUnseen(
        db,
        actor,
        kind,
        at.map((place) => seen[place]!),
      )
      at.forEach((place, i) => (seen[place] = told[i]!))
    }
    return seen
  }

  async describe(
    db: Db,
    subjects: readonly { kind: string; id: string }[],
  ): Promise<Map<string, { reference: string; title: string }>> {
    const found = new Map<string, { reference: string; title: string }>()
    for (const registered of this.#kinds.values()) {
      const ids = subjects.filter((s) => s.kind === registered.kind).map((s) => s.id)
      if (ids.length > 0) for (const [id, what] of await registered.describe(db, ids)) found.set(id, what)
    }
    return found
  }
}
