import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { type Db, sql } from './db.ts'
import { Problem } from './errors.ts'
import { hashOf } from './identifiers.ts'

const windowSeconds = 60
const shareEveryMs = 1000
const mostKnown = 50_000

/**
 * Counts one attempt in the database, where all nodes count, and answers the seconds to wait; null while it is allowed. For what is rare
 * and must be exact, such as sign-in.
 */
export async function countExactly(db: Db, key: string, most: number): Promise<number | null> {
  const [seen] = await addCounts(db, [{ key, n: 1 }])
  return seen!.count > most ? Math.max(1, Math.ceil((Date.parse(seen!.until) - Date.now()) / 1000)) : null
}

interface Counted {
  key: string
  count: number
  until: string
}

async function addCounts(db: Db, counts: readonly { key: string; n: number }[]): Promise<Counted[]> {
  const { rows } = await sql<Counted>`
    insert into rate_limits as r (key, count, until)
    select key, n, now() + make_interval(secs => ${windowSeconds}) from jsonb_to_recordset(${JSON.stringify(counts)}::jsonb) as g(key text, n int) order by key
    on conflict (key) do update set
      count = case when r.until <= now() then excluded.count else r.count + excluded.count end,
      until = case when r.until <= now() then excluded.until else r.until end
    returning key, count, until`.execute(db)
  return rows
}

interface Seen {
  /** As all nodes together counted when last told, and what this node has counted since. */
  count: number
  since: number
  until: number
  /** Told the others a moment ago: asked once more what they have counted meanwhile. */
  told: boolean
}

/**
 * How many requests each caller made within a minute. Every request is counted here at once and shared with the other nodes each second,
 * so that no request waits for the database; a caller who spreads over the nodes gains at most that second.
 */
export class RateLimits {
  readonly #db: Db
  readonly #log: Logger
  readonly #seen = new Map<string, Seen>()
  #timer: NodeJS.Timeout | null = null
  #sharing: Promise<void> | null = null

  constructor(db: Db, log: Logger) {
    this.#db = db
    this.#log = log
  }

  /** Counts a request; answers the seconds to wait, or null while it is allowed. */
  count(key: string, most: number): number | null {
    const now = Date.now()
    let seen = this.#seen.get(key)
    if (seen === undefined || seen.until <= now) {
      if (this.#seen.size >= mostKnown) this.#seen.clear()
      seen = { count: 0, since: 0, until: now + windowSeconds * 1000, told: false }
      this.#seen.set(key, seen)
    }
    seen.since++
    return this.#wait(seen, most, now)
  }

  /** Whether a caller is over a limit, without counting. */
  over(key: string, most: number): number | null {
    const seen = this.#seen.get(key)
    return seen === undefined || seen.until <= Date.now() ? null : this.#wait(seen, most, Date.now())
  }

  #wait(seen: Seen, most: number, now: number): number | null {
    return seen.count + seen.since > most ? Math.max(1, Math.ceil((seen.until - now) / 1000)) : null
  }

  start(): void {
    let sweep = 0
    this.#timer = setInterval(() => {
      this.#sharing ??= this.#share(++sweep % 60 === 0).finally(() => (this.#sharing = null))
    }, shareEveryMs)
    this.#timer.unref()
  }

  async #share(sweep: boolean): Promise<void> {
    const counted = [...this.#seen].filter(([, seen]) => seen.since > 0 || seen.told)
    const given = new Map(counted.map(([key, seen]) => [key, seen.since]))
    for (const [key, seen] of this.#seen) if (seen.until <= Date.now()) this.#seen.delete(key)
    try {
      if (sweep) await sql`delete from rate_limits where until < now() - interval '1 minute'`.execute(this.#db)
      if (counted.length === 0) return
      for (const row of await addCounts(
        this.#db,
        counted.map(([key, seen]) => ({ key, n: seen.since })),
      )) {
        const seen = this.#seen.get(row.key)
        if (seen === undefined) continue
        const told = given.get(row.key) ?? 0
        seen.since = Math.max(0, seen.since - told)
        seen.told = told > 0
        seen.count = row.count
        seen.until = Date.parse(row.until)
      }
    } catch (error) {
      // each node goes on counting by itself
      this.#log.warn({ error: (error as Error).message }, 'request counts could not be shared')
    }
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer)
    await this.#sharing
  }
}

/** Who a request counts for: its key or session, by hash; without either its address. */
const callerOf = (request: FastifyRequest): string => {
  const credential = request.headers.authorization ?? request.headers.cookie
  return credential === undefined ? `address ${request.ip}` : `caller ${hashOf(credential).toString('base64url')}`
}
/** The API, and what says of itself that it is asked from outside (`config: { isLimited: true }` of its route). */
const isLimited = (request: FastifyRequest): boolean =>
  request.url.startsWith('/api/') ||
  (request.routeOptions.config as { isLimited?: boolean } | undefined)?.isLimited === true
const refusedAt = (request: FastifyRequest) => `refused ${request.ip}`

/**
 * Holds each key and session to `perMinute` requests, and each address to a fifth of that for requests without either; answers that are
 * refused (401) count for the address, so that guessing keys gains nothing.
 */
export function mountRateLimits(app: FastifyInstance, limits: RateLimits, perMinute: number): void {
  const perAddress = Math.ceil(perMinute / 5)
  app.addHook('onRequest', async (request) => {
    if (!isLimited(request)) return
    const caller = callerOf(request)
    const wait =
      limits.count(caller, caller.startsWith('address') ? perAddress : perMinute) ??
      limits.over(refusedAt(request), perAddress)
    if (wait !== null) throw new Problem(429, 'too-many-requests', { retrySeconds: wait })
  })
  app.addHook('onResponse', async (request, reply) => {
    if (reply.statusCode === 401 && isLimited(request)) limits.count(refusedAt(request), perAddress)
  })
}
