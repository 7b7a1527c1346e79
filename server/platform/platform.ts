import type { Logger } from 'pino'
import type { Config } from './config.ts'
import type { Actor, Ctx, EventDraft } from './ctx.ts'
import { type Database, type Db, isStalePlan, sql } from './db.ts'
import { Problem } from './errors.ts'
import { completeEvent, type RecordedEvent, writeEvents } from './events.ts'
import { newId } from './identifiers.ts'
import type { Outgoing } from './outgoing.ts'
import type { Subjects } from './subjects.ts'

/** What every node has, built by hand in main.ts and passed along. */
export interface Platform {
  config: Config
  database: Database
  log: Logger
  subjects: Subjects
  /** Called after a commit that recorded events, so that they leave the outbox at once. */
  wakeOutbox(): void
  /** Signs and encrypts; the same on every node. */
  secret: Buffer
  /** Requests to addresses that somebody configured: webhooks, chat. */
  outgoing: Outgoing
}

interface PendingJob {
  task: string
  payload: Record<string, unknown>
  options: { key?: string; runAt?: string; queue?: string }
}

/** A context for one transaction or query, with what it gathered. */
export function openCtx(
  platform: Pick<Platform, 'log'>,
  actor: Actor,
  tx: Db,
  requestId: string | null = null,
  now = new Date().toISOString(),
) {
  const events: RecordedEvent[] = []
  const jobs: PendingJob[] = []
  let unchanged = false
  const ctx: Ctx = {
    actor,
    tx,
    now,
    requestId,
    log: platform.log,
    record(draft: EventDraft) {
      const event = completeEvent(draft, actor, now)
      events.push(event)
      return event.id
    },
    unchanged() {
      unchanged = true
    },
    addJob(task, payload, options = {}) {
      jobs.push({ task, payload, options })
    },
    async attempt(act) {
      const before = { events: events.length, jobs: jobs.length, unchanged }
      const point = sql.ref(`p${newId().replaceAll('-', '')}`)
      await sql`savepoint ${point}`.execute(tx)
      try {
        await act()
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        await sql`rollback to savepoint ${point}`.execute(tx)
        events.length = before.events
        jobs.length = before.jobs
        unchanged = before.unchanged
        return error
      }
      await sql`release savepoint ${point}`.execute(tx)
      return null
    },
  }
  return { ctx, events, jobs, saidUnchanged: () => unchanged }
}

/** Serialization failures, deadlocks and plans that a migration overtook are worth one more try; everything else is not. */
const worthRetrying = (error: unknown): boolean => {
  const code = (error as { code?: string } | null)?.code
  return code === '40001' || code === '40P01' || isStalePlan(error)
}

/**
 * Runs a command in one transaction: what it records and the jobs it adds commit with what it writes, or not at all.
 * A command that records nothing and does not say `ctx.unchanged()` is a bug and is rolled back. `now` is for acts of
 * another moment than this one (ISO instant): an invented past.
 */
export async function runCommand<T>(
  platform: Platform,
  actor: Actor,
  act: (ctx: Ctx) => Promise<T>,
  options: { requestId?: string | null; stateless?: boolean; name?: string; now?: string } = {},
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      let recorded = 0
      const answer = await platform.database.db.transaction().execute(async (tx) => {
        const opened = openCtx(platform, actor, tx, options.requestId ?? null, options.now)
        const result = await act(opened.ctx)
        if (opened.events.length === 0 && !opened.saidUnchanged() && options.stateless !== true)
          throw new Error(`${options.name ?? 'a command'} recorded no event and did not say ctx.unchanged()`)
        await writeEvents(tx, opened.events, options.requestId ?? null)
        for (const job of opened.jobs) await addJob(tx, job)
        recorded = opened.events.length
        return result
      })
      if (recorded > 0) platform.wakeOutbox()
      return answer
    } catch (error) {
      if (attempt >= 3 || !worthRetrying(error)) throw error
    }
  }
}

/** Runs a query; one that records an event is a bug. */
export async function runQuery<T>(
  platform: Platform,
  actor: Actor,
  ask: (ctx: Ctx) => Promise<T>,
  requestId: string | null = null,
): Promise<T> {
  const opened = openCtx(platform, actor, platform.database.db, requestId)
  const answer = await ask(opened.ctx).catch((error: unknown) => {
    if (!isStalePlan(error)) throw error
    return ask(opened.ctx)
  })
  if (opened.events.length > 0) throw new Error('a query recorded an event; an audited read is a command')
  return answer
}

/** Adds a job with the transaction; acts use `ctx.addJob`. */
export async function addJob(tx: Db, job: PendingJob): Promise<void> {
  await sql`select graphile_worker.add_job(${job.task}, payload := ${JSON.stringify(job.payload)}::json, queue_name := ${job.options.queue ?? null},
    run_at := ${job.options.runAt ?? null}::timestamptz, max_attempts := 25, job_key := ${job.options.key ?? null})`.execute(
    tx,
  )
}
