import { setTimeout } from 'node:timers/promises'
import type pg from 'pg'
import { openPool, sql } from '../server/platform/db.ts'
import { startApp } from './started-app.ts'

/** The log is sealed every 25 s at the latest: what is quiet for longer is done. */
const quietSeconds = 40
const busyBytes = 2_000_000

/**
 * Has the app work off what was written past it (the log is sealed, kept and missed promises are counted) and the database vacuum: an installation that
 * came to a million tickets in the course of time has that behind it. Done once little is written and nothing vacuums for a while.
 */
export async function settle(connection: pg.PoolConfig, dataDir: string, say: (text: string) => void): Promise<void> {
  const start = performance.now()
  const app = await startApp(connection, dataDir)
  const { db, close } = openPool(connection, 1)
  let written = '0/0'
  for (let quiet = 0; quiet < quietSeconds; quiet += 5) {
    await setTimeout(5000)
    const { rows } = await sql<{ written: string; busy: boolean }>`
      select w.at::text as written, pg_wal_lsn_diff(w.at, ${written}::pg_lsn) > ${busyBytes}::int or exists (select from pg_stat_progress_vacuum) as busy
      from pg_current_wal_lsn() as w(at)`.execute(db)
    if (rows[0]!.busy) quiet = -5
    written = rows[0]!.written
  }
  await sql`checkpoint`.execute(db)
  await close()
  await app.stop()
  say(`settled after ${((performance.now() - start) / 1000).toFixed(0)} s`)
}
