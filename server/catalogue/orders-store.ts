import type { Answers, Order, ServiceDefinition } from '../../contract/catalogue.ts'
import { type Db, sql } from '../platform/db.ts'

export interface StoredOrder {
  ticket_id: string
  version: number
  organisation_id: string
  service_id: string
  revision: number
  answers: Answers
  facts: { key: string; label: string; text: string }[]
  one_off_minor: number
  monthly_minor: number
  currency: string | null
  state: Order['state']
  approval_id: string | null
  expected_at: string | null
  ordered_at: string
  /** What it was made with. */
  definition: ServiceDefinition
}

/** The order of a ticket, whoever asks; `lock` holds it. */
export async function orderOf(db: Db, ticket: string, lock = false): Promise<StoredOrder | undefined> {
  if (lock) await sql`select 1 from catalogue_orders where ticket_id = ${ticket} for update`.execute(db)
  return (
    await sql<StoredOrder>`
      select o.*, v.definition from catalogue_orders o join catalogue_revisions v on v.service_id = o.service_id and v.revision = o.revision where o.ticket_id = ${ticket}`.execute(
      db,
    )
  ).rows[0]
}

/** Those of some tickets whose order waits or is being fulfilled. */
export async function withOrderUnderWay(db: Db, tickets: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select ticket_id as id from catalogue_orders where ticket_id = any(${[...tickets]}::uuid[]) and state in ('waiting', 'fulfilling')`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}

export async function insertOrder(
  db: Db,
  o: Omit<StoredOrder, 'version' | 'definition' | 'approval_id'>,
): Promise<void> {
  await sql`
    insert into catalogue_orders (ticket_id, organisation_id, service_id, revision, answers, facts, one_off_minor, monthly_minor, currency, state, expected_at, ordered_at)
    values (${o.ticket_id}, ${o.organisation_id}, ${o.service_id}, ${o.revision}, ${JSON.stringify(o.answers)}::jsonb, ${JSON.stringify(o.facts)}::jsonb, ${o.one_off_minor}, ${o.monthly_minor}, ${o.currency},
      ${o.state}, ${o.expected_at}::timestamptz, ${o.ordered_at}::timestamptz)`.execute(db)
  await sql`update catalogue_services set orders = orders + 1 where id = ${o.service_id}`.execute(db)
}

export async function saveOrder(
  db: Db,
  ticket: string,
  { answers, facts, ...columns }: Partial<Omit<StoredOrder, 'ticket_id' | 'version' | 'definition'>>,
): Promise<void> {
  await db
    .updateTable('catalogue_orders')
    .set({
      ...columns,
      ...(answers === undefined ? {} : { answers: JSON.stringify(answers) }),
      ...(facts === undefined ? {} : { facts: JSON.stringify(facts) }),
      version: sql`version + 1`,
    })
    .where('ticket_id', '=', ticket)
    .execute()
}
