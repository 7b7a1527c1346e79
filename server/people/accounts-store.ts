import type { Role } from '../../contract/permissions.ts'
import { type Db, sql } from '../platform/db.ts'
import { hashOf, newId, newSecret } from '../platform/identifiers.ts'

/** Opens an account for a person, or changes role and address of the one there is. Answers its id. */
export async function saveAccount(
  db: Db,
  person: { id: string; name: string; email: string },
  role: Role,
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into accounts (id, person_id, role, name, email) values (${newId()}, ${person.id}, ${role}, ${person.name}, ${person.email})
    on conflict (person_id) do update set role = excluded.role, email = excluded.email, name = excluded.name, disabled_at = null, updated_at = now() returning id`.execute(
    db,
  )
  return rows[0]!.id
}

/** Makes a one-time link's secret; `account` null is the set-up of the installation. Earlier links for the same end. */
export async function makeInvitation(
  db: Db,
  account: string | null,
  days: number,
): Promise<{ token: string; expiresAt: string }> {
  const token = newSecret()
  const expiresAt = new Date(Date.now() + days * 86_400_000).toISOString()
  await sql`delete from invitations where used_at is null and account_id is not distinct from ${account}::uuid`.execute(
    db,
  )
  await sql`insert into invitations (token_hash, account_id, expires_at) values (${hashOf(token)}, ${account}, ${expiresAt})`.execute(
    db,
  )
  return { token, expiresAt }
}

export interface OpenInvitation {
  account_id: string | null
  person_id: string | null
  organisation_id: string | null
  name: string | null
  email: string | null
  organisation: string | null
  expires_at: string
}

/** The invitation a secret opens, if it was neither used nor has expired. `use` marks it used. */
export async function openInvitation(db: Db, token: string, use: boolean): Promise<OpenInvitation | undefined> {
  const hash = hashOf(token)
  if (use) {
    const { rows } =
      await sql`update invitations set used_at = now() where token_hash = ${hash} and used_at is null and expires_at > now() returning 1`.execute(
        db,
      )
    if (rows.length === 0) return undefined
  }
  const { rows } = await sql<OpenInvitation>`
    select i.account_id, a.person_id, p.organisation_id, p.name, a.email, o.name as organisation, i.expires_at
    from invitations i left join accounts a on a.id = i.account_id left join persons p on p.id = a.person_id left join organisations o on o.id = p.organisation_id
    where i.token_hash = ${hash} and i.expires_at > now() and (${use} or i.used_at is null)`.execute(db)
  return rows[0]
}

/** Stores the hash the sign-in library made of a password. */
export async function setPassword(db: Db, account: string, hash: string): Promise<void> {
  const { rows } =
    await sql`update account_credentials set password = ${hash}, updated_at = now() where account_id = ${account} and provider_id = 'credential' returning 1`.execute(
      db,
    )
  if (rows.length === 0)
    await sql`insert into account_credentials (id, account_id, provider_account_id, provider_id, password) values (${newId()}, ${account}, ${account}, 'credential', ${hash})`.execute(
      db,
    )
  await sql`update accounts set email_verified = true, failed_sign_ins = 0, locked_until = null where id = ${account}`.execute(
    db,
  )
}

/** Ends every session of an account, but one. */
export async function endSessions(db: Db, account: string, but: string | null = null): Promise<void> {
  await sql`delete from account_sessions where account_id = ${account} and id is distinct from ${but}::uuid`.execute(db)
}

export interface SessionRow {
  id: string
  created_at: string
  updated_at: string
  expires_at: string
  ip_address: string | null
  user_agent: string | null
}
export const sessionsOf = async (db: Db, account: string): Promise<SessionRow[]> =>
  (
    await sql<SessionRow>`select id, created_at, updated_at, expires_at, ip_address, user_agent from account_sessions where account_id = ${account} and expires_at > now() order by created_at desc`.execute(
      db,
    )
  ).rows

export interface AccountSettings {
  email: string
  zone: string | null
  locale: string
  theme: 'auto' | 'light' | 'dark'
  notify_browser: boolean
  two_factor_enabled: boolean
}
export const settingsOf = async (db: Db, account: string): Promise<AccountSettings | undefined> =>
  (
    await sql<AccountSettings>`select email, zone, locale, theme, notify_browser, two_factor_enabled from accounts where id = ${account}`.execute(
      db,
    )
  ).rows[0]
