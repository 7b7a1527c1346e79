import type { RawBuilder } from 'kysely'
import { type Db, sql } from '../platform/db.ts'
import { serialKey } from './rules/serial.ts'

const wordsIn = (q: string): string[] =>
  q
    .toLowerCase()
    // what the column `words` is parted by: everything in ASCII that is no letter or digit
    .split(/(?:(?![a-z0-9])\p{ASCII})+/u)
    .filter((word) => word !== '')
    .slice(0, 8)
const beginning = (word: string) => `'${word.replace(/['\\]/g, '')}':*`

/**
 * Condition over an `assets a` for the words of a question: every word begins one of tag, serial, name, order number, model, maker or of the name of
 * the person who has it. A whole tag or serial number finds its asset alone.
 */
export async function wordsAsked(db: Db, organisation: string, q: string): Promise<RawBuilder<boolean>> {
  const named = await sql<{ id: string }>`
    select a.id from assets a where a.organisation_id = ${organisation} and upper(a.tag) = ${q.trim().toUpperCase()}
    union select a.id from assets a where a.organisation_id = ${organisation} and a.serial_key = ${serialKey(q)}`.execute(
    db,
  )
  if (named.rows.length > 0) return sql<boolean>`a.id = any(${named.rows.map((row) => row.id)}::uuid[])`
  const words = wordsIn(q)
  return words.length === 0
    ? sql<boolean>`false`
    : sql<boolean>`a.words @@ ${words.map(beginning).join(' & ')}::tsquery`
}
