import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Actor } from '../platform/ctx.ts'
import { Problem } from '../platform/errors.ts'
import { type Identify, permitted } from '../platform/mount.ts'
import { type Platform, runCommand } from '../platform/platform.ts'
import { mostBytesOfReport, takeBounce } from './take-bounce.ts'

/**
 * Where reports of failed delivery are handed in, one mail as it came (`message/rfc822`): by a pipe of the mail server, or a job that empties
 * the mailbox, with an API key of whoever keeps the mail.
 */
export function mountBounces(
  platform: Platform,
  onBouncing: (platform: Platform, person: string, address: string) => Promise<void>,
) {
  return (app: FastifyInstance, identify: Identify): void => {
    const actors = new WeakMap<FastifyRequest, Actor>()
    void app.register((scope, _options, done) => {
      // who may not hand anything in is refused by the head: nothing of the body is read
      scope.addHook('onRequest', async (request) => {
        actors.set(request, await permitted(request, identify, 'mail.manage'))
      })
      scope.addContentTypeParser(
        'message/rfc822',
        { parseAs: 'buffer', bodyLimit: mostBytesOfReport },
        (_request, body, parsed) => parsed(null, body),
      )
      scope.post('/api/v1/mail/bounces', { bodyLimit: mostBytesOfReport }, async (request, reply) => {
        const actor = actors.get(request)!
        const { body } = request
        if (!Buffer.isBuffer(body)) throw new Problem(415, 'mail.bounce.media-type')
        const taken = await runCommand(platform, actor, (ctx) => takeBounce(ctx, platform.secret, body), {
          requestId: request.id,
          name: 'mail.bounces',
        })
        if (taken.tell !== null) await onBouncing(platform, taken.tell.person, taken.tell.address)
        return reply.header('cache-control', 'no-store').send({ mail: taken.mail, bouncing: taken.dead })
      })
      done()
    })
  }
}
