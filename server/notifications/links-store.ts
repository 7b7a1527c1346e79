import { isoInstant } from '../calendars/public.ts'
import { type Db, sql } from '../platform/db.ts'
import { canonical } from '../platform/events.ts'
import { hashOf, newId } from '../platform/identifiers.ts'
import { isSignatureOf, signatureOf } from '../platform/sealing.ts'
import type { ActLink } from '../../contract/notifications.ts'

export interface LinkRow {
  id: string
  person_id: string
  act: ActLink['act']
  target: Record<string, unknown>
  expires_at: string
  used_at: string | null
}

export interface LinkWanted {
  person: string
  act: ActLink['act']
  target: Record<string, unknown>
  /** Names the place of the link: composing the same mail again makes the same link. */
  madeFor: string
  days: number
}

const purpose = 'links in mails'
const signedText = (l: LinkRow): string => [l.id, l.person_id, l.act, canonical(l.target), l.expires_at].join('|')
const tokenOf = (secret: Buffer, l: LinkRow): string =>
  `${Buffer.from(l.id.replaceAll('-', ''), 'hex').toString('base64url')}.${signatureOf(secret, purpose, signedText(l))}`

/** Makes a link, or finds the one made before, and answers its token. The token stands in the mail; the database keeps its hash. */
export async function linkFor(db: Db, secret: Buffer, wanted: LinkWanted): Promise<string> {
  const made: LinkRow = {
    id: newId(),
    person_id: wanted.person,
    act: wanted.act,
    target: wanted.target,
    expires_at: isoInstant(Math.floor(Date.now() / 1000) + wanted.days * 86_400),
    used_at: null,
  }
  const { rows } = await sql<LinkRow>`
    insert into act_links (id, token_hash, person_id, act, target, made_for, expires_at)
    values (${made.id}, ${hashOf(tokenOf(secret, made))}, ${made.person_id}, ${made.act}, ${JSON.stringify(made.target)}::jsonb, ${wanted.madeFor}, ${made.expires_at}::timestamptz)
    on conflict (made_for) do update set made_for = excluded.made_for returning id, person_id, act, target, expires_at, used_at`.execute(
    db,
  )
  return tokenOf(secret, rows[0]!)
}

/** The link a token opens: found by its hash, and believed only where our signature covers what is stored. */
export async function linkBy(db: Db, secret: Buffer, token: string, lock = false): Promise<LinkRow | undefined> {
  const { rows } = await sql<LinkRow>`
    select id, person_id, act, target, expires_at, used_at from act_links where token_hash = ${hashOf(token)} ${lock ? sql`for update` : sql``}`.execute(
    db,
  )
  const row = rows[0]
  return row !== undefined && isSignatureOf(secret, purpose, signedText(row), token.split('.')[1] ?? '')
    ? row
    : undefined
}

export async function spendLink(db: Db, id: string, now: string): Promise<void> {
  await sql`update act_links set used_at = ${now}::timestamptz where id = ${id}`.execute(db)
}

export const organisationOf = async (db: Db, person: string): Promise<string> =>
  (await sql<{ id: string }>`select organisation_id as id from persons where id = ${person}`.execute(db)).rows[0]!.id

export async function forgetLinks(db: Db, before: string): Promise<void> {
  await sql`delete from act_links where expires_at < ${before}::timestamptz`.execute(db)
}
