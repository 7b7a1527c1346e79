import { setTimeout as pause } from 'node:timers/promises'
import { sentence } from '../platform/catalogue.ts'
import { systemActor } from '../platform/ctx.ts'
import { sql } from '../platform/db.ts'
import { Problem, type Refusal } from '../platform/errors.ts'
import { isDatabaseAway } from '../platform/http.ts'
import { runCommand } from '../platform/platform.ts'
import { Rounds } from '../platform/rounds.ts'
import {
  isStillReceived,
  postponeIncoming,
  settleIncoming,
  takeIncoming,
  type TakenIncoming,
} from './incoming-store.ts'
import { namedIds } from './mail-facts.ts'
import { allMailboxes, type StoredMailbox } from './mailboxes-store.ts'
import { rawOf } from './raw-of.ts'
import { readStorable } from './read-storable.ts'
import type { ReadMessage } from './reading/read-message.ts'
import { inRows } from './rules/in-order.ts'
import { takeIn } from './take-in.ts'
import type { IntakeParts } from './work.ts'

/** From this size on messages are taken in one at a time, beside the others, which do not wait for them. Bytes. */
const largeFrom = 192 * 1024
const batch = 64
/** Rows taken in at the same moment; each holds a connection while it writes. */
const atOnce = 6
const mostAttempts = 3
/** Kills of the process are rarely the fault of the message that was at hand. */
const mostCrashes = 8
const pauseMs = 1000
const lockName = 'linchpin mail intake'
const anySize = 2 ** 31 - 1

interface Boxes {
  boxes: ReadonlyMap<string, StoredMailbox>
  own: ReadonlySet<string>
}

interface Read {
  mail: TakenIncoming
  raw: Buffer
  read: ReadMessage
}

/**
 * Takes in what was stored, on one node at a time: whoever holds the lock of the database. Oldest first, conversations in order, several at once.
 * What fails is tried three times and then parked with its reason; what ends the process is counted before it is begun, and parked too.
 */
export class MailIntake {
  readonly #parts: IntakeParts
  readonly #rounds: Rounds
  readonly #busy = new Set<string>()
  #large: Promise<void> | null = null
  #woken: (() => void) | null = null

  constructor(parts: IntakeParts) {
    this.#parts = parts
    this.#rounds = new Rounds(parts.platform.log, {
      failed: 'mail could not be taken in; trying again',
      pauseMs: 0,
      round: () => this.#next(),
    })
  }

  start(): void {
    this.#rounds.start()
  }

  /** Something was stored: begin at once. */
  wake(): void {
    this.#woken?.()
  }

  async #next(): Promise<void> {
    try {
      await this.round()
    } finally {
      if (!this.#rounds.isStopping) await this.#rest()
    }
  }

  async #rest(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#woken = resolve
    await Promise.race([promise, pause(pauseMs, undefined, { ref: false })])
    this.#woken = null
  }

  /** Takes in everything that waits, unless another node is at it. */
  async round(): Promise<void> {
    const { db } = this.#parts.platform.database
    const { rows } =
      await sql`select 1 from incoming_mails where state = 'received' and next_at <= now() limit 1`.execute(db)
    if (rows.length === 0) return
    await db.connection().execute(async (held) => {
      const { rows: lock } = await sql<{
        got: boolean
      }>`select pg_try_advisory_lock(hashtext(${lockName})) as got`.execute(held)
      if (!lock[0]!.got) return
      try {
        await this.#drain()
      } finally {
        await sql`select pg_advisory_unlock(hashtext(${lockName}))`.execute(held)
      }
    })
  }

  async #drain(): Promise<void> {
    while (!this.#rounds.isStopping) {
      if (this.#large === null) {
        const large = await this.#begin({ limit: 1, from: largeFrom, below: anySize })
        if (large.length > 0) this.#large = this.#takeLarge(large[0]!).finally(() => (this.#large = null))
      }
      const taken = await this.#begin({ limit: batch, from: 0, below: largeFrom })
      if (taken.length > 0) await this.#takeAll(taken)
      else if (this.#large === null) return
      else await Promise.race([this.#large, pause(50)])
    }
    await this.#large
  }

  /** What was begun before and never finished goes alone: should it end the process once more, nothing else is held to account for it. */
  async #begin(given: { limit: number; from: number; below: number }): Promise<TakenIncoming[]> {
    const { db } = this.#parts.platform.database
    const again = await takeIncoming(db, { ...given, limit: 1, begun: true, but: [...this.#busy] })
    return again.length > 0 ? again : takeIncoming(db, { ...given, begun: false, but: [...this.#busy] })
  }

  async #takeLarge(mail: TakenIncoming): Promise<void> {
    const read = await this.#read(mail)
    if (read !== null) await this.#take(read, await this.#mailboxes(mail.organisation_id))
  }

  async #takeAll(mails: readonly TakenIncoming[]): Promise<void> {
    const reads = (await Promise.all(mails.map((mail) => this.#read(mail)))).filter((one) => one !== null)
    const rows = inRows(reads, ({ read }) => ({
      messageId: read.messageId,
      named: namedIds(read),
      from: read.from?.address.toLowerCase() ?? null,
    }))
    const known = new Map<string, Boxes>()
    for (const { organisation_id: one } of mails) if (!known.has(one)) known.set(one, await this.#mailboxes(one))
    const work = async () => {
      for (let row = rows.shift(); row !== undefined; row = rows.shift())
        for (const one of row) await this.#take(one, known.get(one.mail.organisation_id)!)
    }
    await Promise.all(Array.from({ length: atOnce }, work))
  }

  async #read(mail: TakenIncoming): Promise<Read | null> {
    this.#busy.add(mail.id)
    try {
      if (mail.attempts > mostCrashes) {
        await this.#park(mail, { code: 'mailboxes.step.crashed', params: { attempts: mail.attempts - 1 } })
        return null
      }
      const raw = await rawOf(this.#parts.contents, mail)
      if (raw !== null) return { mail, raw, read: await readStorable(raw) }
      await this.#park(mail, { code: 'mailboxes.step.lost' })
      return null
    } catch (error) {
      await this.#failed(mail, error)
      return null
    } finally {
      this.#busy.delete(mail.id)
    }
  }

  async #take({ mail, raw, read }: Read, { boxes, own }: Boxes): Promise<void> {
    let ticket: string | null = null
    this.#busy.add(mail.id)
    try {
      await takeIn(this.#parts, mail, { raw, read }, boxes.get(mail.mailbox_id)!, own, (known) => (ticket = known))
    } catch (error) {
      await this.#failed(mail, error, ticket)
    } finally {
      this.#busy.delete(mail.id)
    }
  }

  /** The mailboxes of the organisation as they are set now, and every address that is ours. */
  async #mailboxes(organisation: string): Promise<Boxes> {
    const boxes = await allMailboxes(this.#parts.platform.database.db, organisation)
    const sender = this.#parts.platform.config.mail?.from.address.toLowerCase()
    const own = new Set([...boxes.flatMap((one) => one.addresses), ...(sender === undefined ? [] : [sender])])
    return { boxes: new Map(boxes.map((one) => [one.id, one])), own }
  }

  /** A fault of the database is nobody's attempt; any other is tried again a little later, three times in all. */
  async #failed(mail: TakenIncoming, error: unknown, ticket: string | null = null): Promise<void> {
    if (error instanceof Error && isDatabaseAway(error)) throw error
    const { db } = this.#parts.platform.database
    const words =
      error instanceof Problem
        ? sentence(error.code, error.params)
        : error instanceof Error
          ? error.message
          : String(error)
    this.#parts.platform.log.error(
      { mail: mail.id, attempts: mail.attempts, error: words },
      'a message could not be taken in',
    )
    const step: Refusal = { code: 'mailboxes.step.failed', params: { error: words.slice(0, 500) } }
    if (mail.attempts >= mostAttempts) await this.#park(mail, step, ticket)
    else await postponeIncoming(db, mail.id, mail.attempts, [step])
  }

  /** `ticket`: which it points at, so that only those see it who see that. */
  async #park(mail: TakenIncoming, why: Refusal, ticket: string | null = null): Promise<void> {
    const { platform } = this.#parts
    await runCommand(platform, systemActor(mail.organisation_id, 'Linchpin', 'job'), async (ctx) => {
      if (!(await isStillReceived(ctx.tx, mail.id))) return ctx.unchanged()
      await settleIncoming(ctx.tx, mail.id, { state: 'parked', did: null, steps: [why], ticket, note: null }, {})
      ctx.record({
        type: 'incoming-mail.parked',
        subject: { kind: 'incoming-mail', id: mail.id },
        after: { why: why.code },
      })
    })
  }

  /** Waits for what is being written; what is left is taken in by the next start. */
  async stop(): Promise<void> {
    const stopped = this.#rounds.stop(20_000)
    this.#woken?.()
    await stopped
  }
}
