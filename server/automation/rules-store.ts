import type { RuleCondition, RuleEffect, RuleEvent } from '../../contract/ticket-rules.ts'
import { type Db, sql } from '../platform/db.ts'

export interface RuleColumns {
  name: string
  event: RuleEvent
  waits_seconds: number | null
  conditions: RuleCondition[]
  effects: RuleEffect[]
  stops: boolean
  active: boolean
}

export interface StoredRule extends RuleColumns {
  id: string
  version: number
  organisation_id: string
  position: number
  fired: number
  last_fired_at: string | null
}

const all = sql`select r.* from ticket_rules r`

/** In the order in which they are asked. */
export const rulesOf = async (db: Db, organisation: string): Promise<StoredRule[]> =>
  (await sql<StoredRule>`${all} where r.organisation_id = ${organisation} order by r.position, r.id`.execute(db)).rows

/** Those that are on and hear an event. */
export const activeRules = async (db: Db, organisation: string, event: RuleEvent): Promise<StoredRule[]> =>
  (
    await sql<StoredRule>`${all} where r.organisation_id = ${organisation} and r.active and r.event = ${event} order by r.position, r.id`.execute(
      db,
    )
  ).rows

/** What active rules hear, as `organisation event`. */
export const eventsHeard = async (db: Db): Promise<Set<string>> =>
  new Set(
    (
      await sql<{
        heard: string
      }>`select distinct organisation_id || ' ' || event as heard from ticket_rules where active`.execute(db)
    ).rows.map((row) => row.heard),
  )

/** Rules of time of all organisations. */
export const waitingRules = async (db: Db): Promise<StoredRule[]> =>
  (
    await sql<StoredRule>`${all} where r.active and r.event = 'waits' order by r.organisation_id, r.position, r.id`.execute(
      db,
    )
  ).rows

export const ruleById = async (
  db: Db,
  organisation: string,
  id: string,
  lock = false,
): Promise<StoredRule | undefined> =>
  (
    await sql<StoredRule>`${all} where r.id = ${id} and r.organisation_id = ${organisation} ${lock ? sql`for update` : sql``}`.execute(
      db,
    )
  ).rows[0]

const asJson = (columns: RuleColumns) => ({
  ...columns,
  conditions: JSON.stringify(columns.conditions),
  effects: JSON.stringify(columns.effects),
})

/** At the end of the order. */
export const insertRule = (db: Db, rule: RuleColumns & { id: string; organisation_id: string }) =>
  db
    .insertInto('ticket_rules')
    .values({
      ...asJson(rule),
      id: rule.id,
      organisation_id: rule.organisation_id,
      position: sql`(select coalesce(max(position), 0) + 1 from ticket_rules where organisation_id = ${rule.organisation_id})`,
    })
    .execute()

export const saveRule = (db: Db, id: string, columns: RuleColumns) =>
  db
    .updateTable('ticket_rules')
    .set({ ...asJson(columns), version: sql`version + 1` })
    .where('id', '=', id)
    .execute()

/** Numbers the rules anew in the order of the ids. */
export const orderRules = (db: Db, ids: readonly string[]) =>
  sql`update ticket_rules r set position = g.place from unnest(${ids}::uuid[]) with ordinality as g(id, place) where r.id = g.id and r.position <> g.place`.execute(
    db,
  )

export const deleteRule = (db: Db, id: string) => sql`delete from ticket_rules where id = ${id}`.execute(db)

/** Locks the order of the rules of an organisation for this transaction. */
export const holdOrder = (db: Db, organisation: string) =>
  sql`select 1 from ticket_rules where organisation_id = ${organisation} order by id for update`.execute(db)
