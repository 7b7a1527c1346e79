import type { RawBuilder } from 'kysely'
import { may } from '../../../contract/permissions.ts'
import type { RuleEffect } from '../../../contract/ticket-rules.ts'
import type { Actor } from '../../platform/ctx.ts'
import { cursorOf, type Db, readCursor, sql } from '../../platform/db.ts'
import { Problem } from '../../platform/errors.ts'

export interface MacroColumns {
  name: string
  keywords: string
  scope: 'mine' | 'team' | 'all'
  owner_id: string | null
  team_id: string | null
  public: boolean
  body: string
  effects: RuleEffect[]
}
export interface StoredMacro extends MacroColumns {
  id: string
  version: number
  team_name: string | null
  used: number
  last_used_at: string | null
}

/** Who sees and uses a macro, over `macros m`: its owner, its team, everybody of IT; whoever configures tickets sees those of all teams. */
export const visibleMacro = (actor: Actor): RawBuilder<boolean> => sql<boolean>`
  (m.organisation_id = ${actor.organisation} and (m.scope = 'all' or (m.scope = 'mine' and m.owner_id = ${actor.person}::uuid)
    or (m.scope = 'team' and ${may(actor.role, 'tickets.configure') ? sql`true` : sql`m.team_id = any(${actor.teams}::uuid[])`})))`

const whole = sql`select m.*, g.name as team_name from macros m left join teams g on g.id = m.team_id`

export async function macroPage(
  db: Db,
  actor: Actor,
  filter: { q?: string | undefined; public?: boolean | undefined },
  limit: number,
  after: string | undefined,
): Promise<{ rows: StoredMacro[]; next: string | null }> {
  const from = readCursor(after, 2)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const words = (filter.q ?? '').toLowerCase().split(/\s+/).filter(Boolean).slice(0, 10)
  const { rows } = await sql<StoredMacro>`
    ${whole} where ${visibleMacro(actor)} ${filter.public === undefined ? sql`` : sql`and m.public = ${filter.public}`}
      ${sql.join(
        words.map((word) => sql`and strpos(lower(m.name || ' ' || m.keywords), ${word}) > 0`),
        sql` `,
      )}
      ${from === null ? sql`` : sql`and (lower(m.name), m.id) > (lower(${from[0]}), ${from[1]}::uuid)`}
    order by lower(m.name), m.id limit ${limit + 1}`.execute(db)
  const last = rows[limit - 1]
  return {
    rows: rows.slice(0, limit),
    next: rows.length > limit && last !== undefined ? cursorOf([last.name, last.id]) : null,
  }
}

export const macroById = async (db: Db, actor: Actor, id: string, lock = false): Promise<StoredMacro | undefined> =>
  (
    await sql<StoredMacro>`${whole} where m.id = ${id} and ${visibleMacro(actor)} ${lock ? sql`for update of m` : sql``}`.execute(
      db,
    )
  ).rows[0]

export const insertMacro = (db: Db, macro: MacroColumns & { id: string; organisation_id: string }) =>
  db
    .insertInto('macros')
    .values({ ...macro, effects: JSON.stringify(macro.effects) })
    .execute()

export const saveMacro = (db: Db, id: string, macro: MacroColumns) =>
  db
    .updateTable('macros')
    .set({ ...macro, effects: JSON.stringify(macro.effects), version: sql`version + 1` })
    .where('id', '=', id)
    .execute()

export const deleteMacro = (db: Db, id: string) => sql`delete from macros where id = ${id}`.execute(db)

export const countUse = (db: Db, id: string, at: string) =>
  sql`update macros set used = used + 1, last_used_at = ${at} where id = ${id}`.execute(db)

/** Who a text speaks of: the requester of a ticket, or whoever writes. */
export interface SpokenOf {
  name: string
  phone: string | null
  department: string | null
  email: string | null
}
export const spokenOf = async (db: Db, person: string | null): Promise<SpokenOf | undefined> =>
  person === null
    ? undefined
    : (
        await sql<SpokenOf>`select p.name, p.phone, p.department, (select e.email from person_emails e where e.person_id = p.id order by e.position, e.email limit 1) as email
      from persons p where p.id = ${person}`.execute(db)
      ).rows[0]

export const teamExists = async (db: Db, organisation: string, id: string): Promise<boolean> =>
  (await sql`select 1 from teams where id = ${id} and organisation_id = ${organisation} and active`.execute(db)).rows
    .length > 0
