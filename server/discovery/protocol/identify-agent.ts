import type { FastifyRequest } from 'fastify'
import type { Actor } from '../../platform/ctx.ts'
import type { Db } from '../../platform/db.ts'
import { hashOf, isId } from '../../platform/identifiers.ts'
import { isSignatureOf, signatureOf } from '../../platform/sealing.ts'
import { keyInForce, type StoredKey } from '../keys-store.ts'

/** For how long an answer is believed without asking the database: a revoked key ends within this time. */
const believedMs = 5_000
const mostRemembered = 1_000
const tokenSeconds = 3600
const purpose = 'agent tokens'

/** Says with which key an agent comes: as bearer, as the password of Basic (whatever the name), or by a token it was given for the key. */
export class AgentIdentification {
  readonly #db: Db
  readonly #secret: Buffer
  readonly #known = new Map<string, { key: StoredKey | null; until: number }>()

  constructor(db: Db, secret: Buffer) {
    this.#db = db
    this.#secret = secret
  }

  async of(request: FastifyRequest): Promise<StoredKey | null> {
    const credential = credentialOf(request.headers.authorization)
    return credential === null ? null : this.#remembered(credential)
  }

  async #remembered(credential: string): Promise<StoredKey | null> {
    const what = hashOf(credential).toString('base64url')
    const now = Date.now()
    const known = this.#known.get(what)
    if (known !== undefined && known.until > now) return known.key
    const key = await this.#ask(credential, now)
    if (this.#known.size >= mostRemembered) this.#known.clear()
    this.#known.set(what, { key, until: now + believedMs })
    return key
  }

  async #ask(credential: string, now: number): Promise<StoredKey | null> {
    const [mark, id = '', until = '', signature = ''] = credential.split('.')
    if (mark !== 'lpt') return keyInForce(this.#db, { hash: hashOf(credential) })
    const isOurs = isSignatureOf(this.#secret, purpose, `${id}.${until}`, signature)
    return isOurs && isId(id) && Number(until) > now / 1000 ? keyInForce(this.#db, { id }) : null
  }

  /** A token for an hour (OAuth 2.0 client credentials, RFC 6749, 4.4); null where the secret is no key in force. */
  async tokenFor(secret: string): Promise<{ token: string; seconds: number } | null> {
    const key = await keyInForce(this.#db, { hash: hashOf(secret) })
    if (key === null) return null
    const payload = `${key.id}.${Math.floor(Date.now() / 1000) + tokenSeconds}`
    return { token: `lpt.${payload}.${signatureOf(this.#secret, purpose, payload)}`, seconds: tokenSeconds }
  }
}

function credentialOf(authorization: string | undefined): string | null {
  const [scheme = '', value = ''] = authorization?.trim().split(/\s+/) ?? []
  if (value === '' || value.length > 1000) return null
  if (scheme.toLowerCase() === 'bearer') return value
  if (scheme.toLowerCase() !== 'basic') return null
  const pair = Buffer.from(value, 'base64').toString('utf8')
  const at = pair.indexOf(':')
  return at < 0 || pair.length === at + 1 ? null : pair.slice(at + 1)
}

/** An agent acts under the name of its key. */
export const actorOfKey = (key: StoredKey): Actor => ({
  kind: 'integration',
  id: key.id,
  name: key.name,
  role: 'technician',
  organisation: key.organisation,
  person: null,
  account: null,
  session: null,
  teams: [],
  confidentialTeams: [],
  zone: 'UTC',
})
