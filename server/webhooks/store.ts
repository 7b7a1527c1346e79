import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'
import { newId } from '../platform/identifiers.ts'
import type { Webhook } from '../../contract/webhooks.ts'

export interface StoredWebhook {
  id: string
  version: number
  organisation_id: string
  name: string
  url: string
  types: string[]
  role: Webhook['role']
  active: boolean
  secret: Buffer
  previous_secret: Buffer | null
  previous_until: string | null
  created_at: string
}
export interface ShownRow extends StoredWebhook {
  waiting: number
  given_up: number
  last_delivered_at: string | null
}

const counted = sql`w.*,
  (select count(*) from webhook_deliveries d where d.webhook_id = w.id and d.state = 'waiting') as waiting,
  (select count(*) from webhook_deliveries d where d.webhook_id = w.id and d.state = 'given_up' and d.created_at > now() - interval '7 days') as given_up,
  (select max(done_at) from webhook_deliveries d where d.webhook_id = w.id and d.state = 'delivered') as last_delivered_at`

export async function webhookPage(db: Db, organisation: string, limit: number, after: string | undefined) {
  const from = readCursor(after, 2)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const { rows } = await sql<ShownRow>`
    select ${counted} from webhooks w where w.organisation_id = ${organisation} ${from === null ? sql`` : sql`and (w.name, w.id) > (${from[0]}, ${from[1]}::uuid)`}
    order by w.name, w.id limit ${limit + 1}`.execute(db)
  const last = rows[limit - 1]
  return {
    rows: rows.slice(0, limit),
    next: rows.length > limit && last !== undefined ? cursorOf([last.name, last.id]) : null,
  }
}

export const webhookById = async (
  db: Db,
  organisation: string,
  id: string,
  lock = false,
): Promise<ShownRow | undefined> =>
  (
    await sql<ShownRow>`select ${counted} from webhooks w where w.id = ${id} and w.organisation_id = ${organisation} ${lock ? sql`for update of w` : sql``}`.execute(
      db,
    )
  ).rows[0]

export async function insertWebhook(
  db: Db,
  hook: Pick<StoredWebhook, 'id' | 'organisation_id' | 'name' | 'url' | 'types' | 'role' | 'secret'>,
): Promise<void> {
  await sql`
    insert into webhooks (id, organisation_id, name, url, types, role, secret)
    values (${hook.id}, ${hook.organisation_id}, ${hook.name}, ${hook.url}, ${hook.types}::text[], ${hook.role}, ${hook.secret})`.execute(
    db,
  )
}

export async function updateWebhook(
  db: Db,
  id: string,
  to: Pick<StoredWebhook, 'name' | 'url' | 'types' | 'role' | 'active'>,
): Promise<void> {
  await sql`
    update webhooks set name = ${to.name}, url = ${to.url}, types = ${to.types}::text[], role = ${to.role}, active = ${to.active}, version = version + 1, updated_at = now()
    where id = ${id}`.execute(db)
}

/** The secret in force becomes the one before, for a day. */
export async function rotateSecret(db: Db, id: string, secret: Buffer): Promise<void> {
  await sql`
    update webhooks set previous_secret = secret, previous_until = now() + interval '1 day', secret = ${secret}, version = version + 1, updated_at = now()
    where id = ${id}`.execute(db)
}

export async function removeWebhook(db: Db, id: string): Promise<void> {
  await sql`delete from webhooks where id = ${id}`.execute(db)
}

export interface DeliveryRow {
  id: string
  webhook_id: string
  event_id: string
  type: string
  at: string
  state: 'waiting' | 'delivered' | 'unseen' | 'given_up'
  attempts: number
  next_at: string | null
  status: number | null
  excerpt: string | null
  error: { code: string; params: Record<string, unknown> } | null
  created_at: string
  done_at: string | null
}

export async function deliveryPage(
  db: Db,
  webhook: string,
  state: DeliveryRow['state'] | undefined,
  limit: number,
  after: string | undefined,
) {
  const from = readCursor(after, 1)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const { rows } = await sql<DeliveryRow>`
    select d.*, e.type, e.at from webhook_deliveries d join events e on e.id = d.event_id where d.webhook_id = ${webhook}
      ${state === undefined ? sql`` : sql`and d.state = ${state}`} ${from === null ? sql`` : sql`and d.id < ${from[0]}::uuid`}
    order by d.id desc limit ${limit + 1}`.execute(db)
  return { rows: rows.slice(0, limit), next: rows.length > limit ? cursorOf([rows[limit - 1]!.id]) : null }
}

export const deliveryById = async (db: Db, organisation: string, id: string): Promise<DeliveryRow | undefined> =>
  (
    await sql<DeliveryRow>`
      select d.*, e.type, e.at from webhook_deliveries d join events e on e.id = d.event_id join webhooks w on w.id = d.webhook_id
      where d.id = ${id} and w.organisation_id = ${organisation}`.execute(db)
  ).rows[0]

/** One delivery for each pair of webhook and event; a pair that is there stays. */
export async function addDeliveries(tx: Db, pairs: readonly { webhook: string; event: string }[]): Promise<string[]> {
  if (pairs.length === 0) return []
  const given = pairs.map((pair) => ({ id: newId(), ...pair }))
  const { rows } = await sql<{ id: string }>`
    insert into webhook_deliveries (id, webhook_id, event_id, next_at) select id, webhook, event, now()
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g(id uuid, webhook uuid, event uuid) on conflict (webhook_id, event_id) do nothing returning id`.execute(
    tx,
  )
  return rows.map((row) => row.id)
}

export const activeWebhooks = async (db: Db): Promise<{ id: string; types: string[]; organisation_id: string }[]> =>
  (
    await sql<{
      id: string
      types: string[]
      organisation_id: string
    }>`select id, types, organisation_id from webhooks where active`.execute(db)
  ).rows

const leaseSeconds = 60

/** Takes due deliveries of active webhooks for this node; one that it does not finish is due again after a minute. */
export async function takeDue(
  db: Db,
  limit: number,
): Promise<{ id: string; webhook_id: string; event_id: string; attempts: number }[]> {
  const { rows } = await sql<{ id: string; webhook_id: string; event_id: string; attempts: number }>`
    update webhook_deliveries set attempts = attempts + 1, next_at = now() + make_interval(secs => ${leaseSeconds})
    where id in (select d.id from webhook_deliveries d join webhooks w on w.id = d.webhook_id
      where d.state = 'waiting' and d.next_at <= now() and w.active order by d.next_at limit ${limit} for update of d skip locked)
    returning id, webhook_id, event_id, attempts`.execute(db)
  return rows
}

export async function finish(
  db: Db,
  id: string,
  to: {
    state: DeliveryRow['state']
    nextAt: string | null
    status: number | null
    excerpt: string | null
    error: DeliveryRow['error']
  },
): Promise<void> {
  await sql`
    update webhook_deliveries set state = ${to.state}, next_at = ${to.nextAt}, status = ${to.status}, excerpt = ${to.excerpt},
      error = ${to.error === null ? null : JSON.stringify(to.error)}::jsonb, done_at = case when ${to.state} = 'waiting' then null else now() end
    where id = ${id}`.execute(db)
}

export async function wait(db: Db, id: string): Promise<void> {
  await sql`update webhook_deliveries set state = 'waiting', next_at = now(), attempts = 0, done_at = null where id = ${id}`.execute(
    db,
  )
}

/** What was done a month ago is forgotten. */
export async function forgetOld(db: Db): Promise<void> {
  await sql`delete from webhook_deliveries where created_at < now() - interval '30 days' and state <> 'waiting'`.execute(
    db,
  )
}

export const storedWebhook = async (db: Db, id: string): Promise<StoredWebhook | undefined> =>
  (await sql<StoredWebhook>`select * from webhooks where id = ${id}`.execute(db)).rows[0]
