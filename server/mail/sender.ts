import { systemActor } from '../platform/ctx.ts'
import { type Platform, runCommand } from '../platform/platform.ts'
import type { Refusal } from '../platform/errors.ts'
import { Rounds } from '../platform/rounds.ts'
import { bounced, isBouncing, markBouncing } from './bounces-store.ts'
import { type Composed, type Composer, isComposed, type Recipient } from './compose.ts'
import {
  forgetMails,
  type MailProblem,
  nextMailAt,
  postponeMail,
  releaseWaiting,
  settleMail,
  takeMails,
  type TakenMail,
} from './mails-store.ts'
import { messageOf } from './message.ts'
import { recipientOf } from './recipient.ts'
import { afterFailure, leaseSeconds } from './rules/attempts.ts'
import { judgeFailure } from './rules/judge-failure.ts'
import { failedAttempt, type MailSettings, sendMessage, type TimeLimits, usualLimits } from './transport.ts'

/** Mails on their way at the same moment, on each node. */
const atOnce = 4
const pollMs = 1000
const longestStopMs = 10_000
/** Settled mails are kept this long (days). */
const keptDays = 90

export interface SenderParts {
  composers: readonly Composer[]
  /** Tells the person that their address sends mail back. */
  onBouncing: (platform: Platform, person: string, address: string) => Promise<void>
  limits?: TimeLimits
  /** Milliseconds since 1970, for tests. */
  clock?: () => number
}

/**
 * Sends what is queued, on every node. A mail is leased, composed, given to the server, and only then written down as sent: what a crash
 * interrupts is sent again under the same Message-ID, and nothing is lost. While the server itself is away one mail at a time asks whether
 * it is back.
 */
export class MailSender {
  readonly #platform: Platform
  readonly #settings: MailSettings
  readonly #parts: SenderParts
  readonly #clock: () => number
  readonly #rounds: Rounds
  #serverAway = false
  #forgottenAt = 0

  constructor(platform: Platform, settings: MailSettings, parts: SenderParts) {
    this.#platform = platform
    this.#settings = settings
    this.#parts = parts
    this.#clock = parts.clock ?? Date.now
    this.#rounds = new Rounds(platform.log, {
      failed: 'mails could not be taken; trying again',
      pauseMs: pollMs,
      round: () => this.round(),
    })
  }

  start(): void {
    this.#rounds.start(pollMs)
  }

  /** Sends everything whose moment has come. */
  async round(): Promise<void> {
    const { db } = this.#platform.database
    for (;;) {
      const now = this.#now()
      const next = await nextMailAt(db)
      if (next === null || Date.parse(next) > Date.parse(now)) break
      const wasAway = this.#serverAway
      const taken = await takeMails(db, now, wasAway ? 1 : atOnce, leaseSeconds)
      if (taken.length === 0) break
      await Promise.all(taken.map((mail) => this.#safely(mail)))
      if (this.#rounds.isStopping) return
      if (this.#serverAway) break
      if (wasAway) await releaseWaiting(db, this.#now())
    }
    await this.#forget()
  }

  #now(): string {
    return new Date(this.#clock()).toISOString()
  }

  /** What fails here is a bug or the database: the lease runs out and the mail is taken again. */
  async #safely(mail: TakenMail): Promise<void> {
    try {
      await this.#attempt(mail)
    } catch (error) {
      this.#platform.log.error({ mail: mail.id, error: (error as Error).message }, 'a mail could not be handled')
    }
  }

  async #attempt(mail: TakenMail): Promise<void> {
    const { db } = this.#platform.database
    const to = await recipientOf(db, mail)
    if (to === null) return this.#settle(mail, 'skipped', null, { code: 'mail.skipped.left' }, 'left')
    if (await isBouncing(db, to.address))
      return this.#settle(mail, 'failed', to.address, { code: 'mail.problem.bouncing' }, 'address')
    const composed = await this.#compose(mail, to)
    if (!isComposed(composed)) return this.#settle(mail, 'skipped', to.address, composed, 'nothing')
    try {
      await sendMessage(
        this.#settings,
        messageOf(this.#platform, this.#settings, mail, to, composed),
        this.#parts.limits ?? usualLimits,
      )
    } catch (error) {
      return this.#failed(mail, to, error)
    }
    this.#serverAway = false
    await this.#settle(mail, 'sent', to.address, null, 'sent')
  }

  async #compose(mail: TakenMail, to: Recipient): Promise<Composed | Refusal> {
    const composer = this.#parts.composers.find((one) => one.kind === mail.kind)
    // written by a later version: it stays for a node that knows it
    if (composer === undefined) throw new Error(`nothing composes mails of the kind ${mail.kind}`)
    return this.#platform.database.db
      .transaction()
      .execute((tx) => composer.compose(tx, to, { id: mail.id, content: mail.content, now: this.#now() }))
  }

  async #failed(mail: TakenMail, to: Recipient, error: unknown): Promise<void> {
    const judged = judgeFailure(failedAttempt(error))
    this.#serverAway = judged.what === 'server'
    const now = this.#clock()
    const step = afterFailure(judged.what, mail.attempts, (now - Date.parse(mail.tried_since)) / 1000, Math.random())
    this.#platform.log.warn({ mail: mail.id, attempts: mail.attempts, why: judged.why.code }, 'a mail was not taken')
    if (step.do === 'again')
      return postponeMail(
        this.#platform.database.db,
        mail,
        new Date(now + step.afterSeconds * 1000).toISOString(),
        to.address,
        { ...judged.why, what: judged.what, at: this.#now() },
      )
    await this.#settle(mail, 'failed', to.address, judged.why, judged.what)
    if (judged.what === 'address') await this.#markBouncing(mail, to, judged.status, judged.why)
  }

  /** A refusal of the mailbox at the door is as good as a report that comes later. */
  async #markBouncing(mail: TakenMail, to: Recipient, status: string | null, why: Refusal): Promise<void> {
    const words = String(why.params?.['response'] ?? '')
    const fresh = await runCommand(this.#platform, this.#system(mail), async (ctx) => {
      const marked = await markBouncing(ctx.tx, {
        organisation: mail.organisation_id,
        address: to.address,
        person_id: to.person,
        since: this.#now(),
        mail: mail.id,
        status,
        words,
      })
      if (!marked) ctx.unchanged()
      else
        ctx.record({
          type: 'mail.address-bounced',
          subject: bounced(to.person, mail.id),
          after: { status, mail: mail.id },
        })
      return marked
    })
    if (fresh && to.person !== null) await this.#parts.onBouncing(this.#platform, to.person, to.address)
  }

  async #settle(
    mail: TakenMail,
    state: 'sent' | 'skipped' | 'failed',
    address: string | null,
    why: Refusal | null,
    what: string,
  ): Promise<void> {
    const problem: MailProblem | null = why === null ? null : { ...why, what, at: this.#now() }
    await runCommand(this.#platform, this.#system(mail), async (ctx) => {
      if (!(await settleMail(ctx.tx, mail, state, this.#now(), { address, problem }))) return ctx.unchanged()
      ctx.record({
        type: `mail.${state}`,
        subject: { kind: 'mail', id: mail.id },
        after: {
          kind: mail.kind,
          person: mail.person_id,
          attempts: mail.attempts,
          ...(why === null ? {} : { why: why.code }),
        },
      })
    })
  }

  #system(mail: TakenMail) {
    return systemActor(mail.organisation_id, 'Linchpin', 'job')
  }

  async #forget(): Promise<void> {
    const now = this.#clock()
    if (now - this.#forgottenAt < 3_600_000) return
    this.#forgottenAt = now
    const before = new Date(now - keptDays * 86_400_000).toISOString()
    while ((await forgetMails(this.#platform.database.db, before, 1000)) === 1000);
  }

  /** What a server that stalls holds up is left to its lease. */
  async stop(): Promise<void> {
    await this.#rounds.stop(longestStopMs)
  }
}
