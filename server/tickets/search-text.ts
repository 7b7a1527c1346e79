import { may } from '../../contract/permissions.ts'
import type { Actor } from '../platform/ctx.ts'
import { type Db, sql } from '../platform/db.ts'
import type { RawBuilder } from 'kysely'

/**
 * Full-text search with the visibility of each ticket inside the index, so that the words of a large queue do not slow
 * down somebody who sees another one. Lexemes that are no words: `n~org` not confidential, `q~queue` of the queue and
 * not confidential, `c~queue` of the queue and confidential, `p~person` one's own, `a~person` assigned. Words of title,
 * description and public notes weigh A, of internal notes D: people outside IT search A only. What the index answers is
 * still held against the one rule (visibility.ts).
 */
const textOf = (html: RawBuilder<unknown>) => sql`left(regexp_replace(${html}, '<[^>]*>', ' ', 'g'), 200000)`

/** The search text of each of the tickets in `t`, with its words from title, description, notes and people. */
export const searchTexts = (t: RawBuilder<unknown>) => sql`
    select t.id,
      setweight(to_tsvector('simple', t.reference || ' ' || t.title || ' ' || ${textOf(sql`t.description`)} || ' ' || coalesce(n.public, '')), 'A')
      || setweight(to_tsvector('simple', coalesce(n.internal, '')), 'D')
      || array_to_tsvector(array_remove(array[
        case when t.confidential then 'c~' || t.queue_id else 'n~' || t.organisation_id end,
        case when not t.confidential then 'q~' || t.queue_id end,
        'p~' || t.opened_by, 'p~' || t.requester_id, 'p~' || t.assignee_id, 'a~' || t.assignee_id]
        || array(select 'p~' || w.person_id from ticket_watchers w where w.ticket_id = t.id), null))
    from ${t} t left join lateral (
      select left(string_agg(${textOf(sql`body`)}, ' ') filter (where public), 400000) as public, left(string_agg(${textOf(sql`body`)}, ' ') filter (where not public), 400000) as internal
      from notes where subject_id = t.id) n on true`

/** Writes the search text of tickets anew. */
export async function refreshSearchText(tx: Db, tickets: readonly string[]): Promise<void> {
  if (tickets.length === 0) return
  await sql`
    insert into ticket_texts (ticket_id, words) ${searchTexts(sql`tickets`)} where t.id = any(${tickets}::uuid[])
    on conflict (ticket_id) do update set words = excluded.words where ticket_texts.words is distinct from excluded.words`.execute(
    tx,
  )
}

const lexeme = (text: string) => `'${text.replace(/['\\]/g, '')}'`

/** The words of a question as a tsquery text: all of them, the last one also as a beginning if asked. Null where nothing is left. */
function wordsOf(q: string, weight: string, beginnings: boolean): string | null {
  const words = q
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .slice(0, 12)
  if (words.length === 0) return null
  return words
    .map((word, i) =>
      `${lexeme(word)}:${beginnings && i === words.length - 1 && word.length >= 3 ? '*' : ''}${weight}`.replace(
        /:$/,
        '',
      ),
    )
    .join(' & ')
}

/** What a search asks of `ticket_texts x`: once for the index, once for what the index cannot judge. */
export interface WordsAsked {
  indexed: RawBuilder<boolean>
  exact: RawBuilder<boolean>
}

/** The words, where the actor may search them; with `beginnings` the last one is the beginning of a word. */
export function wordsAsked(
  actor: Actor,
  q: string,
  served: readonly { id: string; confidential: boolean }[],
  beginnings: boolean,
): WordsAsked {
  const anything = wordsOf(q, '', beginnings)
  const outside = wordsOf(q, 'A', beginnings)
  if (anything === null || outside === null) return { indexed: sql<boolean>`false`, exact: sql<boolean>`false` }
  const isIt = may(actor.role, 'tickets.work') || may(actor.role, 'tickets.all')
  const inside = [
    ...(may(actor.role, 'tickets.all') ? [`n~${actor.organisation}`] : []),
    ...(isIt ? served.map((queue) => `${queue.confidential ? 'c' : 'q'}~${queue.id}`) : []),
    ...(may(actor.role, 'tickets.work') && actor.person !== null ? [`a~${actor.person}`] : []),
  ].map(lexeme)
  const mine = lexeme(`p~${actor.id}`)
  const own = `(${outside}) & ${mine}`
  const exact = inside.length === 0 ? own : `(${own}) | ((${anything}) & (${inside.join(' | ')}))`
  return {
    // each word once: a beginning costs as much as all words it begins
    indexed: sql<boolean>`x.words @@ ${`(${anything}) & (${[...inside, mine].join(' | ')})`}::tsquery`,
    // the weights; the empty vector keeps it from the index
    exact: sql<boolean>`(x.words || ''::tsvector) @@ ${exact}::tsquery`,
  }
}
