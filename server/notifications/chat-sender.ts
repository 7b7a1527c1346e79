import { systemActor, type Actor } from '../platform/ctx.ts'
import type { Db } from '../platform/db.ts'
import { sentence } from '../platform/catalogue.ts'
import type { Refusal } from '../platform/errors.ts'
import { OutgoingFailure } from '../platform/outgoing.ts'
import type { Platform } from '../platform/platform.ts'
import { Rounds } from '../platform/rounds.ts'
import { actorOfPerson } from '../people/public.ts'
import {
  channelById,
  noteAnswer,
  postponePost,
  type StoredChannel,
  takePosts,
  type TakenPost,
} from './channels-store.ts'
import { openAddress } from './chat-address.ts'
import type { MailLinks } from './mail-links.ts'
import { Readers } from './readers.ts'
import { closeBatch, noticesOfBatch } from './routing-store.ts'
import { afterNoAnswer, type ChatOutcome, judgeAnswer, longestTrying } from './rules/chat-answers.ts'
import { type ChatLine, chatMessage } from './rules/chat-message.ts'
import { sayNotices } from './say-notices.ts'

const pollMs = 1000
const atOnce = 5
const leaseSeconds = 60
/** Waited for at most when the node stops. */
const longestStopMs = 5_000
/** Lines of one message; the rest is a count. */
const mostLines = 15

/** Posts what is on its way into chats, on every node; a message is leased, said, and only then written down as said. */
export class ChatSender {
  readonly #platform: Platform
  readonly #links: MailLinks
  readonly #clock: () => number
  readonly #rounds: Rounds

  /** `clock`: milliseconds since 1970, for tests. */
  constructor(platform: Platform, links: MailLinks, clock: () => number = Date.now) {
    this.#platform = platform
    this.#links = links
    this.#clock = clock
    this.#rounds = new Rounds(platform.log, {
      failed: 'chats could not be told; trying again',
      pauseMs: pollMs,
      round: () => this.round(),
    })
  }

  start(): void {
    this.#rounds.start(pollMs)
  }

  /** Posts everything whose moment has come. */
  async round(): Promise<void> {
    for (;;) {
      const taken = await takePosts(this.#platform.database.db, this.#now(), atOnce, leaseSeconds)
      if (taken.length === 0) return
      await Promise.all(taken.map((post) => this.#post(post)))
      if (this.#rounds.isStopping) return
    }
  }

  #now(): string {
    return new Date(this.#clock()).toISOString()
  }

  async #post(post: TakenPost): Promise<void> {
    const { db } = this.#platform.database
    const channel = await channelById(db, post.organisation_id, post.channel_id)
    const reader = channel === undefined || !channel.active ? null : await readerOf(db, channel)
    if (channel === undefined || reader === null) return closeBatch(db, post.id, 'skipped')
    const lines = await this.#lines(db, post, channel, reader)
    if (lines.length === 0) return closeBatch(db, post.id, 'skipped')
    const outcome = await say(this.#platform, channel, titleOf(lines), lines, post.attempts)
    const now = this.#clock()
    await noteAnswer(db, channel.id, this.#now(), outcome.what === 'ok' ? null : outcome.why, outcome.what === 'gone')
    if (outcome.what === 'later' && now - Date.parse(post.created_at) < longestTrying * 1000)
      return postponePost(db, post.id, new Date(now + outcome.afterSeconds * 1000).toISOString(), outcome.why)
    await closeBatch(db, post.id, outcome.what === 'ok' ? 'sent' : 'failed')
  }

  /** What the readers of the channel may see at this moment; in one's own channel what was read in the app is left out. */
  async #lines(db: Db, post: TakenPost, channel: StoredChannel, reader: Actor): Promise<ChatLine[]> {
    const notices = await noticesOfBatch(db, post.id)
    const unread = channel.owner_kind === 'person' ? notices.filter((n) => n.read_at === null) : notices
    const said = (await sayNotices(db, this.#platform.subjects, reader, unread)).filter((n) => n.visible)
    const lines = said.slice(0, mostLines).map((n) => ({
      words: n.sentence,
      href: n.subject === null ? `${this.#platform.config.publicUrl}/notifications` : this.#links.ofSubject(n.subject),
    }))
    const more = said.length - lines.length
    return more > 0 ? [...lines, { words: sentence('chat.more', { n: more }), href: null }] : lines
  }

  /** What a chat that does not answer holds up is left to its lease. */
  stop(): Promise<void> {
    return this.#rounds.stop(longestStopMs)
  }
}

const titleOf = (lines: readonly ChatLine[]): string =>
  lines.length === 1 ? lines[0]!.words : sentence('notifications.mail.several', { n: lines.length })

/** Posts one message; whatever goes wrong is an outcome, and no address is part of it. */
export async function say(
  platform: Platform,
  channel: StoredChannel,
  title: string,
  lines: readonly ChatLine[],
  attempts: number,
): Promise<ChatOutcome> {
  const address = openAddress(platform.secret, channel)
  if (address === null) return { what: 'refused', why: { code: 'chat.sealed-otherwise' } }
  try {
    const answer = await platform.outgoing.send(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(chatMessage(channel.kind, title, lines)),
      timeoutMs: 10_000,
    })
    return judgeAnswer(answer.status, answer.headers['retry-after'], attempts)
  } catch (error) {
    if (!(error instanceof OutgoingFailure)) throw error
    const why: Refusal = error.refusal
    return error.final ? { what: 'refused', why } : afterNoAnswer(why, attempts)
  }
}

/**
 * Through whose eyes a channel is filled: its person; a member of its team, or of the organisation's coordinators, without what is
 * confidential. Null where the person has left.
 */
async function readerOf(db: Db, channel: StoredChannel): Promise<Actor | null> {
  if (channel.owner_kind === 'person') return actorOfPerson(db, channel.owner_id!)
  const calendar = await new Readers(db).ofOrganisation(channel.organisation_id)
  return {
    ...systemActor(channel.organisation_id, 'Chat', 'integration'),
    role: channel.owner_kind === 'team' ? 'technician' : 'coordinator',
    teams: channel.owner_kind === 'team' ? [channel.owner_id!] : [],
    zone: calendar?.zone ?? 'UTC',
  }
}
