import type { RawBuilder } from 'kysely'
import { may } from '../../contract/permissions.ts'
import type { Actor } from '../platform/ctx.ts'
import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'

export interface StoredAsk {
  id: string
  attestation_id: string
  person_id: string
  person_name: string
  items: number
  answered: number
  unsettled: number
  done_at: string | null
  done_by_name: string | null
  for_them: boolean
}
export interface StoredItem {
  id: string
  attestation_id: string
  ask_id: string
  person_id: string
  person_name: string
  asset_id: string | null
  tag: string | null
  asset_name: string | null
  /** By the register the person has it. */
  held: boolean
  answer: 'mine' | 'not_mine' | 'gap' | null
  note: string
  answered_at: string | null
  answered_by_name: string | null
  for_them: boolean
  remedy: 'keep' | 'take_back' | 'lost' | 'transfer' | 'give' | 'leave' | null
  remedy_reason: string
  settled_at: string | null
  settled_by_name: string | null
}

/** Who sees what one person is asked, as a condition over `attestation_people k`: that person, and whoever reads the register. */
export const visibleAsk = (actor: Actor): RawBuilder<boolean> =>
  may(actor.role, 'assets.read')
    ? sql<boolean>`exists (select 1 from attestations t where t.id = k.attestation_id and t.organisation_id = ${actor.organisation})`
    : sql<boolean>`(k.person_id = ${actor.person}::uuid)`

const ask = sql`select k.*, p.name as person_name from attestation_people k join persons p on p.id = k.person_id`
const item = sql`
  select i.*, k.person_id, p.name as person_name, a.tag, case when a.name <> '' then a.name else coalesce(m.name, '') end as asset_name,
    coalesce(a.holder_kind = 'person' and a.holder_id = k.person_id, false) as held
  from attestation_items i join attestation_people k on k.id = i.ask_id join persons p on p.id = k.person_id left join assets a on a.id = i.asset_id left join asset_models m on m.id = a.model_id`

export async function askById(db: Db, actor: Actor, id: string, lock = false): Promise<StoredAsk | undefined> {
  if (lock) await sql`select 1 from attestation_people where id = ${id} for update`.execute(db)
  return (await sql<StoredAsk>`${ask} where k.id = ${id} and ${visibleAsk(actor)}`.execute(db)).rows[0]
}

export async function askOf(db: Db, actor: Actor, attestation: string, person: string): Promise<StoredAsk | undefined> {
  return (
    await sql<StoredAsk>`${ask} where k.attestation_id = ${attestation} and k.person_id = ${person} and ${visibleAsk(actor)}`.execute(
      db,
    )
  ).rows[0]
}

/** What a person is asked by campaigns that run. */
export async function openAsksOf(db: Db, person: string): Promise<StoredAsk[]> {
  return (
    await sql<StoredAsk>`${ask} join attestations t on t.id = k.attestation_id where k.person_id = ${person} and t.state = 'running' order by t.due_on, k.id`.execute(
      db,
    )
  ).rows
}

export async function itemsOfAsk(db: Db, id: string): Promise<StoredItem[]> {
  return (
    await sql<StoredItem>`${item} where i.ask_id = ${id} order by i.asset_id is null, length(a.tag), a.tag, i.id`.execute(
      db,
    )
  ).rows
}

export async function itemsById(
  db: Db,
  attestation: string,
  ids: readonly string[],
  lock = false,
): Promise<StoredItem[]> {
  if (lock)
    await sql`select 1 from attestation_items where attestation_id = ${attestation} and id = any(${ids}::uuid[]) order by id for update`.execute(
      db,
    )
  return (
    await sql<StoredItem>`${item} where i.attestation_id = ${attestation} and i.id = any(${ids}::uuid[]) order by i.id`.execute(
      db,
    )
  ).rows
}

export async function peoplePage(
  db: Db,
  attestation: string,
  done: boolean | undefined,
  limit: number,
  after: string | undefined,
): Promise<{ rows: StoredAsk[]; next: string | null }> {
  const from = readCursor(after, 2)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const { rows } = await sql<StoredAsk>`
    ${ask} where k.attestation_id = ${attestation} ${done === undefined ? sql`` : done ? sql`and k.done_at is not null` : sql`and k.done_at is null`}
      ${from === null ? sql`` : sql`and (lower(p.name), k.id) > (lower(${from[0]}), ${from[1]}::uuid)`} order by lower(p.name), k.id limit ${limit + 1}`.execute(
    db,
  )
  const last = rows[limit - 1]
  return {
    rows: rows.slice(0, limit),
    next: rows.length > limit && last !== undefined ? cursorOf([last.person_name, last.id]) : null,
  }
}

export async function differencePage(
  db: Db,
  attestation: string,
  settled: boolean | undefined,
  limit: number,
  after: string | undefined,
): Promise<{ rows: StoredItem[]; next: string | null }> {
  const from = readCursor(after, 1)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const { rows } = await sql<StoredItem>`
    ${item} where i.attestation_id = ${attestation} and i.answer in ('not_mine', 'gap') ${settled === undefined ? sql`` : settled ? sql`and i.remedy is not null` : sql`and i.remedy is null`}
      ${from === null ? sql`` : sql`and i.id > ${from[0]}::uuid`} order by i.id limit ${limit + 1}`.execute(db)
  const last = rows[limit - 1]
  return { rows: rows.slice(0, limit), next: rows.length > limit && last !== undefined ? cursorOf([last.id]) : null }
}

export async function saveAnswers(
  db: Db,
  list: readonly { id: string; answer: 'mine' | 'not_mine'; note: string }[],
  by: { at: string; name: string; forThem: boolean },
): Promise<void> {
  if (list.length === 0) return
  await sql`
    update attestation_items i set answer = g.answer, note = g.note, answered_at = ${by.at}::timestamptz, answered_by_name = ${by.name}, for_them = ${by.forThem}
    from jsonb_to_recordset(${JSON.stringify(list)}::jsonb) as g(id uuid, answer text, note text) where i.id = g.id`.execute(
    db,
  )
}

/** Writes what is missing in a list, each once by the id it came with; answers how many were new. */
export async function insertGaps(
  db: Db,
  of: Pick<StoredAsk, 'id' | 'attestation_id'>,
  list: readonly { id: string; note: string }[],
  by: { at: string; name: string; forThem: boolean },
): Promise<number> {
  if (list.length === 0) return 0
  const { rows } = await sql`
    insert into attestation_items (id, attestation_id, ask_id, answer, note, answered_at, answered_by_name, for_them)
    select id, ${of.attestation_id}, ${of.id}, 'gap', note, ${by.at}::timestamptz, ${by.name}, ${by.forThem} from jsonb_to_recordset(${JSON.stringify(list)}::jsonb) as g(id uuid, note text)
    on conflict (id) do nothing returning 1`.execute(db)
  return rows.length
}

/** Counts a person's answers anew, from their few rows. */
export async function recountAsk(
  db: Db,
  id: string,
  done: { at: string; by: string; forThem: boolean } | null,
): Promise<void> {
  await sql`
    update attestation_people k set answered = n.answered, unsettled = n.unsettled
      ${done === null ? sql`` : sql`, done_at = ${done.at}::timestamptz, done_by_name = ${done.by}, for_them = ${done.forThem}`}
    from (select count(*) filter (where answer in ('mine', 'not_mine')) as answered, count(*) filter (where answer in ('not_mine', 'gap') and remedy is null) as unsettled
      from attestation_items where ask_id = ${id}) n where k.id = ${id}`.execute(db)
}

export async function saveSettled(
  db: Db,
  ids: readonly string[],
  s: { remedy: string; reason: string; at: string; by: string; asset?: string },
): Promise<void> {
  await sql`
    update attestation_items set remedy = ${s.remedy}, remedy_reason = ${s.reason}, settled_at = ${s.at}::timestamptz, settled_by_name = ${s.by}
      ${s.asset === undefined ? sql`` : sql`, asset_id = ${s.asset}`} where id = any(${ids}::uuid[])`.execute(db)
}

/** Those who are asked and have not been told, so many at a time. */
export async function untoldAsks(db: Db, attestation: string, limit: number): Promise<StoredAsk[]> {
  return (
    await sql<StoredAsk>`${ask} where k.attestation_id = ${attestation} and not k.told order by k.id limit ${limit}`.execute(
      db,
    )
  ).rows
}

export async function saveTold(db: Db, ids: readonly string[]): Promise<void> {
  await sql`update attestation_people set told = true where id = any(${ids}::uuid[])`.execute(db)
}

/** Those who have not said that this is all, or whose differences are open: about whom something is still promised. */
export async function openAsks(db: Db, attestation: string, after: string | null, limit: number): Promise<StoredAsk[]> {
  return (
    await sql<StoredAsk>`${ask} where k.attestation_id = ${attestation} and k.told ${after === null ? sql`` : sql`and k.id > ${after}::uuid`} order by k.id limit ${limit}`.execute(
      db,
    )
  ).rows
}

/** Of these assets: those whose holder, asked in a campaign, said that they are not theirs, and nobody has settled it; the latest word of each. */
export async function disownedAssets(
  db: Db,
  assets: readonly string[],
): Promise<Map<string, { person: string; name: string; at: string; note: string }>> {
  const { rows } = await sql<{ asset: string; person: string; name: string; at: string; note: string }>`
    select distinct on (i.asset_id) i.asset_id as asset, k.person_id as person, p.name, i.answered_at as at, i.note
    from attestation_items i join attestation_people k on k.id = i.ask_id join attestations t on t.id = i.attestation_id join persons p on p.id = k.person_id
      join assets a on a.id = i.asset_id and a.holder_kind = 'person' and a.holder_id = k.person_id
    where i.asset_id = any(${assets}::uuid[]) and i.answer = 'not_mine' and i.remedy is null and t.state <> 'cancelled'
    order by i.asset_id, i.answered_at desc`.execute(db)
  return new Map(rows.map(({ asset, ...said }) => [asset, said]))
}
