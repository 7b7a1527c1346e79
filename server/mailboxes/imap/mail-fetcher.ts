import type { FileContents } from '../../files/public.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Platform } from '../../platform/platform.ts'
import { Rounds } from '../../platform/rounds.ts'
import { noteChecked } from '../mailboxes-store.ts'
import { AccessTokens } from './access-tokens.ts'
import { FolderWatch, type ImapPace, usualPace } from './folder-watch.ts'
import { giveBackMailboxes, type LeasedMailbox, leaseMailboxes } from './imap-store.ts'
import type { ImapProblem } from './judge-imap.ts'

const leaseSeconds = 30
const roundMs = 5_000
/** What a mailbox's page says of a connection that works is true within this time (milliseconds). */
const noteMs = 60_000
const longestStopMs = 10_000

interface Watched {
  mailbox: LeasedMailbox
  watches: FolderWatch[]
}

/**
 * Fetches the mail of every IMAP mailbox, on whichever node has its lease: one worker for each mailbox over all nodes, one connection for each of its
 * folders. A mailbox whose settings changed is begun anew within seconds; where the node dies, another goes on when the lease is over.
 */
export class MailFetcher {
  readonly #platform: Platform
  readonly #contents: FileContents
  readonly #onStored: () => void
  readonly #pace: ImapPace
  readonly #node = newId()
  readonly #watched = new Map<string, Watched>()
  readonly #rounds: Rounds
  #leasedAt = 0

  constructor(platform: Platform, contents: FileContents, onStored: () => void, pace: ImapPace = usualPace) {
    this.#platform = platform
    this.#contents = contents
    this.#onStored = onStored
    this.#pace = pace
    this.#rounds = new Rounds(platform.log, {
      failed: 'the mailboxes of this node could not be told; trying again',
      pauseMs: Math.min(roundMs, pace.pollMs),
      round: () => this.round(),
    })
  }

  start(): void {
    this.#rounds.start()
  }

  async stop(): Promise<void> {
    await this.#rounds.stop(longestStopMs)
    await Promise.all([...this.#watched.values()].map(ended))
    this.#watched.clear()
    await giveBackMailboxes(this.#platform.database.db, this.#node).catch(() => undefined)
  }

  async round(): Promise<void> {
    let leased
    try {
      leased = await leaseMailboxes(this.#platform.database.db, this.#node, leaseSeconds)
      this.#leasedAt = performance.now()
    } catch (error) {
      // another node may have them by now
      if (performance.now() - this.#leasedAt > (leaseSeconds - 5) * 1000) await this.#endAllBut([])
      throw error
    }
    await this.#endAllBut(leased)
    for (const mailbox of leased) {
      if (this.#rounds.isStopping) return
      if (!this.#watched.has(mailbox.id)) this.#watched.set(mailbox.id, this.#begun(mailbox))
    }
  }

  /** Ends what is another's by now, was switched off or is set otherwise. */
  async #endAllBut(leased: readonly LeasedMailbox[]): Promise<void> {
    const over = [...this.#watched].filter(
      ([id, { mailbox }]) => !leased.some((one) => one.id === id && one.version === mailbox.version),
    )
    await Promise.all(
      over.map(async ([id, watched]) => {
        await ended(watched)
        this.#watched.delete(id)
      }),
    )
  }

  #begun(mailbox: LeasedMailbox): Watched {
    const tokens = new AccessTokens(this.#platform, mailbox)
    const onState = this.#noting(mailbox)
    const watches = [...new Set(mailbox.connection.folders)].map(
      (folder) =>
        new FolderWatch(
          {
            platform: this.#platform,
            contents: this.#contents,
            mailbox,
            tokens,
            pace: this.#pace,
            onStored: this.#onStored,
            onState,
          },
          folder,
        ),
    )
    return { mailbox, watches }
  }

  /** Writes down how the folders of a mailbox fare: a problem at once and while it lasts, that all is well once a minute. */
  #noting(mailbox: LeasedMailbox): (folder: string, problem: ImapProblem | null) => void {
    const states = new Map<string, ImapProblem | null>()
    let noted: { problem: string; at: number } | null = null
    return (folder, problem) => {
      states.set(folder, problem)
      const worst = [...states.values()].find((one) => one !== null)?.refusal ?? null
      const said = JSON.stringify(worst)
      if (noted !== null && noted.problem === said && worst === null && performance.now() - noted.at < noteMs) return
      noted = { problem: said, at: performance.now() }
      noteChecked(this.#platform.database.db, mailbox.id, new Date().toISOString(), worst).catch((error: unknown) => {
        this.#platform.log.warn({ error: (error as Error).message }, 'the state of a mailbox could not be noted')
      })
    }
  }
}

const ended = async ({ watches }: Watched): Promise<void> => {
  await Promise.all(watches.map((watch) => watch.stop()))
}
