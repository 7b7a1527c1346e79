import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sentence } from '../../platform/catalogue.ts'
import { Problem } from '../../platform/errors.ts'
import { problemOf } from '../../platform/http.ts'
import type { StoredKey } from '../keys-store.ts'
import type { Intake } from '../take-inventory.ts'
import { answerType, type Packing, packingOf, packingSaid, whyNotRelayed } from '../rules/media-types.ts'
import { answerPoll, converse } from './conversation.ts'
import { AgentIdentification } from './identify-agent.ts'
import { mostBytes, packed, unpacked } from './packed.ts'
import { type Answered, replies } from './replies.ts'

/** Where agents of each kind look by themselves, and ours. */
const addresses = ['/inventory', '/front/inventory.php', '/ocsinventory', '/plugins/fusioninventory']
/** Bytes of a request for a token. */
const mostOfToken = 10_000
/** Agents know it by heart: their pattern begins with `Basic realm="`. OCS must be told the name. */
const challenge = 'Basic realm="Linchpin agents"'

const header = (request: FastifyRequest, name: string): string | null => {
  const value = request.headers[name]
  return typeof value === 'string' && value !== '' ? value.slice(0, 300) : null
}

/** The form an agent is answered in, by what it says before its message. */
const formSaid = (request: FastifyRequest): 'json' | 'xml' =>
  header(request, 'glpi-agent-id') !== null || /json/i.test(request.headers['content-type'] ?? '') ? 'json' : 'xml'

/** Puts the endpoint of agents on the wire. Its answers are in the form and packing of the request, errors too. */
export function mountAgents(intake: Intake) {
  const { platform } = intake
  return (app: FastifyInstance): void => {
    const keys = new WeakMap<FastifyRequest, StoredKey>()
    const identification = new AgentIdentification(platform.database.db, platform.secret)
    void app.register((scope, _options, done) => {
      scope.removeAllContentTypeParsers()
      scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: mostBytes }, (_request, body, parsed) =>
        parsed(null, body),
      )
      const config = { isLimited: true }
      void scope.register((keyed, _none, ready) => {
        keyed.addHook('onRequest', known)
        for (const address of addresses)
          keyed.post(address, { bodyLimit: mostBytes, config }, (request, reply) => post(request, reply))
        ready()
      })
      for (const address of addresses) {
        scope.get(address, { config }, (request, reply) => get(request, reply))
        scope.post(`${address}/api.php/token`, { bodyLimit: mostOfToken, config }, (request, reply) =>
          token(request, reply),
        )
      }
      done()
    })

    /** Who comes without a key is refused by the head: nothing of the body is kept. */
    async function known(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
      const key = await identification.of(request)
      if (key !== null) {
        keys.set(request, key)
        return undefined
      }
      const contentType = request.headers['content-type'] ?? ''
      reply.header('www-authenticate', challenge)
      const refused = refusedFor(request, formSaid(request), new Problem(401, 'discovery.no-key'))
      return send(reply, contentType, packingSaid(contentType), refused)
    }

    async function post(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
      const contentType = request.headers['content-type'] ?? ''
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const packing = packingOf(contentType, body)
      const agentId = header(request, 'glpi-agent-id')
      let form = formSaid(request)
      try {
        const key = keys.get(request)!
        const relayed = whyNotRelayed(header(request, 'glpi-proxy-id') ?? undefined)
        if (relayed !== null) throw new Problem(400, relayed.code)
        const bytes = await unpacked(body, packing)
        if (bytes[0] === 0x7b) form = 'json'
        const userAgent = header(request, 'user-agent')
        const came = { key, body, packing, contentType, bytes, userAgent, agentId, address: request.ip }
        return await send(reply, contentType, packing, await converse(intake, came))
      } catch (error) {
        return send(reply, contentType, packing, refusedFor(request, form, error as Error))
      }
    }

    async function get(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
      // settings for tasks that are never given: asked without a key
      if ((request.query as Record<string, unknown>)['action'] === 'getConfig')
        return send(reply, '', 'none', replies.settings())
      const key = await identification.of(request)
      if (key === null) {
        reply.header('www-authenticate', challenge)
        return send(reply, '', 'none', refusedFor(request, 'json', new Problem(401, 'discovery.no-key')))
      }
      const requestId = header(request, 'glpi-request-id')
      if (requestId === null) return send(reply, '', 'none', replies.settings())
      return send(reply, '', 'none', await answerPoll(platform, key, requestId))
    }

    /** OAuth 2.0 client credentials (RFC 6749, 4.4), as agents ask: the key is the secret. */
    async function token(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
      reply.header('cache-control', 'no-store')
      const secret = secretIn(request.body, request.headers['content-type'] ?? '')
      const made = secret === null ? null : await identification.tokenFor(secret)
      if (made === null) return reply.status(401).send({ error: 'invalid_client' })
      return reply.send({ token_type: 'Bearer', access_token: made.token, expires_in: made.seconds })
    }

    function refusedFor(request: FastifyRequest, form: 'json' | 'xml', error: Error): Answered {
      const problem = problemOf(error)
      if (problem.status >= 500)
        platform.log.error(
          { req: request.id, error: error.message, stack: error.stack },
          'an agent could not be answered',
        )
      return replies.refused(form, problem.status, sentence(problem.code, problem.params))
    }
  }
}

async function send(
  reply: FastifyReply,
  contentType: string,
  packing: Packing,
  answered: Answered,
): Promise<FastifyReply> {
  return reply
    .status(answered.status)
    .headers(answered.headers ?? {})
    .header('cache-control', 'no-store')
    .header('content-type', answerType(contentType, packing, answered.form))
    .send(await packed(answered.text, packing))
}

function secretIn(body: unknown, contentType: string): string | null {
  if (!Buffer.isBuffer(body)) return null
  const text = body.toString('utf8')
  if (/urlencoded/i.test(contentType)) return new URLSearchParams(text).get('client_secret')
  try {
    const { client_secret: secret } = JSON.parse(text) as { client_secret?: unknown }
    return typeof secret === 'string' ? secret : null
  } catch {
    return null
  }
}
