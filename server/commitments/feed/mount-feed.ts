import type { FastifyInstance } from 'fastify'
import { may } from '../../../contract/permissions.ts'
import { actorOfAccount } from '../../people/public.ts'
import { disposition } from '../../platform/disposition.ts'
import { notFound } from '../../platform/errors.ts'
import { hashOf } from '../../platform/identifiers.ts'
import type { Platform } from '../../platform/platform.ts'
import { calendarOf } from './calendar-of.ts'
import { feedBySecret, feedEntries } from './feeds-store.ts'

/**
 * `GET /feeds/{secret}.ics`: what is due for the account behind the secret, as it may see it at this moment. A closed address, a closed
 * account and a wrong secret all answer 404.
 */
export const mountCalendarFeed =
  (platform: Platform) =>
  (app: FastifyInstance): void => {
    app.get<{ Params: { file: string } }>('/feeds/:file', async (request, reply) => {
      const secret = /^([\w-]{43})\.ics$/.exec(request.params.file)?.[1]
      const { db } = platform.database
      const feed = secret === undefined ? undefined : await feedBySecret(db, hashOf(secret))
      const actor = feed === undefined ? null : await actorOfAccount(db, feed.account_id, null)
      if (feed === undefined || actor === null || !may(actor.role, 'commitments.read')) throw notFound('calendar feed')
      const entries = await feedEntries(db, platform.subjects, actor, feed.with_teams)
      const named = await platform.subjects.describe(
        db,
        entries.map((entry) => ({ kind: entry.subject_kind, id: entry.subject_id })),
      )
      return reply
        .header('content-type', 'text/calendar; charset=utf-8')
        .header('content-disposition', disposition('inline', 'linchpin.ics'))
        .header('cache-control', 'private, no-store')
        .send(calendarOf(entries, named, { name: feed.name, publicUrl: platform.config.publicUrl }))
    })
  }
