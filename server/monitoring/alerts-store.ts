import type { RawBuilder } from 'kysely'
import type { AlertRow, ReadAlert, Severity } from '../../contract/monitoring.ts'
import type { Actor } from '../platform/ctx.ts'
import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'
import { newId } from '../platform/identifiers.ts'
import { visibleTicket, withGathered } from '../tickets/public.ts'
import { likeOf } from '../platform/like-of.ts'

export interface StoredAlert {
  id: string
  organisation_id: string
  source_id: string
  fingerprint: string
  status: 'firing' | 'resolved'
  severity: Severity
  title: string
  text: string
  host: string | null
  asset_id: string | null
  link: string | null
  labels: Record<string, string>
  first_at: string
  last_at: string
  status_since: string
  times: number
  changes: string[]
  flapping: boolean
  ticket_id: string | null
  /** Where its ticket goes on: another one where that was merged. */
  goes_on_in: string | null
  act_at: string | null
  acted_at: string | null
  /** How its ticket stands. */
  ticket_state: string | null
  ticket_settled_at: string | null
}

const withTicket = sql`select a.*, t.id as goes_on_in, t.state as ticket_state, coalesce(t.resolved_at, t.closed_at) as ticket_settled_at from alerts a left join tickets t on t.id = survivor_of(a.ticket_id)`

/** The alert of a fingerprint, held; undefined where it is new. */
export const lockedAlert = async (db: Db, source: string, fingerprint: string): Promise<StoredAlert | undefined> =>
  (
    await sql<StoredAlert>`${withTicket} where a.source_id = ${source} and a.fingerprint = ${fingerprint} for update of a`.execute(
      db,
    )
  ).rows[0]

export const lockedAlertById = async (db: Db, id: string): Promise<StoredAlert | undefined> =>
  (await sql<StoredAlert>`${withTicket} where a.id = ${id} for update of a`.execute(db)).rows[0]

export interface AlertColumns {
  status: 'firing' | 'resolved'
  severity: Severity
  title: string
  text: string
  host: string | null
  asset_id: string | null
  link: string | null
  labels: Record<string, string>
  status_since: string
  changes: readonly string[]
  flapping: boolean
}

/** Null where another message was first: its alert is to be taken anew. */
export async function insertAlert(
  db: Db,
  given: AlertColumns & { organisation_id: string; source_id: string; fingerprint: string; at: string },
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    insert into alerts (id, organisation_id, source_id, fingerprint, status, severity, title, text, host, asset_id, link, labels, first_at, last_at, status_since, changes, flapping)
    values (${newId()}, ${given.organisation_id}, ${given.source_id}, ${given.fingerprint}, ${given.status}, ${given.severity}, ${given.title}, ${given.text}, ${given.host}, ${given.asset_id},
      ${given.link}, ${JSON.stringify(given.labels)}::jsonb, ${given.at}, ${given.at}, ${given.status_since}, ${JSON.stringify(given.changes)}::jsonb, ${given.flapping})
    on conflict (source_id, fingerprint) do nothing returning id`.execute(db)
  return rows[0]?.id ?? null
}

/** It was heard of once more. */
export const hearAlert = (db: Db, id: string, { labels, changes, ...columns }: AlertColumns, at: string) =>
  db
    .updateTable('alerts')
    .set({
      ...columns,
      labels: JSON.stringify(labels),
      changes: JSON.stringify(changes),
      last_at: sql`greatest(last_at, ${at}::timestamptz)`,
      times: sql`times + 1`,
    })
    .where('id', '=', id)
    .execute()

export const saveAct = (db: Db, id: string, to: { act_at: string | null; ticket_id?: string; acted_at?: string }) =>
  db.updateTable('alerts').set(to).where('id', '=', id).execute()

/** Alerts whose ticket wants something now. */
export async function alertsToAct(db: Db, now: string, but: readonly string[], limit: number) {
  const { rows } = await sql<{ id: string; source_id: string }>`
    select id, source_id from alerts where act_at <= ${now}::timestamptz and id <> all(${but}::uuid[]) order by act_at limit ${limit}`.execute(
    db,
  )
  return rows
}

/** Alerts of one source about one device wait for one another until the transaction ends. */
export const holdDevice = (db: Db, { source_id, asset_id }: StoredAlert) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`alerts ${source_id} ${asset_id ?? ''}`}, 0))`.execute(db)

/** What is long over is forgotten, some at a time. */
export const forgetAlerts = (db: Db, limit: number) =>
  sql`delete from alerts where id in (select id from alerts where status = 'resolved' and last_at < now() - interval '180 days' limit ${limit})`.execute(
    db,
  )

/** The open ticket that another alert of this source about the same device has, or in which that goes on; undefined where there is none. */
export const ticketOfDevice = async (db: Db, alert: StoredAlert): Promise<string | undefined> =>
  alert.asset_id === null
    ? undefined
    : (
        await sql<{ ticket_id: string }>`
          select t.id as ticket_id from alerts a join tickets t on t.id = survivor_of(a.ticket_id) where a.asset_id = ${alert.asset_id} and a.source_id = ${alert.source_id} and a.id <> ${alert.id} and t.open
          order by a.last_at desc limit 1`.execute(db)
      ).rows[0]?.ticket_id

/** Whether other alerts with the same ticket, or one that was merged into it, still fire. */
export const othersFire = async (db: Db, ticket: string, but: string): Promise<boolean> =>
  (
    await sql`
      select 1 from alerts where ticket_id in (select id from ${withGathered(ticket)} gathered) and id <> ${but} and status = 'firing' limit 1`.execute(
      db,
    )
  ).rows.length > 0

/**
 * The device of the register that a name of monitoring means: as a person said; else the one asset of that tag or name; else the one seen by agents under that
 * name or address. The first label of a name counts for the whole. Null where there is none, or more than one.
 */
export async function deviceOfHost(db: Db, organisation: string, host: string): Promise<string | null> {
  const name = host.toLowerCase()
  const names = [...new Set([name, /^[\d.:]+$/.test(name) ? name : name.split('.')[0]!])]
  const { rows } = await sql<{ asset_id: string; rank: number }>`
    select asset_id, 0 as rank from alert_hosts where organisation_id = ${organisation} and host = ${name}
    union select id, 1 from assets where organisation_id = ${organisation} and (upper(tag) = upper(${host}) or lower(name) = any(${names}::text[])) and state not in ('retired', 'disposed')
    union select asset_id, 2 from devices where organisation_id = ${organisation} and state = 'linked' and (lower(name) = any(${names}::text[]) or address = ${host})
    limit 20`.execute(db)
  const best = Math.min(...rows.map((row) => row.rank))
  const found = rows.filter((row) => row.rank === best)
  return found.length === 1 ? found[0]!.asset_id : null
}

/** Remembers what a name means, and lets all alerts of that name know. */
export async function sayHost(db: Db, organisation: string, host: string, asset: string): Promise<void> {
  await sql`insert into alert_hosts (organisation_id, host, asset_id) values (${organisation}, ${host.toLowerCase()}, ${asset}) on conflict (organisation_id, host) do update set asset_id = excluded.asset_id, said_at = now()`.execute(
    db,
  )
  await sql`update alerts set asset_id = ${asset} where organisation_id = ${organisation} and lower(host) = ${host.toLowerCase()}`.execute(
    db,
  )
}

interface ListedAlert extends StoredAlert {
  source_name: string
  tag: string | null
  asset_name: string | null
  ticket_reference: string | null
  ticket_open: boolean | null
}

/**
 * Alerts (the rows of `some`) with the names around them, and the ticket in which each goes on; one that the reader does not see is not named.
 */
const listed = (actor: Actor, some: RawBuilder<unknown>) => sql`
  select a.*, s.name as source_name, x.tag, x.name as asset_name, t.id as goes_on_in, t.reference as ticket_reference, t.open as ticket_open
  from (${some}) a join alert_sources s on s.id = a.source_id left join assets x on x.id = a.asset_id
    left join tickets t on t.id = survivor_of(a.ticket_id) and ${visibleTicket(actor)}`
const ofOrganisation = (actor: Actor) => sql`select a.* from alerts a where a.organisation_id = ${actor.organisation}`

export interface AlertFilter {
  status?: 'firing' | 'resolved' | undefined
  severity?: Severity | undefined
  source?: string | undefined
  asset?: string | undefined
  ticket?: string | undefined
  unlinked?: boolean | undefined
  q?: string | undefined
}

export async function alertPage(db: Db, actor: Actor, f: AlertFilter, limit: number, after: string | undefined) {
  const from = readCursor(after, 2)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const like = likeOf(f.q ?? '')
  const some = sql`${ofOrganisation(actor)}
    ${f.status === undefined ? sql`` : f.status === 'firing' ? sql`and a.status = 'firing'` : sql`and a.status = 'resolved'`}
    ${f.severity === undefined ? sql`` : sql`and a.severity = ${f.severity}`}
    ${f.source === undefined ? sql`` : sql`and a.source_id = ${f.source}`}
    ${f.asset === undefined ? sql`` : sql`and a.asset_id = ${f.asset}`}
    ${f.ticket === undefined ? sql`` : sql`and a.ticket_id = ${f.ticket} and exists (select 1 from tickets t where t.id = a.ticket_id and ${visibleTicket(actor)})`}
    ${f.unlinked === true ? sql`and a.asset_id is null and a.host is not null` : sql``}
    ${(f.q ?? '') === '' ? sql`` : sql`and (lower(a.title) like ${like} or lower(a.host) like ${like})`}
    ${from === null ? sql`` : sql`and (a.last_at, a.id) < (${from[0]}::timestamptz, ${from[1]}::uuid)`}
    order by a.last_at desc, a.id desc limit ${limit + 1}`
  const { rows } = await sql<ListedAlert>`${listed(actor, some)} order by a.last_at desc, a.id desc`.execute(db)
  const last = rows[limit - 1]
  return {
    rows: rows.slice(0, limit),
    next: rows.length > limit && last !== undefined ? cursorOf([last.last_at, last.id]) : null,
  }
}

export const alertById = async (db: Db, actor: Actor, id: string): Promise<ListedAlert | undefined> =>
  (await sql<ListedAlert>`${listed(actor, sql`${ofOrganisation(actor)} and a.id = ${id}`)}`.execute(db)).rows[0]

export const shownAlertRow = (a: ListedAlert): AlertRow => ({
  id: a.id,
  title: a.title,
  status: a.status,
  severity: a.severity,
  flapping: a.flapping,
  source: { id: a.source_id, name: a.source_name },
  host: a.host,
  asset: a.asset_id === null || a.tag === null ? null : { id: a.asset_id, tag: a.tag, name: a.asset_name ?? '' },
  ticket:
    a.goes_on_in === null || a.ticket_reference === null
      ? null
      : { id: a.goes_on_in, reference: a.ticket_reference, open: a.ticket_open === true },
  times: a.times,
  firstAt: a.first_at,
  lastAt: a.last_at,
  statusSince: a.status_since,
})

export const columnsOf = (
  read: ReadAlert,
  asset: string | null,
  course: Pick<AlertColumns, 'status' | 'changes' | 'flapping'> & { statusSince: string },
): AlertColumns => ({
  status: course.status,
  severity: read.severity,
  title: read.title,
  text: read.text,
  host: read.host,
  asset_id: asset,
  link: read.link,
  labels: read.labels,
  status_since: course.statusSince,
  changes: course.changes,
  flapping: course.flapping,
})
