import { createHash } from 'node:crypto'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'

/**
 * Reading and writing go through here. Statements are written with Kysely (its `sql` template or its builder on typed
 * tables) in the store of the capability that owns the tables.
 */
// oxlint-disable-next-line typescript/no-explicit-any -- each store names its tables with `on<Tables>(tx)`
export type Db = Kysely<any>
export { sql }

/** The same connection, typed with the tables a store works on. */
export const on = <Tables>(db: Db): Kysely<Tables> => db as Kysely<Tables>

/** PostgreSQL leaves zeros at the end out (`51.15`); fractions of three or six digits are in order as text too. */
const instantText = (text: string): string => {
  if (text.endsWith('infinity')) return text
  const zoned = text.replace(' ', 'T')
  if (!zoned.endsWith('+00')) return new Date(zoned).toISOString()
  const bare = zoned.slice(0, -3)
  const point = bare.indexOf('.')
  if (point < 0) return `${bare}Z`
  const digits = bare.length - point - 1
  return `${digits === 3 || digits === 6 ? bare : bare.padEnd(point + 1 + (digits < 3 ? 3 : 6), '0')}Z`
}
const types = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.TIMESTAMPTZ, instantText],
  [pg.types.builtins.DATE, (text) => text],
  [pg.types.builtins.INT8, Number],
])
const getTypeParser = ((oid: number, format?: 'text' | 'binary') =>
  (format ?? 'text') === 'text' && types.has(oid)
    ? types.get(oid)!
    : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser

/**
 * Every statement is prepared once per connection under a name made from its text. The number of names is bounded:
 * rare shapes beyond it go unprepared.
 */
const names = new Map<string, string>()
const mostNames = 600
let generation = 0

/**
 * Another version added a column to a table of a prepared statement: PostgreSQL refuses that statement for good (0A000). All are prepared
 * anew under other names, and the one refused is worth another try.
 */
export const isStalePlan = (error: unknown): boolean =>
  (error as { code?: string } | null)?.code === '0A000' && /cached plan/.test((error as Error).message)
function forgetPlans(): void {
  names.clear()
  generation++
}
function nameFor(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined) return known
  if (names.size >= mostNames) return undefined
  const name = createHash('sha1').update(`${generation} ${text}`).digest('base64url').slice(0, 20)
  names.set(text, name)
  return name
}

class Client extends pg.Client {
  override query(...args: unknown[]): never {
    const [text, values] = args
    const name = typeof text === 'string' && Array.isArray(values) ? nameFor(text) : undefined
    const send = super.query.bind(this) as (...all: unknown[]) => never
    if (name === undefined) return send(...args)
    const answer = send({ name, text, values }, ...args.slice(2)) as unknown as Promise<unknown> | undefined
    answer?.catch?.((error: unknown) => {
      if (isStalePlan(error)) forgetPlans()
    })
    return answer as never
  }
}

export interface Database {
  db: Db
  pool: pg.Pool
  close(): Promise<void>
}

/** Opens a pool. Instants come back as ISO 8601 in UTC, dates as `yyyy-mm-dd`, bigints as numbers. `onQuery` hears every statement. */
export function openPool(
  connection: pg.PoolConfig,
  max = 12,
  onQuery?: (text: string, values: readonly unknown[]) => void,
): Database {
  const pool = new pg.Pool({
    ...connection,
    max,
    types: { getTypeParser },
    // statements have one shape for all parameters: planning them anew each time costs more than it finds
    options:
      '-c TimeZone=UTC -c plan_cache_mode=force_generic_plan -c statement_timeout=60000 -c idle_in_transaction_session_timeout=60000',
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    Client: Client as unknown as typeof pg.Client,
  })
  // a connection that breaks while idle is replaced at the next use; the query that meets one fails by itself
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const db: Db = new Kysely({
    dialect: new PostgresDialect({ pool }),
    ...(onQuery === undefined ? {} : { log: (event) => onQuery(event.query.sql, event.query.parameters) }),
  })
  const close = async () => {
    await db.destroy()
    // Kysely ends a pool only if it asked something itself
    if (!pool.ended) await pool.end()
  }
  return { db, pool, close }
}

/** A keyset cursor: the sort values of the last row of a page, opaque to the reader. */
export const cursorOf = (values: readonly (string | number | null)[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url')

/** Reads a cursor; null where it is not one of ours (the caller answers 400). */
export function readCursor(text: string | undefined, length: number): (string | number | null)[] | null {
  if (text === undefined) return null
  try {
    const values: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    if (
      Array.isArray(values) &&
      values.length === length &&
      values.every((v) => v === null || typeof v === 'string' || typeof v === 'number')
    )
      return values as (string | number | null)[]
  } catch {
    // falls through
  }
  return null
}
