import type { ImapFlow } from 'imapflow'
import type { FileContents } from '../../files/public.ts'
import type { Platform } from '../../platform/platform.ts'
import { storeRaw } from '../store-raw.ts'
import type { AccessTokens } from './access-tokens.ts'
import { ImapFailure, type ImapProblem, judgeImap } from './judge-imap.ts'
import { type ImapSignIn, imapClient } from './imap-client.ts'
import { folderState, keepFolderState, type LeasedMailbox } from './imap-store.ts'

/** How long each thing may take and how often it is done (milliseconds). */
export interface ImapPace {
  /** Without a word of the server the folder is opened anew after this long: IDLE may fail silently, UIDs may have become others. */
  pollMs: number
  /** The same where the server knows no IDLE (RFC 2177). */
  pollWithoutIdleMs: number
  connectMs: number
  /** The first pause after a failure; doubled each time up to the longest. */
  pauseMs: number
  longestPauseMs: number
  /** After a refused sign-in, so that no account is locked by us. */
  signInPauseMs: number
}
export const usualPace: ImapPace = {
  pollMs: 4 * 60_000,
  pollWithoutIdleMs: 30_000,
  connectMs: 20_000,
  pauseMs: 5_000,
  longestPauseMs: 5 * 60_000,
  signInPauseMs: 60_000,
}

export interface WatchParts {
  platform: Platform
  contents: FileContents
  mailbox: LeasedMailbox
  tokens: AccessTokens
  pace: ImapPace
  /** A message was stored. */
  onStored: () => void
  /** How it goes: null where the folder is open and everything in it was fetched. */
  onState: (folder: string, problem: ImapProblem | null) => void
}

/** What a message may have at most to be fetched at all, far above every limit of a mailbox: more would endanger this process. Bytes. */
const mostBytes = 100 * 1024 * 1024
/** Messages are fetched in batches of this size. */
const batchBytes = 4 * 1024 * 1024
const batchCount = 100

/**
 * Fetches one folder: what is new is stored first, and only then marked as seen; then it waits for more. It goes on where it stopped, by UID; where
 * the UIDs became others, what is unread or young is looked at again, and known by its content.
 */
export class FolderWatch {
  readonly #parts: WatchParts
  readonly #folder: string
  readonly #running: Promise<void>
  #stopping = false
  #client: ImapFlow | null = null
  #wake: () => void = () => undefined

  constructor(parts: WatchParts, folder: string) {
    this.#parts = parts
    this.#folder = folder
    this.#running = this.#run()
  }

  async stop(): Promise<void> {
    this.#stopping = true
    this.#wake()
    // what is being stored is stored to its end; a server that does not answer is not waited for
    const late = setTimeout(() => this.#client?.close(), 3_000)
    await this.#running.finally(() => clearTimeout(late))
  }

  async #run(): Promise<void> {
    const { pace, platform } = this.#parts
    for (let failures = 0; !this.#stopping;) {
      try {
        await this.#connected(() => (failures = 0))
        failures = 0
      } catch (error) {
        if (this.#stopping) return
        failures += 1
        const problem = judgeImap(error, { host: this.#parts.mailbox.connection.host, folder: this.#folder })
        platform.log.warn(
          { mailbox: this.#parts.mailbox.id, code: problem.refusal.code, error: (error as Error).message },
          'mail could not be fetched',
        )
        this.#parts.onState(this.#folder, problem)
        const first = problem.isSignIn ? pace.signInPauseMs : pace.pauseMs
        await this.#pause(Math.min(first * 2 ** (failures - 1), Math.max(pace.longestPauseMs, first)))
      }
    }
  }

  async #connected(onGoing: () => void): Promise<void> {
    const client = await this.#open()
    this.#client = client
    let broken: unknown = null
    client.on('error', (error: unknown) => {
      broken ??= error
      this.#wake()
    })
    client.on('close', () => {
      broken ??= new ImapFailure('mailboxes.imap.closed', { host: this.#parts.mailbox.connection.host })
      this.#wake()
    })
    let news = false
    client.on('exists', () => {
      news = true
      this.#wake()
    })
    try {
      while (!this.#stopping) {
        // opened anew each time: a session does not learn that its folder was replaced
        if (client.mailbox !== false) await client.mailboxClose()
        await client.mailboxOpen(this.#folder)
        let isOpened = true
        do {
          news = false
          await this.#fetchNew(client, isOpened)
          isOpened = false
          this.#parts.onState(this.#folder, null)
          onGoing()
          if (broken !== null) throw broken as Error
          if (!news && !this.#stopping) news = await this.#waited(client, () => news)
        } while (news && !this.#stopping)
        if (broken !== null) throw broken as Error
      }
      await client.logout()
    } finally {
      client.close()
      this.#client = null
    }
  }

  /** Waits until something came (true) or it is time to look (false). */
  async #waited(client: ImapFlow, hasNews: () => boolean): Promise<boolean> {
    const { pace } = this.#parts
    const canIdle = client.capabilities.has('IDLE')
    const idling = canIdle ? client.idle().catch(() => false) : null
    await this.#pause(canIdle ? pace.pollMs : pace.pollWithoutIdleMs, hasNews)
    if (idling !== null && client.usable) {
      // any command ends IDLE
      await client.noop()
      await idling
    }
    return hasNews()
  }

  /** Ends early when it is woken. */
  async #pause(ms: number, isOver: () => boolean = () => false): Promise<void> {
    if (this.#stopping || isOver()) return
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#wake = resolve
    const timer = setTimeout(resolve, ms)
    await promise
    clearTimeout(timer)
    this.#wake = () => undefined
  }

  async #open(): Promise<ImapFlow> {
    const { connection } = this.#parts.mailbox
    if (connection.signIn === 'password') return this.#signedIn({ pass: this.#parts.tokens.password })
    try {
      return await this.#signedIn({ accessToken: await this.#parts.tokens.token() })
    } catch (error) {
      // revoked before its time: one more is asked for
      if ((error as { authenticationFailed?: boolean }).authenticationFailed !== true) throw error
      this.#parts.tokens.forget()
      return this.#signedIn({ accessToken: await this.#parts.tokens.token() })
    }
  }

  async #signedIn(auth: ImapSignIn): Promise<ImapFlow> {
    const { pace } = this.#parts
    const client = imapClient(this.#parts.mailbox.connection, auth, {
      maxLiteralSize: mostBytes + 1024,
      connectionTimeout: pace.connectMs,
      greetingTimeout: pace.connectMs,
      socketTimeout: pace.pollMs + 60_000,
    })
    try {
      await client.connect()
    } catch (error) {
      client.close()
      throw error
    }
    return client
  }

  /** `isOpened`: the folder was opened just now, so that what the server said of its UIDs is true. */
  async #fetchNew(client: ImapFlow, isOpened: boolean): Promise<void> {
    const { platform, mailbox } = this.#parts
    const { db } = platform.database
    const box = client.mailbox
    if (box === false) throw new ImapFailure('mailboxes.imap.closed', { host: mailbox.connection.host })
    const uidValidity = Number(box.uidValidity)
    const kept = await folderState(db, mailbox.id, this.#folder)
    const goesOn = kept !== null && kept.uidValidity === uidValidity && (!isOpened || box.uidNext > kept.lastUid)
    const uids = await this.#newUids(client, goesOn ? kept.lastUid : null, kept?.fetchedAt ?? null)
    const keep = (lastUid: number) => keepFolderState(db, mailbox.id, this.#folder, { uidValidity, lastUid })
    for (let at = 0; at < uids.length; at += batchCount) {
      for (const batch of await this.#batches(client, uids.slice(at, at + batchCount))) {
        if (this.#stopping) return
        await this.#take(client, batch, uidValidity)
        // a first look leaves out what was read before: it is begun anew where it is interrupted, and finds what it took by its content
        if (goesOn) await keep(batch.at(-1)!)
      }
    }
    if (!goesOn) await keep(Math.max(box.uidNext - 1, uids.at(-1) ?? 0))
  }

  /** UIDs to look at, ascending. `after` null: those that are unread, or came since a while before `since`. */
  async #newUids(client: ImapFlow, after: number | null, since: string | null): Promise<number[]> {
    const query =
      after !== null
        ? { uid: `${after + 1}:*` }
        : since === null
          ? { seen: false }
          : { or: [{ seen: false }, { since: new Date(Date.parse(since) - 2 * 24 * 3600_000) }] }
    const found = await client.search(query, { uid: true })
    // a refused search is answered with false: taken for none, the cursor would go past what is there
    if (!Array.isArray(found)) throw this.#broken('SEARCH')
    // `n:*` always names the last message, however low its number
    return found.filter((uid) => after === null || uid > after).toSorted((a, b) => a - b)
  }

  /** UIDs in groups that fit into memory together. */
  async #batches(client: ImapFlow, uids: readonly number[]): Promise<number[][]> {
    const batches: number[][] = []
    const missing = new Set(uids)
    let size = Infinity
    for await (const message of client.fetch(uids.join(','), { uid: true, size: true }, { uid: true })) {
      missing.delete(message.uid)
      const bytes = message.size ?? 0
      if (bytes > mostBytes) {
        this.#parts.platform.log.error(
          { mailbox: this.#parts.mailbox.id, uid: message.uid, bytes },
          'a message is too large to be fetched and stays where it is',
        )
        continue
      }
      if (size + bytes > batchBytes) {
        batches.push([])
        size = 0
      }
      batches.at(-1)!.push(message.uid)
      size += bytes
    }
    await this.#demandGone(client, [...missing])
    return batches.map((batch) => batch.toSorted((a, b) => a - b))
  }

  /** Stores a batch, and marks as seen what was committed. */
  async #take(client: ImapFlow, uids: readonly number[], uidValidity: number): Promise<void> {
    const { platform, contents, mailbox } = this.#parts
    const stored: number[] = []
    const missing = new Set(uids)
    try {
      for await (const message of client.fetch(
        uids.join(','),
        { uid: true, source: true, internalDate: true },
        { uid: true },
      )) {
        if (message.source === undefined || !missing.delete(message.uid)) continue
        const received = message.internalDate === undefined ? NaN : new Date(message.internalDate).getTime()
        await storeRaw(platform.database.db, contents, {
          organisation: mailbox.organisation_id,
          mailbox: mailbox.id,
          raw: message.source,
          imap: { folder: this.#folder, uidValidity, uid: message.uid },
          ...(Number.isNaN(received) ? {} : { receivedAt: new Date(received).toISOString() }),
        })
        stored.push(message.uid)
      }
    } finally {
      if (stored.length > 0) this.#parts.onStored()
    }
    if (stored.length > 0) await client.messageFlagsAdd(stored.join(','), ['\\Seen'], { uid: true })
    await this.#demandGone(client, [...missing])
  }

  /** What was asked for and not delivered was deleted meanwhile; else the cursor must not go past it. */
  async #demandGone(client: ImapFlow, uids: readonly number[]): Promise<void> {
    if (uids.length === 0) return
    const there = await client.search({ uid: uids.join(',') }, { uid: true })
    if (!Array.isArray(there)) throw this.#broken('SEARCH')
    const kept = there.filter((uid) => uids.includes(uid))
    if (kept.length > 0) throw this.#broken(`FETCH ${kept.slice(0, 5).join(',')}`)
  }

  /** A command that was not answered as it must be. */
  readonly #broken = (command: string): ImapFailure =>
    new ImapFailure('mailboxes.imap.broken', { host: this.#parts.mailbox.connection.host, words: command })
}
