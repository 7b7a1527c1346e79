import type { EffectKind, RuleCondition } from '../../contract/ticket-rules.ts'
import type { Actor } from '../platform/ctx.ts'
import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem, type Refusal } from '../platform/errors.ts'
import { visibleTicket } from '../tickets/public.ts'
import type { Chosen } from './rules/whose-turn.ts'

/** One effect as it was carried out: the field with its value before and after, or why it was refused. */
export interface EffectDone {
  do: EffectKind
  value: string
  before: string | null
  after: string | null
  refused: Refusal | null
  /** Skills that the rule itself needs. */
  skills?: string[] | undefined
  /** Of an assignment by load or in turn: who, and why; or why nobody. */
  chosen?: Chosen | undefined
}

export interface StoredFiring {
  id: string
  organisation_id: string
  rule_id: string | null
  rule_name: string
  ticket_id: string
  at: string
  /** The conditions that held, with the value that made each hold. */
  conditions: (RuleCondition & { held: string | null })[]
  done: EffectDone[]
  undone_at: string | null
  undone_by_name: string | null
  reference: string
  title: string
}

const named = sql`select f.*, t.reference, t.title from rule_firings f join tickets t on t.id = f.ticket_id`

/** Claims a firing for its cause; false where it happened already. */
export async function claimFiring(
  db: Db,
  f: {
    id: string
    organisation: string
    rule: string
    name: string
    ticket: string
    cause: string
    at: string
    conditions: object[]
  },
): Promise<boolean> {
  const { rows } = await sql`
    insert into rule_firings (id, organisation_id, rule_id, rule_name, ticket_id, cause, at, conditions, done)
    values (${f.id}, ${f.organisation}, ${f.rule}, ${f.name}, ${f.ticket}, ${f.cause}, ${f.at}, ${JSON.stringify(f.conditions)}::jsonb, '[]') on conflict do nothing returning 1`.execute(
    db,
  )
  return rows.length > 0
}

/** What came of it; counts it with its rule. */
export async function settleFiring(
  db: Db,
  f: { id: string; rule: string; at: string; done: readonly EffectDone[] },
): Promise<void> {
  await sql`update rule_firings set done = ${JSON.stringify(f.done)}::jsonb where id = ${f.id}`.execute(db)
  await sql`update ticket_rules set fired = fired + 1, last_fired_at = ${f.at} where id = ${f.rule}`.execute(db)
}

/** Rules that fired on a ticket for a cause. */
export const firedFor = async (db: Db, ticket: string, cause: string): Promise<Set<string>> =>
  new Set(
    (
      await sql<{
        rule_id: string
      }>`select rule_id from rule_firings where ticket_id = ${ticket} and cause = ${cause} and rule_id is not null`.execute(
        db,
      )
    ).rows.map((row) => row.rule_id),
  )

/** Teams of an organisation: a rule works in all of them. */
export const allTeams = async (db: Db, organisation: string): Promise<string[]> =>
  (await sql<{ id: string }>`select id from teams where organisation_id = ${organisation}`.execute(db)).rows.map(
    (row) => row.id,
  )

/** How often a rule fired on a ticket since a moment. */
export const firedSince = async (db: Db, rule: string, ticket: string, since: string): Promise<number> =>
  (
    await sql<{
      n: number
    }>`select count(*) as n from rule_firings where rule_id = ${rule} and ticket_id = ${ticket} and at > ${since}::timestamptz`.execute(
      db,
    )
  ).rows[0]!.n

export async function firingPage(db: Db, actor: Actor, rule: string, limit: number, after: string | undefined) {
  const from = readCursor(after, 2)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const { rows } = await sql<StoredFiring>`${named} where f.rule_id = ${rule} and ${visibleTicket(actor)}
    ${from === null ? sql`` : sql`and (f.at, f.id) < (${from[0]}::timestamptz, ${from[1]}::uuid)`} order by f.at desc, f.id desc limit ${limit + 1}`.execute(
    db,
  )
  const last = rows[limit - 1]
  return {
    rows: rows.slice(0, limit),
    next: rows.length > limit && last !== undefined ? cursorOf([last.at, last.id]) : null,
  }
}

/** Of one ticket, newest first. */
export const firingsOf = async (db: Db, ticket: string): Promise<StoredFiring[]> =>
  (await sql<StoredFiring>`${named} where f.ticket_id = ${ticket} order by f.at desc, f.id desc limit 200`.execute(db))
    .rows

export const firingById = async (db: Db, actor: Actor, id: string): Promise<StoredFiring | undefined> =>
  (await sql<StoredFiring>`${named} where f.id = ${id} and ${visibleTicket(actor)} for update of f`.execute(db)).rows[0]

export const markUndone = (db: Db, id: string, by: string, at: string) =>
  sql`update rule_firings set undone_at = ${at}, undone_by_name = ${by} where id = ${id}`.execute(db)
