import type { Actor } from '../platform/ctx.ts'
import { eventsById, type RecordedEvent } from '../platform/events.ts'
import { OutgoingFailure } from '../platform/outgoing.ts'
import type { Platform } from '../platform/platform.ts'
import { Rounds } from '../platform/rounds.ts'
import { unseal } from '../platform/sealing.ts'
import { may } from '../../contract/permissions.ts'
import { nextAttempt } from './rules/back-off.ts'
import { signedHeaders } from './sign.ts'
import { finish, forgetOld, storedWebhook, type StoredWebhook, takeDue } from './store.ts'
import { cut } from '../platform/rules/storable-text.ts'

export const purpose = 'webhooks'
const atOnce = 10
const everyMs = 1000
const timeoutMs = 15_000
/** Waited for at most when the node stops. */
const longestStopMs = 5_000
const excerptLength = 500

/** A webhook looks with the eyes of its role, and belongs to no team. */
export const actorOf = (hook: Pick<StoredWebhook, 'id' | 'name' | 'role' | 'organisation_id'>): Actor => ({
  kind: 'integration',
  id: hook.id,
  name: hook.name,
  role: hook.role,
  organisation: hook.organisation_id,
  person: null,
  account: null,
  session: null,
  teams: [],
  confidentialTeams: [],
  zone: 'UTC',
})

/** Records with a rule of visibility by that rule, at the moment of sending; what is about no such record, by the right to read the log. */
async function sees(
  { database, subjects }: Platform,
  hook: StoredWebhook,
  { subject }: RecordedEvent,
): Promise<boolean> {
  if (subject.kind === 'webhook' && subject.id === hook.id) return true
  if (subjects.get(subject.kind) === undefined) return may(hook.role, 'events.read')
  return (await subjects.visibleIds(database.db, actorOf(hook), subject.kind, [subject.id])).has(subject.id)
}

async function bodyOf({ database, subjects }: Platform, hook: StoredWebhook, event: RecordedEvent): Promise<string> {
  const [told] = await subjects.asSeen(database.db, actorOf(hook), [event], ({ subject }) => subject.kind)
  const named = (await subjects.describe(database.db, [event.subject])).get(event.subject.id)
  return JSON.stringify({
    type: event.type,
    timestamp: event.at,
    data: {
      event: event.id,
      actor: event.actor,
      subject: { ...event.subject, ...named },
      cause: event.cause,
      before: told!.before,
      after: told!.after,
    },
  })
}

/** Sends one delivery and writes down what came of it. */
async function deliver(
  platform: Platform,
  taken: { id: string; webhook_id: string; event_id: string; attempts: number },
): Promise<void> {
  const { db } = platform.database
  const hook = await storedWebhook(db, taken.webhook_id)
  const [event] = await eventsById(db, [taken.event_id])
  if (hook === undefined || event === undefined) return
  if (!(await sees(platform, hook, event)))
    return finish(db, taken.id, { state: 'unseen', nextAt: null, status: null, excerpt: null, error: null })
  const sealed = [
    hook.secret,
    ...(hook.previous_secret !== null && Date.parse(hook.previous_until ?? '') > Date.now()
      ? [hook.previous_secret]
      : []),
  ]
  const secrets = sealed.flatMap((one) => unseal(platform.secret, `${purpose} ${hook.id}`, one) ?? [])
  const failed = (
    error: { code: string; params: Record<string, unknown> },
    final: boolean,
    status: number | null,
    excerpt: string | null,
  ) => {
    const next = final ? null : nextAttempt(taken.attempts, Date.now())
    return finish(db, taken.id, {
      state: next === null ? 'given_up' : 'waiting',
      nextAt: next === null ? null : new Date(next).toISOString(),
      status,
      excerpt,
      error,
    })
  }
  if (secrets.length === 0) return failed({ code: 'webhooks.secret-lost', params: {} }, true, null, null)
  const body = await bodyOf(platform, hook, event)
  try {
    const answer = await platform.outgoing.send(hook.url, {
      method: 'POST',
      headers: signedHeaders(secrets, { id: taken.id, at: Date.now(), body }),
      body,
      timeoutMs,
    })
    const excerpt = cut(answer.body, excerptLength)
    if (answer.status >= 200 && answer.status < 300)
      return await finish(db, taken.id, {
        state: 'delivered',
        nextAt: null,
        status: answer.status,
        excerpt,
        error: null,
      })
    // 410: whoever listened there is gone for good
    await failed(
      { code: 'outgoing.refused', params: { status: answer.status } },
      answer.status === 410,
      answer.status,
      excerpt,
    )
  } catch (error) {
    if (!(error instanceof OutgoingFailure)) throw error
    await failed({ code: error.refusal.code, params: error.refusal.params ?? {} }, error.final, null, null)
  }
}

/** Sends what is due, on every node; each delivery is taken by one of them. */
export class WebhookSender {
  readonly #platform: Platform
  readonly #rounds: Rounds
  #looks = 0

  constructor(platform: Platform) {
    this.#platform = platform
    this.#rounds = new Rounds(platform.log, {
      failed: 'webhooks could not be looked through; trying again',
      pauseMs: everyMs,
      round: () => this.round(),
    })
  }

  start(): void {
    this.#rounds.start(everyMs)
  }

  async round(): Promise<void> {
    const { db } = this.#platform.database
    if (this.#looks++ % 3600 === 0) await forgetOld(db)
    while (!this.#rounds.isStopping) {
      const taken = await takeDue(db, atOnce)
      await Promise.all(
        taken.map((one) =>
          deliver(this.#platform, one).catch((error: Error) =>
            this.#platform.log.error(
              { delivery: one.id, error: error.message },
              'a webhook could not be delivered; it is tried again',
            ),
          ),
        ),
      )
      if (taken.length < atOnce) return
    }
  }

  /** What a receiver that does not answer holds up is left to its lease. */
  stop(): Promise<void> {
    return this.#rounds.stop(longestStopMs)
  }
}
