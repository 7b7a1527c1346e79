import { type Db, sql } from '../../../platform/db.ts'
import { importedValues, type SaidBefore } from '../../../platform/imports/imported-values.ts'
import { knownSources, type KnownSource } from '../sources-store.ts'

/** The fields that are followed at the source, as texts. */
export interface FieldTexts {
  title: string
  description: string
  state: string
  priority: string
  queue: string
  assignee: string
  requester: string
  category: string
}

/** A ticket that was imported before: what the source said last, and what it is here now. */
export interface KnownTicket {
  source: KnownSource
  said: SaidBefore
  current: FieldTexts
  version: number
  createdAt: number
  reference: string
}

/** The columns of tickets as texts, by id. */
export async function currentFields(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, { fields: FieldTexts; version: number; createdAt: number; reference: string }>> {
  const { rows } = await sql<FieldTexts & { id: string; version: number; created: string; reference: string }>`
    select id, version, reference, created_at as created, title, encode(sha256(convert_to(description, 'UTF8')), 'hex') as description, state, priority::text as priority, queue_id::text as queue,
      coalesce(assignee_id::text, '') as assignee, coalesce(requester_id::text, '') as requester, coalesce(category_id::text, '') as category
    from tickets where id = any(${ids}::uuid[])`.execute(db)
  return new Map(
    rows.map(({ id, version, created, reference, ...fields }) => [
      id,
      { fields, version, createdAt: Date.parse(created), reference },
    ]),
  )
}

/** By key, the tickets of these that came from the source before. */
export async function knownTickets(db: Db, source: string, keys: readonly string[]): Promise<Map<string, KnownTicket>> {
  const sources = await knownSources(db, source, keys)
  const ids = [...sources.values()].map((s) => s.ticket)
  const said = await importedValues(db, source, ids)
  const current = await currentFields(db, ids)
  return new Map(
    [...sources].map(([key, one]) => {
      const { fields, ...rest } = current.get(one.ticket)!
      return [key, { source: one, said: said.get(one.ticket) ?? {}, current: fields, ...rest }]
    }),
  )
}
