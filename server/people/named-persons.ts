import { type Db, sql } from '../platform/db.ts'

/** Who bears what a file calls a person: by e-mail, by username, by employee number, and everybody of that name. */
export interface Bearers {
  email: string | null
  username: string | null
  number: string | null
  names: string[]
}
export type NamedPersons = (word: string) => Bearers

const nobody: Bearers = { email: null, username: null, number: null, names: [] }
const plain = (word: string): string => word.trim().replace(/\s+/g, ' ').toLowerCase()

/** The people of an organisation that any of the words means, with one statement. */
export async function personsNamed(db: Db, organisation: string, words: readonly string[]): Promise<NamedPersons> {
  const asked = [...new Set(words.map(plain))].filter((word) => word !== '')
  const bearers = new Map<string, Bearers>()
  if (asked.length > 0) {
    const { rows } = await sql<{ word: string; how: 'email' | 'username' | 'number' | 'name'; id: string }>`
      with g as (select unnest(${asked}::text[]) as word)
      select g.word, 'email' as how, p.id from g join person_emails e on e.email = g.word join persons p on p.id = e.person_id and p.organisation_id = ${organisation}
      union all select g.word, 'username', p.id from g join persons p on p.organisation_id = ${organisation} and lower(p.username) = g.word and p.username is not null
      union all select g.word, 'number', p.id from g join persons p on p.organisation_id = ${organisation} and lower(p.employee_number) = g.word and p.employee_number is not null
      union all select g.word, 'name', p.id from g join persons p on p.organisation_id = ${organisation} and lower(p.name) = g.word`.execute(
      db,
    )
    for (const { word, how, id } of rows) {
      const found = bearers.get(word) ?? { ...nobody, names: [] }
      if (how === 'name') found.names.push(id)
      else found[how] = id
      bearers.set(word, found)
    }
  }
  return (word) => bearers.get(plain(word)) ?? nobody
}

/** Whom a word means: nobody, one, or several who bear the name. */
export interface Meant {
  id: string | null
  several: boolean
}

/** The one whom a word means, whatever it is; a name only where one alone bears it. */
export function oneNamed(named: NamedPersons, word: string): Meant {
  const { email, username, number, names } = named(word)
  const id = email ?? username ?? number ?? (names.length === 1 ? names[0]! : null)
  return { id, several: id === null && names.length > 1 }
}
