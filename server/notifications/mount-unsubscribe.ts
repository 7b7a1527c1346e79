import type { FastifyInstance } from 'fastify'
import { systemActor } from '../platform/ctx.ts'
import { Problem } from '../platform/errors.ts'
import type { Platform } from '../platform/platform.ts'
import { runCommand } from '../platform/platform.ts'
import { actLinkActions } from './actions/act-links.ts'
import { linkBy, organisationOf } from './links-store.ts'

const unsubscribesOnly = () => Promise.reject(new Error('a link of this kind only unsubscribes'))

/**
 * One-click unsubscribing (RFC 8058): the mail program posts to the address in List-Unsubscribe, without session and without a page. A repeat
 * is answered like the first; any other link does not act here. GET of the same address is the page of the web app.
 */
export function mountUnsubscribe(platform: Platform) {
  const act = actLinkActions(platform, {
    take: unsubscribesOnly,
    snooze: unsubscribesOnly,
    decide: unsubscribesOnly,
    rate: unsubscribesOnly,
    facts: unsubscribesOnly,
  })
  return (app: FastifyInstance): void => {
    void app.register((scope, _options, done) => {
      scope.addContentTypeParser(
        'application/x-www-form-urlencoded',
        { parseAs: 'string', bodyLimit: 4096 },
        (_request, body, parsed) => parsed(null, new URLSearchParams(body as string)),
      )
      scope.post<{ Params: { token: string } }>('/links/:token', async (request, reply) => {
        const { token } = request.params
        const { body } = request
        const oneClick = body instanceof URLSearchParams && body.get('List-Unsubscribe') === 'One-Click'
        const link = await linkBy(platform.database.db, platform.secret, token)
        if (!oneClick || link?.act !== 'unsubscribe') throw new Problem(404, 'links.unknown')
        const organisation = await organisationOf(platform.database.db, link.person_id)
        if (link.used_at === null)
          await runCommand(
            platform,
            { ...systemActor(organisation, 'Mail program', 'integration') },
            async (ctx) => act.act(ctx, { token, reason: '' }),
            { requestId: request.id },
          )
        return reply.header('cache-control', 'no-store').send({ unsubscribed: true })
      })
      done()
    })
  }
}
