import pg from 'pg'
import type { Logger } from 'pino'
import { ensureDefaultCalendar } from '../server/calendars/public.ts'
import { prepareDatabase } from '../server/main.ts'
import { firstOrganisation } from '../server/people/public.ts'
import { type Db, openPool } from '../server/platform/db.ts'
import { ensureDefaultServiceLevel } from '../server/service-levels/public.ts'

export interface SeededDatabase {
  connection: pg.PoolConfig
  organisation: string
  /** The working hours of the default service level. */
  calendar: string
}

/**
 * A database filled once and used again. `marker` says what it was filled with and is written down when filling is done: one that was
 * interrupted, or was filled with something else, is made anew. It is filled over one connection, because seeds set up their session.
 */
export async function seededDatabase(
  server: pg.PoolConfig,
  name: string,
  marker: string,
  log: Logger,
  fill: (db: Db, organisation: string) => Promise<void>,
): Promise<SeededDatabase> {
  const admin = new pg.Client(server)
  await admin.connect()
  const there = await admin.query<{ note: string | null }>(
    `select shobj_description(oid, 'pg_database') as note from pg_database where datname = $1`,
    [name],
  )
  const filled = there.rows[0]?.note === marker
  if (!filled) {
    await admin.query(`drop database if exists ${name} with (force)`)
    await admin.query(`create database ${name}`)
  }
  const connection = { ...server, database: name }
  await prepareDatabase(connection, log)
  const { db, close } = openPool(connection, 1)
  const organisation = (await firstOrganisation(db)).id
  const calendar = await ensureDefaultCalendar(db, organisation, 'Europe/Berlin')
  if (!filled) {
    await ensureDefaultServiceLevel(db, organisation, calendar)
    await fill(db, organisation)
    await admin.query(`comment on database ${name} is '${marker}'`)
  }
  await close()
  await admin.end()
  return { connection, organisation, calendar }
}
