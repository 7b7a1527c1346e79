import type { RawBuilder } from 'kysely'
import type { Attestation } from '../../contract/attestations.ts'
import { may } from '../../contract/permissions.ts'
import { insideLocation } from '../locations/public.ts'
import type { Actor } from '../platform/ctx.ts'
import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'

export interface AttestationCounts {
  people: number
  people_done: number
  items: number
  mine: number
  not_mine: number
  gaps: number
  unsettled: number
}
export interface StoredAttestation extends AttestationCounts {
  id: string
  version: number
  organisation_id: string
  reference: string
  name: string
  note: string
  owner_id: string
  owner_name: string
  asked_kind: Attestation['asked']['kind']
  asked_words: string
  due_on: string
  state: Attestation['state']
  created_at: string
  closed_at: string | null
  closed_by_name: string | null
}

const whole = sql`select t.*, o.name as owner_name from attestations t join persons o on o.id = t.owner_id`

/** Who sees a campaign as a whole, as a condition over `attestations t`: whoever reads the register. */
export const visibleAttestation = (actor: Actor): RawBuilder<boolean> =>
  may(actor.role, 'assets.read') ? sql<boolean>`(t.organisation_id = ${actor.organisation})` : sql<boolean>`false`

/** By id, whoever asks: for those who may see it or a part of it. */
export async function attestationById(
  db: Db,
  organisation: string,
  id: string,
  lock = false,
): Promise<StoredAttestation | undefined> {
  if (lock)
    await sql`select 1 from attestations where id = ${id} and organisation_id = ${organisation} for update`.execute(db)
  return (await sql<StoredAttestation>`${whole} where t.id = ${id} and t.organisation_id = ${organisation}`.execute(db))
    .rows[0]
}

export async function attestationPage(
  db: Db,
  actor: Actor,
  open: boolean | undefined,
  limit: number,
  after: string | undefined,
): Promise<{ rows: StoredAttestation[]; next: string | null }> {
  const from = readCursor(after, 2)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const { rows } = await sql<StoredAttestation>`
    ${whole} where ${visibleAttestation(actor)} ${open === undefined ? sql`` : open ? sql`and t.state = 'running'` : sql`and t.state <> 'running'`}
      ${from === null ? sql`` : sql`and (t.created_at, t.id) < (${from[0]}::timestamptz, ${from[1]}::uuid)`} order by t.created_at desc, t.id desc limit ${limit + 1}`.execute(
    db,
  )
  const last = rows[limit - 1]
  return {
    rows: rows.slice(0, limit),
    next: rows.length > limit && last !== undefined ? cursorOf([last.created_at, last.id]) : null,
  }
}

export async function insertAttestation(
  db: Db,
  t: Pick<
    StoredAttestation,
    'id' | 'organisation_id' | 'name' | 'note' | 'owner_id' | 'asked_kind' | 'asked_words' | 'due_on'
  >,
): Promise<void> {
  await sql`
    insert into attestations (id, organisation_id, reference, name, note, owner_id, asked_kind, asked_words, due_on, state)
    values (${t.id}, ${t.organisation_id}, 'ATT-' || nextval('attestation_number'), ${t.name}, ${t.note}, ${t.owner_id}, ${t.asked_kind}, ${t.asked_words}, ${t.due_on}, 'running')`.execute(
    db,
  )
}

export async function saveAttestation(db: Db, id: string, columns: Record<string, unknown>): Promise<void> {
  await db
    .updateTable('attestations')
    .set({ ...columns, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .execute()
}

export async function addCounts(db: Db, id: string, change: Partial<AttestationCounts>): Promise<void> {
  const set = Object.entries(change).filter(([, n]) => n !== 0)
  if (set.length === 0) return
  await sql`update attestations set updated_at = now(), ${sql.join(set.map(([name, n]) => sql`${sql.ref(name)} = ${sql.ref(name)} + ${n}`))} where id = ${id}`.execute(
    db,
  )
}

/** Who is asked, as a condition over `persons p`. */
export type Chosen =
  | { kind: 'all' }
  | { kind: 'location'; id: string }
  | { kind: 'department'; department: string }
  | { kind: 'team'; id: string }
  | { kind: 'people'; people: readonly string[] }

function chosenPersons(organisation: string, who: Chosen): RawBuilder<boolean> {
  switch (who.kind) {
    case 'all':
      return sql<boolean>`true`
    case 'location':
      return sql<boolean>`exists (select 1 from assets x where x.holder_kind = 'person' and x.holder_id = p.id and x.location_id = any(${insideLocation(organisation, who.id)}))`
    case 'department':
      return sql<boolean>`lower(p.department) = lower(${who.department})`
    case 'team':
      return sql<boolean>`exists (select 1 from team_members m join teams q on q.id = m.team_id where m.team_id = ${who.id} and q.organisation_id = ${organisation} and m.person_id = p.id)`
    case 'people':
      return sql<boolean>`p.id = any(${who.people}::uuid[])`
  }
}

/** Freezes who is asked about what, with one statement: everybody chosen who has something, and all of what they have. */
export async function freezeAsks(
  db: Db,
  organisation: string,
  attestation: string,
  who: Chosen,
): Promise<{ people: number; items: number }> {
  const { rows } = await sql<{ people: number; items: number }>`
    with had as (
      select a.id, a.holder_id from assets a join persons p on p.id = a.holder_id
      where a.organisation_id = ${organisation} and a.holder_kind = 'person' and a.state not in ('lost', 'stolen', 'retired', 'disposed') and p.active and ${chosenPersons(organisation, who)}
    ), asked as (
      insert into attestation_people (attestation_id, person_id, items) select ${attestation}, holder_id, count(*) from had group by holder_id returning id, person_id
    ), things as (
      insert into attestation_items (attestation_id, ask_id, asset_id) select ${attestation}, asked.id, had.id from had join asked on asked.person_id = had.holder_id returning 1
    ) select (select count(*) from asked) as people, (select count(*) from things) as items`.execute(db)
  return rows[0]!
}

export async function teamName(db: Db, organisation: string, id: string): Promise<string | undefined> {
  return (
    await sql<{ name: string }>`select name from teams where id = ${id} and organisation_id = ${organisation}`.execute(
      db,
    )
  ).rows[0]?.name
}
