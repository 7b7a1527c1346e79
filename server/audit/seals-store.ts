import type { Actor } from '../platform/ctx.ts'
import { type Db, sql } from '../platform/db.ts'
import type { Subjects } from '../platform/subjects.ts'

export interface SealRow {
  seq: number
  members: string[]
  marks: Buffer
  digest: Buffer
  previous: Buffer
  head: Buffer
  signature: Buffer
  sealed_at: string
}

/**
 * Every column of an event as one line of JSON: what a batch is the hash of. Moments in microseconds, so that the text depends on no
 * setting.
 */
const line = sql`json_build_array(e.id, e.type, (extract(epoch from e.at) * 1000000)::bigint, (extract(epoch from e.recorded_at) * 1000000)::bigint,
  e.organisation_id, e.actor_kind, e.actor_id, e.actor_name, e.subject_kind, e.subject_id, e.cause, e.request_id, encode(e.digest, 'hex'))::text`

const markBytes = 8

/** Hash of a batch, the marks of its events, and those that are there, all in order of id. */
export async function digestOfEvents(
  db: Db,
  ids: readonly string[],
): Promise<{ ids: string[]; digest: Buffer; marks: Buffer }> {
  const { rows } = await sql<{ ids: string[] | null; digest: Buffer | null; marks: Buffer | null }>`
    select array_agg(id::text order by id) as ids, sha256(convert_to(string_agg(line, e'\n' order by id), 'UTF8')) as digest,
      string_agg(substring(sha256(convert_to(line, 'UTF8')) for ${markBytes}), ''::bytea order by id) as marks
    from (select e.id, ${line} as line from events e where e.id = any(${ids}::uuid[])) x`.execute(db)
  const [row] = rows
  return { ids: row?.ids ?? [], digest: row?.digest ?? Buffer.alloc(0), marks: row?.marks ?? Buffer.alloc(0) }
}

/** Which events of a batch no longer have the mark they were sealed with. */
export const differing = (ids: readonly string[], now: Buffer, sealed: Buffer): string[] =>
  ids.filter(
    (_, i) =>
      !now.subarray(i * markBytes, (i + 1) * markBytes).equals(sealed.subarray(i * markBytes, (i + 1) * markBytes)),
  )

export async function lastSeal(db: Db): Promise<{ seq: number; head: Buffer; sealed_at: string } | undefined> {
  const { rows } = await sql<{
    seq: number
    head: Buffer
    sealed_at: string
  }>`select seq, head, sealed_at from event_seals order by seq desc limit 1`.execute(db)
  return rows[0]
}

export async function insertSeal(tx: Db, seal: SealRow): Promise<void> {
  await sql`
    insert into event_seals (seq, members, marks, newest, digest, previous, head, signature, sealed_at)
    values (${seal.seq}, ${seal.members}::uuid[], ${seal.marks}, ${seal.members.at(-1)!}, ${seal.digest}, ${seal.previous}, ${seal.head}, ${seal.signature}, ${seal.sealed_at})`.execute(
    tx,
  )
}

/** Seals after a number, in order. */
export const sealsAfter = async (db: Db, seq: number, limit: number): Promise<SealRow[]> =>
  (
    await sql<SealRow>`
      select seq, members::text[] as members, marks, digest, previous, head, signature, sealed_at from event_seals where seq > ${seq} order by seq limit ${limit}`.execute(
      db,
    )
  ).rows

/** For how long before the newest sealed event each look goes back; what commits later still is found by a full look. */
const lookBackMs = 30 * 60_000

const floorOf = (id: string): string => {
  const ms = Math.max(0, parseInt(id.replaceAll('-', '').slice(0, 12), 16) - lookBackMs)
  const hex = ms.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-0000-0000-000000000000`
}

/** Events in no batch yet, by id, among those not much older than the newest sealed one. Work proportional to what is new. */
export async function freshEvents(db: Db, limit: number): Promise<string[]> {
  const { rows: newest } = await sql<{
    newest: string | null
  }>`select newest from event_seals order by newest desc limit 1`.execute(db)
  const floor = newest[0]?.newest == null ? '00000000-0000-0000-0000-000000000000' : floorOf(newest[0].newest)
  const { rows } = await sql<{ id: string }>`
    with known as materialized (select unnest(members) as id from event_seals where newest >= ${floor}::uuid)
    select e.id from events e where e.id > ${floor}::uuid and not exists (select 1 from known k where k.id = e.id) order by e.id limit ${limit}`.execute(
    db,
  )
  return rows.map((row) => row.id)
}

/** Every event in no batch, wherever its id lies: late commits, imports with old ids. Reads both lists of ids once. */
export async function gatherUnsealed(tx: Db): Promise<number> {
  await sql`set local work_mem = '128MB'`.execute(tx)
  await sql`set local statement_timeout = 0`.execute(tx)
  await sql`create temp table to_seal on commit drop as
    select e.id from events e where not exists (select 1 from (select unnest(members) as id from event_seals) k where k.id = e.id)`.execute(
    tx,
  )
  await sql`create index on to_seal (id)`.execute(tx)
  return (await sql<{ n: number }>`select count(*) as n from to_seal`.execute(tx)).rows[0]!.n
}

export const gatheredAfter = async (tx: Db, id: string | null, limit: number): Promise<string[]> =>
  (
    await sql<{
      id: string
    }>`select id from to_seal ${id === null ? sql`` : sql`where id > ${id}::uuid`} order by id limit ${limit}`.execute(
      tx,
    )
  ).rows.map((row) => row.id)

export const countSealed = async (db: Db): Promise<{ seals: number; events: number }> =>
  (
    await sql<{
      seals: number
      events: number
    }>`select count(*) as seals, coalesce(sum(cardinality(members)), 0)::bigint as events from event_seals`.execute(db)
  ).rows[0]!

export const countEvents = async (db: Db): Promise<number> =>
  (await sql<{ n: number }>`select count(*) as n from events`.execute(db)).rows[0]!.n

export interface PayloadRow {
  id: string
  digest: Buffer
  there: boolean
  erased: boolean
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
}

/** The payloads of events; `erased` where an erasure was recorded. */
export const payloadsOf = async (db: Db, ids: readonly string[]): Promise<PayloadRow[]> =>
  (
    await sql<PayloadRow>`
      select e.id, e.digest, p.event_id is not null as there, p.before, p.after,
        p.event_id is null and exists (select 1 from events x where x.subject_id = e.id and x.subject_kind = 'event' and x.type = 'event.erased') as erased
      from events e left join event_payloads p on p.event_id = e.id where e.id = any(${ids}::uuid[]) order by e.id`.execute(
      db,
    )
  ).rows

export interface Verification {
  id: string
  at: string
  clean: boolean
  seals: number
  events: number
  unsealed: number
  findings: { code: string; params: Record<string, unknown> }[]
}
export async function insertVerification(tx: Db, v: Verification): Promise<void> {
  await sql`
    insert into event_verifications (id, at, clean, seals, events, unsealed, findings)
    values (${v.id}, ${v.at}, ${v.clean}, ${v.seals}, ${v.events}, ${v.unsealed}, ${JSON.stringify(v.findings)}::jsonb)`.execute(
    tx,
  )
}
export const lastVerification = async (db: Db): Promise<Verification | undefined> =>
  (await sql<Verification>`select * from event_verifications order by at desc limit 1`.execute(db)).rows[0]

/** Takes away what an event says before and after. Undefined where the actor may not see the event, false where it was gone already. */
export async function erasePayload(tx: Db, actor: Actor, subjects: Subjects, id: string): Promise<boolean | undefined> {
  const guarded = sql.join(subjects.kinds().map((kind) => sql`${kind}`))
  const { rows } = await sql`
    select 1 from events e where e.id = ${id} and e.organisation_id = ${actor.organisation}
      and (e.subject_kind not in (${guarded}) or ${subjects.visible(actor, sql.ref('e.subject_kind'), sql.ref('e.subject_id'))})`.execute(
    tx,
  )
  if (rows.length === 0) return undefined
  const gone = await sql`delete from event_payloads where event_id = ${id} returning 1`.execute(tx)
  return gone.rows.length > 0
}

/** When the log was sealed last, since when a newer event has waited, and what the last verification found (null: there was none). */
export async function logStanding(
  db: Db,
): Promise<{ sealedAt: string | null; waitingSince: string | null; clean: boolean | null }> {
  const last = await lastSeal(db)
  const verified = await lastVerification(db)
  const { rows } = await sql<{ at: string | null }>`
    select recorded_at as at from events where id > (select coalesce(max(newest::text), '00000000-0000-0000-0000-000000000000')::uuid from (select newest from event_seals order by newest desc limit 1) x)
    order by id limit 1`.execute(db)
  return { sealedAt: last?.sealed_at ?? null, waitingSince: rows[0]?.at ?? null, clean: verified?.clean ?? null }
}
