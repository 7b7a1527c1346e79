import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem, type Refusal } from '../platform/errors.ts'
import { newId } from '../platform/identifiers.ts'

export type DeliveryState = 'received' | 'taken' | 'left' | 'failed'

export interface StoredDelivery {
  id: string
  organisation_id: string
  source_id: string
  received_at: string
  media_type: string
  body: Buffer
  state: DeliveryState
  alerts: number
  reasons: Refusal[]
}

/** Keeps a message as it came. */
export async function insertDelivery(
  db: Db,
  given: Pick<StoredDelivery, 'organisation_id' | 'source_id' | 'media_type' | 'body'> & { at: string },
): Promise<string> {
  const id = newId()
  await sql`
    insert into alert_deliveries (id, organisation_id, source_id, received_at, media_type, body, state)
    values (${id}, ${given.organisation_id}, ${given.source_id}, ${given.at}, ${given.media_type}, ${given.body}, 'received')`.execute(
    db,
  )
  return id
}

export const lockedDelivery = async (db: Db, id: string): Promise<StoredDelivery | undefined> =>
  (await sql<StoredDelivery>`select * from alert_deliveries where id = ${id} for update`.execute(db)).rows[0]

export const deliveryById = async (db: Db, organisation: string, id: string): Promise<StoredDelivery | undefined> =>
  (
    await sql<StoredDelivery>`select * from alert_deliveries where id = ${id} and organisation_id = ${organisation}`.execute(
      db,
    )
  ).rows[0]

export const settleDelivery = (
  db: Db,
  id: string,
  to: { state: DeliveryState; alerts: number; reasons: readonly Refusal[] },
) =>
  sql`update alert_deliveries set state = ${to.state}, alerts = ${to.alerts}, reasons = ${JSON.stringify(to.reasons)}::jsonb where id = ${id}`.execute(
    db,
  )

/** Keeps a message as failed that is still to be taken. */
export const failDelivery = (db: Db, id: string, reasons: readonly Refusal[]) =>
  sql`update alert_deliveries set state = 'failed', alerts = 0, reasons = ${JSON.stringify(reasons)}::jsonb where id = ${id} and state = 'received'`.execute(
    db,
  )

/** Messages whose taking was interrupted. */
export async function interruptedDeliveries(
  db: Db,
  before: string,
  but: readonly string[],
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from alert_deliveries where state = 'received' and received_at < ${before}::timestamptz and id <> all(${but}::uuid[]) order by received_at limit ${limit}`.execute(
    db,
  )
  return rows.map((row) => row.id)
}

/** What was read is kept for a month, what could not be read for three. */
export const forgetDeliveries = (db: Db, limit: number) =>
  sql`delete from alert_deliveries where id in (
    select id from alert_deliveries where received_at < now() - interval '30 days' and (state in ('taken', 'left') or received_at < now() - interval '90 days') limit ${limit})`.execute(
    db,
  )

export async function deliveryPage(
  db: Db,
  source: string,
  state: DeliveryState | undefined,
  limit: number,
  after: string | undefined,
) {
  const from = readCursor(after, 1)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const { rows } = await sql<Omit<StoredDelivery, 'body'> & { bytes: number }>`
    select d.id, d.organisation_id, d.source_id, d.received_at, d.media_type, d.state, d.alerts, d.reasons, length(d.body) as bytes from alert_deliveries d
    where d.source_id = ${source} ${state === undefined ? sql`` : sql`and d.state = ${state}`} ${from === null ? sql`` : sql`and d.id < ${from[0]}::uuid`}
    order by d.id desc limit ${limit + 1}`.execute(db)
  return { rows: rows.slice(0, limit), next: rows.length > limit ? cursorOf([rows[limit - 1]!.id]) : null }
}
