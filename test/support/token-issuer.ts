import { randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface TokenIssuer {
  /** Where it is asked: `/token`, and `/introspect` by a mail server. */
  base: string
  lifeSeconds: number
  refuses: boolean
  /** How many tokens it issued. */
  asked: number
  stop(): Promise<void>
}

/**
 * Issues tokens for the user `oauth` against a refresh token that is good once, the first of them `refresh 0` (RFC 6749, 6), or the secret of the client alone
 * (4.4), and says of them whether they hold (RFC 7662).
 */
export async function startIssuer(): Promise<TokenIssuer> {
  const ends = new Map<string, number>()
  const state: TokenIssuer = { base: '', lifeSeconds: 3600, refuses: false, asked: 0, stop: async () => undefined }
  const http: Server = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => {
      const form = new URLSearchParams(body)
      const answer = (status: number, said: object): void => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said))
      }
      if (request.url === '/introspect') {
        const active = (ends.get(form.get('token') ?? '') ?? 0) > Date.now()
        return answer(200, active ? { active: true, username: 'oauth', scope: 'imap' } : { active: false })
      }
      if (state.refuses) return answer(400, { error: 'invalid_grant', error_description: 'The grant was revoked' })
      const isKnown =
        form.get('client_id') === 'linchpin' &&
        form.get('client_secret') === 'client secret' &&
        form.get('scope') === 'imap'
      const isClient = form.get('grant_type') === 'client_credentials'
      if (!isKnown || (!isClient && form.get('refresh_token') !== `refresh ${state.asked}`))
        return answer(400, { error: 'invalid_grant' })
      state.asked += 1
      const token = randomBytes(24).toString('base64url')
      ends.set(token, Date.now() + state.lifeSeconds * 1000)
      answer(200, {
        access_token: token,
        token_type: 'Bearer',
        expires_in: state.lifeSeconds,
        ...(isClient ? {} : { refresh_token: `refresh ${state.asked}` }),
      })
    })
  })
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done))
  state.base = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  state.stop = () => new Promise((done) => http.close(() => done()))
  return state
}
