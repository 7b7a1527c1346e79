import { betterAuth } from 'better-auth'
import { twoFactor } from 'better-auth/plugins/two-factor'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Config } from '../platform/config.ts'
import { Problem } from '../platform/errors.ts'
import { newId } from '../platform/identifiers.ts'

/** Days after which a sign-in ends by itself. */
const sessionDays = 30

/**
 * The sign-in library on our own tables (decision 0004). It owns passwords, sessions and second factors; people,
 * roles, lock-out and the record of every sign-in are ours (sign-in-guard.ts). It gets a small pool of its own because
 * it wants dates as dates.
 */
export function openSignIn(config: Config, connection: pg.PoolConfig, secret: string) {
  const pool = new pg.Pool({ ...connection, max: 2, options: '-c TimeZone=UTC', idleTimeoutMillis: 10_000 })
  pool.on('error', () => {})
  const stamps = { createdAt: 'created_at', updatedAt: 'updated_at' }
  const auth = betterAuth({
    appName: 'Linchpin',
    baseURL: config.publicUrl,
    basePath: '/api/auth',
    secret,
    database: { dialect: new PostgresDialect({ pool }), type: 'postgres' },
    telemetry: { enabled: false },
    logger: { disabled: true },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 12,
      maxPasswordLength: 200,
      autoSignIn: false,
    },
    user: {
      modelName: 'accounts',
      fields: { ...stamps, emailVerified: 'email_verified' },
      additionalFields: {
        personId: { type: 'string', fieldName: 'person_id', input: false },
        role: { type: 'string', input: false },
      },
    },
    session: {
      modelName: 'account_sessions',
      fields: {
        ...stamps,
        userId: 'account_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
      },
      expiresIn: sessionDays * 86_400,
      disableSessionRefresh: true,
    },
    account: {
      modelName: 'account_credentials',
      fields: {
        ...stamps,
        userId: 'account_id',
        accountId: 'provider_account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
      },
    },
    verification: { modelName: 'account_verifications', fields: { ...stamps, expiresAt: 'expires_at' } },
    plugins: [
      twoFactor({
        issuer: 'Linchpin',
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            modelName: 'account_second_factors',
            fields: {
              userId: 'account_id',
              backupCodes: 'backup_codes',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
    ],
    // attempts are limited on all nodes together and recorded by sign-in-guard.ts
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: 'linchpin',
      database: { generateId: () => newId() },
      useSecureCookies: config.publicUrl.startsWith('https:'),
      ipAddress: { ipAddressHeaders: ['x-linchpin-address'] },
    },
    trustedOrigins: (request) =>
      request === undefined ? [config.publicUrl] : [config.publicUrl, new URL(request.url).origin],
  })
  return { auth, close: () => pool.end() }
}

export type SignIn = ReturnType<typeof openSignIn>

/** What the web app calls of the library; everything else it offers is not reachable. */
const offered: Record<string, 'GET' | 'POST'> = {
  '/sign-in/email': 'POST',
  '/sign-out': 'POST',
  '/change-password': 'POST',
  '/two-factor/enable': 'POST',
  '/two-factor/disable': 'POST',
  '/two-factor/verify-totp': 'POST',
  '/two-factor/verify-backup-code': 'POST',
  '/two-factor/generate-backup-codes': 'POST',
}

export interface SignInAttempt {
  path: string
  body: Record<string, unknown>
  address: string
  request: FastifyRequest
}

/** What watches the door: refuses beforehand, records afterwards. */
export interface SignInGuard {
  before(attempt: SignInAttempt): Promise<void>
  after(attempt: SignInAttempt, status: number, answer: Record<string, unknown>): Promise<void>
}

/** Puts the offered addresses of the library below `/api/auth`. */
export function mountSignIn(app: FastifyInstance, signIn: SignIn, guard: SignInGuard): void {
  for (const [path, method] of Object.entries(offered)) {
    app.route({
      method,
      url: `/api/auth${path}`,
      bodyLimit: 16 * 1024,
      handler: async (request, reply) => {
        const attempt = { path, body: (request.body ?? {}) as Record<string, unknown>, address: request.ip, request }
        await guard.before(attempt)
        const response = await signIn.auth.handler(toWebRequest(request, attempt))
        const text = await response.text()
        await guard.after(attempt, response.status, parsed(text))
        return send(reply, response, text)
      },
    })
  }
}

function toWebRequest(request: FastifyRequest, attempt: SignInAttempt): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers))
    if (typeof value === 'string' && name !== 'content-length') headers.set(name, value)
  headers.set('x-linchpin-address', attempt.address)
  return new Request(new URL(request.url, hostOf(request)), {
    method: request.method,
    headers,
    ...(request.method === 'POST' ? { body: JSON.stringify(attempt.body) } : {}),
  })
}

/** Scheme and host as the caller, or the proxy before us, named them. */
function hostOf(request: FastifyRequest): string {
  const base = `${request.protocol === 'https' ? 'https' : 'http'}://${request.host}`
  if (!URL.canParse(base) || request.host.includes('@')) throw new Problem(400, 'sign-in.bad-host')
  return base
}

function parsed(text: string): Record<string, unknown> {
  try {
    return (JSON.parse(text) as Record<string, unknown> | null) ?? {}
  } catch {
    return {}
  }
}

function send(reply: FastifyReply, response: Response, text: string): FastifyReply {
  reply.status(response.status)
  for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie)
  // the session's token travels in its HttpOnly cookie and nowhere else
  const { token: _token, ...answer } = parsed(text)
  return reply.header('cache-control', 'no-store').type('application/json').send(answer)
}
