import { type Db, sql } from '../db.ts'

const key = (organisation: string) => sql`hashtext('linchpin import'), hashtext(${organisation})`

/**
 * Does something while no other node or command imports into the organisation: a lock of the database session, so that it
 * ends with the process that holds it, however that ends. Answers `busy` at once where another holds it.
 */
export async function withImportLock<T>(db: Db, organisation: string, act: () => Promise<T>): Promise<T | 'busy'> {
  return db.connection().execute(async (connection) => {
    const { rows } = await sql<{ held: boolean }>`select pg_try_advisory_lock(${key(organisation)}) as held`.execute(
      connection,
    )
    if (rows[0]?.held !== true) return 'busy'
    try {
      return await act()
    } finally {
      await sql`select pg_advisory_unlock(${key(organisation)})`.execute(connection)
    }
  })
}
