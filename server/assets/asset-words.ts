import type { RawBuilder } from 'kysely'
import { type Db, sql } from '../platform/db.ts'
import { serialKey } from './rules/serial.ts'

/** A word that finds more than this is no way to a list: the list's own order meets enough of its finds soon. */
export const few = 3000

const wordsIn = (q: string): string[] =>
  q
    .toLowerCase()
    // what the column `words` is parted by: everything in ASCII that is no letter or digit
    .split(/(?:(?![a-z0-9])\p{ASCII})+/u)
    .filter((word) => word !== '')
    .slice(0, 8)
const beginning = (word: string) => `'${word.replace(/['\\]/g, '')}':*`

/**
 * Conditions over an `assets a` for the words of a question: every word begins one of tag, serial, name or order number, or stands in a name of
 * model or maker, or begins one of the holder's. A whole tag or serial number finds its asset alone. Rare words are answered with the ids they
 * find, frequent ones with a test of each row.
 */
export async function wordsAsked(db: Db, organisation: string, q: string): Promise<RawBuilder<boolean>[]> {
  const named = await sql<{ id: string }>`
    select a.id from assets a where a.organisation_id = ${organisation} and upper(a.tag) = ${q.trim().toUpperCase()}
    union select a.id from assets a where a.organisation_id = ${organisation} and a.serial_key = ${serialKey(q)}`.execute(
    db,
  )
  if (named.rows.length > 0) return [sql<boolean>`a.id = any(${named.rows.map((row) => row.id)}::uuid[])`]
  const words = wordsIn(q)
  return words.length === 0
    ? [sql<boolean>`false`]
    : Promise.all(words.map((word) => wordAsked(db, organisation, word)))
}

async function wordAsked(db: Db, organisation: string, word: string): Promise<RawBuilder<boolean>> {
  const asked = beginning(word)
  const like = `%${word.replace(/[\\%_]/g, '\\$&')}%`
  const { rows: models } = await sql<{ id: string }>`
    select m.id from asset_models m left join manufacturers f on f.id = m.manufacturer_id
    where m.organisation_id = ${organisation} and (lower(m.name) like ${like} or lower(m.number) like ${like} or lower(f.name) like ${like})`.execute(
    db,
  )
  const persons = sql`select p.id from persons p where to_tsvector('simple', p.name) @@ ${asked}::tsquery and p.organisation_id = ${organisation}`
  const ids = models.map((row) => row.id)
  const most = sql.lit(few + 1)
  const { rows } = await sql<{ ids: string[] | null }>`
    with found as materialized (select x.id from ((select a.id from assets a where a.words @@ ${asked}::tsquery limit ${most})
      union all (select a.id from assets a where a.model_id = any(${ids}::uuid[]) limit ${most})
      union all (select a.id from (${persons}) p join assets a on a.holder_id = p.id limit ${most})) x limit ${most})
    select case when (select count(*) from found) <= ${sql.lit(few)} then array(select distinct id from found) end as ids`.execute(
    db,
  )
  const found = rows[0]!.ids
  return found === null
    ? sql<boolean>`(a.words @@ ${asked}::tsquery or a.model_id = any(${ids}::uuid[]) or a.holder_id in (${persons}))`
    : sql<boolean>`a.id = any(${found}::uuid[])`
}
