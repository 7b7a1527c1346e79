import type { MailboxConnection } from '../../../contract/mailboxes.ts'
import { type Db, sql } from '../../platform/db.ts'

/** A mailbox that this node fetches. */
export interface LeasedMailbox {
  id: string
  organisation_id: string
  version: number
  connection: MailboxConnection
  secrets: Buffer | null
}

/** Renews the leases of this node and takes those that nobody holds. Whatever is not answered is another's. */
export async function leaseMailboxes(db: Db, node: string, seconds: number): Promise<LeasedMailbox[]> {
  const { rows } = await sql<LeasedMailbox>`
    with taken as (
      insert into imap_leases (mailbox_id, node, until)
        select id, ${node}::uuid, now() + make_interval(secs => ${seconds}::int) from mailboxes
        where kind = 'imap' and active and connection is not null order by id
      on conflict (mailbox_id) do update set node = excluded.node, until = excluded.until
        where imap_leases.node = excluded.node or imap_leases.until < now()
      returning mailbox_id)
    select m.id, m.organisation_id, m.version, m.connection, m.secrets from mailboxes m join taken on taken.mailbox_id = m.id`.execute(
    db,
  )
  return rows
}

/** Lets another node have them at once. */
export async function giveBackMailboxes(db: Db, node: string): Promise<void> {
  await sql`delete from imap_leases where node = ${node}::uuid`.execute(db)
}

/** How far a folder was fetched. */
export interface FolderState {
  uidValidity: number
  lastUid: number
  /** ISO instant. */
  fetchedAt: string
}

export async function folderState(db: Db, mailbox: string, folder: string): Promise<FolderState | null> {
  const { rows } = await sql<{ uid_validity: string; last_uid: string; fetched_at: string }>`
    select uid_validity::text, last_uid::text, fetched_at from imap_folders where mailbox_id = ${mailbox} and folder = ${folder}`.execute(
    db,
  )
  const [row] = rows
  return row === undefined
    ? null
    : {
        uidValidity: Number(row.uid_validity),
        lastUid: Number(row.last_uid),
        fetchedAt: new Date(row.fetched_at).toISOString(),
      }
}

export async function keepFolderState(
  db: Db,
  mailbox: string,
  folder: string,
  state: Pick<FolderState, 'uidValidity' | 'lastUid'>,
): Promise<void> {
  await sql`
    insert into imap_folders (mailbox_id, folder, uid_validity, last_uid, fetched_at)
      values (${mailbox}, ${folder}, ${state.uidValidity}, ${state.lastUid}, now())
    on conflict (mailbox_id, folder) do update set uid_validity = excluded.uid_validity, last_uid = excluded.last_uid, fetched_at = now()`.execute(
    db,
  )
}

/** The secrets of a mailbox as they are sealed now; undefined where there is no such mailbox. */
export const secretsKept = async (db: Db, mailbox: string): Promise<{ secrets: Buffer | null } | undefined> =>
  (await sql<{ secrets: Buffer | null }>`select secrets from mailboxes where id = ${mailbox}`.execute(db)).rows[0]

/** Keeps a refresh token that the issuer exchanged for the one before (RFC 6749, 6). What is sealed anew belongs to the secrets it was read with. */
export async function keepSecrets(db: Db, mailbox: string, before: Buffer | null, after: Buffer | null): Promise<void> {
  await sql`update mailboxes set secrets = ${after} where id = ${mailbox} and secrets is not distinct from ${before}`.execute(
    db,
  )
}
