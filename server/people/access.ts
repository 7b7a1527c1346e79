import { type Db, sql } from '../platform/db.ts'

/** Tells every node that rights, teams, keys or sessions changed, so that none acts on what it remembers. */
export const tellAccess = async (db: Db): Promise<void> => {
  await sql`select pg_notify('linchpin_access', '')`.execute(db)
}
