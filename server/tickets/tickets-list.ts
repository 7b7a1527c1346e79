import type { RawBuilder } from 'kysely'
import type { Input } from '../../contract/action.ts'
import { may } from '../../contract/permissions.ts'
import type { tickets } from '../../contract/tickets.ts'
import type { Actor } from '../platform/ctx.ts'
import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'
import { isId } from '../platform/identifiers.ts'
import { type WordsAsked, wordsAsked } from './search-text.ts'
import { byKey } from './tickets-store.ts'
import { insideTicket, ownTicket, servedQueues, visibleTicket } from './visibility.ts'

export type ListInput = Input<typeof tickets.list>

/** A row of a list with all it shows. */
export interface ListedTicket {
  id: string
  reference: string
  version: number
  kind: 'incident' | 'request'
  title: string
  state: 'new'
  impact: number
  urgency: number
  priority: number
  confidential: boolean
  created_at: string
  updated_at: string
  last_activity_at: string
  resolved_at: string | null
  merged_into: string | null
  requester_id: string | null
  requester_name: string | null
  assignee_id: string | null
  assignee_name: string | null
  queue_id: string
  queue_name: string
  category_id: string | null
  category_name: string | null
  inside: boolean
  note_excerpt: string | null
  note_by: string | null
  note_at: string | null
  note_public: boolean | null
  clock: { id: string; kind: string; phase: 'running' | 'paused'; due: string | null; remaining: number | null } | null
}

const orders = {
  due: { by: [sql`t.due_at`], down: false },
  created: { by: [sql`t.created_at`], down: false },
  '-created': { by: [sql`t.created_at`], down: true },
  updated: { by: [sql`t.last_activity_at`], down: false },
  '-updated': { by: [sql`t.last_activity_at`], down: true },
  priority: { by: [sql`t.priority`, sql`t.due_at`], down: false },
} as const

/** What the filters of the address ask for, without who asks. */
function filtersOf(actor: Actor, f: ListInput, now: string, words: WordsFound | null): RawBuilder<unknown> {
  const parts: RawBuilder<unknown>[] = []
  // resolved tickets have no due moment: the bound lets the index of due moments serve open lists too
  if (f.open === true) parts.push(f.sort === 'due' ? sql`t.due_at < 'infinity'` : sql`t.open`)
  if (f.open === false) parts.push(sql`not t.open`)
  if (f.state !== undefined) parts.push(sql`t.state = any(${f.state})`)
  if (f.priority !== undefined) parts.push(sql`t.priority = any(${f.priority.map(Number)}::int[])`)
  if (f.kind !== undefined) parts.push(sql`t.kind = ${f.kind}`)
  if (f.vendor !== undefined) parts.push(sql`t.vendor_id = ${f.vendor}`)
  if (f.about !== undefined)
    parts.push(
      sql`t.id in (select ticket_id from ticket_items where asset_id = ${f.about} union all select ticket_id from ticket_items where service_id = ${f.about} union all select ticket_id from ticket_items where location_id = ${f.about})`,
    )
  if (f.parent !== undefined)
    // of a parent that the reader does not see nothing is found out
    parts.push(sql`t.parent_id = (select t.id from tickets t where ${byKey(f.parent)} and ${visibleTicket(actor)})`)
  if (f.category !== undefined)
    parts.push(
      sql`t.category_id in (with recursive down(id) as (select id from categories where id = ${f.category} union all select c.id from categories c join down on c.parent_id = down.id) select id from down)`,
    )
  if (f.late === true) parts.push(sql`t.due_at < ${now}::timestamptz`)
  if (f.late === false) parts.push(sql`t.due_at >= ${now}::timestamptz`)
  if (f.watching === true)
    parts.push(sql`exists (select 1 from ticket_watchers w where w.ticket_id = t.id and w.person_id = ${actor.id})`)
  if (f.queue === 'mine') parts.push(sql`t.queue_id in ${servedQueues(actor)}`)
  else if (f.queue !== undefined)
    parts.push(
      isId(f.queue)
        ? sql`t.queue_id = ${f.queue}`
        : sql`t.queue_id = (select id from queues where organisation_id = ${actor.organisation} and lower(name) = lower(${f.queue}))`,
    )
  if (f.assignee === 'none') parts.push(sql`t.assignee_id is null`)
  else if (f.assignee !== undefined) parts.push(sql`t.assignee_id = ${personGiven(actor, f.assignee, 'assignee')}`)
  if (f.requester !== undefined) parts.push(sql`t.requester_id = ${personGiven(actor, f.requester, 'requester')}`)
  if (words !== null) parts.push(words.condition)
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `)
}

function personGiven(actor: Actor, given: string, field: string): string {
  if (given === 'me') return actor.id
  if (!isId(given))
    throw new Problem(
      400,
      'invalid',
      { fields: `${field}: must be an id or "me"` },
      { fields: [{ path: field, message: 'must be an id or "me"' }] },
    )
  return given
}

const wordsOf = async (db: Db, actor: Actor, f: ListInput): Promise<WordsFound | null> =>
  f.q === undefined || f.q.trim() === '' ? null : findWords(db, actor, f.q.trim())

/** Fewer finds than this and the last word is taken as a beginning too; more than that and the list's own order is walked. */
const few = 50
const many = 8000

/** How a list looks for words: as a condition, and whether the condition names its candidates one by one. */
interface WordsFound {
  condition: RawBuilder<boolean>
  named: boolean
}

/**
 * A reference finds its ticket; anything else is searched in the texts. Rare words come from the text index, frequent
 * ones are met soon enough on the way through the list.
 */
async function findWords(db: Db, actor: Actor, q: string): Promise<WordsFound> {
  const served = await servedFor(db, actor)
  const whole = wordsAsked(actor, q, served, false)
  const isReference = /^[a-z]{2,5}-?\d+$/i.test(q)
  const first = await idsOfTexts(db, whole)
  if (first.n > many && !isReference)
    return {
      condition: sql<boolean>`exists (select 1 from ticket_texts x where x.ticket_id = t.id and ${whole.exact})`,
      named: false,
    }
  const { ids } = first.n < few ? await idsOfTexts(db, wordsAsked(actor, q, served, true)) : first
  const found = sql<boolean>`t.id = any(${ids}::text::uuid[])`
  return {
    condition: isReference ? sql<boolean>`(t.reference = ${q.toUpperCase()} or ${found})` : found,
    named: true,
  }
}

/**
 * How many tickets have the words (up to one more than `many`), and which, unless they are too many: the text of a `uuid[]`, which goes back as it
 * came, so that thousands of ids are neither looked for a second time nor read here.
 */
async function idsOfTexts(db: Db, asked: WordsAsked): Promise<{ n: number; ids: string }> {
  const { rows } = await sql<{ n: number; ids: string }>`
    select count(*) as n, case when count(*) <= ${sql.lit(many)} then coalesce(array_agg(f.id) filter (where f.exact), '{}')::text else '{}' end as ids
    from (select x.ticket_id as id, ${asked.exact} as exact from ticket_texts x where ${asked.indexed} limit ${sql.lit(many + 1)}) f`.execute(
    db,
  )
  return rows[0]!
}

/** Queues of the actor's teams, and whether confidential tickets of them are seen. */
export async function servedFor(db: Db, actor: Actor): Promise<{ id: string; confidential: boolean }[]> {
  const { rows } = await sql<{ id: string; confidential: boolean }>`
    select queue_id as id, false as confidential from queue_teams where team_id = any(${actor.teams}::uuid[])
    union select queue_id, true from queue_teams where team_id = any(${actor.confidentialTeams}::uuid[])`.execute(db)
  return rows
}

/** A way a ticket can come into a reader's list. `eachServed` asks once per queue the reader serves. */
interface Arm {
  eachServed: boolean
  where: RawBuilder<unknown>
  /** The visibility rule, or the part of it that this way needs. */
  visible: RawBuilder<boolean>
}

/**
 * The ways a ticket can come into this reader's list, each answered from an index of its own; the visibility rule holds
 * in every one. A list over few queues so costs the same in a table of a million.
 */
function arms(actor: Actor, f: ListInput, words: WordsFound | null): Arm[] {
  const visible = visibleTicket(actor)
  const served: Arm = { eachServed: true, where: sql`t.queue_id = served.queue_id`, visible }
  if (f.queue === 'mine') return [served]
  const narrowed =
    words?.named === true ||
    f.watching === true ||
    f.requester !== undefined ||
    f.about !== undefined ||
    f.parent !== undefined ||
    (f.assignee !== undefined && f.assignee !== 'none') ||
    f.queue !== undefined
  if (narrowed || may(actor.role, 'tickets.all')) return [{ eachServed: false, where: sql`true`, visible }]
  const own = [
    sql`t.requester_id = ${actor.id}`,
    sql`t.opened_by = ${actor.id} and t.opened_by is distinct from t.requester_id`,
    sql`t.assignee_id = ${actor.id}`,
    sql`t.id in (select ticket_id from ticket_watchers where person_id = ${actor.id})`,
  ].map((where) => ({ eachServed: false, where, visible: ownTicket(actor) }))
  return may(actor.role, 'tickets.work') && actor.teams.length > 0 ? [served, ...own] : own
}

const union = (
  actor: Actor,
  ways: readonly Arm[],
  inner: (where: RawBuilder<unknown>, visible: RawBuilder<boolean>) => RawBuilder<unknown>,
) =>
  sql.join(
    ways.map((arm) =>
      arm.eachServed
        ? sql`(select a.* from (select distinct queue_id from queue_teams where team_id = any(${actor.teams}::uuid[])) served cross join lateral (${inner(arm.where, arm.visible)}) a)`
        : sql`(${inner(arm.where, arm.visible)})`,
    ),
    sql` union `,
  )

interface Picked {
  id: string
  inside: boolean
  note: string | null
  sort: string | number | null
  sort2: string | null
}

/** What every row of a list shows, for tickets that were found visible; in the order given. */
async function shownRows(db: Db, picked: readonly Picked[]): Promise<ListedTicket[]> {
  if (picked.length === 0) return []
  const { rows } = await sql<ListedTicket>`
    select t.id, t.reference, t.version, t.kind, t.title, t.state, t.impact, t.urgency, t.priority, t.confidential, t.created_at, t.updated_at, t.last_activity_at, t.resolved_at, t.merged_into,
      t.requester_id, r.name as requester_name, t.assignee_id, p.name as assignee_name, t.queue_id, q.name as queue_name, t.category_id, c.name as category_name,
      g.inside, n.excerpt as note_excerpt, n.author_name as note_by, n.at as note_at, n.public as note_public, k.clock
    from unnest(${picked.map((row) => row.id)}::uuid[], ${picked.map((row) => row.inside)}::bool[], ${picked.map((row) => row.note)}::uuid[]) with ordinality as g(id, inside, note, place)
    join tickets t on t.id = g.id join queues q on q.id = t.queue_id left join persons r on r.id = t.requester_id left join persons p on p.id = t.assignee_id
    left join categories c on c.id = t.category_id left join notes n on n.id = g.note
    left join lateral (
      select jsonb_build_object('id', m.id, 'kind', m.kind, 'phase', m.phase, 'due', m.due_at, 'remaining', m.remaining_seconds) as clock
      from commitments m where m.subject_id = t.id and m.party = 'customer' and m.phase in ('running', 'paused') order by m.due_at nulls last, m.remaining_seconds limit 1) k on true
    order by g.place`.execute(db)
  return rows
}

const noteShown = (actor: Actor) =>
  sql`case when ${insideTicket(actor)} then t.last_note_id else t.last_public_note_id end as note`

export async function ticketPage(
  db: Db,
  actor: Actor,
  f: ListInput,
  now: string,
): Promise<{ rows: ListedTicket[]; next: string | null }> {
  if (f.sort === 'priority' && f.open !== true) throw new Problem(400, 'tickets.priority-needs-open')
  const { by, down } = orders[f.sort]
  const from = readCursor(f.after, by.length + 1)
  if (f.after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const direction = down ? sql`desc` : sql`asc`
  const order = sql.join([...by, sql`t.id`].map((key) => sql`${key} ${direction}`))
  const beyond =
    from === null
      ? sql``
      : sql`and (${sql.join([...by, sql`t.id`])}) ${down ? sql`<` : sql`>`} (${sql.join(from.map((value, i) => cursorValue(value, i === by.length)))})`
  const words = await wordsOf(db, actor, f)
  const filters = filtersOf(actor, f, now, words)
  // the limit stands in the text, so that one plan made for all parameters knows that it needs a page
  const take = sql.lit(f.limit + 1)
  const candidates = union(
    actor,
    arms(actor, f, words),
    (where, visible) => sql`
    select t.id, ${by[0]} as s1, ${by[1] ?? sql`null::timestamptz`} as s2 from tickets t where ${where} and ${filters} and ${visible} ${beyond} order by ${order} limit ${take}`,
  )
  const ordered = (of: string) =>
    sql.join(
      [...by.map((_, i) => sql.ref(`${of}.s${i + 1}`)), sql.ref(`${of}.id`)].map((key) => sql`${key} ${direction}`),
    )
  const { rows } = await sql<Picked>`
    with page as materialized (select * from (${candidates}) u order by ${ordered('u')} limit ${take})
    select page.id, page.s1 as sort, page.s2 as sort2, ${insideTicket(actor)} as inside, ${noteShown(actor)} from page join tickets t on t.id = page.id order by ${ordered('page')}`.execute(
    db,
  )
  const shown = rows.slice(0, f.limit)
  const last = shown.at(-1)
  const values = last === undefined ? [] : by.length === 2 ? [last.sort, last.sort2, last.id] : [last.sort, last.id]
  return { rows: await shownRows(db, shown), next: rows.length > f.limit ? cursorOf(values) : null }
}

function cursorValue(value: string | number | null, isKey: boolean): RawBuilder<unknown> {
  if (isKey) return sql`${value}::uuid`
  return typeof value === 'number' ? sql`${value}::smallint` : sql`${value}::timestamptz`
}

/** Tickets by id that the actor sees, as rows of a list, in the order given. */
export async function ticketsById(db: Db, actor: Actor, ids: readonly string[]): Promise<ListedTicket[]> {
  const { rows } = await sql<Picked>`
    select t.id, ${insideTicket(actor)} as inside, ${noteShown(actor)} from unnest(${ids}::uuid[]) with ordinality as g(id, place) join tickets t on t.id = g.id
    where ${visibleTicket(actor)} order by g.place`.execute(db)
  return shownRows(db, rows)
}

/** Ids that the filters find, in the order of the list, up to `most`. */
export async function idsOfTickets(db: Db, actor: Actor, f: ListInput, now: string, most: number): Promise<string[]> {
  if (f.sort === 'priority' && f.open !== true) throw new Problem(400, 'tickets.priority-needs-open')
  const { by, down } = orders[f.sort]
  const direction = down ? sql`desc` : sql`asc`
  const words = await wordsOf(db, actor, f)
  const filters = filtersOf(actor, f, now, words)
  const limit = sql.lit(most)
  const candidates = union(
    actor,
    arms(actor, f, words),
    (where, visible) => sql`
    select t.id, ${by[0]} as s1, ${by[1] ?? sql`null::timestamptz`} as s2 from tickets t where ${where} and ${filters} and ${visible}
    order by ${sql.join([...by, sql`t.id`].map((key) => sql`${key} ${direction}`))} limit ${limit}`,
  )
  const ordered = sql.join(
    [...by.map((_, i) => sql.ref(`u.s${i + 1}`)), sql.ref('u.id')].map((key) => sql`${key} ${direction}`),
  )
  const { rows } = await sql<{
    id: string
  }>`select id from (${candidates}) u order by ${ordered} limit ${limit}`.execute(db)
  return rows.map((row) => row.id)
}

/**
 * Those of the tickets that the actor sees and that the filters (null: none) find now, held for the transaction in the order of their ids, so
 * that two who hold many at once do not wait for each other.
 */
export async function heldTickets(
  db: Db,
  actor: Actor,
  f: ListInput | null,
  now: string,
  ids: readonly string[],
): Promise<Map<string, { version: number }>> {
  const filters = f === null ? sql`true` : filtersOf(actor, f, now, await wordsOf(db, actor, f))
  await sql`select 1 from tickets where id = any(${ids}::uuid[]) order by id for no key update`.execute(db)
  const { rows } = await sql<{ id: string; version: number }>`
    select t.id, t.version from tickets t where t.id = any(${ids}::uuid[]) and ${filters} and ${visibleTicket(actor)}`.execute(
    db,
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** How many the filters find, up to `cap` (null: all of them). */
export async function countTickets(
  db: Db,
  actor: Actor,
  f: ListInput,
  now: string,
  cap: number | null,
): Promise<number> {
  const words = await wordsOf(db, actor, f)
  const filters = filtersOf(actor, f, now, words)
  const limit = cap === null ? sql`` : sql`limit ${cap + 1}`
  const candidates = union(
    actor,
    arms(actor, f, words),
    (where, visible) => sql`select t.id from tickets t where ${where} and ${filters} and ${visible} ${limit}`,
  )
  return (await sql<{ n: number }>`select count(*) as n from (select 1 from (${candidates}) u ${limit}) x`.execute(db))
    .rows[0]!.n
}
