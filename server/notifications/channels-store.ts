import type { ChannelTopic, ChatKind } from '../../contract/chat-channels.ts'
import { type Db, sql } from '../platform/db.ts'
import type { Refusal } from '../platform/errors.ts'

export interface StoredChannel {
  id: string
  version: number
  organisation_id: string
  owner_kind: 'person' | 'team' | 'organisation'
  owner_id: string | null
  owner_name: string
  kind: ChatKind
  name: string
  address: Buffer
  host: string
  topics: ChannelTopic[]
  in_working_hours: boolean
  active: boolean
  last_ok_at: string | null
  problem: Refusal | null
}

const whole = sql`
  select c.*, coalesce(p.name, t.name, o.name) as owner_name from chat_channels c
  left join persons p on c.owner_kind = 'person' and p.id = c.owner_id left join teams t on c.owner_kind = 'team' and t.id = c.owner_id
  left join organisations o on c.owner_kind = 'organisation' and o.id = c.organisation_id`

export async function ownChannels(db: Db, person: string): Promise<StoredChannel[]> {
  return (
    await sql<StoredChannel>`${whole} where c.owner_kind = 'person' and c.owner_id = ${person} order by c.name, c.id limit 50`.execute(
      db,
    )
  ).rows
}

export async function sharedChannels(db: Db, organisation: string): Promise<StoredChannel[]> {
  return (
    await sql<StoredChannel>`${whole} where c.owner_kind <> 'person' and c.organisation_id = ${organisation} order by c.name, c.id limit 500`.execute(
      db,
    )
  ).rows
}

/** A channel of the organisation; `lock` holds it for the transaction. */
export async function channelById(
  db: Db,
  organisation: string,
  id: string,
  lock = false,
): Promise<StoredChannel | undefined> {
  if (lock) await sql`select 1 from chat_channels where id = ${id} for update`.execute(db)
  return (await sql<StoredChannel>`${whole} where c.id = ${id} and c.organisation_id = ${organisation}`.execute(db))
    .rows[0]
}

export type NewChannel = Pick<
  StoredChannel,
  | 'id'
  | 'organisation_id'
  | 'owner_kind'
  | 'owner_id'
  | 'kind'
  | 'name'
  | 'address'
  | 'host'
  | 'topics'
  | 'in_working_hours'
>

export async function insertChannel(db: Db, c: NewChannel): Promise<void> {
  await sql`
    insert into chat_channels (id, organisation_id, owner_kind, owner_id, kind, name, address, host, topics, in_working_hours)
    values (${c.id}, ${c.organisation_id}, ${c.owner_kind}, ${c.owner_id}, ${c.kind}, ${c.name}, ${c.address}, ${c.host}, ${c.topics}::text[], ${c.in_working_hours})`.execute(
    db,
  )
}

export async function updateChannel(
  db: Db,
  c: Pick<StoredChannel, 'id' | 'name' | 'address' | 'host' | 'topics' | 'in_working_hours' | 'active'>,
): Promise<void> {
  await sql`
    update chat_channels set version = version + 1, name = ${c.name}, address = ${c.address}, host = ${c.host}, topics = ${c.topics}::text[],
      in_working_hours = ${c.in_working_hours}, active = ${c.active}, problem = null where id = ${c.id}`.execute(db)
}

/** Messages that still wait for it are dropped with it. */
export async function deleteChannel(db: Db, id: string): Promise<void> {
  await sql`delete from notice_batches where channel_id = ${id}`.execute(db)
  await sql`delete from chat_channels where id = ${id}`.execute(db)
}

export async function noteAnswer(
  db: Db,
  id: string,
  at: string,
  problem: Refusal | null,
  gone: boolean,
): Promise<void> {
  await sql`
    update chat_channels set last_ok_at = case when ${problem === null} then ${at}::timestamptz else last_ok_at end,
      problem = ${problem === null ? null : JSON.stringify(problem)}::jsonb, active = active and not ${gone} where id = ${id}`.execute(
    db,
  )
}

export type RoutedChannel = Pick<
  StoredChannel,
  'id' | 'organisation_id' | 'owner_kind' | 'owner_id' | 'topics' | 'in_working_hours'
>

/** Channels in use of these persons, and the shared ones of their organisations. */
export async function channelsFor(
  db: Db,
  persons: readonly string[],
  organisations: readonly string[],
): Promise<RoutedChannel[]> {
  const { rows } = await sql<RoutedChannel>`
    select id, organisation_id, owner_kind, owner_id, topics, in_working_hours from chat_channels
    where active and ((owner_kind = 'person' and owner_id = any(${[...persons]}::uuid[])) or (owner_kind <> 'person' and organisation_id = any(${[...organisations]}::uuid[])))`.execute(
    db,
  )
  return rows
}

/** Whether a cause is new to a shared channel. */
export async function firstSaid(db: Db, channel: string, cause: string): Promise<boolean> {
  const { rows } =
    await sql`insert into chat_said (channel_id, cause) values (${channel}, ${cause}) on conflict do nothing returning 1`.execute(
      db,
    )
  return rows.length > 0
}

export interface TakenPost {
  id: string
  organisation_id: string
  person_id: string | null
  channel_id: string
  attempts: number
  created_at: string
}

/** Takes messages whose moment has come; each is leased to one node. */
export async function takePosts(db: Db, now: string, limit: number, leaseSeconds: number): Promise<TakenPost[]> {
  const { rows } = await sql<TakenPost>`
    with due as materialized (
      select id from notice_batches where channel_id is not null and state in ('open', 'sending') and send_at <= ${now}::timestamptz order by send_at limit ${limit} for update skip locked)
    update notice_batches b set state = 'sending', attempts = attempts + 1, send_at = ${now}::timestamptz + make_interval(secs => ${leaseSeconds}::int)
    from due where b.id = due.id returning b.id, b.organisation_id, b.person_id, b.channel_id, b.attempts, b.created_at`.execute(
    db,
  )
  return rows
}

export async function postponePost(db: Db, id: string, sendAt: string, problem: Refusal): Promise<void> {
  await sql`update notice_batches set send_at = ${sendAt}::timestamptz, problem = ${JSON.stringify(problem)}::jsonb where id = ${id} and state = 'sending'`.execute(
    db,
  )
}

/** Forgets what was said and sent long ago. */
export async function forgetPosts(db: Db, before: string): Promise<void> {
  await sql`delete from chat_said where at < ${before}::timestamptz`.execute(db)
  await sql`delete from notice_batches where created_at < ${before}::timestamptz and state not in ('open', 'sending')`.execute(
    db,
  )
}

/** Whether there is such a team in use. */
export const isTeam = async (db: Db, organisation: string, id: string): Promise<boolean> =>
  (await sql`select 1 from teams where id = ${id} and organisation_id = ${organisation} and active`.execute(db)).rows
    .length > 0
