import { isAfter } from '../../contract/instants.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sentence } from '../platform/catalogue.ts'
import type { Ctx } from '../platform/ctx.ts'
import { Problem } from '../platform/errors.ts'
import { hashOf } from '../platform/identifiers.ts'
import { type Platform, runCommand } from '../platform/platform.ts'
import { sourceActor, takeAlert } from './take-alerts.ts'
import { anySource } from './sources-store.ts'
import { anyWatched, heartbeatByToken, saveWatched, type StoredHeartbeat } from './watched-store.ts'

/** The alert of a heartbeat that was missed, or that said itself that it failed; and its end. */
async function tell(ctx: Ctx, heartbeat: StoredHeartbeat, status: 'firing' | 'resolved', words: string): Promise<void> {
  const source = (await anySource(ctx.tx, heartbeat.source_id))!
  await takeAlert(
    ctx,
    source,
    {
      fingerprint: `heartbeat/${heartbeat.id}`,
      status,
      severity: heartbeat.severity,
      title: sentence('monitoring.words.heartbeat', { name: heartbeat.name }),
      text: words,
      host: null,
      link: null,
      at: null,
      labels: {},
    },
    { asset: heartbeat.asset_id },
  )
}

/** It has not reported in time. */
export async function missHeartbeat(ctx: Ctx, id: string): Promise<void> {
  const heartbeat = await anyWatched(ctx.tx, 'heartbeats', id)
  if (heartbeat === undefined || heartbeat.due_at === null || isAfter(heartbeat.due_at, ctx.now)) return
  await saveWatched(ctx.tx, 'heartbeats', id, { due_at: null, failing: true }, false)
  await tell(
    ctx,
    heartbeat,
    'firing',
    sentence('monitoring.words.missed', { name: heartbeat.name, lastAt: heartbeat.last_at! }),
  )
}

/** It reported: its next report is due a period and a grace later. `failed`: it says itself that it went wrong. */
async function hear(ctx: Ctx, id: string, failed: boolean, words: string): Promise<void> {
  const heartbeat = await anyWatched(ctx.tx, 'heartbeats', id)
  if (heartbeat === undefined || !heartbeat.active) return
  const due = new Date(Date.parse(ctx.now) + (heartbeat.every_seconds + heartbeat.grace_seconds) * 1000).toISOString()
  await saveWatched(ctx.tx, 'heartbeats', id, { last_at: ctx.now, due_at: due, failing: failed }, false)
  if (failed) await tell(ctx, heartbeat, 'firing', words === '' ? sentence('monitoring.words.failed') : words)
  else if (heartbeat.failing) await tell(ctx, heartbeat, 'resolved', words)
}

/**
 * The address that a backup or a nightly job calls when it is done: `GET` or `POST /api/v1/pings/{token}`, and `…/fail` when it went wrong; the words of a
 * POST are kept with the alert. The token is the key; what it opens is only this.
 */
export function mountPings(platform: Platform) {
  const { db } = platform.database
  return (app: FastifyInstance): void => {
    void app.register((scope, _options, done) => {
      scope.removeAllContentTypeParsers()
      scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: 64 * 1024 }, (_request, body, parsed) =>
        parsed(null, body),
      )
      const ping = (failed: boolean) => async (request: FastifyRequest<{ Params: { token: string } }>) => {
        const heartbeat = await heartbeatByToken(db, hashOf(request.params.token))
        if (heartbeat === undefined) throw new Problem(404, 'monitoring.no-heartbeat')
        const words = Buffer.isBuffer(request.body)
          ? request.body
              .toString('utf8')
              .replace(/[^\P{Cc}\n]/gu, '')
              .trim()
              .slice(0, 4000)
          : ''
        const source = {
          id: heartbeat.id,
          name: sentence('monitoring.way.heartbeats'),
          organisation_id: heartbeat.organisation_id,
        }
        await runCommand(platform, sourceActor(source), async (ctx) => {
          ctx.unchanged()
          await hear(ctx, heartbeat.id, failed, words)
        })
        return { heard: true }
      }
      for (const method of ['GET', 'POST'] as const) {
        scope.route({ method, url: '/api/v1/pings/:token', handler: ping(false) })
        scope.route({ method, url: '/api/v1/pings/:token/fail', handler: ping(true) })
      }
      done()
    })
  }
}
