import { z } from 'zod'
import type { MailboxSecrets } from '../../../contract/mailboxes.ts'
import type { Platform } from '../../platform/platform.ts'
import { opened, sealed } from '../secrets.ts'
import { ImapFailure } from './judge-imap.ts'
import { keepSecrets, type LeasedMailbox, secretsKept } from './imap-store.ts'

/** RFC 6749, 5.1 and 5.2. */
const answered = z.object({
  access_token: z.string().min(1).optional(),
  expires_in: z.coerce.number().optional(),
  refresh_token: z.string().min(1).optional(),
  error: z.string().optional(),
  error_description: z.string().optional(),
})

/** A token is renewed this long before it ends. */
const earlyMs = 60_000
const usualSeconds = 3600

type TokenMailbox = Pick<LeasedMailbox, 'id' | 'connection' | 'secrets'>

/** Access tokens (OAuth 2.0, RFC 6749) for one mailbox: fetched when they are needed, kept until shortly before they end. */
export class AccessTokens {
  readonly #platform: Platform
  readonly #mailbox: TokenMailbox
  #secrets: MailboxSecrets
  #kept: Buffer | null
  #token: { value: string; until: number } | null = null
  #asking: Promise<string> | null = null

  constructor(platform: Platform, mailbox: TokenMailbox) {
    this.#platform = platform
    this.#mailbox = mailbox
    this.#kept = mailbox.secrets
    this.#secrets = opened(platform.secret, mailbox.id, mailbox.secrets)
  }

  get password(): string {
    return this.#secrets.password ?? ''
  }

  /** The server refused the token: the next one is asked for. */
  forget(): void {
    this.#token = null
  }

  /** A token that is good for some time. Throws an ImapFailure or OutgoingFailure where there is none. */
  async token(): Promise<string> {
    if (this.#token !== null && this.#token.until > Date.now()) return this.#token.value
    // several folders ask at once; a refresh token may be good for one exchange
    this.#asking ??= this.#ask().finally(() => (this.#asking = null))
    return this.#asking
  }

  async #ask(): Promise<string> {
    const { tokenUrl, clientId, scope } = this.#mailbox.connection
    if (tokenUrl === null || clientId === null) throw new ImapFailure('mailboxes.imap.no-token-url', {}, true)
    await this.#reread()
    const { refreshToken, clientSecret } = this.#secrets
    const form = new URLSearchParams({
      ...(refreshToken === undefined
        ? { grant_type: 'client_credentials' }
        : { grant_type: 'refresh_token', refresh_token: refreshToken }),
      client_id: clientId,
      ...(clientSecret === undefined ? {} : { client_secret: clientSecret }),
      ...(scope === null ? {} : { scope }),
    })
    const answer = await this.#platform.outgoing.send(tokenUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: form.toString(),
    })
    const said = answered.safeParse(parsed(answer.body)).data
    if (said?.access_token === undefined) {
      const words = (said?.error_description ?? said?.error ?? '').replace(/\s+/g, ' ').slice(0, 200)
      throw new ImapFailure(
        'mailboxes.imap.token-refused',
        { status: answer.status, words: words === '' ? '-' : words },
        true,
      )
    }
    if (said.refresh_token !== undefined && said.refresh_token !== refreshToken) await this.#keep(said.refresh_token)
    const lifeMs = (said.expires_in ?? usualSeconds) * 1000
    this.#token = { value: said.access_token, until: Date.now() + Math.max(lifeMs - earlyMs, lifeMs / 2) }
    return said.access_token
  }

  /** Somebody who tried the connection may have exchanged the refresh token meanwhile. A mailbox that is not kept has what it was given. */
  async #reread(): Promise<void> {
    const found = await secretsKept(this.#platform.database.db, this.#mailbox.id)
    if (found === undefined) return
    this.#kept = found.secrets
    this.#secrets = opened(this.#platform.secret, this.#mailbox.id, found.secrets)
  }

  async #keep(refreshToken: string): Promise<void> {
    this.#secrets = { ...this.#secrets, refreshToken }
    const after = sealed(this.#platform.secret, this.#mailbox.id, this.#secrets)
    await keepSecrets(this.#platform.database.db, this.#mailbox.id, this.#kept, after)
    this.#kept = after
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
