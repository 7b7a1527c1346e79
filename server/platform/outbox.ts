import type { Logger } from 'pino'
import { type Db, sql } from './db.ts'
import type { RecordedEvent } from './events.ts'

/** What a capability does about events of others: runs as a job of its own, after commit, at least once: idempotent. */
export interface Reaction {
  /** Unique, `capability.what-it-does`. */
  name: string
  /** Types of events it hears. */
  hears: readonly string[]
  react: (event: RecordedEvent) => Promise<void>
  /** Asked once for each batch of events, so that none that nobody waits for becomes a job; without it all are wanted. */
  isWanted?: (tx: Db, heard: readonly Tapped[]) => Promise<(event: Tapped) => boolean>
}

/** An event as it leaves the outbox. `subject` is the id. */
export interface Tapped {
  id: string
  type: string
  kind: string
  subject: string
  organisation: string | null
}

/** Hears of every event, in the transaction that takes it out of the outbox: what it writes is written once for each. */
export type Tap = (tx: Db, events: readonly Tapped[]) => Promise<void>

const batch = 500
const gatherMs = 40
const pollMs = 1000

/**
 * Takes recorded events out of the outbox: adds a job for each reaction, tells every node's live feed, forgets the
 * entry, all in one transaction. Any number of nodes may do this at once; each event is taken by one.
 */
export class Outbox {
  readonly #db: Db
  readonly #log: Logger
  readonly #reactions: readonly Reaction[]
  readonly #taps: readonly Tap[]
  #timer: NodeJS.Timeout | null = null
  #running: Promise<void> | null = null
  #again = false
  #stopped = false

  constructor(db: Db, reactions: readonly Reaction[], log: Logger, taps: readonly Tap[] = []) {
    this.#taps = taps
    this.#db = db
    this.#reactions = reactions
    this.#log = log
  }

  /** Events were committed: hand them on soon. Many commits within a moment are handed on together. */
  wake(): void {
    this.#schedule(gatherMs)
  }

  start(): void {
    this.#schedule(0)
  }

  #schedule(ms: number): void {
    if (this.#stopped) return
    if (this.#running !== null) {
      if (ms < pollMs) this.#again = true
      return
    }
    if (this.#timer !== null) {
      if (ms === pollMs) return
      clearTimeout(this.#timer)
    }
    this.#timer = setTimeout(() => {
      this.#timer = null
      this.#again = false
      this.#running = this.#drain().finally(() => {
        this.#running = null
        this.#schedule(this.#again ? gatherMs : pollMs)
      })
    }, ms)
    this.#timer.unref()
  }

  async #drain(): Promise<void> {
    try {
      while (!this.#stopped && (await this.#handOn()) === batch);
    } catch (error) {
      this.#log.warn({ error: (error as Error).message }, 'the outbox could not be emptied; trying again')
    }
  }

  /** By arrays of ids, which are always looked up: a join would be planned for a number of rows that nobody knows, and read the whole log. */
  async #handOn(): Promise<number> {
    return this.#db.transaction().execute(async (tx) => {
      const { rows } = await sql<Tapped>`
        with taken as (delete from outbox where event_id = any(array(select event_id from outbox order by event_id limit ${batch} for update skip locked)) returning event_id)
        select e.id, e.type, e.subject_kind as kind, e.subject_id as subject, e.organisation_id as organisation from events e where e.id = any(array(select event_id from taken)) order by e.id`.execute(
        tx,
      )
      if (rows.length === 0) return 0
      const jobs: object[] = []
      for (const reaction of this.#reactions) {
        const heard = rows.filter((row) => reaction.hears.includes(row.type))
        if (heard.length === 0) continue
        const isWanted = (await reaction.isWanted?.(tx, heard)) ?? (() => true)
        for (const { id } of heard.filter(isWanted))
          jobs.push({ payload: { reaction: reaction.name, event: id }, jobKey: `react:${reaction.name}:${id}` })
      }
      if (jobs.length > 0)
        await sql`select graphile_worker.add_job('react', payload := (j->'payload')::json, job_key := j->>'jobKey') from jsonb_array_elements(${JSON.stringify(jobs)}::jsonb) j`.execute(
          tx,
        )
      for (const tap of this.#taps) await tap(tx, rows)
      await tellNodes(
        tx,
        rows.map((row) => ({ kind: row.kind, id: row.subject })),
      )
      return rows.length
    })
  }

  async stop(): Promise<void> {
    this.#stopped = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    await this.#running
  }
}

/** NOTIFY carries at most 8,000 bytes, so the subjects go in slices; repeats within a batch are said once. */
export async function tellNodes(tx: Db, subjects: readonly { kind: string; id: string }[]): Promise<void> {
  const distinct = [...new Map(subjects.map((s) => [`${s.kind}:${s.id}`, s])).values()]
  for (let i = 0; i < distinct.length; i += 100)
    await sql`select pg_notify('linchpin_live', ${JSON.stringify(
      distinct
        .slice(i, i + 100)
        .map((s) => `${s.kind}:${s.id}`)
        .join(' '),
    )})`.execute(tx)
}
