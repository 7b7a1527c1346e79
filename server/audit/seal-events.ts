import { join } from 'node:path'
import type { Config } from '../platform/config.ts'
import { type Db, sql } from '../platform/db.ts'
import type { Platform } from '../platform/platform.ts'
import { anchorTo } from './anchor.ts'
import { genesis, headOf } from './chain.ts'
import { type SealKey, sealKey } from './seal-key.ts'
import { digestOfEvents, freshEvents, gatheredAfter, gatherUnsealed, insertSeal, lastSeal } from './seals-store.ts'

/** Events in one batch at most. */
const batch = 10_000
const everyMs = 20_000
const fullEveryMs = 60 * 60_000

/** Where heads are noted outside the database: beside the secret, and wherever else the operator says. */
export const anchorsOf = (config: Pick<Config, 'dataDir' | 'auditAnchor'>): string[] => [
  join(config.dataDir, 'audit.anchor'),
  ...(config.auditAnchor === null ? [] : [config.auditAnchor]),
]

/**
 * Seals events in no batch yet, by order of id, and answers how many. One node does this at a time. A quick look takes what is new; a
 * full one also finds what committed late or was imported under an old id. No writer waits for it, and none writes more.
 */
export async function sealEvents(platform: Platform, full: boolean): Promise<number> {
  const key = sealKey(platform.secret)
  let sealed = 0
  for (;;) {
    const made = await platform.database.db.transaction().execute(async (tx) => {
      const { rows } = await sql<{
        held: boolean
      }>`select pg_try_advisory_xact_lock(hashtext('linchpin seal')) as held`.execute(tx)
      if (rows[0]!.held !== true) return null
      return full ? await sealAll(tx, key) : await sealBatch(tx, key, await freshEvents(tx, batch))
    })
    if (made === null) return sealed
    sealed += made.events
    if (made.heads.length > 0) await anchor(platform, key, made.heads.at(-1)!)
    if (full || made.events < batch) return sealed
  }
}

interface Made {
  events: number
  heads: { seq: number; head: Buffer; signature: Buffer; sealedAt: string }[]
}

async function sealAll(tx: Db, key: SealKey): Promise<Made> {
  const all: Made = { events: 0, heads: [] }
  if ((await gatherUnsealed(tx)) === 0) return all
  let after: string | null = null
  for (;;) {
    const ids = await gatheredAfter(tx, after, batch)
    if (ids.length === 0) return all
    const made = await sealBatch(tx, key, ids)
    all.events += made.events
    all.heads.push(...made.heads)
    after = ids.at(-1)!
  }
}

async function sealBatch(tx: Db, key: SealKey, wanted: readonly string[]): Promise<Made> {
  if (wanted.length === 0) return { events: 0, heads: [] }
  const { ids, digest, marks } = await digestOfEvents(tx, wanted)
  const last = await lastSeal(tx)
  const seq = (last?.seq ?? 0) + 1
  const sealedAt = new Date().toISOString()
  const previous = last?.head ?? genesis
  const head = headOf({ seq, events: ids.length, digest, previous, sealedAt })
  const signature = key.sign(head)
  await insertSeal(tx, { seq, members: ids, marks, digest, previous, head, signature, sealed_at: sealedAt })
  return { events: ids.length, heads: [{ seq, head, signature, sealedAt }] }
}

async function anchor(platform: Platform, { publicKey }: SealKey, made: Made['heads'][number]): Promise<void> {
  const line = {
    seq: made.seq,
    head: made.head.toString('hex'),
    signature: made.signature.toString('base64url'),
    sealedAt: made.sealedAt,
    publicKey,
  }
  for (const path of anchorsOf(platform.config))
    await anchorTo(path, line).catch((error: Error) =>
      platform.log.error({ path, error: error.message }, 'the head of the log could not be anchored'),
    )
}

/** Seals the log on every node now and then; whichever comes first does the work. */
export class EventSealer {
  readonly #platform: Platform
  #timer: NodeJS.Timeout | null = null
  #running: Promise<void> | null = null
  #fullAt = 0

  constructor(platform: Platform) {
    this.#platform = platform
  }

  start(): void {
    const look = () => {
      this.#running ??= this.#look().finally(() => (this.#running = null))
    }
    // nodes that start together take turns
    this.#timer = setInterval(look, everyMs + Math.random() * 5_000)
    this.#timer.unref()
  }

  async #look(): Promise<void> {
    const full = Date.now() >= this.#fullAt
    try {
      await sealEvents(this.#platform, full)
      if (full) this.#fullAt = Date.now() + fullEveryMs
    } catch (error) {
      this.#platform.log.warn({ error: (error as Error).message }, 'the log could not be sealed; trying again')
    }
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer)
    await this.#running
  }
}
