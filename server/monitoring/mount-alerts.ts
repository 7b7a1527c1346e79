import type { FastifyInstance, FastifyRequest } from 'fastify'
import { alertWays } from '../../contract/monitoring.ts'
import { sentence } from '../platform/catalogue.ts'
import { Problem } from '../platform/errors.ts'
import { hashOf } from '../platform/identifiers.ts'
import { type Identify, permitted } from '../platform/mount.ts'
import type { Platform } from '../platform/platform.ts'
import { ensureSource } from './ensure-source.ts'
import { handIn } from './hand-in.ts'
import { sourceByKey, sourceBySlug, type StoredSource } from './sources-store.ts'

/** What the largest groups of Alertmanager need many times over. */
const mostBytes = 4 * 1024 * 1024
export const keyMark = 'lpa_'
const mediaTypes = ['application/json', 'application/x-www-form-urlencoded', 'text/plain']

/**
 * Where monitoring hands in what it saw: `POST /api/v1/alerts/{source}`, JSON or the fields of a form, with the key of the source (as bearer, or as
 * password of basic credentials, RFC 7617, for senders that know nothing else) or an API key of whoever keeps monitoring. The message is committed before
 * anything is made of it: what interrupts the taking leaves it to the next round. 422: it was kept, and not understood. A format that is known needs no source of its own.
 */
export function mountAlerts(platform: Platform) {
  const { db } = platform.database
  return (app: FastifyInstance, identify: Identify): void => {
    const sources = new WeakMap<FastifyRequest, StoredSource>()
    void app.register((scope, _options, done) => {
      // who may not hand anything in is refused by the head: nothing of the body is kept
      scope.addHook<{ Params: { source: string } }>('onRequest', async (request) => {
        sources.set(request, await sourceOf(request, identify))
      })
      scope.removeContentTypeParser(['application/json', 'text/plain'])
      scope.addContentTypeParser(mediaTypes, { parseAs: 'buffer', bodyLimit: mostBytes }, (_request, body, parsed) =>
        parsed(null, body),
      )
      scope.post<{ Params: { source: string } }>(
        '/api/v1/alerts/:source',
        { bodyLimit: mostBytes },
        async (request, reply) => {
          const source = sources.get(request)!
          const { body } = request
          if (!Buffer.isBuffer(body)) throw new Problem(415, 'monitoring.media-type')
          if (!source.active) throw new Problem(409, 'monitoring.rests', { name: source.name })
          const type = /^[^;]*/
            .exec(request.headers['content-type'] ?? '')![0]
            .trim()
            .toLowerCase()
          const taken = await handIn(platform, source, { mediaType: type, body })
          if (taken.state === 'failed') {
            const [why] = taken.reasons
            throw new Problem(422, why!.code, why!.params ?? {})
          }
          return reply
            .header('cache-control', 'no-store')
            .status(202)
            .send({
              id: taken.id,
              alerts: taken.alerts,
              left: taken.reasons.map((one) => sentence(one.code, one.params ?? {})),
            })
        },
      )
      done()
    })
  }

  async function sourceOf(
    request: FastifyRequest<{ Params: { source: string } }>,
    identify: Identify,
  ): Promise<StoredSource> {
    const slug = request.params.source.toLowerCase()
    const key = keyOf(request)
    if (key !== null && key.startsWith(keyMark)) {
      const source = await sourceByKey(db, hashOf(key))
      if (source === undefined || source.slug !== slug) throw new Problem(401, 'not-signed-in')
      return source
    }
    const actor = await permitted(request, identify, 'monitoring.manage')
    const known = await sourceBySlug(db, actor.organisation, slug)
    if (known !== undefined && known.way !== 'own') return known
    const way = alertWays.find((one) => one === slug && one !== 'mapped')
    if (way === undefined) throw new Problem(404, 'monitoring.no-source', { slug, known: alertWays.join(', ') })
    return ensureSource(platform, actor, way)
  }
}

/** The key of a bearer, or the password of basic credentials. */
function keyOf(request: FastifyRequest): string | null {
  const given = request.headers.authorization ?? ''
  const bearer = /^Bearer\s+(\S{1,200})$/i.exec(given)?.[1]
  if (bearer !== undefined) return bearer
  const basic = /^Basic\s+([A-Za-z0-9+/=]{1,400})$/i.exec(given)?.[1]
  if (basic === undefined) return null
  const words = Buffer.from(basic, 'base64').toString('utf8')
  return words.slice(words.indexOf(':') + 1)
}
