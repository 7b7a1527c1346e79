import { type Db, sql } from '../platform/db.ts'

export interface Bouncing {
  address: string
  person_id: string | null
  since: string
  status: string | null
  words: string
}

/** What an address that sends mail back is told of: whose it is, else the mail that showed it. */
export const bounced = (person: string | null, mail: string): { kind: string; id: string } =>
  person === null ? { kind: 'mail', id: mail } : { kind: 'person', id: person }

/** Marks an address; answers whether it was not marked before. */
export async function markBouncing(
  db: Db,
  given: Bouncing & { organisation: string; mail: string | null },
): Promise<boolean> {
  const { rows } = await sql`
    insert into bouncing_addresses (address, organisation_id, person_id, since, mail_id, status, words)
    values (lower(${given.address}), ${given.organisation}, ${given.person_id}, ${given.since}::timestamptz, ${given.mail}, ${given.status}, ${given.words})
    on conflict (address) do nothing returning 1`.execute(db)
  return rows.length > 0
}

export async function clearBouncing(db: Db, organisation: string, address: string): Promise<Bouncing | undefined> {
  const { rows } = await sql<Bouncing>`
    delete from bouncing_addresses where address = lower(${address}) and organisation_id = ${organisation} returning address, person_id, since, status, words`.execute(
    db,
  )
  return rows[0]
}

export async function bouncingOf(db: Db, person: string): Promise<Bouncing[]> {
  const { rows } =
    await sql<Bouncing>`select address, person_id, since, status, words from bouncing_addresses where person_id = ${person} order by address`.execute(
      db,
    )
  return rows
}

export const isBouncing = async (db: Db, address: string): Promise<boolean> =>
  (await sql`select 1 from bouncing_addresses where address = lower(${address})`.execute(db)).rows.length > 0

export interface BouncedMail {
  id: string
  organisation_id: string
  person_id: string | null
  address: string | null
}

/** The mail a report is about, by its id or its Message-ID. */
export async function mailReported(
  db: Db,
  organisation: string,
  by: { id: string } | { messageIds: readonly string[] },
): Promise<BouncedMail | undefined> {
  const which = 'id' in by ? sql`id = ${by.id}::uuid` : sql`message_id = any(${by.messageIds}::text[])`
  const { rows } = await sql<BouncedMail>`
    select id, organisation_id, person_id, address from mails where organisation_id = ${organisation} and ${which} limit 1`.execute(
    db,
  )
  return rows[0]
}

/** Notes on a mail that it came back; answers whether it had not before. */
export async function noteBounce(db: Db, mail: string, at: string, problem: object): Promise<boolean> {
  const { rows } = await sql`
    update mails set bounced_at = ${at}::timestamptz, problem = ${JSON.stringify(problem)}::jsonb where id = ${mail} and bounced_at is null returning 1`.execute(
    db,
  )
  return rows.length > 0
}
