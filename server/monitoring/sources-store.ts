import type { AlertMapping, AlertSource, AlertWay } from '../../contract/monitoring.ts'
import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'
import type { AlertPolicy } from './rules/follow-alert.ts'

/** What of a source is set. */
export interface SourceColumns {
  name: string
  way: AlertWay
  mapping: AlertMapping | null
  queue_id: string
  active: boolean
  opens_from: AlertPolicy['opensFrom']
  one_ticket_for: 'alert' | 'device'
  hold_seconds: number
  quiet_seconds: number
  flap_changes: number
  flap_seconds: number
  resolves: boolean
}

export interface StoredSource extends SourceColumns {
  id: string
  version: number
  organisation_id: string
  slug: string
  key_prefix: string | null
}

interface ListedSource extends StoredSource {
  queue_name: string
  firing: number
  failed: number
  last_received_at: string | null
}

export const policyOf = (s: SourceColumns): AlertPolicy => ({
  opensFrom: s.opens_from,
  holdSeconds: s.hold_seconds,
  quietSeconds: s.quiet_seconds,
  flapChanges: s.flap_changes,
  flapSeconds: s.flap_seconds,
  resolves: s.resolves,
})

const counted = sql`
  select s.id, s.version, s.organisation_id, s.slug, s.name, s.way, s.mapping, s.queue_id, s.active, s.opens_from, s.one_ticket_for, s.hold_seconds, s.quiet_seconds,
    s.flap_changes, s.flap_seconds, s.resolves, s.key_prefix, q.name as queue_name,
    (select count(*) from alerts a where a.source_id = s.id and a.status = 'firing') as firing,
    (select count(*) from alert_deliveries d where d.source_id = s.id and d.state = 'failed' and d.received_at > now() - interval '7 days') as failed,
    (select d.received_at from alert_deliveries d where d.source_id = s.id order by d.id desc limit 1) as last_received_at
  from alert_sources s join queues q on q.id = s.queue_id`

export async function sourcePage(db: Db, organisation: string, limit: number, after: string | undefined) {
  const from = readCursor(after, 2)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const { rows } = await sql<ListedSource>`${counted} where s.organisation_id = ${organisation}
    ${from === null ? sql`` : sql`and (s.name, s.id) > (${from[0]}, ${from[1]}::uuid)`} order by s.name, s.id limit ${limit + 1}`.execute(
    db,
  )
  const last = rows[limit - 1]
  return {
    rows: rows.slice(0, limit),
    next: rows.length > limit && last !== undefined ? cursorOf([last.name, last.id]) : null,
  }
}

export const sourceById = async (db: Db, organisation: string, id: string): Promise<ListedSource | undefined> =>
  (await sql<ListedSource>`${counted} where s.id = ${id} and s.organisation_id = ${organisation}`.execute(db)).rows[0]

const bare = sql`select s.* from alert_sources s`

export const lockedSource = async (db: Db, organisation: string, id: string): Promise<StoredSource | undefined> =>
  (await sql<StoredSource>`${bare} where s.id = ${id} and s.organisation_id = ${organisation} for update`.execute(db))
    .rows[0]

export const sourceBySlug = async (db: Db, organisation: string, slug: string): Promise<StoredSource | undefined> =>
  (await sql<StoredSource>`${bare} where s.organisation_id = ${organisation} and s.slug = ${slug}`.execute(db)).rows[0]

export const sourceByKey = async (db: Db, keyHash: Buffer): Promise<StoredSource | undefined> =>
  (await sql<StoredSource>`${bare} where s.key_hash = ${keyHash}`.execute(db)).rows[0]

export const anySource = async (db: Db, id: string): Promise<StoredSource | undefined> =>
  (await sql<StoredSource>`${bare} where s.id = ${id}`.execute(db)).rows[0]

/** False where the address is taken. */
export async function insertSource(
  db: Db,
  source: SourceColumns & { id: string; organisation_id: string; slug: string },
): Promise<boolean> {
  const { rows } = await sql`
    insert into alert_sources (id, organisation_id, slug, name, way, mapping, queue_id, active, opens_from, one_ticket_for, hold_seconds, quiet_seconds, flap_changes, flap_seconds, resolves)
    values (${source.id}, ${source.organisation_id}, ${source.slug}, ${source.name}, ${source.way}, ${asJson(source.mapping)}::jsonb, ${source.queue_id}, ${source.active},
      ${source.opens_from}, ${source.one_ticket_for}, ${source.hold_seconds}, ${source.quiet_seconds}, ${source.flap_changes}, ${source.flap_seconds}, ${source.resolves})
    on conflict (organisation_id, slug) do nothing returning 1`.execute(db)
  return rows.length > 0
}

const asJson = (mapping: AlertMapping | null): string | null => (mapping === null ? null : JSON.stringify(mapping))

export const saveSource = (db: Db, id: string, { mapping, ...columns }: SourceColumns) =>
  db
    .updateTable('alert_sources')
    .set({ ...columns, mapping: asJson(mapping), version: sql`version + 1` })
    .where('id', '=', id)
    .execute()

export const setKey = (db: Db, id: string, key: { hash: Buffer; prefix: string }) =>
  sql`update alert_sources set key_hash = ${key.hash}, key_prefix = ${key.prefix}, version = version + 1 where id = ${id}`.execute(
    db,
  )

export const shownSource = (s: ListedSource): AlertSource => ({
  id: s.id,
  version: s.version,
  slug: s.slug,
  name: s.name,
  way: s.way,
  mapping: s.mapping,
  queue: { id: s.queue_id, name: s.queue_name },
  active: s.active,
  opensFrom: s.opens_from,
  oneTicketFor: s.one_ticket_for,
  holdSeconds: s.hold_seconds,
  quietSeconds: s.quiet_seconds,
  flapChanges: s.flap_changes,
  flapSeconds: s.flap_seconds,
  resolves: s.resolves,
  keyPrefix: s.key_prefix,
  firing: s.firing,
  failed: s.failed,
  lastReceivedAt: s.last_received_at,
  refusals: {},
})
