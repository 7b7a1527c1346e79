import { sentence } from './catalogue.ts'
import type { RawBuilder } from 'kysely'
import type { Actor } from './ctx.ts'
import { type Db, sql } from './db.ts'
import { isId } from './identifiers.ts'

/** What an event tells of the fields of a record. */
export interface Told {
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
}

/** A kind of record whose events name others of the kind. */
export interface NamesOthers {
  /** Condition that holds where the actor sees the record whose id is `idColumn`. The capability's one visibility rule. */
  visible(actor: Actor, idColumn: RawBuilder<unknown>): RawBuilder<boolean>
  /**
   * In which fields of an event others are named: the id, and beside it what that one is called. `another`: the words (a code of the catalogue) for one
   * that a reader does not see.
   */
  named?: { fields: readonly { id: string; name: string }[]; another: string }
}

/**
 * Events about records of a kind as the reader may read them: of another record of the kind that an event names (`named`) and the reader does
 * not see, neither its id nor what it is called is left.
 */
export async function withoutUnseen<E extends Told>(
  db: Db,
  actor: Actor,
  kind: NamesOthers,
  events: readonly E[],
): Promise<E[]> {
  const { fields, another } = kind.named ?? { fields: [], another: '' }
  const idIn = (side: Told['before'], field: string): string | null => {
    const value = side?.[field]
    return typeof value === 'string' && isId(value) ? value : null
  }
  const idsIn = (side: Told['before']) => fields.flatMap(({ id }) => idIn(side, id) ?? [])
  const ids = new Set(events.flatMap(({ before, after }) => [...idsIn(before), ...idsIn(after)]))
  if (ids.size === 0) return [...events]
  const { rows } = await sql<{ id: string }>`
    select g.id from unnest(${[...ids]}::uuid[]) as g(id) where ${kind.visible(actor, sql.ref('g.id'))}`.execute(db)
  const seen = new Set(rows.map((row) => row.id))
  const side = (told: Told['before']): Told['before'] => {
    const hidden = fields.filter(({ id }) => {
      const named = idIn(told, id)
      return named !== null && !seen.has(named)
    })
    return hidden.length === 0
      ? told
      : {
          ...told,
          ...Object.fromEntries(
            hidden.flatMap(({ id, name }) => [
              [id, null],
              [name, sentence(another)],
            ]),
          ),
        }
  }
  return events.map((event) => ({ ...event, before: side(event.before), after: side(event.after) }))
}
