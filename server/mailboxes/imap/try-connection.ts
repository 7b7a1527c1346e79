import { checkServerIdentity } from 'node:tls'
import type { ImapFlow } from 'imapflow'
import type { MailboxConnection, Tried, TriedStep } from '../../../contract/mailboxes.ts'
import type { Refusal } from '../../platform/errors.ts'
import { OutgoingFailure } from '../../platform/outgoing.ts'
import type { Platform } from '../../platform/platform.ts'
import { folderNames, judgeEncryption, stepOf } from '../rules/tried-steps.ts'
import { AccessTokens } from './access-tokens.ts'
import { usualPace } from './folder-watch.ts'
import { imapClient, type ImapSignIn } from './imap-client.ts'
import { ImapFailure, judgeImap } from './judge-imap.ts'

type State = Tried['steps'][number]['state']
/** One step as it went; its sentence is still to be written for a reader. */
export interface TriedOnce {
  step: TriedStep
  state: State
  refusal: Refusal
}

/** What is tried; an id that no mailbox has where the secrets are not kept. `whyNoToken`: no token may be asked for. */
export interface ToTry {
  id: string
  connection: MailboxConnection
  secrets: Buffer | null
  whyNoToken: Refusal | null
}

/** No more than a list of folders is ever read. Bytes. */
const most = { maxLineLength: 64 * 1024, maxLiteralSize: 64 * 1024, maxResponseSize: 256 * 1024 }

/**
 * Connects as the fetcher does, looks at the folders without opening them (STATUS, RFC 9051 6.3.11) and leaves. Never throws: what goes wrong is a step, the
 * last but for folders. `limitMs` is for all of it.
 */
export async function tryConnection(platform: Platform, given: ToTry, limitMs: number): Promise<TriedOnce[]> {
  const attempt = new Attempt(platform, given, limitMs)
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(attempt.tooLate()), limitMs)
  try {
    await Promise.race([attempt.run(), late])
  } catch (error) {
    attempt.failed(error)
  } finally {
    clearTimeout(timer)
    attempt.close()
  }
  // what was given up may still come to its end
  return [...attempt.steps]
}

class Attempt {
  readonly steps: TriedOnce[] = []
  readonly #platform: Platform
  readonly #given: ToTry
  readonly #limitMs: number
  #at: TriedStep = 'reached'
  #folder = ''
  /** Until when a certificate that was found right is valid, ISO instant. */
  #validTo: string | null = null
  #client: ImapFlow | null = null

  constructor(platform: Platform, given: ToTry, limitMs: number) {
    this.#platform = platform
    this.#given = given
    this.#limitMs = limitMs
  }

  async run(): Promise<void> {
    const auth = await this.#auth()
    this.#at = 'reached'
    const { connection } = this.#given
    const client = imapClient(
      connection,
      auth,
      { ...most, connectionTimeout: this.#limitMs, greetingTimeout: this.#limitMs, socketTimeout: this.#limitMs },
      {
        checkServerIdentity: (host, certificate) => {
          const wrong = checkServerIdentity(host, certificate)
          if (wrong === undefined) this.#validTo = new Date(certificate.valid_to).toISOString()
          return wrong
        },
      },
    )
    this.#client = client
    await client.connect()
    this.#reached()
    this.#encrypted()
    this.#tell('sign-in', 'good', 'mailboxes.try.signed-in', { user: connection.user })
    this.#at = 'folder'
    await this.#folders(client)
    if (client.capabilities.has('IDLE')) this.#tell('idle', 'good', 'mailboxes.try.idle')
    else this.#tell('idle', 'warning', 'mailboxes.try.no-idle', { waitSeconds: usualPace.pollWithoutIdleMs / 1000 })
    await client.logout()
  }

  /** Tells the step that went wrong, and those before it that must have gone well. */
  failed(error: unknown): void {
    const { host } = this.#given.connection
    const { refusal } = error instanceof OutgoingFailure ? error : judgeImap(error, { host, folder: this.#folder })
    const isEncrypted = this.#at === 'reached' && this.#validTo !== null
    const step = this.#at === 'reached' ? (stepOf(refusal.code) ?? (isEncrypted ? 'sign-in' : 'reached')) : this.#at
    if (this.#at === 'reached' && step !== 'reached') this.#reached()
    if (this.#at === 'reached' && step === 'sign-in') this.#encrypted()
    this.#tell(step, 'bad', refusal.code, refusal.params)
  }

  tooLate(): Error {
    return this.#at === 'token'
      ? new OutgoingFailure('outgoing.stalled', { waitedSeconds: Math.round(this.#limitMs / 1000) })
      : new ImapFailure('mailboxes.imap.stalled', { host: this.#given.connection.host })
  }

  close(): void {
    this.#client?.close()
  }

  async #auth(): Promise<ImapSignIn> {
    const tokens = new AccessTokens(this.#platform, this.#given)
    if (this.#given.connection.signIn === 'password') return { pass: tokens.password }
    this.#at = 'token'
    const { whyNoToken } = this.#given
    if (whyNoToken !== null) throw new ImapFailure(whyNoToken.code, whyNoToken.params)
    const accessToken = await tokens.token()
    this.#tell('token', 'good', 'mailboxes.try.token')
    return { accessToken }
  }

  async #folders(client: ImapFlow): Promise<void> {
    const paths = (await client.list()).map(({ path }) => path)
    for (const folder of new Set(this.#given.connection.folders)) {
      this.#folder = folder
      const found = await client.status(folder, { messages: true, unseen: true }).catch((error: unknown) => {
        const { refusal } = judgeImap(error, { host: this.#given.connection.host, folder })
        if (refusal.code !== 'mailboxes.imap.no-folder') throw error
        return null
      })
      if (found === null) this.#tell('folder', 'bad', 'mailboxes.try.no-folder', { folder, ...folderNames(paths) })
      else if (found === false) this.#tell('folder', 'bad', 'mailboxes.try.closed-folder', { folder })
      else {
        const { messages = 0, unseen = 0 } = found
        this.#tell('folder', 'good', 'mailboxes.try.folder', { folder, messages, unseen })
      }
    }
  }

  #reached(): void {
    const { host, port } = this.#given.connection
    this.#tell('reached', 'good', 'mailboxes.try.reached', { host, port: String(port) })
  }

  #encrypted(): void {
    if (this.#given.connection.encryption === 'never') return this.#tell('encryption', 'warning', 'mailboxes.try.plain')
    const { state, code, params } = judgeEncryption(this.#validTo, new Date().toISOString())
    this.#tell('encryption', state, code, params)
  }

  #tell(step: TriedStep, state: State, code: string, params: Record<string, unknown> = {}): void {
    this.steps.push({ step, state, refusal: { code, params } })
  }
}
