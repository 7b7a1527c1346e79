import fastifyCookie from '@fastify/cookie'
import fastifyMultipart from '@fastify/multipart'
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import { sentence } from './catalogue.ts'
import type { Config } from './config.ts'
import { Problem } from './errors.ts'
import type { Logger } from 'pino'
import { newId } from './identifiers.ts'

/** Sent with everything. The web app needs no inline script; its component library sets inline styles. */
const securityHeaders = {
  'content-security-policy':
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(self), microphone=(), geolocation=()',
}

/** The HTTP server with everything that does not belong to a capability: headers, errors in words, limits. */
export async function openHttp(config: Config, log: Logger): Promise<FastifyInstance> {
  const logger: FastifyBaseLogger = log
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => newId(),
    bodyLimit: 4 * 1024 * 1024,
    trustProxy: config.trustProxy,
    routerOptions: { maxParamLength: 500, ignoreTrailingSlash: true },
    requestTimeout: 120_000,
    forceCloseConnections: true,
  })
  await app.register(fastifyCookie)
  await app.register(fastifyMultipart, { limits: { files: 1, fileSize: 200 * 1024 * 1024, fields: 10, parts: 12 } })
  // an empty body counts as no body, also with a JSON content type
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    if (body === '') return done(null, undefined)
    try {
      done(null, JSON.parse(body as string, readable))
    } catch (error) {
      done(error instanceof Problem ? error : new Problem(400, 'malformed-body'), undefined)
    }
  })
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders)
    reply.header('x-request-id', request.id)
    if (config.publicUrl.startsWith('https:')) reply.header('strict-transport-security', 'max-age=31536000')
    refuseCrossSite(request, config)
  })
  app.addHook('onResponse', async (request, reply) => {
    log.info(
      {
        req: request.id,
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
      },
      'request',
    )
  })
  app.setErrorHandler((error, request, reply) => answerProblem(log, error as Error, request, reply))
  return app
}

/** Of what comes as JSON: nothing passes for a prototype, and every object can be made a text or compared, which the check of a field may do before it knows the kind. */
function readable(key: string, value: unknown): unknown {
  if (key === 'toString') throw new Problem(400, 'reserved-name', { name: key })
  return key === '__proto__' ? undefined : value
}

/** A write that carries the session cookie must come from our own pages (Sec-Fetch-Site, or Origin where that is missing). */
function refuseCrossSite(request: FastifyRequest, config: Config): void {
  if (
    request.method === 'GET' ||
    request.method === 'HEAD' ||
    request.headers.authorization !== undefined ||
    request.headers.cookie === undefined
  )
    return
  const site = request.headers['sec-fetch-site']
  const origin = request.headers.origin
  const own =
    origin === undefined || origin === new URL(config.publicUrl).origin || sameHost(origin, request.headers.host)
  if ((site !== undefined && site !== 'same-origin' && site !== 'none') || !own) throw new Problem(403, 'cross-site')
}
const sameHost = (origin: string, host: string | undefined): boolean =>
  URL.canParse(origin) && new URL(origin).host === host

/** Whether an error says that the database does not answer at the moment, rather than that something is wrong. */
export const isDatabaseAway = (error: Error & { code?: string }): boolean =>
  /^(57P0|08|53|ECONN|EPIPE|ENOENT)/.test(error.code ?? '') ||
  error.code === '57014' ||
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(
    error.message,
  )

/** Turns whatever was thrown into the one shape of an error answer. */
export function problemOf(error: Error & { code?: string; statusCode?: number }): Problem {
  if (error instanceof Problem) return error
  const code = error.code ?? ''
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE' || code === 'FST_REQ_FILE_TOO_LARGE') return new Problem(413, 'too-large')
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE' || code === 'FST_INVALID_MULTIPART_CONTENT_TYPE')
    return new Problem(415, 'media-type')
  // more than an index or a search text can hold
  if (code.startsWith('54')) return new Problem(413, 'too-large')
  if (code === '23505') return new Problem(409, 'conflict')
  if (code === '23503') return new Problem(400, 'unknown-reference')
  if (code.startsWith('22') || code === '23514' || code === '23502') return new Problem(400, 'invalid-data')
  if (code === '53100') return new Problem(503, 'database-full')
  if (isDatabaseAway(error)) return new Problem(503, 'database-unavailable')
  if (/^(ENOSPC|EDQUOT|EFBIG)$/.test(code)) return new Problem(507, 'no-room')
  if ((error.statusCode ?? 500) < 500) return new Problem(error.statusCode!, 'malformed-body')
  return new Problem(500, 'internal')
}

function answerProblem(log: Logger, error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error)
  if (problem.status >= 500)
    log.error(
      { req: request.id, route: request.routeOptions?.url, error: error.message, stack: error.stack },
      'request failed',
    )
  if (problem.status === 503) reply.header('retry-after', '2')
  const wait = problem.status === 429 ? problem.params['retrySeconds'] : undefined
  if (typeof wait === 'number') reply.header('retry-after', String(wait))
  return reply
    .status(problem.status)
    .header('cache-control', 'no-store')
    .send({
      error: {
        code: problem.code,
        message: sentence(problem.code, problem.params).trim(),
        requestId: request.id,
        ...problem.extra,
      },
    })
}
