import { newId } from '../../platform/identifiers.ts'
import { type Db, sql } from '../../platform/db.ts'
import type { RecordedEvent } from '../../platform/events.ts'
import { importEvent } from './name-registry.ts'
import { personWord, type TicketSettings } from './origin.ts'

/**
 * People by the words of a source: by address first, then by what the source called them before, then by a name or username that only one active person has.
 * Who is not found is recorded without an account and without an invitation.
 */
export class PersonRegistry {
  readonly #settings: TicketSettings
  readonly #ids = new Map<string, string>()

  constructor(settings: TicketSettings) {
    this.#settings = settings
  }

  /** The id for a word that was made sure of before. */
  id(word: string): string {
    const id = this.#ids.get(word)
    if (id === undefined) throw new Error('a person without a record for an imported word')
    return id
  }

  /** The id where there is one: nobody is made to find out. */
  async find(db: Db, words: Iterable<string>): Promise<Map<string, string>> {
    const unknown = [...new Set(words)].filter((word) => !this.#ids.has(word))
    if (unknown.length > 0) await this.#find(db, unknown)
    return this.#ids
  }

  async ensure(tx: Db, words: Iterable<string>): Promise<{ events: RecordedEvent[] }> {
    const asked = [...new Set(words)]
    await this.find(tx, asked)
    // two words can be one person: `Ada <a@x>` and `a@x`
    const missing = new Map<string, { id: string; name: string; email: string | null; word: string }>()
    for (const word of asked) {
      if (this.#ids.has(word)) continue
      const person = personWord(word)
      const key = person.email ?? word
      const twin = missing.get(key)
      if (twin === undefined || twin.name === twin.email) missing.set(key, { id: twin?.id ?? newId(), ...person, word })
    }
    if (missing.size === 0) return { events: [] }
    const made = [...missing.values()]
    const { organisation, origin } = this.#settings
    await sql`insert into persons (id, organisation_id, name, source_key)
      select g.id, ${organisation}, g.name, ${origin.source} || ':' || g.word from unnest(${made.map((m) => m.id)}::uuid[], ${made.map((m) => m.name)}::text[], ${made.map((m) => m.word)}::text[]) as g(id, name, word)`.execute(
      tx,
    )
    const mailed = made.filter((m) => m.email !== null)
    await sql`insert into person_emails (email, person_id, position)
      select g.email, g.id, 0 from unnest(${mailed.map((m) => m.email)}::text[], ${mailed.map((m) => m.id)}::uuid[]) as g(email, id) on conflict do nothing`.execute(
      tx,
    )
    for (const word of asked)
      if (!this.#ids.has(word)) this.#ids.set(word, missing.get(personWord(word).email ?? word)!.id)
    const events = made.map(({ id, name, email }) =>
      importEvent(
        this.#settings,
        'person.created',
        { kind: 'person', id },
        { name, emails: email === null ? [] : [email] },
      ),
    )
    return { events }
  }

  /** The surest word first; each asks once for all, however little the database's planner knows of tables that are being filled. */
  async #find(db: Db, words: readonly string[]): Promise<void> {
    const { organisation, origin } = this.#settings
    const parts = words.map((word) => ({ word, ...personWord(word) }))
    const found = (rows: readonly { word: string; id: string }[]) => {
      for (const { word, id } of rows) if (!this.#ids.has(word)) this.#ids.set(word, id)
    }
    const mailed = parts.filter((p) => p.email !== null)
    const byEmail = await sql<{ email: string; id: string }>`
      select e.email, p.id from person_emails e join persons p on p.id = e.person_id
      where e.email = any(${mailed.map((p) => p.email)}::text[]) and p.organisation_id = ${organisation}`.execute(db)
    const ids = new Map(byEmail.rows.map((row) => [row.email, row.id]))
    found(mailed.flatMap(({ word, email }) => (ids.has(email!) ? [{ word, id: ids.get(email!)! }] : [])))
    const byKey = await sql<{ word: string; id: string }>`
      select substr(source_key, length(${origin.source}::text) + 2) as word, id from persons
      where source_key = any(${words.map((word) => `${origin.source}:${word}`)}::text[]) and organisation_id = ${organisation}`.execute(
      db,
    )
    found(byKey.rows)
    const named = parts.filter((p) => p.email === null && !this.#ids.has(p.word)).map((p) => p.word)
    if (named.length === 0) return
    const asked = sql`(select lower(g.word) from unnest(${named}::text[]) as g(word))`
    const byName = await sql<{ key: string; id: string }>`
      select key, min(id::text) as id from (
        select lower(name) as key, id from persons where organisation_id = ${organisation} and active and lower(name) in ${asked}
        union select lower(username), id from persons where organisation_id = ${organisation} and active and lower(username) in ${asked}) both_names
      group by key having count(*) = 1`.execute(db)
    const names = new Map(byName.rows.map((row) => [row.key, row.id]))
    found(
      named.flatMap((word) => {
        const id = names.get(word.toLowerCase())
        return id === undefined ? [] : [{ word, id }]
      }),
    )
  }
}
